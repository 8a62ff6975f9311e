"""What a reader hands over, before it crosses to the calling process."""

from dataclasses import dataclass, field

Place = tuple[int, int]


@dataclass
class RawSheet:
    """One sheet; None and "" are no value. `merged`: first row, first column, last row, last column, from 1."""

    name: str
    rows: list[list]
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    texts: list[tuple[int, int, str]] = field(default_factory=list)
    formulas: list[Place] = field(default_factory=list)
    is_hidden: bool = False

    def trim(self) -> None:
        """Drops what is empty below and to the right."""
        for row in self.rows:
            while row and (row[-1] is None or row[-1] == ""):
                row.pop()
        while self.rows and not self.rows[-1]:
            self.rows.pop()
