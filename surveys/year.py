"""The surveys of the year: those of satisfaction, and the mystery ones for whoever may know of them."""

from collections.abc import Collection, Iterator
from datetime import date
from functools import partial
from typing import Any

from django.urls import reverse

from core.base.year import Milestone, YearlyEvent, yearly_events
from organisations.permissions import Permission
from surveys.enums import Kind
from surveys.models import Campaign


def campaigns(kind: Kind, user: Any, sites: Collection[int], first: date, last: date) -> Iterator[Milestone]:
    """The campaigns of a kind that open between two days."""
    rows = Campaign.objects.visible_to(user).filter(kind=kind, site__in=sites, starts_on__range=(first, last))
    for one in rows.order_by("starts_on", "pk"):
        url = reverse("surveys:campaign", args=[one.code])
        yield Milestone(one.title, one.starts_on, one.ends_on, url, one.site_id)


def register() -> None:
    """Register both kinds of surveys with the year of quality."""
    for position, kind in enumerate(Kind, start=10):
        find = partial(campaigns, kind)
        view, edit = Permission.SURVEY_VIEW, Permission.SURVEY_EDIT
        yearly_events.register(
            YearlyEvent(kind.value, str(kind.label), view, find, f"surveys:campaign-create-{kind}", edit, position)
        )
