"""The file of a plan: a workbook, or the text of a note or of slides."""

from datetime import date
from pathlib import Path

from actions.imports.document import Document
from actions.imports.pasted import is_text_plan, recognise_text
from actions.imports.recognition import recognise
from core.spreadsheets.errors import SpreadsheetError
from core.spreadsheets.kinds import TEXT, kind_of
from core.spreadsheets.model import Workbook
from core.spreadsheets.reading import check_size, read

TEXT_NAME = "Texte collé le {day:%d-%m-%Y}.txt"


def read_document(path: str | Path, *, name: str) -> Workbook | str:
    """The workbook, or the text where the file is one of lists rather than of columns. Raises SpreadsheetError."""
    text = _text_of(Path(path), name)
    return text if text is not None and is_text_plan(text) else read(path, name=name)


def recognised(content: Workbook | str, *, sheet: str = "") -> Document:
    """The plans of what was read."""
    return recognise_text(content) if isinstance(content, str) else recognise(content, sheet=sheet)


def text_name(day: date) -> str:
    """The name of a text that a person pasted."""
    return TEXT_NAME.format(day=day)


def _text_of(path: Path, name: str) -> str | None:
    try:
        check_size(path.stat().st_size)
        if kind_of(path) != TEXT:
            return None
        data = path.read_bytes()
    except SpreadsheetError as error:
        raise SpreadsheetError(f"« {name} » : {error.message}", error.sheet, error.cell) from error
    except OSError as error:
        raise SpreadsheetError(f"« {name} » : le fichier ne peut pas être ouvert.") from error
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")
