"""What a reader hands over, before it crosses to the calling process."""

from dataclasses import asdict, dataclass, field

from core.spreadsheets.tagged import Plain

Place = tuple[int, int]


@dataclass
class RawSheet:
    """One sheet as JSON values. `merged` holds first row, first column, last row, last column, from 1."""

    name: str
    rows: list[list[Plain]]
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    texts: list[tuple[int, int, str]] = field(default_factory=list)
    formulas: list[Place] = field(default_factory=list)
    is_hidden: bool = False

    def as_json(self) -> dict:
        return asdict(self) if len(self.rows) < 1000 else dict(self.__dict__)

    def trim(self) -> None:
        """Drops what is empty below and to the right."""
        while self.rows and not any(value is not None for value in self.rows[-1]):
            self.rows.pop()
        for row in self.rows:
            while row and row[-1] is None:
                row.pop()
