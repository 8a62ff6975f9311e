"""The meetings of the year, committee by committee."""

from collections.abc import Collection, Iterator
from datetime import date
from functools import partial
from typing import Any

from django.urls import reverse

from clu.enums import CommitteeKind
from clu.models import Meeting
from core.base.year import Milestone, YearlyEvent, yearly_events
from organisations.permissions import Permission


def meetings(kind: CommitteeKind, user: Any, sites: Collection[int], first: date, last: date) -> Iterator[Milestone]:
    """The meetings of a kind of committee held between two days."""
    rows = Meeting.objects.visible_to(user).filter(committee__kind=kind, committee__site__in=sites)
    for one in rows.for_list().filter(held_on__range=(first, last)).order_by("held_on", "pk"):
        yield Milestone(one.title, one.held_on, None, reverse("clu:meeting", args=[one.pk]), one.committee.site_id)


def register() -> None:
    """Register each kind of committee with the year of quality."""
    for position, kind in enumerate(CommitteeKind, start=30):
        find = partial(meetings, kind)
        view, edit = Permission.COMMITTEE_VIEW, Permission.COMMITTEE_EDIT
        yearly_events.register(YearlyEvent(kind.value, str(kind.label), view, find, "clu:committees", edit, position))
