"""The « Historique » tab: of a plan, a finding, an action, deleted or not; constant queries."""

from datetime import UTC, datetime

import pytest

from actions.services import actions, findings, plans
from core.record import history
from organisations.enums import Role
from tests.actions.factories import ActionFactory, ActionResponsibleFactory, FindingFactory, PlanFactory
from tests.core.page_checks import query_count
from tests.organisations.factories import ServiceFactory, SousPrefectureFactory, user_with

pytestmark = pytest.mark.django_db


@pytest.fixture
def site():
    return SousPrefectureFactory()


@pytest.fixture
def action(site):
    finding = FindingFactory(plan=PlanFactory(site=site, title="Audit interne"), number=3, text="Horaires absents")
    return ActionFactory(finding=finding, text="Afficher les horaires")


@pytest.fixture
def auditor(site, client):
    client.force_login(user_with(Role.AUDITOR, site))
    return client


@pytest.mark.parametrize(
    ("kind", "title"),
    [
        ("", "Historique – Audit interne"),
        ("constats/", "Historique – 3 – Horaires absents"),
        ("actions/", "Historique – Afficher les horaires"),
    ],
)
def test_an_auditor_reads_the_history_of_each_object(auditor, action, kind, title):
    pk = {"": action.finding.plan_id, "constats/": action.finding_id, "actions/": action.pk}[kind]
    response = auditor.get(f"/plans/{kind}{pk}/historique/")
    assert (response.status_code, response.context_data["title"]) == (200, title)


def test_what_was_deleted_keeps_its_history(auditor, action):
    plan, finding = action.finding.plan, action.finding
    keys = plan.pk, finding.pk, action.pk
    actions.remove_action(action, by=None, reason="Doublon")
    findings.remove_finding(finding, by=None, reason="Doublon")
    plans.remove_plan(plan, by=None, reason="Ouvert par erreur")
    pages = [
        auditor.get(f"/plans/{kind}{pk}/historique/")
        for kind, pk in zip(("", "constats/", "actions/"), keys, strict=True)
    ]
    assert [page.context_data["timeline"][0]["title"] for page in pages] == [
        "Plan supprimé", "Constat supprimé", "Action supprimée",
    ]  # fmt: skip
    assert pages[0].context_data["timeline"][0]["reason"] == "Ouvert par erreur"


def test_the_history_of_a_plan_says_what_each_change_is_about(auditor, action):
    text = auditor.get(f"/plans/{action.finding.plan_id}/historique/").text
    assert "Action : Afficher les horaires" in text


def test_what_a_document_told_shows_its_day_of_effect_and_its_day_of_recording(auditor, site):
    plan = PlanFactory.build(site=site, title="Audit 2015")
    history.bulk_create([plan], by=None, effective_at=datetime(2016, 10, 7, tzinfo=UTC))
    text = auditor.get(f"/plans/{plan.pk}/historique/").text
    assert 'Effet le <time datetime="2016-10-07">07/10/2016</time>' in text
    assert "– enregistré le <time" in text


def test_the_history_of_another_site_does_not_exist(auditor):
    assert auditor.get(f"/plans/{PlanFactory().pk}/historique/").status_code == 404


def test_a_head_of_service_reads_the_history_of_own_actions_and_of_no_other(site, action, client):
    service = ServiceFactory(parent=site)
    client.force_login(user_with(Role.HEAD_OF_SERVICE, service))
    assert client.get(f"/plans/actions/{action.pk}/historique/").status_code == 404
    ActionResponsibleFactory(action=action, unit=service)
    assert client.get(f"/plans/actions/{action.pk}/historique/").status_code == 200


def test_the_history_is_cut_into_pages(auditor, action):
    for number in range(30):
        action.comment = f"version {number}"
        history.save(action, by=None)
    first, second = (auditor.get(f"/plans/actions/{action.pk}/historique/?page={n}").context_data for n in (1, 2))
    assert (len(first["timeline"]), len(second["timeline"])) == (25, 6)
    assert second["timeline"][-1]["title"] == "Action ajoutée"


def test_a_page_of_history_costs_the_same_queries_whatever_its_rows(auditor, action):
    url = f"/plans/{action.finding.plan_id}/historique/"
    counts = []
    for more in (0, 2):
        for _ in range(more):
            ActionFactory(finding=FindingFactory(plan=action.finding.plan))
        counts.append(query_count(auditor, url))
    assert counts == [15, 15]
