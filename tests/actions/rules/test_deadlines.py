"""Deadlines kept honest: promises, moves, drift, days that cannot be."""

from collections import namedtuple
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.rules import deadlines
from core.base.errors import UserError
from core.time.fuzzy_dates import FuzzyDate, parse

ORIGIN = date(2015, 10, 16)
EVENTS = {"clu": "prochain CLU"}
Row = namedtuple(
    "Row",
    "deadline_text deadline_earliest deadline_latest deadline_event history_user history_date history_change_reason "
    "recorded_at",
)


def read(text: str) -> FuzzyDate:
    return parse(text, written_on=ORIGIN, events=EVENTS)


def row(text: str, day: int, *, who="Anne", reason: str | None = "", latest: date | None = None) -> Row:
    when = datetime(2016, 1, day, 9, tzinfo=UTC)
    value = read(text)
    days = (value.earliest, value.latest) if latest is None else (latest, latest)
    return Row(text, *days, value.event, who, when, reason, when + timedelta(days=1))


@pytest.mark.parametrize(
    ("text", "promise"),
    [
        ("15/11/15", True),
        ("fin 2016", True),
        ("avant mars 2016", True),
        ("pour le prochain CLU", True),
        ("à partir de mars 2016", False),
        ("dès que possible", False),
        ("déjà fait", False),
        ("quand on pourra", False),
        ("", False),
    ],
)
def test_a_promise_is_a_last_day_or_an_event(text, promise):
    assert deadlines.is_promise(read(text)) is promise


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("fin 2015", "", "Indiquez la nouvelle échéance : un jour, une période ou une réunion."),
        ("fin 2015", "dès que possible", "Indiquez la nouvelle échéance : un jour, une période ou une réunion."),
        ("fin 2015", "on verra", "Indiquez la nouvelle échéance : un jour, une période ou une réunion."),
        ("fin 2015", "fin 2015", "Indiquez une nouvelle échéance : celle-ci est l’échéance actuelle."),
        ("fin 2015", "15/12/15", "La nouvelle échéance « 15/12/15 » ne repousse pas l’ancienne, « fin 2015 »."),
        ("fin 2015", "31/12/15", "La nouvelle échéance « 31/12/15 » ne repousse pas l’ancienne, « fin 2015 »."),
    ],
)
def test_a_postponement_has_a_new_deadline_that_is_later(old, new, sentence):
    with pytest.raises(UserError) as refused:
        deadlines.refuse_no_postponement(read(old), read(new))
    assert str(refused.value) == sentence


@pytest.mark.parametrize(("old", "new"), [("fin 2015", "T1 2016"), ("", "fin 2015"), ("fin 2015", "prochain CLU")])
def test_a_later_day_or_an_event_postpones(old, new):
    deadlines.refuse_no_postponement(read(old), read(new))


def test_a_deadline_before_the_audit_is_refused_in_its_words():
    with pytest.raises(UserError) as refused:
        deadlines.refuse_before_origin(read("septembre 2015"), ORIGIN)
    assert str(refused.value) == "L’échéance « septembre 2015 » précède l’origine du plan, le 16/10/2015."


@pytest.mark.parametrize("text", ["octobre 2015", "16/10/2015", "", "déjà fait", "à partir de janvier 2015"])
def test_a_deadline_that_can_still_be_kept_is_accepted(text):
    deadlines.refuse_before_origin(read(text), ORIGIN)
    deadlines.refuse_before_origin(read("septembre 2015"), None)


@given(done_on=st.dates(), today=st.dates(), origins=st.lists(st.none() | st.dates(), max_size=3))
def test_done_on_is_refused_exactly_when_it_is_to_come_or_before_one_of_the_plans(done_on, today, origins):
    plans = [SimpleNamespace(origin_on=origin) for origin in origins]
    makes_sense = done_on <= today and all(origin is None or origin <= done_on for origin in origins)
    if makes_sense:
        deadlines.refuse_done_on(done_on, today=today, plans=plans)
        return
    with pytest.raises(UserError) as refused:
        deadlines.refuse_done_on(done_on, today=today, plans=plans)
    assert refused.value.field == "done_on"


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2016, 1, 31), 1, date(2016, 2, 29)),
        (date(2015, 8, 31), 6, date(2016, 2, 29)),
        (date(2016, 11, 15), 2, date(2017, 1, 15)),
        (date(2016, 2, 29), 12, date(2017, 2, 28)),
        (date(2016, 12, 1), 60, date(2021, 12, 1)),
    ],
)
def test_some_months_later_is_the_same_day_or_the_last_of_a_shorter_month(day, months, later):
    assert deadlines.months_later(day, months) == later


@pytest.mark.parametrize("months", [0, -1, 61])
def test_a_review_is_asked_for_within_five_years(months):
    with pytest.raises(UserError, match=r"^Choisissez de 1 à 60 mois\.$"):
        deadlines.months_later(ORIGIN, months)


def test_the_ledger_tells_each_move_with_who_when_why_and_the_drift():
    rows = [
        row("", 1),
        row("fin 2015", 2, reason="Réunion"),
        row("fin 2015", 3, reason="Autre chose a changé"),
        row("T1 2016", 4, who="Paul", reason="Prestataire absent"),
        row("prochain CLU", 5, reason=None),
        row("prochain CLU", 6, reason="Date fixée", latest=date(2016, 5, 4)),
    ]
    found = [
        (move.old.text, move.new.text, move.who, move.when.day, move.recorded_at.day, move.reason, move.drift_days)
        for move in deadlines.moves(rows)
    ]
    assert found == [
        ("fin 2015", "T1 2016", "Paul", 4, 5, "Prestataire absent", 91),
        ("T1 2016", "prochain CLU", "Anne", 5, 6, "", None),
        ("prochain CLU", "prochain CLU", "Anne", 6, 7, "Date fixée", None),
    ]


@given(st.lists(st.dates(min_value=date(2015, 1, 1), max_value=date(2030, 1, 1)), min_size=1, max_size=8))
def test_the_drifts_of_the_moves_add_up_to_the_whole_drift(days):
    rows = [row(f"{day:%d/%m/%Y}", n + 1) for n, day in enumerate(days)]
    found = deadlines.moves(rows)
    assert sum(move.drift_days for move in found) == deadlines.drift(days[0], days[-1])
    assert len(found) == sum(a != b for a, b in pairwise(days))


def test_drift_is_not_known_without_two_days():
    assert deadlines.drift(None, ORIGIN) is None
    assert deadlines.drift(ORIGIN, None) is None
