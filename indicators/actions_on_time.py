"""The collector « actions réalisées à l’échéance »: of the actions due in the month, those done by their latest day.

Twins count once. An abandoned action is not due any more, and an action done on an unknown day is neither on time nor
late: both are left out, and told.
"""

from collections.abc import Sequence

from django.urls import reverse

from actions.enums import Status
from actions.models import Action, Plan
from actions.rules.punctuality import is_counted, is_on_time
from indicators.collectors import Case, Collector, Measured, collectors
from organisations.models import Unit

CODE = "actions_on_time"


def compute(site: Unit, year: int, month: int) -> Measured | None:
    """Done by the latest day of the deadline / due in the month; None where no action was due."""
    rows = Action.objects.due_in(site.pk, year).filter(deadline_latest__month=month)
    judged = [is_on_time(action) for action in rows if is_counted(action)]
    return Measured(numerator=sum(judged), denominator=len(judged)) if judged else None


def cases(site: Unit, year: int) -> Sequence[Case]:
    """The actions due in the year, with what was made of each."""
    return [_case(action) for action in Action.objects.due_in(site.pk, year).select_related("finding")]


def concerns(site: Unit) -> bool:
    """A site without any plan has no action to be on time."""
    return Plan.objects.filter(site=site).exists()


def _case(action: Action) -> Case:
    counted = is_counted(action)
    return Case(
        month=action.deadline_latest.month,
        label=action.title,
        why=f"{_outcome(action)}, pour une échéance au {action.deadline_latest:%d/%m/%Y}",
        is_counted=counted,
        is_favourable=counted and is_on_time(action),
        url=reverse("actions:action", args=[action.pk]),
    )


def _outcome(action: Action) -> str:
    if action.status == Status.DONE:
        return f"réalisée le {action.done_on:%d/%m/%Y}" if action.done_on else "réalisée un jour inconnu"
    return "abandonnée" if action.status == Status.ABANDONED else "non réalisée"


def register() -> None:
    """Register the collector."""
    collectors.register(Collector(CODE, "Actions réalisées à l’échéance", compute, cases, concerns))
