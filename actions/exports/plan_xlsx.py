"""Plans as a workbook, one sheet each: bands, merged engagement cells, heads repeated in print, no live formula."""

import io
import math

import xlsxwriter
from django.utils import timezone

from actions.exports.sheets import EngagementGroup, FindingBlock, Line, PlanDocument, PlanSheet
from core.exports.cells import cell_of

HEAD_ROW = 4  # the fifth line, as in the workbooks the services send
A4 = 9
WIDTHS = {
    "Engagements": 34,
    "Constat": 50,
    "Action": 50,
    "Responsable": 18,
    "Échéance": 14,
    "Réalisation de l’action": 16,
    "Commentaire": 60,
}
LINE_HEIGHT, TALLEST = 15, 409  # points
SHEET_NAME, FORBIDDEN = 31, "[]:*?/\\"
_OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}


def plan_xlsx(document: PlanDocument) -> bytes:
    """The workbook; a site without plan gives one sheet that says so."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, _OPTIONS)
    _describe(book, document)
    formats = _formats(book)
    names: set[str] = set()
    for sheet in document.plans:
        page = book.add_worksheet(_sheet_name(sheet.tab, names))
        _SheetWriter(page, sheet, document, formats).write()
    if not document.plans:
        book.add_worksheet("Plans").write_string(0, 0, f"{document.site} : aucun plan d’actions ce jour-là.")
    book.close()
    return target.getvalue()


def _describe(book, document: PlanDocument) -> None:
    """What a reader of the file finds in its properties; the digest is read there when the file is verified."""
    produced = timezone.localtime(document.produced_at).replace(tzinfo=None)
    book.set_properties({"title": cell_of(document.title), "author": cell_of(document.site), "created": produced})
    book.set_custom_property("Empreinte SHA-256", document.digest)
    book.set_custom_property("État au", f"{document.stood_on:%d/%m/%Y}")


def _formats(book) -> dict:
    base = {"border": 1, "border_color": "#929292", "valign": "top", "text_wrap": True}
    return {
        "title": book.add_format({"bold": True, "font_size": 14, "font_color": "#000091"}),
        "about": book.add_format({"font_color": "#3A3A3A"}),
        "updated": book.add_format({"bold": True}),
        "head": book.add_format({**base, "bold": True, "valign": "vcenter", "bg_color": "#E3E3FD"}),
        "band": book.add_format({**base, "bold": True, "bg_color": "#EEEEEE"}),
        "text": book.add_format(base),
        "status": book.add_format({**base, "bold": True}),
        "gone": book.add_format({**base, "font_strikeout": True}),
    }


class _SheetWriter:
    """Writes one plan, row after row."""

    def __init__(self, page, sheet: PlanSheet, document: PlanDocument, formats: dict):
        self.page = page
        self.sheet = sheet
        self.document = document
        self.formats = formats
        self.columns = {head: index for index, head in enumerate(sheet.heads)}
        self.row = HEAD_ROW + 1

    def write(self) -> None:
        self._write_top()
        self._set_print()
        for section in self.sheet.sections:
            if section.title:
                self._merge(self.row, 0, section.title, name="band", width=len(self.columns))
                self.row += 1
            for group in section.groups:
                self._write_group(group)

    def _write_top(self) -> None:
        produced = timezone.localtime(self.document.produced_at)
        self._put(0, 0, self.sheet.title, "title")
        self._put(1, 0, " – ".join([self.document.site, self.sheet.about, *self.sheet.notes]), "about")
        self._put(2, 0, self.sheet.updated, "updated")
        told = (
            f"État au {self.document.stood_on:%d/%m/%Y}, produit le {produced:%d/%m/%Y à %H:%M}. "
            f"Empreinte SHA-256 de l’état : {self.document.digest}"
        )
        self._put(3, 0, told, "about")
        for head, index in self.columns.items():
            self._put(HEAD_ROW, index, head, "head")
            self.page.set_column(index, index, WIDTHS[head])

    def _set_print(self) -> None:
        self.page.freeze_panes(HEAD_ROW + 1, 0)
        self.page.set_landscape()
        self.page.set_paper(A4)
        self.page.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        self.page.fit_to_pages(1, 0)
        self.page.repeat_rows(HEAD_ROW)
        state = f"État au {self.document.stood_on:%d/%m/%Y} – empreinte {self.document.digest[:16]}…"
        self.page.set_footer(f"&L{_footer(self.document.site)}&C{state}&Rpage &P sur &N")

    def _write_group(self, group: EngagementGroup) -> None:
        first = self.row
        heights = [height for finding in group.findings for height in self._write_finding(finding)]
        heights[-1] += max(0, self._needed("Engagements", group.words) - sum(heights))
        self._merge(first, 0, group.words, name="text", height=group.height)
        for row, height in enumerate(heights, start=first):
            self.page.set_row(row, min(height * LINE_HEIGHT, TALLEST))

    def _write_finding(self, finding: FindingBlock) -> list[int]:
        """Write its lines; the height of each, in lines of text."""
        self._merge(self.row, self.columns["Constat"], finding.told, name="text", height=len(finding.lines))
        heights = []
        for line in finding.lines:
            heights.append(self._write_line(line))
            self.row += 1
        heights[-1] += max(0, self._needed("Constat", finding.told) - sum(heights))
        return heights

    def _write_line(self, line: Line) -> int:
        texts = {
            "Action": line.action,
            "Responsable": line.responsible,
            "Échéance": line.deadline,
            "Réalisation de l’action": line.status,
            "Commentaire": "\n".join(filter(None, (line.comment, *(f"[{note}]" for note in line.notes)))),
        }
        for head, text in texts.items():
            if head in self.columns:
                self._put(self.row, self.columns[head], text, self._format_of(head, line))
        return max(self._needed(head, text) for head, text in texts.items() if head in self.columns)

    def _format_of(self, head: str, line: Line) -> str:
        if head == "Réalisation de l’action":
            return "status"
        return "gone" if line.is_gone and head == "Action" else "text"

    def _needed(self, head: str, text: str) -> int:
        """Lines that a text takes in its column: a merged cell does not stretch its rows by itself."""
        return sum(max(1, math.ceil(len(part) / WIDTHS[head])) for part in text.splitlines() or [""])

    def _merge(self, row: int, column: int, text: str, *, name: str, height: int = 1, width: int = 1) -> None:
        if height * width > 1:
            last = row + height - 1, column + width - 1
            self.page.merge_range(row, column, *last, "", self.formats[name])
        self._put(row, column, text, name)

    def _put(self, row: int, column: int, text: str, name: str) -> None:
        if text:
            self.page.write_string(row, column, cell_of(text), self.formats[name])
        else:
            self.page.write_blank(row, column, None, self.formats[name])


def _footer(text: str) -> str:
    """A footer understands codes after « & » and holds 255 characters."""
    return text[:90].replace("&", "&&")


def _sheet_name(wanted: str, taken: set[str]) -> str:
    """A name Excel accepts, once in the workbook."""
    base = "".join(" " if letter in FORBIDDEN else letter for letter in wanted)[:SHEET_NAME].strip(" '") or "Plan"
    name, number = base, 1
    while name.casefold() in taken:
        number += 1
        suffix = f" ({number})"
        if len(base + suffix) > SHEET_NAME:  # rather than cut the year off « Enquête de satisfaction 2025 »
            suffix = f"-{number}"
        name = base[: SHEET_NAME - len(suffix)] + suffix
    taken.add(name.casefold())
    return name
