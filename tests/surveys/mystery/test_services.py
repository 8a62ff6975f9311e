"""Scenarios, programme and recording of mystery tests."""

import uuid
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.base.errors import UserError
from surveys.enums import TestChannel
from surveys.models import PlannedTest, Response
from surveys.services import campaigns, mystery
from surveys.services.mystery import Test, spread
from tests.organisations.factories import ServiceFactory


def made(scenario=None, planned=None, key=None, **fields) -> Test:
    return Test(
        key=key or uuid.uuid4(), answers=fields.pop("answers", {"courtoisie": "yes"}), made_on=date(2022, 5, 11),
        scenario=scenario, planned=planned, **fields,
    )  # fmt: skip


def test_tests_are_spread_over_the_working_days_of_the_site(campaign, scenario, referent):
    tests = mystery.plan_tests(scenario, count=4, by=referent)

    # 13 working days: week-ends and Ascension (26 May) are left out
    assert [test.planned_on for test in tests] == [date(2022, 5, day) for day in (11, 16, 19, 24)]
    assert PlannedTest.history.filter(history_user=referent).count() == 4


@given(st.integers(1, 60), st.integers(1, 200))
def test_a_spread_is_even_in_order_and_complete(length, count):
    days = list(range(length))
    chosen = spread(days, count)
    uses = [chosen.count(day) for day in days]
    assert chosen == sorted(chosen)
    assert len(chosen) == count
    assert max(uses) - min(uses) <= 1


def test_a_planned_test_is_made_once(campaign, scenario, referent):
    planned = mystery.plan_tests(scenario, count=1, by=referent, tester="Ain")[0]
    response, is_new = mystery.record(campaign, made(planned=planned, duration=95))
    planned.refresh_from_db()

    assert (is_new, planned.response, response.scenario, response.tester, response.duration) == (
        True, response, scenario, "Ain", 95,
    )  # fmt: skip
    with pytest.raises(UserError, match="déjà été fait"):
        mystery.record(campaign, made(planned=planned))


def test_the_same_test_sent_again_changes_nothing(campaign, scenario, referent):
    planned = mystery.plan_tests(scenario, count=1, by=referent)[0]
    test = made(planned=planned)
    first, _ = mystery.record(campaign, test)

    assert mystery.record(campaign, test) == (first, False)
    assert Response.objects.count() == 1


def test_the_identification_of_a_bureau_counts_only_after_a_transfer(campaign, scenario):
    direct, _ = mystery.record(campaign, made(scenario, answers={"appel-transfere": "non", "identification": "no"}))
    passed, _ = mystery.record(campaign, made(scenario, answers={"appel-transfere": "oui", "identification": "no"}))

    assert direct.answers == {"appel-transfere": "non"}
    assert passed.answers == {"appel-transfere": "oui", "identification": "no"}


def test_a_batch_is_recorded_whole_or_not_at_all(campaign, scenario, referent):
    wrong = made(scenario, answers={"courtoisie": "peut-être"})
    with pytest.raises(UserError, match=r"Test 2 \(le 11/05/2022\)"):
        mystery.record_all(campaign, [made(scenario), wrong], by=referent)
    assert Response.objects.count() == 0

    again = made(scenario)
    assert mystery.record_all(campaign, [again, made(scenario)], by=referent) == mystery.Absorbed(created=2)
    assert mystery.record_all(campaign, [again], by=referent) == mystery.Absorbed(known=1)


def day(number: int) -> date:
    return date(2022, 5, number)


@pytest.mark.parametrize(
    ("verb", "message"),
    [
        (lambda c, s, u: mystery.add_scenario(c, channel=TestChannel.CALL, title=" ", by=u), "en quelques mots"),
        (lambda c, s, u: mystery.add_scenario(c, channel="fax", title="Fax", by=u), "canal testé"),
        (lambda c, s, u: mystery.change_scenario(s, by=u, unit=ServiceFactory(name="X")), "n’est pas un service"),
        (lambda c, s, u: mystery.plan_tests(s, count=0, by=u), "de 1 à 200"),
        (lambda c, s, u: mystery.plan_tests(s, count=2, by=u, starts_on=day(1)), "du 10/05/2022 au 27/05/2022"),
        (lambda c, s, u: mystery.plan_tests(s, count=1, by=u, starts_on=day(14), ends_on=day(15)), "Aucun jour ouvré"),
    ],
)
def test_what_cannot_be_is_refused_in_one_sentence(campaign, scenario, referent, verb, message):
    with pytest.raises(UserError, match=message):
        verb(campaign, scenario, referent)


def test_a_scenario_that_was_followed_stays_and_one_that_was_not_goes_with_its_programme(campaign, scenario, referent):
    mystery.plan_tests(scenario, count=3, by=referent)
    response, _ = mystery.record(campaign, made(scenario))
    with pytest.raises(UserError, match="ne se supprime plus"):
        mystery.remove_scenario(scenario, by=referent)

    response.delete()
    mystery.remove_scenario(scenario, by=referent)
    assert PlannedTest.objects.count() == 0
    assert PlannedTest.history.filter(history_type="-").count() == 3


def test_nothing_changes_once_the_campaign_is_closed(campaign, scenario, referent):
    campaign = campaigns.close(campaign, by=referent)
    scenario.refresh_from_db()
    with pytest.raises(UserError, match="close"):
        mystery.record(campaign, made(scenario))
    with pytest.raises(UserError, match="close"):
        mystery.plan_tests(scenario, count=1, by=referent)


def test_a_test_that_comes_again_with_other_answers_is_asked_about_then_kept_as_told(campaign, scenario, referent):
    first = made(scenario)
    mystery.record_all(campaign, [first], by=referent)
    code = next(iter(first.answers))
    other = replace(first, answers={**first.answers, code: "yes" if first.answers[code] != "yes" else "no"})
    with pytest.raises(mystery.Differs, match="Dites lesquelles garder"):
        mystery.record_all(campaign, [other, made(scenario)], by=referent)
    assert Response.objects.count() == 1
    assert mystery.record_all(campaign, [other], by=referent, keep="recorded") == mystery.Absorbed(known=1)
    assert mystery.record_all(campaign, [other], by=referent, keep="sent") == mystery.Absorbed(changed=1)
    assert Response.objects.get().answers[code] == other.answers[code]
