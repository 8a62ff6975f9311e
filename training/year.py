"""The training sessions of the year."""

from collections.abc import Collection, Iterator
from datetime import date
from typing import Any

from django.urls import reverse

from core.base.year import Milestone, YearlyEvent, yearly_events
from organisations.permissions import Permission
from training.models import Session


def sessions(user: Any, sites: Collection[int], first: date, last: date) -> Iterator[Milestone]:
    """The sessions that begin between two days."""
    rows = Session.objects.visible_to(user).filter(unit__in=sites, starts_on__range=(first, last))
    for one in rows.select_related("course").order_by("starts_on", "pk"):
        yield Milestone(
            one.course.name, one.starts_on, one.ends_on, reverse("training:session", args=[one.pk]), one.unit_id
        )


def register() -> None:
    """Register the sessions with the year of quality."""
    view, manage = Permission.TRAINING_COUNT, Permission.TRAINING_MANAGE
    yearly_events.register(YearlyEvent("formation", "Formations", view, sessions, "training:courses", manage, 60))
