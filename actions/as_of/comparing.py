"""The difference of two days: what came, what went, what changed, plan by plan, with the old and the new in words."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from actions.as_of.reading import plan_state, titles_on
from actions.as_of.state import ActionState, FindingState, PlanState, StoredItem, UnitState
from actions.as_of.touched import touched_findings
from actions.models import Action, Finding, Plan
from core.base.words import words_of
from core.time.fuzzy_dates import FuzzyDate, words
from organisations.models import Unit

Titles = dict[int, str]
LEADER = "merged_into"
ADDED, REMOVED, CHANGED, SAME = "added", "removed", "changed", "same"


@dataclass(frozen=True)
class FieldChange:
    """A field that differs, in words."""

    name: str
    label: str
    old: str
    new: str


@dataclass(frozen=True)
class Compared:
    """A plan, a finding or an action on the two days; the part it was in is `before`, the part it is in `after`."""

    kind: str
    before: Any
    after: Any
    changes: tuple[FieldChange, ...] = ()
    children: tuple["Compared", ...] = ()

    @property
    def item(self):
        """The plan, finding or action as it was last."""
        return self.after if self.after is not None else self.before

    @property
    def is_different(self) -> bool:
        return self.kind != SAME or any(child.is_different for child in self.children)

    @property
    def different_children(self) -> list["Compared"]:
        return [child for child in self.children if child.is_different]

    def change_of(self, name: str) -> FieldChange | None:
        return next((change for change in self.changes if change.name == name), None)


@dataclass(frozen=True)
class Difference:
    """Two states of a unit and what differs between them; what does not differ may be left out of both."""

    start: UnitState
    end: UnitState
    plans: tuple[Compared, ...]

    @property
    def is_empty(self) -> bool:
        return not any(plan.is_different for plan in self.plans)

    @property
    def different_plans(self) -> list[Compared]:
        return [plan for plan in self.plans if plan.is_different]

    def count(self, kind: str) -> int:
        """How many actions were added, removed or changed."""
        return sum(
            action.kind == kind for plan in self.plans for finding in plan.children for action in finding.children
        )


def difference(unit: Unit, start: date, end: date, *, plan: Plan | int | None = None) -> Difference:
    """What happened to the plans of a unit between the end of one day and the end of another.

    Findings in which nothing was written in between may be left out of both states.
    """
    findings = touched_findings(unit, start, end)
    before, after = (plan_state(unit, day, plan=plan, findings=findings) for day in (start, end))
    return compare(before, after, elsewhere=(_leaders_elsewhere(before), _leaders_elsewhere(after)))


def compare(start: UnitState, end: UnitState, *, elsewhere: tuple[Titles, Titles] = ({}, {})) -> Difference:
    """The difference of two states; `elsewhere` names, on each day, the leaders of twins that its state leaves out."""
    titles = [_titles(state) | told for state, told in zip((start, end), elsewhere, strict=True)]
    return Difference(start, end, _paired(start.plans, end.plans, _Comparison(*titles).of_plans))


def _titles(state: UnitState) -> Titles:
    return {action.id: action.title for action in state.actions}


def _leaders_elsewhere(state: UnitState) -> Titles:
    leaders = {action.merged_into for action in state.actions if action.merged_into}
    return titles_on(state.on, leaders - _titles(state).keys())


class _Comparison:
    """A plan, a finding, an action on the two days, each with what it holds."""

    def __init__(self, before: Titles, after: Titles):
        self.action = _ACTION | {LEADER: _Leader(before, after)}

    def of_plans(self, before: PlanState | None, after: PlanState | None) -> Compared:
        children = _paired(before.findings if before else (), after.findings if after else (), self.of_findings)
        return _compared(before, after, _PLAN, children)

    def of_findings(self, before: FindingState | None, after: FindingState | None) -> Compared:
        children = _paired(before.actions if before else (), after.actions if after else (), self.of_actions)
        return _compared(before, after, _FINDING, children)

    def of_actions(self, before: ActionState | None, after: ActionState | None) -> Compared:
        return _compared(before, after, self.action, ())


def _compared(before, after, fields: dict[str, "_Words"], children: tuple[Compared, ...]) -> Compared:
    if before is None or after is None:
        return Compared(ADDED if before is None else REMOVED, before, after, (), children)
    changes = tuple(
        FieldChange(name, told.label, *told.both(getattr(before, name), getattr(after, name)))
        for name, told in fields.items()
        if getattr(before, name) != getattr(after, name)
    )
    return Compared(CHANGED if changes else SAME, before, after, changes, children)


def _paired(
    old: Sequence[StoredItem], new: Sequence[StoredItem], compare_both: Callable[..., Compared]
) -> tuple[Compared, ...]:
    """Items of the two days by their number, in the order of the second; what went stays where it was."""
    before, after = {item.id: item for item in old}, {item.id: item for item in new}
    order = list(after)
    previous = -1
    for pk in before:
        if pk not in after:
            order.insert(previous + 1, pk)
        previous = order.index(pk)
    return tuple(compare_both(before.get(pk), after.get(pk)) for pk in order)


class _Words:
    """The label of a field and its values in words."""

    def __init__(self, label: str, in_words: Callable[[Any], str]):
        self.label = label
        self.in_words = in_words

    def both(self, old: Any, new: Any) -> tuple[str, str]:
        return self.in_words(old), self.in_words(new)


class _Deadline(_Words):
    """The words of a deadline; what they are understood as when the words did not change."""

    def both(self, old: FuzzyDate, new: FuzzyDate) -> tuple[str, str]:
        if old.text != new.text:
            return old.text, new.text
        return words(old), words(new)


class _Leader(_Words):
    """The leader of a twin, by its words on each day."""

    def __init__(self, before: Titles, after: Titles):
        super().__init__("jumelée avec", str)
        self.before, self.after = before, after

    def both(self, old: int | None, new: int | None) -> tuple[str, str]:
        return self._named(old, self.before), self._named(new, self.after)

    @staticmethod
    def _named(pk: int | None, titles: Titles) -> str:
        return f"« {titles.get(pk, f'action n° {pk}')} »" if pk else ""


def _fields(model, *names: str) -> dict[str, _Words]:
    return {name: _field(model._meta.get_field(name)) for name in names}


def _field(field) -> _Words:
    return _Words(field.verbose_name, lambda value: words_of(field, value))


def _listed(values: Iterable[str]) -> str:
    return ", ".join(values)


_PLAN = {
    **_fields(Plan, "title", "origin", "origin_on"),
    "referential": _Words("référentiel", str),
    **_fields(Plan, "updated_on", "comment"),
}
_FINDING = {
    **_fields(Finding, "number", "section"),
    "module": _Words("module", str),
    **_fields(Finding, "engagement_words"),
    "engagements": _Words("engagements", _listed),
    **_fields(Finding, "text", "kind", "theme", "closed_on"),
}
_ACTION = {
    **_fields(Action, "text"),
    "responsibles": _Words("responsables", _listed),
    "deadline": _Deadline("échéance", str),
    **_fields(Action, "status", "status_reason", "done_on", "comment", "expected_effect"),
    **_fields(Action, "review_due_on", "review_result", "reviewed_on", "review_comment"),
    LEADER: _Leader({}, {}),  # the titles come with the two states
    "proofs": _Words("preuves", lambda proofs: _listed(proof.name for proof in proofs)),
}
