"""What the référent qualité did lately in the demonstration: a dashboard sealed, then a figure amended."""

from datetime import date

from core import jobs
from indicators.models import Snapshot, Value
from indicators.services import campaigns, dashboards, values
from organisations.models import Unit, User

AMENDED = "courriels-5-jours"
AMENDMENT_REASON = "Deux réponses retrouvées dans la boîte partagée après la clôture"
FOUND_REPLIES = 2


def load_amendment_and_dashboard(site: Unit, people: dict[str, User], *, today: date) -> None:
    """Seal the dashboard of the last closed month, amend one of its figures, and run the job that this asks for."""
    year, month = campaigns.previous_month(date(*campaigns.previous_month(today), 1))
    if Snapshot.objects.filter(site=site, year=year, month=month).exists():
        return
    dashboards.seal(site=site, year=year, month=month, by=None)
    value = Value.objects.select_related("indicator").get(site=site, indicator__code=AMENDED, year=year, month=month)
    cell = values.EntryCell(value.indicator, value.unit_id, site.pk, year, month)
    values.enter(cell, _with_found_replies(value), by=people["chef"], confirmed=True, amendment_reason=AMENDMENT_REASON)
    jobs.run_now(dashboards.request(site=site, year=year, month=month, by=people["chef"]))


def _with_found_replies(value: Value) -> values.Figure:
    total = value.denominator + FOUND_REPLIES
    return values.Figure(numerator=value.numerator + FOUND_REPLIES, denominator=total)
