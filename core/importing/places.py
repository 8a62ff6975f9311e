"""Where a thing stands in a file, and what is wrong there."""

from dataclasses import dataclass
from enum import StrEnum

from core.sheets.reading.addresses import column_letters


class PlaceLevel(StrEnum):
    """An error keeps the file from being recorded; a warning is to be checked."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, order=True)
class ReadPlace:
    """A cell, a row (no column), a column (no row), a sheet or the file; rows and columns count from 1.

    `is_line` for a text without table, whose lines are named `L12`.
    """

    sheet: str = ""
    row: int = 0
    column: int = 0
    is_line: bool = False

    @property
    def cell(self) -> str:
        """`F12`, `12` for a row, `F` for a column, `L12` for a line of a text, empty for a sheet."""
        if self.is_line:
            return f"L{self.row}" if self.row else ""
        return f"{column_letters(self.column)}{self.row or ''}"

    @property
    def words(self) -> str:
        """« feuille « Grille », cellule F12 »."""
        told = [f"feuille « {self.sheet} »"] if self.sheet else []
        if self.row and (self.is_line or not self.column):
            told.append(f"ligne {self.row}")
        elif self.column:
            told.append(f"{'cellule' if self.row else 'colonne'} {self.cell}")
        return ", ".join(told)


NOWHERE = ReadPlace()


@dataclass(frozen=True, slots=True)
class Problem:
    """A French sentence with its place."""

    level: PlaceLevel
    message: str
    place: ReadPlace = NOWHERE

    @property
    def placed(self) -> str:
        """The sentence with its sheet and cell, as a command prints it."""
        words = self.place.words
        return f"{words[:1].upper()}{words[1:]} : {self.message}" if words else self.message

    def as_json(self) -> dict[str, str]:
        """As `--format json` prints it."""
        return {"sheet": self.place.sheet, "cell": self.place.cell, "message": self.message}


def error(message: str, place: ReadPlace = NOWHERE) -> Problem:
    """A problem that keeps the file from being recorded."""
    return Problem(PlaceLevel.ERROR, message, place)


def warning(message: str, place: ReadPlace = NOWHERE) -> Problem:
    """A problem to be checked."""
    return Problem(PlaceLevel.WARNING, message, place)
