"""Contradictions of the plans of a year, each with the page where it is mended."""

from datetime import date

import pytest
from django.urls import reverse

from actions.checks import check, done_here_and_ongoing_there
from actions.enums import FindingKind, Status
from core.base.registries import consistency_checks
from tests.actions.factories import ActionFactory, ActionResponsibleFactory, FindingFactory, PlanFactory

pytestmark = pytest.mark.django_db
CHECK_QUERIES = 7


@pytest.fixture
def plan():
    return PlanFactory(title="Audit interne", origin_on=date(2020, 3, 1))


def action(plan, *, held: bool = True, **fields):
    made = ActionFactory(finding=FindingFactory(plan=plan, text="Constat"), text="Former", **fields)
    if held:
        ActionResponsibleFactory(action=made)
    return made


def told(plan, year: int = 2020) -> list[tuple[str, str]]:
    return [(found.message, found.level) for found in check(plan.site, year)]


@pytest.mark.parametrize(
    ("fields", "words", "level"),
    [
        ({"status": Status.DONE}, "réalisée, sans le jour où elle l’a été", "warning"),
        (
            {"deadline_latest": date(2020, 2, 29)},
            "échéance au 29/02/2020, avant l’origine du plan, le 01/03/2020",
            "error",
        ),
        (
            {"status": Status.DONE, "done_on": date(2020, 2, 1)},
            "réalisée le 01/02/2020, avant l’origine du plan, le 01/03/2020",
            "error",
        ),
        ({"status": Status.POSTPONED}, "reportée, sans sa raison", "warning"),
        ({"status": Status.ABANDONED}, "abandonnée, sans sa raison", "warning"),
        ({"held": False}, "personne n’en répond", "warning"),
        (
            {"status": Status.DONE, "done_on": date(2020, 4, 1), "review_due_on": date(2020, 10, 1)},
            "efficacité à vérifier depuis le 01/10/2020",
            "warning",
        ),
    ],
)
def test_each_contradiction_says_what_and_where(plan, fields, words, level):
    made = action(plan, **fields)
    (found,) = check(plan.site, 2020)
    assert (found.message, found.level) == (f"« Former » (Audit interne) : {words}.", level)
    assert found.url == reverse("actions:action", args=[made.pk])


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"deadline_latest": date(2020, 3, 1)},
        {"status": Status.DONE, "done_on": date(2020, 3, 1)},
        {"status": Status.ABANDONED, "status_reason": "Trop cher"},
    ],
)
def test_a_plan_in_order_has_nothing_to_tell(plan, fields):
    action(plan, **fields)
    assert told(plan) == []


def test_a_finding_without_an_action_is_told_unless_it_is_a_strong_point(plan):
    found = FindingFactory(plan=plan, text="Affichage absent")
    FindingFactory(plan=plan, text="Accueil courtois", kind=FindingKind.STRENGTH)
    (contradiction,) = check(plan.site, 2020)
    assert contradiction.message == "« Affichage absent » (Audit interne) : aucune action ne répond à ce constat."
    assert contradiction.url == reverse("actions:finding", args=[found.pk])


def test_what_belongs_to_another_year_or_site_is_left_out(plan):
    action(plan, status=Status.DONE)
    action(PlanFactory(), status=Status.DONE)
    assert (len(told(plan, 2020)), told(plan, 2019), told(plan, 2021)) == (1, [], [])


def test_the_check_is_registered_and_costs_the_same_whatever_it_finds(plan, django_assert_num_queries):
    run = consistency_checks.get("actions").run
    action(plan, status=Status.DONE)
    with django_assert_num_queries(CHECK_QUERIES):
        assert len(list(run(plan.site, 2020))) == 1
    for _ in range(2):
        action(plan, status=Status.ABANDONED)
        FindingFactory(plan=plan)
    with django_assert_num_queries(CHECK_QUERIES):
        assert len(list(run(plan.site, 2020))) == 5


def test_a_finding_done_in_one_plan_and_ongoing_in_another(plan):
    other = PlanFactory(site=plan.site, title="CLU du 25 juin 2019", origin_on=date(2019, 6, 25))
    for one, status in ((plan, Status.DONE), (other, Status.ONGOING)):
        ActionFactory(finding=FindingFactory(plan=one, text="Ignorance de l’existence des MSAP"), status=status)
    ActionFactory(finding=FindingFactory(plan=plan, text="Affichage"), status=Status.DONE)
    assert [found.message for found in done_here_and_ongoing_there(plan.site, 2020)] == [
        "« Ignorance de l’existence des MSAP » : action réalisée dans « Audit interne », encore en cours dans "
        "« CLU du 25 juin 2019 »."
    ]
