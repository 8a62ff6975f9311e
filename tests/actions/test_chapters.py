"""The chapter « plan d’actions » of the annual report: its sentences and tables come from the rows."""

from datetime import date

import pytest
import time_machine
from django.template.loader import render_to_string

from actions.chapters import chapter
from actions.enums import Status
from core.base.registries import report_sections
from tests.actions.factories import ActionFactory, FindingFactory, PlanFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
CHAPTER_QUERIES = 4


@pytest.fixture
def frozen():
    with time_machine.travel("2020-12-15 10:00:00+01:00", tick=False):
        yield


@pytest.fixture
def plan():
    return PlanFactory(title="Audit interne", origin_on=date(2020, 3, 1))


def action(plan, text: str = "Former", **fields):
    return ActionFactory(finding=FindingFactory(plan=plan), text=text, **fields)


def done(plan, on: date | None, **fields):
    return action(plan, status=Status.DONE, done_on=on, **fields)


def test_a_year_without_any_action_is_not_printed(plan):
    assert chapter(plan.site, 2020)["is_empty"]
    action(plan)
    assert not chapter(plan.site, 2020)["is_empty"]


def test_the_sentences_count_what_was_done_and_in_time(plan):
    done(plan, date(2020, 5, 1), deadline_latest=date(2020, 5, 31))
    done(plan, date(2020, 7, 1), deadline_latest=date(2020, 6, 30))
    action(plan, deadline_latest=date(2020, 9, 1))
    action(plan, deadline_latest=date(2020, 12, 31))
    done(plan, None, deadline_latest=date(2020, 6, 1))
    context = chapter(plan.site, 2020)
    assert context["summary"] == "5 actions : 3 réalisées et 2 à faire, dont 1 en retard."
    assert context["sentences"] == ["1 action réalisée à l’échéance sur 3 arrivées à échéance (33,3\u202f%)."]


def test_deadlines_moved_and_reviews_made_are_told(plan):
    action(
        plan, move_count=2, promised_latest=date(2020, 6, 1), deadline_latest=date(2020, 6, 11), status=Status.ABANDONED
    )
    done(plan, date(2020, 4, 1), reviewed_on=date(2020, 10, 1), review_result="effective")
    done(plan, date(2020, 4, 2), reviewed_on=date(2020, 10, 1), review_result="ineffective")
    done(plan, date(2020, 4, 2), reviewed_on=date(2021, 1, 1), review_result="effective")
    assert chapter(plan.site, 2020)["sentences"] == [
        "L’échéance d’une action a été changée, de 10\u202fjours en moyenne depuis la première promesse.",
        "L’efficacité de 2 actions a été vérifiée : 1 efficace, 1 sans effet.",
    ]


def test_a_deadline_moved_without_a_day_has_no_mean(plan):
    action(plan, move_count=1)
    assert chapter(plan.site, 2020)["sentences"] == ["L’échéance d’une action a été changée."]


def test_the_plans_are_in_the_order_of_their_origin_with_their_counts(plan):
    later = PlanFactory(site=plan.site, title="CLU", origin_on=date(2020, 6, 1))
    done(later, date(2020, 7, 1))
    action(plan, status=Status.ONGOING, deadline_latest=date(2020, 7, 1))
    rows = chapter(plan.site, 2020)["plans"]
    assert [(row.plan.title, row.counts, row.tally.late) for row in rows] == [
        ("Audit interne", [0, 1, 0, 0, 0], 1),
        ("CLU", [1, 0, 0, 0, 0], 0),
    ]


def test_the_chapter_is_a_fragment_of_html_with_its_tables(plan):
    action(plan, "Poser une cloison", status=Status.ABANDONED, status_reason="Trop <b>cher</b>")
    section = report_sections.get("actions")
    html = render_to_string(section.template, section.context(plan.site, 2020))
    assert (section.title, section.position) == ("Le plan d’actions", 150)
    assert "1 action : 1 abandonnée." in html
    assert "Poser une cloison, abandonnée&nbsp;: Trop &lt;b&gt;cher&lt;/b&gt;" in html
    assert html.count("<caption>") == html.count("<colgroup>") == html.count("<table") == 2
    for forbidden in ("<h1", "<h2", "style=", "<script"):
        assert forbidden not in html


def test_the_chapter_costs_the_same_with_one_and_three_actions(plan, django_assert_num_queries):
    action(plan)
    with django_assert_num_queries(CHAPTER_QUERIES):
        chapter(plan.site, 2020)
    for _ in range(2):
        done(PlanFactory(site=plan.site, origin_on=date(2020, 4, 1)), date(2020, 5, 1))
    with django_assert_num_queries(CHAPTER_QUERIES):
        assert len(chapter(plan.site, 2020)["plans"]) == 3
