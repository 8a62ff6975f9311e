"""The paragraphs of a cell or of a document, with what is struck out in them."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from core.sheets.reading.addresses import address_of
from core.sheets.reading.model import Remark
from core.sheets.reading.raw import RawSheet
from core.sheets.reading.symbols import seen

TEXT_NAME = "Texte"
VANISHED = Remark("Le document contient du texte masqué : il n’est pas lu.")
NO_WORDS = "le document ne contient ni tableau ni texte. Vérifiez que vous avez choisi le bon fichier."
REVISED = Remark("Le document garde des modifications suivies : ce qui est ajouté est lu, ce qui est supprimé non.")

Runs = Iterable[tuple[str, bool]]  # words, and whether they are struck out


@dataclass(slots=True)
class Paragraph:
    """One paragraph; an item of a list is told by `- ` where it does not stand alone."""

    is_item: bool = False
    runs: list[tuple[str, bool]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        text = self.runs[0][0] if len(self.runs) == 1 else "".join([words for words, _is_struck in self.runs])
        return text if text.isascii() else seen(text)


def table_name(number: int) -> str:
    """How the tables of a document are called, which have no name of their own."""
    return f"Tableau {number}"


def nested(sheet: str, row: int, column: int) -> Remark:
    """Tells that a table stands inside a cell: its texts are read as those of the cell."""
    address = address_of(row, column)
    return Remark(f"La cellule {address} contient un tableau : il est lu comme du texte.", sheet, address)


def joined(paragraphs: list[Paragraph]) -> str:
    """The text of a cell, one line a paragraph."""
    if len(paragraphs) == 1:
        return paragraphs[0].text
    return "\n".join(f"- {one.text}" if one.is_item and one.text else one.text for one in paragraphs)


def struck_of(runs: Runs) -> dict[str, bool | str]:
    """What marks say of a text: struck out in whole, or which part is."""
    runs = list(runs)
    struck = "".join(words for words, is_struck in runs if is_struck).strip()
    if not struck:
        return {}
    is_whole = all(is_struck or not words.strip() for words, is_struck in runs)
    return {"is_struck": True} if is_whole else {"struck_text": struck}


def marks_of(paragraphs: list[Paragraph]) -> dict[str, bool | str]:
    """What a cell has beyond its text: what is struck out, and its comments."""
    note = "\n".join(note for one in paragraphs for note in one.notes)
    return struck_of(run for one in paragraphs for run in one.runs) | ({"note": note} if note else {})


def lead_of(paragraphs: list[Paragraph]) -> str:
    """The last words before a table: what a document says of it (« Étaient excusés : »)."""
    return next((words for one in reversed(paragraphs) if (words := one.text.strip())), "")


def text_sheet(paragraphs: list[Paragraph]) -> list[RawSheet]:
    """The sheet of the paragraphs that stand outside of tables: one line a row; none without words."""
    sheet = RawSheet(TEXT_NAME, [], is_lines=True)
    for one in paragraphs:
        for number, line in enumerate(one.text.split("\n")):
            words = line.strip()
            sheet.rows.append([f"- {words}" if words and one.is_item and not number else words or None])
        if marks := marks_of([one]):
            sheet.mark(len(sheet.rows), 1, **marks)
    return [sheet] if any(row[0] for row in sheet.rows) else []
