"""The list of plans, a plan as the services know it, its forms; who sees what of it."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from actions.enums import Status
from actions.models import Plan
from actions.services import plans as plan_services
from organisations.enums import Role
from tests.actions.factories import (
    ActionFactory,
    ActionResponsibleFactory,
    FindingEngagementFactory,
    FindingFactory,
    PlanFactory,
)
from tests.core.page_checks import check_list_page, query_count
from tests.organisations.factories import SousPrefectureFactory, user_with
from tests.referential.factories import EngagementFactory, ReferentialFactory

pytestmark = pytest.mark.django_db
LIST_QUERIES = 7
PLAN_QUERIES = 19  # seven of them for the row that the référent writes in


def url(name: str, *args) -> str:
    return reverse(f"actions:{name}", args=args)


@pytest.fixture
def signed_in(client, rq):
    client.force_login(rq)
    return rq


def titles(client, query: str = "") -> list[str]:
    response = client.get(f"{url('plans')}?{query}")
    return [row.title for row in response.context_data["table"].page.object_list.data]


def test_the_list_costs_the_same_with_one_and_three_plans(client, signed_in, site):
    def make():
        ActionFactory(finding__plan=PlanFactory(site=site))

    check_list_page(client, url("plans"), make, LIST_QUERIES)


def test_an_empty_list_leads_to_a_plan_or_says_who_opens_one(client, signed_in, site):
    assert "Importez le tableau que vous tenez déjà" in client.get(url("plans")).text
    client.force_login(user_with(Role.AUDITOR, site))
    text = client.get(url("plans")).text
    assert "Le référent qualité ouvre un plan" in text
    assert url("plan-create") not in text


@time_machine.travel("2016-06-01 10:00:00+02:00", tick=False)
def test_the_list_counts_what_is_settled_and_what_is_late(client, signed_in, plan):
    ActionFactory(finding__plan=plan, finding__number=1, status=Status.DONE)
    ActionFactory(finding__plan=plan, finding__number=2, status=Status.ABANDONED)
    ActionFactory(finding__plan=plan, finding__number=3, deadline_latest=date(2016, 5, 31))
    ActionFactory(finding__plan=plan, finding__number=4, deadline_latest=date(2016, 6, 1))
    [row] = client.get(url("plans")).context_data["table"].page.object_list.data
    assert (row.action_count, row.settled_count, row.overdue_count) == (4, 2, 1)


@time_machine.travel("2016-06-01 10:00:00+02:00", tick=False)
@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("q=mystère", ["Mystère"]),
        ("origin=clu", ["CLU"]),
        ("site={site}", ["CLU", "Mystère", "Vide"]),
        ("state=en-attente", ["CLU"]),
        ("state=en-retard", ["CLU"]),
        ("state=soldees", ["Mystère"]),
    ],
)
def test_the_list_is_filtered(client, signed_in, site, query, expected):
    clu = PlanFactory(site=site, title="CLU", origin="clu", origin_on=date(2016, 1, 3))
    ActionFactory(finding__plan=clu, deadline_latest=date(2016, 5, 31))
    mystery = PlanFactory(site=site, title="Mystère", origin_on=date(2016, 1, 2))
    ActionFactory(finding__plan=mystery, status=Status.DONE)
    PlanFactory(site=site, title="Vide", origin_on=date(2016, 1, 1))
    PlanFactory(title="D’un autre site")
    assert titles(client, query.format(site=site.pk)) == expected


def test_a_plan_is_read_in_the_columns_the_services_know(client, signed_in, plan, service):
    finding = FindingFactory(plan=plan, number=1, text="Pas de charte", section="Module 1")
    FindingEngagementFactory(finding=finding, engagement=EngagementFactory(code="17"))
    action = ActionFactory(
        finding=finding, text="", status=Status.DONE, done_on=date(2016, 3, 3), comment="Charte signée",
        deadline_text="1er trim. 2016", deadline_earliest=date(2016, 1, 1), deadline_latest=date(2016, 3, 31),
    )  # fmt: skip
    ActionResponsibleFactory(action=action, unit=service)
    text = client.get(url("plan", plan.pk)).text
    for words in (
        "Module 1", "E17", "Pas de charte", "BRH", "1er trim. 2016", "du 01/01/2016 au 31/03/2016", "Réalisée",
        "le 03/03/2016", "Charte signée",
    ):  # fmt: skip
        assert words in text
    assert 'data-label="Action"' not in text
    ActionFactory(finding=finding, text="Faire signer")
    assert 'data-label="Action"' in client.get(url("plan", plan.pk)).text


@pytest.mark.parametrize("grouping", ["rubrique", "engagement", "responsable", "n’importe quoi"])
def test_a_plan_costs_the_same_with_one_and_three_findings(client, signed_in, plan, service, grouping):
    address = f"{url('plan', plan.pk)}?par={grouping}"

    def make():
        finding = FindingFactory(plan=plan, section="Module 1")
        FindingEngagementFactory(finding=finding)
        ActionResponsibleFactory(action=ActionFactory(finding=finding), unit=service)

    make()
    first = query_count(client, address)
    make()
    make()
    assert (first, query_count(client, address)) == (PLAN_QUERIES, PLAN_QUERIES)


def test_a_plan_leads_to_its_state_on_any_day_for_who_reads_its_history(client, signed_in, plan, site):
    past = f"{url('as-of', site.code)}?plan={plan.pk}"
    assert past in client.get(url("plan", plan.pk)).text
    assert client.get(past).status_code == 200


def test_an_empty_plan_says_what_to_do(client, signed_in, plan, site):
    text = client.get(url("plan", plan.pk)).text
    assert "Inscrivez ce que l’audit, le comité ou l’enquête a relevé" in text
    client.force_login(user_with(Role.MANAGEMENT, site))
    assert "Le référent qualité y inscrit ce qui a été relevé" in client.get(url("plan", plan.pk)).text


def test_a_head_reads_of_a_plan_the_actions_of_the_service_alone(client, plan, service):
    own = ActionFactory(finding=FindingFactory(plan=plan, number=1, text="Le sien"), text="Son action")
    ActionFactory(finding=own.finding, text="D’un autre service")
    ActionFactory(finding=FindingFactory(plan=plan, number=2, text="Autre constat"))
    ActionResponsibleFactory(action=own, unit=service)
    head = user_with(Role.HEAD_OF_SERVICE, service)
    client.force_login(head)
    text = client.get(url("plan", plan.pk)).text
    assert "Son action" in text
    assert "Vous voyez de ce plan les actions dont vous répondez." in text
    for words in ("D’un autre service", "Autre constat", "Ajouter un constat", url("plan-history", plan.pk)):
        assert words not in text
    assert client.get(url("plan-edit", plan.pk)).status_code == 403
    [row] = client.get(url("plans")).context_data["table"].page.object_list.data
    assert row.action_count == 1


def test_a_plan_is_opened_at_the_only_site_with_the_referential_in_force(client, signed_in, site):
    ReferentialFactory(in_force_from=date(2013, 1, 1), in_force_until=date(2018, 1, 1))
    referential = ReferentialFactory(in_force_from=date(2018, 1, 1))
    form = client.get(url("plan-create")).context_data["form"]
    assert (form["site"].value(), form["referential"].value()) == (site.pk, referential.pk)
    answer = client.post(
        url("plan-create"),
        {"site": site.pk, "title": "Suite au CLU", "origin": "clu", "origin_on": "2022-03-10",
         "referential": referential.pk, "updated_on": "", "comment": ""},
    )  # fmt: skip
    created = Plan.objects.get()
    assert answer.url == url("plan", created.pk)
    assert (created.title, created.origin, created.origin_on, created.referential) == (
        "Suite au CLU", "clu", date(2022, 3, 10), referential,
    )  # fmt: skip
    assert created.history.get().history_user == signed_in


def test_a_plan_is_not_opened_elsewhere(client, signed_in):
    answer = client.post(url("plan-create"), {"site": SousPrefectureFactory().pk, "title": "Suite", "origin": "clu"})
    assert list(answer.context_data["form"].errors) == ["site"]


def test_a_title_already_taken_is_refused_on_its_field(client, signed_in, plan, site):
    answer = client.post(url("plan-create"), {"site": site.pk, "title": plan.title, "origin": "clu"})
    assert answer.context_data["form"].errors == {"title": [f"« {site} » a déjà un plan intitulé « {plan.title} »."]}


def test_a_plan_is_changed_with_its_reason(client, signed_in, plan):
    data = {"title": "Autre titre", "origin": "clu", "origin_on": "2015-10-16", "reason": "Faute"}
    assert client.post(url("plan-edit", plan.pk), data).url == url("plan", plan.pk)
    plan.refresh_from_db()
    assert (plan.title, plan.history.first().history_change_reason) == ("Autre titre", "Faute")


def test_a_plan_removed_leaves_with_a_reason_and_leads_to_the_list(client, signed_in, finding):
    assert "L’historique les garde" in client.get(url("plan-remove", finding.plan_id)).text
    assert "reason" in client.post(url("plan-remove", finding.plan_id)).context_data["form"].errors
    answer = client.post(url("plan-remove", finding.plan_id), {"reason": "Doublon"}, follow=True)
    assert answer.redirect_chain == [(url("plans"), 302)]
    assert Plan.objects.count() == 0


def test_two_people_changing_a_plan_see_both_versions(client, signed_in, plan):
    form = client.get(url("plan-edit", plan.pk)).context_data
    plan_services.change_plan(plan, by=None, title="Titre de l’autre")
    data = {"title": "Mon titre", "origin": plan.origin, "origin_on": "2015-10-16", "_version": form["version"]}
    answer = client.post(url("plan-edit", plan.pk), data)
    assert answer.status_code == 409
    for words in ("Ma saisie : Mon titre", "La version enregistrée : Titre de l’autre"):
        assert words in answer.text
