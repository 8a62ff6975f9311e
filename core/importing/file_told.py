"""What the reading of the file itself tells beside the plan of a trade: its format, its encoding, its remarks."""

from dataclasses import replace

from core.importing.asks import Given, Option, settle
from core.importing.places import ReadPlace, warning
from core.importing.plan import Plan
from core.sheets.reading.addresses import position_of
from core.sheets.reading.encodings import ENCODINGS
from core.sheets.reading.model import Remark, Workbook

ENCODING = "file:encoding"  # the answer that has the file itself read again
FORMATS = {
    "xlsx": "classeur Excel",
    "xls": "classeur Excel (.xls)",
    "ods": "classeur LibreOffice",
    "text": "texte",
    "docx": "document Word",
    "odt": "document LibreOffice",
}
_OPTIONS = [Option(code, label) for code, label in ENCODINGS.items()]


def with_file(plan: Plan, book: Workbook, given: Given) -> Plan:
    """The plan with the format of the file first, the list of its encodings, a warning for each remark of reading."""
    facts = [("Format", FORMATS[book.kind])] if book.kind else []
    asks = list(plan.layout.asks)
    if book.encoding:
        asks.append(settle(given, ENCODING, "Encodage du texte", _OPTIONS, found=book.encoding, is_remembered=False))
    plan.layout = replace(plan.layout, facts=(*facts, *plan.layout.facts), asks=tuple(asks))
    said = {problem.message for problem in plan.problems}
    plan.problems.extend(warning(one.text, _place(one)) for one in book.remarks if one.text not in said)
    return plan


def _place(remark: Remark) -> ReadPlace:
    if not remark.cell:
        return ReadPlace(remark.sheet)
    if remark.cell.startswith("L") and remark.cell[1:].isdecimal():
        return ReadPlace(remark.sheet, int(remark.cell[1:]), is_line=True)
    return ReadPlace(remark.sheet, *position_of(remark.cell))
