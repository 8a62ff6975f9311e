"""What is wrong with a file, each with its place: an error keeps it from being recorded, a warning is to be checked."""

from dataclasses import dataclass

ERROR, WARNING = "error", "warning"


@dataclass(frozen=True, slots=True)
class Problem:
    """A French sentence, with its place; `cell` is `F12`, or « ligne 12 » of a text."""

    level: str
    sheet: str
    cell: str
    message: str

    @property
    def placed(self) -> str:
        """The sentence with its sheet and cell."""
        cell = self.cell if self.cell.startswith("ligne") else f"cellule {self.cell}" if self.cell else ""
        place = ", ".join(filter(None, (f"feuille « {self.sheet} »" if self.sheet else "", cell)))
        return f"{place[:1].upper()}{place[1:]} : {self.message}" if place else self.message
