"""What became, after the day shown, of what a state holds: removed or merged, when, by whom and why."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from itertools import chain
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils import timezone

from actions.as_of.state import PlanState
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
    titles: dict[int, str] = field(default_factory=dict)  # of the leaders named, in whatever plan they are


def fates(plans: Iterable[PlanState]) -> Fates:
    """What became of those plans, and of all that they hold, until now."""
    plans = list(plans)
    findings = list(chain.from_iterable(plan.findings for plan in plans))
    actions = list(chain.from_iterable(finding.actions for finding in findings))
    merged = _merged({action.id: action.merged_into for action in actions})
    leaders = {fate.leader for fate in merged.values()} | {action.merged_into for action in actions}
    return Fates(
        plans=_removed(Plan, [plan.id for plan in plans]),
        findings=_removed(Finding, [finding.id for finding in findings]),
        actions=merged | _removed(Action, [action.id for action in actions]),
        titles=_titles_of(leaders - {None}),
    )


def _removed(model, pks: list[int]) -> dict[int, Fate]:
    """Those that are no more, with their last removal: an undone import may have brought one back in between."""
    rows = model.history.filter(history_type="-", id__in=pks).select_related("history_user")
    gone = rows.exclude(Exists(model.objects.filter(pk=OuterRef("id")).order_by()))
    return {row.id: _fate(REMOVED, row) for row in gone.order_by("history_id")}


def _titles_of(leaders: set) -> dict[int, str]:
    """The words of those actions now; those of their finding where they have none of their own."""
    rows = Action.objects.filter(pk__in=leaders).order_by().values_list("pk", "text", "finding__text")
    return {pk: text or finding_text for pk, text, finding_text in rows}


def _merged(leaders: dict[int, int | None]) -> dict[int, Fate]:
    """Those that have a leader now which they had not then, with the change that gave it to them."""
    twins = Action.objects.filter(pk__in=leaders, merged_into__isnull=False).order_by()
    present = dict(twins.values_list("pk", "merged_into_id"))
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
