"""Action plans as recognised in a document, before anything is matched or written: plans, their rows, what is wrong."""

import json
from dataclasses import asdict, dataclass, field
from datetime import date

from core.imports.problems import Problem

FINDING, ACTION, RESPONSIBLE, DEADLINE, STATUS, COMMENT, ENGAGEMENT = (
    "finding", "action", "responsible", "deadline", "status", "comment", "engagement",
)  # fmt: skip

COLUMN_LABELS = {
    ENGAGEMENT: "Engagement", FINDING: "Constat", ACTION: "Action", RESPONSIBLE: "Responsable", DEADLINE: "Échéance",
    STATUS: "Réalisation", COMMENT: "Commentaire",
}  # fmt: skip


@dataclass(frozen=True)
class SourceRow:
    """One line of a plan: a finding with its action, another action of the same finding, or a finding alone.

    `texts` are the words of each column, `cells` where they stand; `finding` tells rows of one finding from others.
    """

    number: int  # of the line in the document
    finding: int
    texts: dict[str, str]
    cells: dict[str, str]
    section: str = ""
    kind: str = "observation"
    finding_number: int | None = None
    has_action: bool = True

    def text(self, column: str) -> str:
        return self.texts.get(column, "")

    def cell(self, column: str) -> str:
        return self.cells.get(column) or next(iter(self.cells.values()), "")


@dataclass(frozen=True)
class SourcePlan:
    """A plan of the document: one sheet, or one pair of blocks of a text."""

    sheet: str
    title: str
    title_cell: str
    origin: str
    origin_on: date | None
    updated_on: date | None
    rows: tuple[SourceRow, ...]


@dataclass(frozen=True)
class Document:
    """The whole document as recognised."""

    plans: tuple[SourcePlan, ...] = ()
    problems: tuple[Problem, ...] = field(default=())

    @property
    def updated_on(self) -> date | None:
        """The latest « màj » day that the document tells."""
        return max((plan.updated_on for plan in self.plans if plan.updated_on), default=None)

    def to_json(self) -> str:
        """The document as text, to be stored with the preview."""
        return json.dumps(asdict(self), default=str, ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> "Document":
        """The document stored by `to_json`."""
        stored = json.loads(text)
        return cls(tuple(map(_plan, stored["plans"])), tuple(Problem(**problem) for problem in stored["problems"]))


def _plan(stored: dict) -> SourcePlan:
    rows = tuple(SourceRow(**row) for row in stored["rows"])
    days = {name: _day(stored[name]) for name in ("origin_on", "updated_on")}
    return SourcePlan(**stored | days | {"rows": rows})


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
