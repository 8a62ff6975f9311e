"""Assignments, monthly figures and months of entry of the demonstration, dated as if entered at the time."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import product

from django.utils import timezone

from core.record import history
from demo import grid
from demo.figures import FIRST_YEAR, Draw, MonthOfStory
from demo.files import read_json
from demo.organisation import REASON, SINCE
from indicators.enums import CampaignState, Source
from indicators.models import Assignment, Campaign, Indicator, Value
from indicators.services import assignments, campaigns, readings
from indicators.services.values import FIELDS
from organisations.models import Unit, User

OPEN_SITE = "13-aix"
LATE_UNITS = ("13-aix-courrier", "13-aix-numerique")  # still to enter in the open month
MONTHS = range(1, 13)


def load_assignments(units: dict[str, Unit], *, by) -> None:
    """Who enters what, and for which site."""
    indicators = {indicator.code: indicator for indicator in Indicator.objects.all()}
    known = set(Assignment.objects.values_list("indicator_id", "unit_id"))
    for site, services in read_json("assignments").items():
        since = SINCE if site == OPEN_SITE else date(FIRST_YEAR, 1, 1)
        for service, codes in services.items():
            for indicator in (indicators[code] for code in codes):
                if (indicator.pk, units[service].pk) not in known:
                    assignments.assign(indicator, units=[units[service]], valid_from=since, by=by, reason=REASON)


def load_figures(people: dict[str, User], *, today: date, seed: int) -> int:
    """The figures of every month ended since 2021, the open month excepted where its service is late."""
    profiles = read_json("profiles")
    existing = set(Value.objects.values_list("indicator_id", "unit_id", "year", "month"))
    last = campaigns.previous_month(today)
    values = []
    for assignment in Assignment.objects.select_related("indicator", "unit", "site"):
        draw = Draw(profiles, unit=assignment.unit.code, seed=seed)
        author = _author(assignment.unit, people)
        for month in months_until(*last):
            if month.month not in assignment.indicator.due_months or _is_late(assignment.unit, month, last):
                continue
            if (assignment.indicator_id, assignment.unit_id, month.year, month.month) not in existing:
                values.append(_value(assignment, month, draw, author=author, today=today))
    history.bulk_create(values, by=None, reason="")
    readings.refresh_many({(value.indicator_id, value.site_id, value.year) for value in values})
    return len(values)


def load_campaigns(people: dict[str, User], *, today: date) -> None:
    """Months of entry: closed up to two months ago; last month is open at Aix and validated at the préfecture."""
    existing = set(Campaign.objects.values_list("site_id", "year", "month"))
    last = MonthOfStory(*campaigns.previous_month(today))
    rows = []
    for site in Unit.objects.filter(site_assignments__isnull=False).distinct():
        first = grid.YEAR if site.code == OPEN_SITE else FIRST_YEAR
        for month in months_until(last.year, last.month, first=first):
            if (site.pk, month.year, month.month) in existing:
                continue
            state = CampaignState.CLOSED
            if month == last:
                state = CampaignState.OPEN if site.code == OPEN_SITE else CampaignState.VALIDATED
            rows.append(_campaign(site, month, state, by=people["rq"], today=today))
    history.bulk_create(rows, by=people["rq"], reason=REASON)


def months_until(year: int, month: int, *, first: int = FIRST_YEAR) -> Iterator[MonthOfStory]:
    """The months from January of the first year to the given one."""
    for pair in product(range(first, year + 1), MONTHS):
        if pair <= (year, month):
            yield MonthOfStory(*pair)


def _is_late(unit: Unit, month: MonthOfStory, last: tuple[int, int]) -> bool:
    return unit.code in LATE_UNITS and (month.year, month.month) == last


def _author(unit: Unit, people: dict[str, User]) -> User:
    if unit.code in {"13-aix-numerique", "13-aix-accueil"}:
        return people["contributeur"]
    return people["chef"] if unit.code.startswith("13-aix") else people["rq"]


def _value(assignment: Assignment, month: MonthOfStory, draw: Draw, *, author: User, today: date) -> Value:
    indicator = assignment.indicator
    figure = draw.figure(indicator.code, indicator.measure, month).completed(indicator.measure)
    value = Value(
        indicator=indicator,
        site=assignment.site,
        unit=assignment.unit,
        year=month.year,
        month=month.month,
        source=Source.TYPED,
        entered_by=author,
        **{name: getattr(figure, name) for name in FIELDS},
    )
    value.entered_at = value._history_date = min(at(month, day=4 + indicator.pk % 5), moment(today, 8))
    value._history_user = author
    return value


def _campaign(site: Unit, month: MonthOfStory, state: str, *, by: User, today: date) -> Campaign:
    campaign = Campaign(site=site, year=month.year, month=month.month, state=state)
    campaign.due_on = campaigns.due_on(site, month.year, month.month)
    read_at = min(moment(campaign.due_on + timedelta(days=2), 11), moment(today, 8))
    if state != CampaignState.OPEN:
        campaign.validated_at, campaign.validated_by = read_at, by
    if state == CampaignState.CLOSED:
        campaign.closed_at, campaign.closed_by = read_at, by
    campaign._history_date = read_at if state != CampaignState.OPEN else at(month, day=1)
    return campaign


def at(month: MonthOfStory, *, day: int) -> datetime:
    """A day of the month that follows, in the morning: when a figure is entered."""
    year, following = month.year + month.month // 12, month.month % 12 + 1
    return moment(date(year, following, day), 9)


def moment(day: date, hour: int) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(hour)))
