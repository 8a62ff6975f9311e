"""The days on which something of the plans of a unit changed: where a slider of time may stop."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, QuerySet
from django.db.models.functions import TruncDate

from actions.models import Action, ActionResponsible, Finding, FindingEngagement, Plan, Proof
from organisations.models import Unit


@dataclass(frozen=True)
class ChangeDay:
    """A day and how many changes took effect on it."""

    on: date
    count: int


def change_days(unit: Unit) -> list[ChangeDay]:
    """The days of change of a unit and of the units below, oldest first; deleted items count."""
    counts: Counter[date] = Counter()
    for rows in _histories(unit):
        days = (
            rows.order_by().annotate(day=TruncDate("history_date")).values("day").annotate(number=Count("history_id"))
        )
        counts.update({row["day"]: row["number"] for row in days})
    return [ChangeDay(day, counts[day]) for day in sorted(counts)]


def _histories(unit: Unit) -> list[QuerySet]:
    plans = Plan.history.filter(site_id__in=Unit.objects.ids_below(unit.pk))
    findings = Finding.history.filter(plan_id__in=plans.order_by().values("id"))
    finding_ids = findings.order_by().values("id")
    actions = Action.history.filter(finding_id__in=finding_ids)
    action_ids = actions.order_by().values("id")
    return [
        plans,
        findings,
        FindingEngagement.history.filter(finding_id__in=finding_ids),
        actions,
        ActionResponsible.history.filter(action_id__in=action_ids),
        Proof.history.filter(action_id__in=action_ids),
    ]
