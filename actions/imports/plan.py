"""What a document becomes: each row with what is created or changed, and what waits for a person."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from actions.enums import Origin, Status, Theme
from actions.imports.document import ACTION, COLUMN_LABELS, FINDING, SourcePlan, SourceRow
from actions.imports.responsibles import Directory, Named
from actions.models import Action, Finding, Plan
from actions.services.imports import ActionToWrite, FindingToWrite, PlanToWrite
from core.errors import UserError
from core.fuzzy_dates import FuzzyDate, words
from core.imports.problems import ERROR, WARNING, Problem
from referential.models import Engagement, Module, Referential

CREATED, CHANGED, UNCHANGED = "created", "changed", "unchanged"


@dataclass(frozen=True)
class Change:
    """What was known and becomes something else: « Statut : À faire → Réalisée »."""

    label: str
    before: str
    after: str


@dataclass
class PlannedRow:
    """A row of the document as it is understood, and what it changes."""

    source: SourceRow
    status: Status | None = Status.TODO
    deadline: FuzzyDate = field(default_factory=FuzzyDate)
    done_on: date | None = None
    names: list[Named] = field(default_factory=list)
    module: Module | None = None
    engagements: tuple[Engagement, ...] = ()
    theme: str = ""
    finding: Finding | None = None
    action: Action | None = None
    changes: list[Change] = field(default_factory=list)
    follows_referential: bool = False
    problems: list[Problem] = field(default_factory=list)
    finding_to_write: FindingToWrite | None = None
    action_to_write: ActionToWrite | None = None

    @property
    def has_error(self) -> bool:
        return any(problem.level == ERROR for problem in self.problems)

    @property
    def state(self) -> str:
        if self.finding is None or (self.source.has_action and self.action is None):
            return CREATED
        return CHANGED if self.changes else UNCHANGED

    @property
    def needs_look(self) -> bool:
        """Whether the row stands out; who its words name is asked once for all rows."""
        return bool(self.changes) or len(self.problems) > len(self.unsettled)

    @property
    def unsettled(self) -> list[Named]:
        """The responsibles that nobody has recognised yet."""
        return [name for name in self.names if not name.is_settled]

    @property
    def finding_text(self) -> str:
        return self.source.text(FINDING)

    @property
    def action_text(self) -> str:
        return self.source.text(ACTION)

    @property
    def written(self) -> list[tuple[str, str, str]]:
        """What the document says: the name of the column, its words, its cell."""
        told = [(label, self.source.text(name), self.source.cell(name)) for name, label in COLUMN_LABELS.items()]
        return [one for one in told if one[1]]

    @property
    def theme_label(self) -> str:
        return Theme(self.theme).label if self.theme else ""

    @property
    def deadline_words(self) -> str:
        return words(self.deadline)

    @property
    def status_label(self) -> str:
        return self.status.label if self.status else ""


@dataclass
class PlannedPlan:
    """A plan of the document, the one stored under its title if any, and its rows."""

    index: int
    source: SourcePlan
    stored: Plan | None
    origin: str
    origin_on: date | None
    referential: Referential | None
    effective_on: date
    rows: list[PlannedRow]
    is_left_out: bool = False
    problems: list[Problem] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    missing: int = 0  # actions of the stored plan that the document does not have

    @property
    def kept(self) -> list[PlannedRow]:
        return [] if self.is_left_out else [row for row in self.rows if not row.has_error]

    @cached_property
    def counts(self) -> Counter:
        return Counter(row.state for row in self.kept)

    @property
    def needs_origin(self) -> bool:
        """Whether nobody can tell what the plan was born of."""
        return self.stored is None and self.origin == Origin.OTHER

    @property
    def origin_label(self) -> str:
        return Origin(self.origin).label

    @property
    def statuses(self) -> list[tuple[str, int]]:
        """« Réalisée », 17: of the actions that are kept."""
        found = Counter(row.status for row in self.kept if row.source.has_action)
        return [(status.label, found[status]) for status in Status if found[status]]

    @property
    def changes_nothing(self) -> bool:
        return self.is_left_out or not (self.changes or self.counts[CREATED] or self.counts[CHANGED])


@dataclass
class Planned:
    """The whole document: plans, counts, what stands in the way of recording it."""

    plans: list[PlannedPlan]
    problems: list[Problem]
    directory: Directory
    engagements: list[Engagement]
    ignores_errors: bool = False

    @cached_property
    def counts(self) -> dict[str, int]:
        total: Counter = sum((plan.counts for plan in self.kept), Counter())
        return {name: total[name] for name in (CREATED, CHANGED, UNCHANGED)}

    @property
    def kept(self) -> list[PlannedPlan]:
        return [plan for plan in self.plans if not plan.is_left_out]

    @property
    def errors(self) -> list[Problem]:
        return [problem for problem in self._problems() if problem.level == ERROR]

    @property
    def warnings(self) -> list[Problem]:
        return [problem for problem in self._problems() if problem.level == WARNING]

    @property
    def changes_nothing(self) -> bool:
        return all(plan.changes_nothing for plan in self.plans)

    @property
    def rows(self) -> list[PlannedRow]:
        return [row for plan in self.kept for row in plan.rows]

    def require_ready(self) -> None:
        """Raise UserError on what stands in the way of recording."""
        if self.errors and not self.ignores_errors:
            raise UserError("Rien n’est enregistré : corrigez le document, ou laissez de côté les lignes en erreur.")
        if not any(plan.kept for plan in self.kept):
            raise UserError("Aucune ligne de ce document n’est à reprendre.")

    def to_write(self) -> list[PlanToWrite]:
        return [_plan_to_write(plan) for plan in self.kept if plan.kept]

    def _problems(self) -> Iterator[Problem]:
        """Those of the document, then of each plan that is kept; a plan left out is nobody's problem."""
        left_out = {plan.source.sheet for plan in self.plans if plan.is_left_out}
        yield from (problem for problem in self.problems if problem.sheet not in left_out or not problem.sheet)
        for plan in self.kept:
            yield from plan.problems
            for row in plan.rows:
                yield from row.problems


def _plan_to_write(plan: PlannedPlan) -> PlanToWrite:
    """The findings in the order of the document, each with its actions."""
    findings: dict[int, FindingToWrite] = {}
    for row in plan.kept:
        if row.finding_to_write is None:
            continue
        finding = findings.setdefault(row.source.finding, row.finding_to_write)
        if row.action_to_write:
            finding.actions.append(row.action_to_write)
    return PlanToWrite(
        title=plan.source.title,
        stored=plan.stored,
        origin=plan.origin,
        origin_on=plan.origin_on,
        referential=plan.referential,
        effective_on=plan.effective_on,
        changes_plan=bool(plan.changes) or plan.stored is None,
        updated_on=plan.source.updated_on,
        findings=list(findings.values()),
    )
