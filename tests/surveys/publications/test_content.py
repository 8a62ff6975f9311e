"""What a poster shows of the real campaign, and when it is out of date."""

from dataclasses import replace

import pytest

from actions.enums import Status
from surveys.publications import content_of
from surveys.results.content import ActionLine, Bar
from tests.actions import factories as actions
from tests.surveys import factories as surveys


def test_the_criteria_come_from_the_best_to_the_weakest_and_the_withheld_one_last(campaign):
    lines = content_of(campaign).lines

    assert lines[0] == Bar(
        "La courtoisie des agents en contact avec le public",
        "86,3\u202f%",
        44 / 51,
        "51 réponses",
        pytest.approx(0.7428, abs=1e-4),
        pytest.approx(0.9319, abs=1e-4),
    )
    assert lines[0].interval == "74 à 93\u202f%"
    assert lines[-2] == Bar(
        "La prise en compte des personnes en situation de handicap",
        "50,0\u202f%",
        0.5,
        "18 réponses",
        pytest.approx(0.2903, abs=1e-4),
        pytest.approx(0.7097, abs=1e-4),
    )
    assert lines[-1] == Bar("Le point numérique", "non significatif", None, "")
    assert lines[-1].interval == ""
    assert len(lines) == 15


def test_the_best_and_the_weakest_criteria_are_told_apart(campaign):
    content = content_of(campaign)

    assert [line.percent for line in content.strongest] == ["86,3\u202f%", "82,4\u202f%", "82,4\u202f%", "82,1\u202f%"]
    assert [line.percent for line in content.weakest] == ["50,0\u202f%", "63,2\u202f%", "66,7\u202f%", "67,9\u202f%"]
    assert content.overall_interval == "entre 63,3\u202f% et 85,9\u202f%"


def test_a_criterion_fully_met_is_not_to_be_mended(campaign):
    full = [Bar(name, "100\u202f%", 1.0, "9 tests", 0.7, 1.0) for name in "abc"]
    content = replace(content_of(campaign), lines=(*full, Bar("d", "75\u202f%", 0.75, "4 tests", 0.3, 0.95)))

    assert [line.criterion for line in content.weakest] == ["d"]
    assert [line.criterion for line in content.strongest] == ["a", "b"]


def test_a_mystery_survey_shows_the_criteria_seen_in_a_few_tests_only(calls):
    lines = content_of(calls).lines

    assert [line.percent.replace("\u202f", " ") for line in lines] == [
        "100,0 %", "76,5 %", "100,0 %", "100,0 %", "100,0 %", "75,0 %", "85,7 %", "92,3 %",
    ]  # fmt: skip
    assert [line.base for line in lines[4:6]] == ["4 tests", "4 tests"]


def test_a_group_smaller_than_five_tells_not_even_its_base_whatever_the_threshold_says(campaign):
    assert content_of(campaign).withheld[0].base == ""
    campaign.public_threshold = 0
    assert content_of(campaign).withheld[0].base == ""


def test_the_actions_of_its_findings_follow_but_for_those_given_up(campaign, action):
    actions.ActionFactory(finding=action.finding, text="Créer un guichet", status=Status.ABANDONED)
    actions.ActionFactory(finding=action.finding, text="La même", merged_into=action)

    assert content_of(campaign).actions == (
        ActionLine(
            criterion="La prise en compte des personnes en situation de handicap",
            finding="La prise en compte des personnes en situation de handicap",
            text="Former les agents à l’accueil des personnes en situation de handicap",
            status="En cours",
            deadline="du 01/10/2022 au 31/12/2022",
            is_done=False,
        ),
    )


def test_only_published_replies_are_shown(campaign):
    surveys.FeedbackFactory(campaign=campaign, request="Des sièges", reply="Douze sièges", is_published=True)
    surveys.FeedbackFactory(campaign=campaign, request="Un parking", reply="Étudié", is_published=False)
    surveys.FeedbackFactory(campaign=campaign, request="Sans réponse", reply="", is_published=True)

    assert content_of(campaign).feedbacks == (("Des sièges", "Douze sièges"),)


def test_the_digest_changes_with_what_is_shown_and_with_nothing_else(campaign, action):
    before = content_of(campaign)
    assert content_of(campaign).digest == before.digest

    action.status = Status.TODO
    action.save()
    after = content_of(campaign)

    assert after.digest != before.digest
    assert replace(after, actions=before.actions).digest == before.digest


def test_the_content_costs_the_same_queries_whatever_its_actions(campaign, action, django_assert_num_queries):
    with django_assert_num_queries(7):
        content_of(campaign)
    for _ in range(3):
        actions.ActionFactory(finding=action.finding)
        surveys.FeedbackFactory(campaign=campaign, reply="Fait", is_published=True)
    with django_assert_num_queries(7):
        content_of(campaign)
