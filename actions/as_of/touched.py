"""The findings in which something was written between two days, in the finding itself or in anything under it.

What is not among them is the same on both days: a comparison need not read it.
"""

from datetime import date
from itertools import chain

from django.db.models import Q, QuerySet

from actions.as_of.reading import end_of
from actions.models import Action, ActionResponsible, Finding, FindingEngagement, Plan, Proof
from organisations.models import Unit, User
from referential.models import Engagement, Module

MOST = 200  # beyond, naming them in a query costs more than reading all


def touched_findings(unit: Unit, start: date, end: date) -> list[int] | None:
    """Their numbers, whatever plan of the unit they were or are in; None when they are many.

    A name that changed touches what bears it.
    """
    between = _Between(start, end)
    plans = Plan.history.filter(site_id__in=Unit.objects.ids_below(unit.pk))
    findings = Finding.history.filter(plan_id__in=_ids(plans))
    actions = _touched_actions(between, _ids(findings))
    if len(actions) > MOST:
        return None
    appeared = plans.filter(between.written).exclude(history_type="~")
    links = FindingEngagement.history.filter(finding_id__in=_ids(findings))
    found = _all_of(
        findings.filter(between.written).values_list("id"),
        findings.filter(plan_id__in=_ids(appeared)).values_list("id"),  # a document may tell of them an earlier day
        findings.filter(between.named(module_id=Module)).values_list("id"),
        Finding.history.filter(between.written, id__in=_ids(findings)).values_list("id"),  # it left for another plan
        links.filter(between.written | between.named(engagement_id=Engagement)).values_list("finding_id"),
        Action.history.filter(id__in=actions).values_list("finding_id"),  # those they left too
    )
    return found if len(found) <= MOST else None


def _touched_actions(between: "_Between", findings: QuerySet) -> list[int]:
    """An action moves on its site only: one of ours was always under one of our findings."""
    ours = Action.history.filter(finding_id__in=findings)
    renamed = between.named(unit_id=Unit, user_id=User)
    return _all_of(
        ours.filter(between.written).values_list("id"),
        ActionResponsible.history.filter(between.written | renamed, action_id__in=_ids(ours)).values_list("action_id"),
        Proof.history.filter(between.written, action_id__in=_ids(ours)).values_list("action_id"),
    )


class _Between:
    """What was written after the end of a day and until the end of another one."""

    def __init__(self, start: date, end: date):
        self.written = Q(history_date__gt=end_of(start), history_date__lte=end_of(end))

    def named(self, **models) -> Q:
        """Rows that point at something whose name may have changed."""
        points = (Q(**{f"{column}__in": _ids(model.history.filter(self.written))}) for column, model in models.items())
        return Q(*points, _connector=Q.OR)


def _ids(rows: QuerySet) -> QuerySet:
    return rows.order_by().values("id")


def _all_of(*parts: QuerySet) -> list[int]:
    """The numbers of several lists, each once, in one query; one more than `MOST` tells that they are many."""
    first, *others = (part.order_by() for part in parts)
    return list(chain.from_iterable(first.union(*others)[: MOST + 1]))
