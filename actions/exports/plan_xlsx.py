"""Plans as a workbook, one sheet each: bands, merged engagement cells, heads repeated in print, no live formula."""

import math

from django.utils import timezone

from actions.exports.sheets import EngagementGroup, FindingBlock, PlanDocument, PlanSheet, SheetLine
from actions.tables.plan_sheet import WITHOUT_SECTION
from core.sheets.writing.book import Book
from core.sheets.writing.cells import clean

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
_BASE = {"border": 1, "border_color": "#929292", "valign": "top", "text_wrap": True}
_STYLES = {
    "title": {"bold": True, "font_size": 14, "font_color": "#000091"},
    "about": {"font_color": "#3A3A3A"},
    "updated": {"bold": True},
    "head": {**_BASE, "bold": True, "valign": "vcenter", "bg_color": "#E3E3FD"},
    "band": {**_BASE, "bold": True, "bg_color": "#EEEEEE"},
    "text": _BASE,
    "status": {**_BASE, "bold": True},
    "gone": {**_BASE, "font_strikeout": True},
}


def plan_xlsx(document: PlanDocument) -> bytes:
    """The workbook; a site without plan gives one sheet that says so."""
    book = Book(is_streamed=False, styles=_STYLES)
    _describe(book, document)
    for sheet in document.plans:
        _SheetWriter(book, sheet, document).write()
    if not document.plans:
        book.put(book.sheet("Plans"), 0, 0, f"{document.site} : aucun plan d’actions ce jour-là.")
    with book.close() as file:
        return file.read()


def _describe(book: Book, document: PlanDocument) -> None:
    """What a reader of the file finds in its properties; the digest is read there when the file is verified."""
    produced = timezone.localtime(document.produced_at).replace(tzinfo=None)
    book.file.set_properties({"title": clean(document.title), "author": clean(document.site), "created": produced})
    book.file.set_custom_property("Empreinte SHA-256", document.digest)
    book.file.set_custom_property("Dernier sceau de l’historique", document.seal_head or "aucun")
    book.file.set_custom_property("État au", f"{document.stood_on:%d/%m/%Y}")


class _SheetWriter:
    """Writes one plan, row after row."""

    def __init__(self, book: Book, sheet: PlanSheet, document: PlanDocument):
        self.book = book
        self.page = book.sheet(sheet.tab, otherwise="Plan")
        self.sheet = sheet
        self.document = document
        self.columns = {head: index for index, head in enumerate(sheet.heads)}
        self.row = HEAD_ROW + 1

    def write(self) -> None:
        self._write_top()
        self._set_print()
        for rank, section in enumerate(self.sheet.sections):
            if section.title or rank:  # a band ends where the next one begins
                title = section.title or WITHOUT_SECTION
                self._merge(self.row, 0, title, name="band", width=len(self.columns))
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

    def _write_line(self, line: SheetLine) -> int:
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

    def _format_of(self, head: str, line: SheetLine) -> str:
        if head == "Réalisation de l’action":
            return "status"
        return "gone" if line.is_gone and head == "Action" else "text"

    def _needed(self, head: str, text: str) -> int:
        """Lines that a text takes in its column: a merged cell does not stretch its rows by itself."""
        return sum(max(1, math.ceil(len(part) / WIDTHS[head])) for part in text.splitlines() or [""])

    def _merge(self, row: int, column: int, text: str, *, name: str, height: int = 1, width: int = 1) -> None:
        self.book.merge(self.page, (row, column, row + height - 1, column + width - 1), text, name)

    def _put(self, row: int, column: int, text: str, name: str) -> None:
        self.book.put(self.page, row, column, text, name)


def _footer(text: str) -> str:
    """A footer understands codes after « & » and holds 255 characters."""
    return text[:90].replace("&", "&&")
