"""Working days against an independent oracle: another Easter, our own lists, another way to count."""

from bisect import bisect_right
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.base.errors import UserError
from core.time.holidays import ZONES, seed
from core.time.working_days import MAX_DAYS, Day, WorkingCalendar

YEARS = range(2015, 2037)
FIXED = {"01-01", "05-01", "05-08", "07-14", "08-15", "11-01", "11-11", "12-25"}
OWN = {"metropole": set(), "alsace-moselle": {"12-26"}, "guadeloupe": {"05-27"}, "la-reunion": {"12-20"}}


def easter(year: int) -> date:
    """Gauss's method with its two exceptions, as printed in almanacs (the library uses another one)."""
    a, b, c = year % 19, year % 4, year % 7
    k = year // 100
    m = (15 - (13 + 8 * k) // 25 + k - k // 4) % 30
    n = (4 + k - k // 4) % 7
    d = (19 * a + m) % 30
    e = (2 * b + 4 * c + 6 * d + n) % 7
    if d == 29 and e == 6:
        return date(year, 4, 19)
    if d == 28 and e == 6 and (11 * m + 11) % 30 < 19:
        return date(year, 4, 18)
    return date(year, 3, 22) + timedelta(d + e)


def is_off(day: date, zone: str) -> bool:
    since_easter = (day - easter(day.year)).days
    movable = {1, 39, 50} | ({-2} if zone == "alsace-moselle" else set())
    return day.isoweekday() > 5 or since_easter in movable or f"{day:%m-%d}" in FIXED | OWN[zone]


@pytest.fixture(scope="module", params=sorted(OWN))
def both(request):
    """A zone's calendar as we seed it, and the oracle's sorted list of working days."""
    zone = next(zone for zone in ZONES if zone.code == request.param)
    first = date(YEARS[0], 1, 1)
    days = [first + timedelta(n) for n in range((date(YEARS[-1], 12, 31) - first).days + 1)]
    calendar = WorkingCalendar(seed(zone, YEARS), years=frozenset(YEARS))
    return calendar, [day for day in days if not is_off(day, zone.code)]


def test_every_due_date_of_twenty_one_years_is_the_oracle_s(both):
    calendar, working = both
    different = []
    day = date(2015, 1, 1)
    while day <= date(2035, 12, 31):
        place = bisect_right(working, day)
        different += [
            (day, delay) for delay in (1, 2, 5, 10, 15) if calendar.due_on(day, delay) != working[place + delay - 1]
        ]
        day += timedelta(1)
    assert different == []


def test_every_day_of_twenty_one_years_is_working_when_the_oracle_says_so(both):
    calendar, working = both
    days = [date(2015, 1, 1) + timedelta(n) for n in range((date(2035, 12, 31) - date(2015, 1, 1)).days + 1)]
    assert [day for day in days if calendar.is_working(day)] == [day for day in working if day.year < 2036]


FRANCE = WorkingCalendar(seed(ZONES[0], YEARS), {date(2026, 5, 15): "Pont de l’Ascension"}, years=frozenset(YEARS))
days = st.dates(date(2015, 1, 1), date(2033, 12, 31))
delays = st.integers(0, 400)


@given(days, delays)
def test_the_days_between_a_receipt_and_its_due_date_are_the_delay(received, delay):
    assert FRANCE.days_between(received, FRANCE.due_on(received, delay)) == delay


@given(days, st.integers(1, 400))
def test_a_due_date_is_a_working_day_after_the_receipt(received, delay):
    due = FRANCE.due_on(received, delay)
    assert due > received
    assert FRANCE.is_working(due)


@given(days, delays)
def test_a_later_receipt_or_a_longer_delay_never_gives_an_earlier_due_date(received, delay):
    due = FRANCE.due_on(received, delay)
    assert FRANCE.due_on(received + timedelta(1), delay) >= due
    assert FRANCE.due_on(received, delay + 1) > due


@given(days, delays)
def test_an_explanation_names_every_day_and_numbers_those_that_count(received, delay):
    explained = FRANCE.explain(received, delay)
    assert [day.date for day in explained] == [received + timedelta(n) for n in range(len(explained))]
    assert [day.number for day in explained if day.counts] == list(range(1, delay + 1))
    assert all(day.reason and day.counts == (day.number is not None) for day in explained)
    assert explained[-1].date == FRANCE.due_on(received, delay)


@given(days, st.integers(0, 60), st.integers(0, 60))
def test_days_between_add_up(start, first, second):
    middle = start + timedelta(first)
    end = middle + timedelta(second)
    parts = FRANCE.days_between(start, middle) + FRANCE.days_between(middle, end)
    assert FRANCE.days_between(start, end) == parts


def test_the_count_starts_the_day_after_receipt_and_says_why_each_day_counts_or_not():
    assert FRANCE.explain(date(2026, 5, 12), 2) == [
        Day(date(2026, 5, 12), False, None, "jour de réception : le délai part du lendemain"),
        Day(date(2026, 5, 13), True, 1, "jour ouvré"),
        Day(date(2026, 5, 14), False, None, "jour férié : Ascension"),
        Day(date(2026, 5, 15), False, None, "fermeture du site : Pont de l’Ascension"),
        Day(date(2026, 5, 16), False, None, "samedi"),
        Day(date(2026, 5, 17), False, None, "dimanche"),
        Day(date(2026, 5, 18), True, 2, "jour ouvré"),
    ]


def test_a_delay_of_no_day_ends_the_day_of_receipt():
    assert FRANCE.due_on(date(2026, 5, 16), 0) == date(2026, 5, 16)


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda: FRANCE.due_on(date(2026, 5, 4), -1), f"Le nombre de jours doit être compris entre 0 et {MAX_DAYS}."),
        (
            lambda: FRANCE.due_on(date(2026, 5, 4), MAX_DAYS + 1),
            f"Le nombre de jours doit être compris entre 0 et {MAX_DAYS}.",
        ),
        (
            lambda: FRANCE.days_between(date(2026, 5, 4), date(2026, 5, 3)),
            "La date de fin (03/05/2026) précède la date de départ (04/05/2026).",
        ),
        (
            lambda: FRANCE.due_on(date(2036, 12, 30), 5),
            "Les jours fériés de 2037 ne sont pas enregistrés : complétez le calendrier.",
        ),
        (lambda: WorkingCalendar({}).due_on(date.max, 1), "Ce délai dépasse le calendrier."),
    ],
)
def test_what_cannot_be_counted_is_refused_in_one_sentence(call, sentence):
    with pytest.raises(UserError) as refusal:
        call()
    assert refusal.value.message == sentence


def test_a_calendar_without_years_counts_any_day():
    assert WorkingCalendar({}, {}).due_on(date(1999, 12, 30), 2) == date(2000, 1, 3)
