"""What became, after the day shown, of what a state holds: removed or merged, when, by whom and why."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils import timezone

from actions.as_of.state import UnitState
from actions.models import Action, Finding, Plan

REMOVED, MERGED = "removed", "merged"


@dataclass(frozen=True)
class Fate:
    """« supprimée le 12/03/2017 par Anne Dupont »; `leader` is the action it was merged into."""

    kind: str
    on: date
    by: Any
    reason: str
    leader: int | None = None


@dataclass(frozen=True)
class Fates:
    """By number of the plan, finding or action; what is still there as it was has no fate."""

    plans: dict[int, Fate] = field(default_factory=dict)
    findings: dict[int, Fate] = field(default_factory=dict)
    actions: dict[int, Fate] = field(default_factory=dict)


def fates(state: UnitState) -> Fates:
    """What became of each item of the state until now, in four queries."""
    findings = [finding for plan in state.plans for finding in plan.findings]
    actions = list(state.actions)
    merged = _merged({action.id: action.merged_into for action in actions})
    return Fates(
        plans=_removed(Plan, (plan.id for plan in state.plans)),
        findings=_removed(Finding, (finding.id for finding in findings)),
        actions=merged | _removed(Action, (action.id for action in actions)),
    )


def _removed(model, pks: Iterable[int]) -> dict[int, Fate]:
    """Those that are no more, with their last removal: an undone import may have brought one back in between."""
    rows = model.history.filter(history_type="-", id__in=list(pks)).select_related("history_user")
    gone = rows.exclude(id__in=model.objects.order_by().values("pk"))
    return {row.id: _fate(REMOVED, row) for row in gone.order_by("history_id")}


def _merged(leaders: dict[int, int | None]) -> dict[int, Fate]:
    """Those that have a leader now which they had not then, with the change that gave it to them."""
    present = dict(Action.objects.filter(pk__in=leaders, merged_into__isnull=False).values_list("pk", "merged_into_id"))
    changed = {pk: leader for pk, leader in present.items() if leader != leaders[pk]}
    rows = Action.history.filter(id__in=changed).select_related("history_user").order_by("-history_date", "-history_id")
    found: dict[int, Fate] = {}
    closed: set[int] = set()
    for row in rows:
        if row.id in closed:
            continue
        if row.merged_into_id == changed[row.id]:
            found[row.id] = _fate(MERGED, row, row.merged_into_id)
        else:
            closed.add(row.id)
    return found


def _fate(kind: str, row, leader: int | None = None) -> Fate:
    day = timezone.localdate(row.history_date)
    return Fate(kind, day, row.history_user, row.history_change_reason or "", leader)
