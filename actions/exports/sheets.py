"""What is printed of a plan, in words and in the order of its table; neither database nor clock."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

HEADS = ("Engagements", "Constat", "Action", "Responsable", "Échéance", "Réalisation de l’action", "Commentaire")
TALLEST_MERGED = 4


@dataclass(frozen=True)
class SheetLine:
    """An action as a line of the table; `mark` says what became of it (« supprimée le… »), `is_gone` strikes it.

    `pk` leads to it from a page, `recorded` tells its two dates where they differ from those of its plan.
    """

    action: str = ""
    responsible: str = ""
    deadline: str = ""
    status: str = ""
    comment: str = ""
    mark: str = ""
    recorded: str = ""
    is_gone: bool = False
    is_late: bool = False
    pk: int = 0

    @property
    def notes(self) -> list[str]:
        return [note for note in (self.mark, self.recorded) if note]


@dataclass(frozen=True)
class FindingBlock:
    """A finding and its lines, one at least; `kind` is said under it on paper (« Écart »)."""

    text: str
    lines: tuple[SheetLine, ...] = (SheetLine(),)
    kind: str = ""
    mark: str = ""
    number: int = 0
    pk: int = 0

    @property
    def told(self) -> str:
        """Its words, and what became of it, for a cell that has no place for both."""
        return f"{self.text}\n[{self.mark}]" if self.mark else self.text


@dataclass(frozen=True)
class EngagementGroup:
    """The findings under one engagement cell."""

    words: str
    findings: tuple[FindingBlock, ...]

    @property
    def height(self) -> int:
        return sum(len(finding.lines) for finding in self.findings)

    @property
    def holds_together(self) -> bool:
        """Whether one merged cell will do on paper; a taller group says its engagement again for each finding, so that
        no page begins with an empty cell."""
        return self.height <= TALLEST_MERGED


@dataclass(frozen=True)
class SheetBand:
    """A band of the table (« Pilotage de la politique qualité »); without title, no band."""

    title: str
    groups: tuple[EngagementGroup, ...]


@dataclass(frozen=True)
class PlanSheet:
    """One plan."""

    title: str
    about: str  # « Audit interne du 16/10/2015 · 17 actions, dont 17 réalisées »
    tab: str  # name of its sheet in the workbook
    updated_on: date | None
    sections: tuple[SheetBand, ...]
    mark: str = ""
    recorded: str = ""
    pk: int = 0

    @property
    def notes(self) -> list[str]:
        return [note for note in (self.mark, self.recorded) if note]

    @property
    def has_actions(self) -> bool:
        """Whether an action has words of its own; without, its finding says it all and the column is left out."""
        return any(line.action for line in self.lines())

    @property
    def heads(self) -> tuple[str, ...]:
        return HEADS if self.has_actions else tuple(head for head in HEADS if head != "Action")

    @property
    def updated(self) -> str:
        return f"màj {self.updated_on:%d/%m/%Y}" if self.updated_on else ""

    def lines(self) -> Iterable[SheetLine]:
        for section in self.sections:
            for group in section.groups:
                for finding in group.findings:
                    yield from finding.lines


@dataclass(frozen=True)
class PlanDocument:
    """The plans of a site as they stood on a day, and what makes the file verifiable."""

    site: str
    stood_on: date
    produced_at: datetime
    digest: str
    plans: tuple[PlanSheet, ...]
    seal_head: str = ""  # of the chain of seals of the history when the file was made

    @property
    def title(self) -> str:
        return self.plans[0].title if len(self.plans) == 1 else "Plans d’actions"
