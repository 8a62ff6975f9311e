"""The page of a finding, its forms, and two people who change its engagements at once."""

import pytest
from django.urls import reverse

from actions import registries
from actions.models import Finding
from actions.registries import Panel
from actions.services import findings
from core.base.registries import CardContent, CardRow
from organisations.enums import Role
from tests.actions.factories import ActionFactory, ActionResponsibleFactory, FindingEngagementFactory
from tests.core.page_checks import query_count
from tests.organisations.factories import user_with
from tests.referential.factories import EngagementFactory, ModuleFactory, ReferentialFactory

pytestmark = pytest.mark.django_db
FINDING_QUERIES = 13


def url(name: str, *args) -> str:
    return reverse(f"actions:{name}", args=args)


@pytest.fixture
def signed_in(client, rq):
    client.force_login(rq)
    return rq


@pytest.fixture
def engagements():
    module = ModuleFactory(code="1", title="Relation générale")
    return [
        EngagementFactory(module=module, code=code, title=f"Titre {code}", position=int(code)) for code in ("3", "17")
    ]


def form_data(**changes) -> dict:
    return {"text": "Affiche sans date", "kind": "nonconformity", "theme": "reception"} | changes


def test_a_finding_tells_its_engagements_its_actions_and_where_it_stands(client, signed_in, finding, engagements):
    FindingEngagementFactory(finding=finding, engagement=engagements[0])
    ActionFactory(finding=finding, text="Programmer les enquêtes")
    text = client.get(url("finding", finding.pk)).text
    for words in ("Enquêtes mystères à programmer", "E3 – Titre 3", "Programmer les enquêtes", "Ajouter une action"):
        assert words in text


def test_a_finding_costs_the_same_with_one_and_three_actions(client, signed_in, finding, service):
    def make():
        FindingEngagementFactory(finding=finding)
        ActionResponsibleFactory(action=ActionFactory(finding=finding), unit=service)

    make()
    first = query_count(client, url("finding", finding.pk))
    make()
    make()
    assert (first, query_count(client, url("finding", finding.pk))) == (FINDING_QUERIES, FINDING_QUERIES)


def test_what_other_apps_register_is_shown_on_the_finding_and_its_actions(client, signed_in, finding, monkeypatch):
    panels = registries.Registry("essai")
    rows = [CardRow("Satisfaction 2026", "/enquetes/1/")]
    panels.register(Panel("essai", "Né de", lambda request, row: CardContent(rows=rows) if row == finding else None))
    monkeypatch.setattr(registries, "finding_panels", panels)
    action = ActionFactory(finding=finding)
    for address in (url("finding", finding.pk), url("action", action.pk)):
        text = client.get(address).text
        assert "Né de" in text
        assert '<a href="/enquetes/1/">Satisfaction 2026</a>' in text


def test_a_finding_is_added_with_its_engagements(client, signed_in, plan, engagements):
    data = form_data(section="Module 1", engagements=[row.pk for row in engagements])
    answer = client.post(url("finding-create", plan.pk), data)
    created = Finding.objects.get()
    assert answer.url == url("finding", created.pk)
    assert (created.number, created.kind, created.section) == (1, "nonconformity", "Module 1")
    assert [link.engagement for link in created.engagement_links.all()] == engagements


def test_the_engagements_offered_are_those_of_the_referential_of_the_plan(client, signed_in, plan, engagements):
    assert "E3 – Titre 3" in client.get(url("finding-create", plan.pk)).text
    plan.referential = ReferentialFactory()
    plan.save()
    assert "E3 – Titre 3" not in client.get(url("finding-create", plan.pk)).text


def test_what_the_service_refuses_is_told_on_its_field(client, signed_in, finding):
    findings.add_finding(finding.plan, text="Autre", by=signed_in)
    answer = client.post(url("finding-edit", finding.pk), form_data(number=2))
    assert answer.context_data["form"].errors == {"number": ["Le plan a déjà un constat numéro 2."]}


def test_a_finding_is_changed_with_its_reason(client, signed_in, finding, engagements):
    data = form_data(number=4, engagements=[engagements[1].pk], reason="Relecture")
    assert client.post(url("finding-edit", finding.pk), data).url == url("finding", finding.pk)
    finding.refresh_from_db()
    assert (finding.number, finding.text, finding.history.first().history_change_reason) == (
        4, "Affiche sans date", "Relecture",
    )  # fmt: skip
    assert [link.engagement for link in finding.engagement_links.all()] == [engagements[1]]


def test_of_two_people_who_change_the_engagements_the_second_sees_both_versions(
    client, signed_in, finding, engagements, site
):
    first, second = engagements
    shown = client.get(url("finding-edit", finding.pk)).context_data
    other = user_with(Role.DEPUTY_REFERENT, site, first_name="Luc", last_name="Roy")
    findings.change_finding(finding, by=other, engagements=[first])
    data = form_data(number=1, text=finding.text, kind=finding.kind, theme=finding.theme, engagements=[second.pk])
    answer = client.post(url("finding-edit", finding.pk), data | {"_version": shown["version"]})
    assert answer.status_code == 409
    assert [(d.name, d.mine, d.theirs, d.is_mine_proposed) for d in answer.context_data["differences"]] == [
        ("engagements", "E17 – Titre 17", "E3 – Titre 3", True)
    ]
    assert "Enregistré entre-temps par Luc Roy" in answer.text
    chosen = data | {"_version": answer.context_data["version"], "_keep_engagements": "theirs"}
    assert client.post(url("finding-edit", finding.pk), chosen).status_code == 302
    assert [link.engagement for link in finding.engagement_links.all()] == [first]


def test_a_field_left_alone_is_proposed_as_the_other_saved_it(client, signed_in, finding, engagements):
    first, _ = engagements
    shown = client.get(url("finding-edit", finding.pk)).context_data
    findings.change_finding(finding, by=None, engagements=[first])
    data = form_data(number=1, text="Mon texte", kind=finding.kind, theme=finding.theme)
    answer = client.post(url("finding-edit", finding.pk), data | {"_version": shown["version"]})
    assert [(d.name, d.is_mine_proposed) for d in answer.context_data["differences"]] == [
        ("text", True), ("engagements", False),
    ]  # fmt: skip


def test_a_finding_removed_leads_to_its_plan(client, signed_in, finding):
    answer = client.post(url("finding-remove", finding.pk), {"reason": "Doublon"})
    assert answer.url == url("plan", finding.plan_id)
    assert Finding.objects.count() == 0


def test_a_head_reads_the_finding_of_an_action_of_the_service_and_its_own_action_alone(client, finding, service):
    own = ActionFactory(finding=finding, text="Son action")
    ActionFactory(finding=finding, text="D’un autre")
    client.force_login(user_with(Role.HEAD_OF_SERVICE, service))
    assert client.get(url("finding", finding.pk)).status_code == 404
    ActionResponsibleFactory(action=own, unit=service)
    text = client.get(url("finding", finding.pk)).text
    assert "Son action" in text
    assert "D’un autre" not in text
    assert client.get(url("finding-edit", finding.pk)).status_code == 403
