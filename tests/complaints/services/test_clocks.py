"""A closed day or a rule added: open cases follow and say so, closed ones keep the dates they were judged by."""

from datetime import date

import pytest
import time_machine

from complaints.enums import Channel, Medium
from complaints.services import cases, clocks, steering
from organisations.services import closed_days

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def a_thursday():
    with time_machine.travel(date(2022, 3, 10), tick=False):
        yield


def registered(site):
    return cases.register(
        site, channel=Channel.EMAIL, received_on=date(2022, 3, 4), by=None, person={"email": "a@example.invalid"}
    )


def test_a_closed_day_moves_the_dates_of_open_cases_only(site, django_capture_on_commit_callbacks):
    closed, still_open = registered(site), registered(site)
    cases.answer(closed, on=date(2022, 3, 8), by=None)
    cases.close(closed, outcome="founded", by=None)

    with django_capture_on_commit_callbacks(execute=True):
        closed_days.close_site(site, first=date(2022, 3, 9), label="Travaux", by=None)
    assert clocks.recompute_all() == 1
    closed.refresh_from_db()
    still_open.refresh_from_db()
    assert (closed.answer_by, still_open.answer_by) == (date(2022, 3, 11), date(2022, 3, 14))
    said = still_open.history.latest().history_change_reason
    assert said == "Calendrier du site modifié. à répondre avant le : 11/03/2022 → 14/03/2022"


def test_a_rule_holds_from_its_day_on_and_says_what_it_moved(site):
    case = registered(site)
    rule = steering.add_rule(
        site=site, medium=Medium.ELECTRONIC, valid_from=date(2022, 3, 1), acknowledge_days=3, answer_days=2,
        source="COPIL", by=None,
    )  # fmt: skip

    case.refresh_from_db()
    assert (case.acknowledge_by, case.answer_by) == (date(2022, 3, 7), date(2022, 3, 8))
    steering.remove_rule(rule, by=None)
    case.refresh_from_db()
    assert (case.acknowledge_by, case.answer_by) == (date(2022, 3, 11), date(2022, 3, 11))


def test_recomputing_many_cases_costs_a_constant_number_of_queries(site, django_assert_max_num_queries):
    for _ in range(5):
        registered(site)
    closed_days.close_site(site, first=date(2022, 3, 9), label="Travaux", by=None)
    with django_assert_max_num_queries(14):
        clocks.recompute(site)
