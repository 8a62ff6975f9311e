"""The two clocks of a case: the rules word for word, and each date equal to an independent count."""

from dataclasses import replace
from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from complaints.enums import Channel, Medium, Nature, Punctuality
from complaints.rules import delays
from complaints.rules.delays import SHIPPED, Clocks, Facts, Rule, Wait
from core.time.holidays import ZONES, seed
from core.time.working_days import WorkingCalendar
from tests.core.time.test_working_days import OWN, YEARS, is_off

CALENDARS = {
    zone.code: WorkingCalendar(seed(zone, YEARS), years=frozenset(YEARS)) for zone in ZONES if zone.code in OWN
}
FRANCE = CALENDARS["metropole"]
TODAY = date(2022, 12, 31)
ELECTRONIC = ("email", "web_form", "social_network", "sp_plus")
TUESDAY = Facts(date(2022, 3, 1), Channel.EMAIL, Nature.COMPLAINT)


def clocks(facts, *, on=TODAY, calendar=FRANCE, rules=SHIPPED):
    return delays.clocks(facts, calendar, on=on, rules=rules)


@pytest.mark.parametrize(
    ("channel", "acknowledge_by", "answer_by"),
    [
        *((channel, date(2022, 3, 8), date(2022, 3, 8)) for channel in ELECTRONIC),
        *((channel, date(2022, 3, 15), date(2022, 3, 15)) for channel in ("letter", "urn", "other")),
        *((channel, None, None) for channel in ("desk", "phone")),
    ],
)
def test_each_channel_runs_on_its_clock(channel, acknowledge_by, answer_by):
    found = clocks(replace(TUESDAY, channel=channel))

    assert (found.acknowledge_by, found.answer_by) == (acknowledge_by, answer_by)


def test_an_acknowledgement_is_not_carried_over_when_its_last_day_is_not_worked():
    received_on_a_saturday = clocks(replace(TUESDAY, received_on=date(2022, 4, 30)))

    assert received_on_a_saturday.acknowledge_by == date(2022, 5, 7)  # a Saturday


@pytest.mark.parametrize(
    ("changed", "found"),
    [
        ({"kind": Nature.SUGGESTION}, (date(2022, 3, 8), date(2022, 3, 8))),
        ({"kind": Nature.COMPLIMENT}, (None, None)),
        ({"kind": Nature.INFORMATION_REQUEST}, (None, None)),
        ({"is_reachable": False}, (None, None)),
        ({"in_scope": False}, (date(2022, 3, 8), None)),
    ],
)
def test_there_is_a_duty_for_written_complaints_and_suggestions_of_someone_who_can_be_reached(changed, found):
    dates = clocks(replace(TUESDAY, **changed))

    assert (dates.acknowledge_by, dates.answer_by) == found
    assert (dates.suspended_days, dates.delay_days) == ((0, None) if found[1] else (None, None))


@pytest.mark.parametrize(
    ("acknowledged_on", "answered_on", "on", "found"),
    [
        (date(2022, 3, 8), None, TODAY, True),
        (date(2022, 3, 9), None, TODAY, False),
        (date(2022, 3, 20), date(2022, 3, 8), TODAY, True),  # the answer came first
        (None, date(2022, 3, 9), TODAY, False),
        (None, None, date(2022, 3, 8), None),  # not yet due: in no base
        (None, None, date(2022, 3, 9), False),
    ],
)
def test_an_answer_that_comes_first_counts_as_acknowledgement(acknowledged_on, answered_on, on, found):
    facts = replace(TUESDAY, acknowledged_on=acknowledged_on, answered_on=answered_on)

    assert delays.acknowledged_in_time(facts, date(2022, 3, 8), on=on) is found


def test_a_wait_takes_out_the_days_after_the_request_up_to_the_reply_in_the_date_and_in_the_delay():
    """Asked on Wednesday 2, replied on Friday 4: Thursday and Friday are not counted."""
    waited = replace(TUESDAY, waits=(Wait(date(2022, 3, 2), date(2022, 3, 4)),), answered_on=date(2022, 3, 10))

    assert clocks(waited) == Clocks(date(2022, 3, 8), date(2022, 3, 10), suspended_days=2, delay_days=5)


def test_while_the_user_is_awaited_the_date_is_not_known_and_nothing_is_late():
    awaited = replace(TUESDAY, waits=(Wait(date(2022, 3, 2)),))
    found = clocks(awaited, on=date(2022, 3, 14))

    assert found == Clocks(date(2022, 3, 8), None, suspended_days=8, delay_days=None)
    assert delays.answered_in_time(awaited, found.answer_by, on=date(2022, 3, 14)) is None
    answered = replace(awaited, answered_on=date(2022, 3, 14))
    assert clocks(answered) == Clocks(date(2022, 3, 8), date(2022, 3, 18), suspended_days=8, delay_days=1)


def test_a_request_that_comes_after_the_date_changes_nothing_of_it():
    late = replace(TUESDAY, waits=(Wait(date(2022, 3, 9)),))

    assert clocks(late).answer_by == date(2022, 3, 8)


def test_one_extension_moves_the_date_and_is_told_apart():
    extended = replace(TUESDAY, extended_to=date(2022, 3, 20), answered_on=date(2022, 3, 18))
    found = clocks(extended)

    assert found.answer_by == date(2022, 3, 20)
    first_by = date(2022, 3, 8)
    assert delays.punctuality(extended, first_by, found.answer_by, on=TODAY) == Punctuality.AFTER_EXTENSION
    in_time = replace(extended, answered_on=first_by)
    assert delays.punctuality(in_time, first_by, found.answer_by, on=TODAY) == Punctuality.IN_TIME
    late = replace(extended, answered_on=date(2022, 3, 21))
    assert delays.punctuality(late, first_by, found.answer_by, on=TODAY) == Punctuality.LATE


def test_a_rule_holds_for_what_is_received_from_its_day_on():
    stricter = (*SHIPPED, Rule(Medium.ELECTRONIC, date(2022, 3, 2), 2, 1))

    assert clocks(TUESDAY, rules=stricter).answer_by == date(2022, 3, 8)
    assert clocks(replace(TUESDAY, received_on=date(2022, 3, 2)), rules=stricter).answer_by == date(2022, 3, 3)


def test_each_date_is_explained_day_by_day():
    waited = replace(TUESDAY, waits=(Wait(date(2022, 3, 2), date(2022, 3, 4)),))
    told = delays.explain_answer(waited, SHIPPED[0], FRANCE, on=TODAY)

    assert [(f"{day.date:%d/%m}", day.number, day.reason) for day in told] == [
        ("01/03", None, "jour de réception : le délai part du lendemain"),
        ("02/03", 1, "jour ouvré"),
        ("03/03", None, "en attente de l’usager : jour non compté"),
        ("04/03", None, "en attente de l’usager : jour non compté"),
        ("05/03", None, "samedi"),
        ("06/03", None, "dimanche"),
        ("07/03", 2, "jour ouvré"),
        ("08/03", 3, "jour ouvré"),
        ("09/03", 4, "jour ouvré"),
        ("10/03", 5, "jour ouvré"),
    ]
    assert [day.number for day in delays.explain_acknowledgement(TUESDAY, SHIPPED[0])] == [None, *range(1, 8)]


DAYS = st.dates(date(2015, 1, 1), date(2035, 10, 31))


@st.composite
def cases(draw):
    """A written case in scope with up to three waits, answered or not."""
    received = draw(DAYS)
    waits = []
    for _ in range(draw(st.integers(0, 3))):
        asked = received + timedelta(draw(st.integers(0, 20)))
        waits.append(Wait(asked, asked + timedelta(draw(st.integers(0, 12)))))
    answered = draw(st.none() | st.integers(0, 40).map(lambda n: received + timedelta(n)))
    channel = draw(st.sampled_from([*ELECTRONIC, "letter", "urn", "other"]))
    return Facts(received, channel, Nature.COMPLAINT, answered_on=answered, waits=tuple(waits))


def counted(facts, zone):
    """An independent count: every day after receipt looked at once, with another calendar."""
    limit = 5 if facts.channel in ELECTRONIC else 10
    number, suspended, due, delay = 0, 0, None, None
    last = max(filter(None, [facts.answered_on, *(wait.replied_on for wait in facts.waits)]), default=facts.received_on)
    for rank in range(200):
        day = facts.received_on + timedelta(rank)
        if rank and not is_off(day, zone):
            if any(wait.asked_on < day <= wait.replied_on for wait in facts.waits):
                suspended += 1
            else:
                number += 1
        due = due or (day if number == limit else None)
        delay = number if day == facts.answered_on else delay
        if due and day >= last:
            break
    return due, suspended, delay


@settings(max_examples=300)
@given(cases(), st.sampled_from(sorted(OWN)))
def test_each_date_is_that_of_an_independent_count(facts, zone):
    found = clocks(facts, calendar=CALENDARS[zone])

    assert (found.answer_by, found.suspended_days, found.delay_days) == counted(facts, zone)
    assert found.acknowledge_by == facts.received_on + timedelta(7 if facts.channel in ELECTRONIC else 14)


def drawn(draw):
    """A written case in scope of 2015 to 2035, drawn the same at each run."""
    received = date(2015, 1, 1) + timedelta(draw.randrange(7_600))
    asked = [received + timedelta(draw.randrange(20)) for _ in range(draw.randrange(3))]
    waits = tuple(Wait(day, day + timedelta(draw.randrange(12))) for day in asked)
    answered = received + timedelta(draw.randrange(40)) if draw.random() < 0.8 else None
    channel = draw.choice([*ELECTRONIC, "letter", "urn", "other"])
    return Facts(received, channel, Nature.COMPLAINT, answered_on=answered, waits=waits)


def test_ten_thousand_cases_of_every_zone_are_those_of_an_independent_count():
    draw, zones = Random(13), sorted(OWN)
    for number in range(10_000):
        facts, zone = drawn(draw), zones[number % len(zones)]
        found = clocks(facts, calendar=CALENDARS[zone])
        assert (found.answer_by, found.suspended_days, found.delay_days) == counted(facts, zone), (facts, zone)


@given(cases())
def test_what_is_explained_ends_on_the_date_and_counts_what_it_says(facts):
    rule = delays.rule_for(facts.channel, facts.received_on)
    told = delays.explain_answer(facts, rule, FRANCE, on=TODAY)

    assert told[-1].date == clocks(facts).answer_by
    assert [day.number for day in told if day.counts] == list(range(1, rule.answer_days + 1))
    assert [day.date for day in told] == [facts.received_on + timedelta(n) for n in range(len(told))]
