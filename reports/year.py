"""The bilan of the year before, when it was produced."""

from collections.abc import Collection, Iterator
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone

from core.base.year import Milestone, YearlyEvent, yearly_events
from organisations.permissions import Permission
from reports.models import Edition


def bilans(user: Any, sites: Collection[int], first: date, last: date) -> Iterator[Milestone]:
    """The first edition of each report produced between two days."""
    rows = Edition.objects.visible_to(user).filter(report__site__among=sites, number=1).select_related("report")
    for one in rows.filter(created_at__date__range=(first, last)).order_by("created_at"):
        on = timezone.localdate(one.created_at)
        yield Milestone(one.report.name, on, None, reverse("reports:report", args=[one.report_id]), one.report.site_id)


def register() -> None:
    """Register the bilan with the year of quality."""
    view, edit = Permission.REPORT_VIEW, Permission.REPORT_EDIT
    yearly_events.register(YearlyEvent("bilan", "Bilan qualité", view, bilans, "reports:report-open", edit, 90))
