"""The workbook of a campaign: results, forms and the codebook that explains them; and each as a CSV."""

import tempfile
from collections.abc import Iterable, Sequence
from datetime import date

import xlsxwriter
from django.http import FileResponse

from core.exports import Column, Figure, respond
from core.exports.cells import cell_of
from core.exports.response import file_name
from surveys.exports import codebook, forms
from surveys.exports import results as figures
from surveys.models import Campaign, Question
from surveys.results import Results

RESULTS, FORMS, CODES = "resultats", "formulaires", "codes"
PARTS = {RESULTS: "Résultats", FORMS: "Formulaires", CODES: "Codes"}
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_OPTIONS = {
    "constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
    "default_date_format": "dd/mm/yyyy",
}  # fmt: skip
Part = tuple[str, Sequence[Column], Iterable[Sequence]]


def xlsx(results: Results, questions: Sequence[Question], *, with_forms: bool):
    """Every part in one workbook; the forms only for those who run the survey."""
    parts = [part for code in PARTS if with_forms or code != FORMS for part in [_part(code, results, questions)]]
    target = tempfile.SpooledTemporaryFile(max_size=1024 * 1024)  # noqa: SIM115 the response closes it
    book = xlsxwriter.Workbook(target, _OPTIONS)
    formats = {
        "head": book.add_format({"bold": True, "bottom": 1}),
        "rate": book.add_format({"num_format": "0.0 %"}),
        "date": book.add_format({"num_format": "dd/mm/yyyy", "align": "left"}),
    }
    for part in parts:
        _write_sheet(book, part, formats)
    book.close()
    target.seek(0)
    name = file_name(f"enquete-{results.campaign.code}", "xlsx")
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return FileResponse(target, content_type=_XLSX, headers=headers)


def csv(part: str, results: Results, questions: Sequence[Question]):
    """One part as a CSV."""
    _label, columns, rows = _part(part, results, questions)
    return respond("csv", columns, rows, f"enquete-{results.campaign.code}-{part}")


def _part(code: str, results: Results, questions: Sequence[Question]) -> Part:
    campaign: Campaign = results.campaign
    if code == RESULTS:
        return PARTS[code], figures.COLUMNS, figures.rows(results)
    if code == FORMS:
        return PARTS[code], forms.columns(campaign, questions), forms.rows(campaign, questions)
    return PARTS[code], codebook.COLUMNS, codebook.rows(questions, kind=campaign.kind)


def _write_sheet(book, part: Part, formats: dict) -> None:
    label, columns, rows = part
    sheet = book.add_worksheet(label)
    for index, column in enumerate(columns):
        sheet.set_column(index, index, column.width)
    sheet.freeze_panes(1, 0)
    for index, column in enumerate(columns):
        sheet.write_string(0, index, cell_of(column.label), formats["head"])
    for number, row in enumerate(rows, start=1):
        for index, value in enumerate(row):
            _write(sheet, number, index, cell_of(value), formats)


def _write(sheet, row: int, column: int, value, formats: dict) -> None:
    if value in (None, ""):
        return
    if isinstance(value, Figure):
        sheet.write_number(row, column, value.value, formats["rate"])
    elif isinstance(value, date):
        sheet.write_datetime(row, column, value, formats["date"])
    elif isinstance(value, int):
        sheet.write_number(row, column, value)
    else:
        sheet.write_string(row, column, value)
