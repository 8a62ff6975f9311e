"""The plans of a day as plain values: neither database nor clock."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from actions.enums import SETTLED
from core.time.fuzzy_dates import FuzzyDate


@dataclass(frozen=True)
class StoredItem:
    """Something of a plan: the day its last change took effect, and the day it was recorded."""

    id: int
    effective_on: date
    recorded_on: date

    @property
    def is_recorded_later(self) -> bool:
        return self.recorded_on > self.effective_on


@dataclass(frozen=True)
class ProofState(StoredItem):
    """A document joined to an action."""

    name: str
    digest: str
    note: str


@dataclass(frozen=True)
class ActionState(StoredItem):
    """An action; `merged_into` is its leader when it was a twin on that day."""

    text: str
    title: str
    responsibles: tuple[str, ...]
    deadline: FuzzyDate
    promised_text: str
    promised_latest: date | None
    move_count: int
    status: str
    status_reason: str
    done_on: date | None
    comment: str
    expected_effect: str
    review_due_on: date | None
    review_result: str
    reviewed_on: date | None
    review_comment: str
    merged_into: int | None
    proofs: tuple[ProofState, ...] = ()

    @property
    def is_settled(self) -> bool:
        return self.status in SETTLED

    def is_late(self, on: date) -> bool:
        return not self.is_settled and self.deadline.is_late(on)


@dataclass(frozen=True)
class FindingState(StoredItem):
    """A finding with its engagements, as short codes, and its actions in their order."""

    number: int
    section: str
    module: str
    engagement_words: str
    engagements: tuple[str, ...]
    text: str
    kind: str
    theme: str
    closed_on: date | None
    actions: tuple[ActionState, ...] = ()


@dataclass(frozen=True)
class PlanState(StoredItem):
    """A plan with its findings by number."""

    site: str
    title: str
    origin: str
    origin_on: date | None
    referential: str
    updated_on: date | None
    comment: str
    findings: tuple[FindingState, ...] = ()

    @property
    def actions(self) -> Iterator[ActionState]:
        for finding in self.findings:
            yield from finding.actions

    @property
    def changed_on(self) -> date:
        """The day of the last change of anything in it, the « màj » that its rows tell."""
        items: list[StoredItem] = [self, *self.findings, *self.actions]
        return max(item.effective_on for item in items)


@dataclass(frozen=True)
class UnitState:
    """All plans of a unit and of the units below, as they stood at the end of a day."""

    unit: str
    unit_name: str
    on: date
    known_at: datetime | None
    plans: tuple[PlanState, ...] = ()

    @property
    def actions(self) -> Iterator[ActionState]:
        for plan in self.plans:
            yield from plan.actions
