"""« Mes actions »: what is asked of the person, late first, and progress in two presses."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from actions.enums import Status
from actions.models import Action
from organisations.enums import Role
from tests.actions.factories import ActionFactory, ActionResponsibleFactory
from tests.core.page_checks import query_count
from tests.organisations.factories import ServiceFactory, user_with

pytestmark = pytest.mark.django_db
MINE_QUERIES = 12
TODAY = time_machine.travel("2016-06-01 10:00:00+02:00", tick=False)


@pytest.fixture
def url() -> str:
    return reverse("actions:mine")


@pytest.fixture
def head(client, service):
    user = user_with(Role.HEAD_OF_SERVICE, service)
    client.force_login(user)
    return user


@pytest.fixture
def add(finding, service):
    def make(text="Faire", latest=None, unit=service, **fields):
        action = ActionFactory(
            finding=finding, text=text, deadline_text=f"{latest:%d/%m/%Y}" if latest else "",
            deadline_earliest=latest, deadline_latest=latest, **fields,
        )  # fmt: skip
        ActionResponsibleFactory(action=action, unit=unit)
        return action

    return make


def groups(client, url) -> dict[str, list[str]]:
    context = client.get(url).context_data
    return {title: [action.title for action in cards] for title, cards in context["groups"]}


def test_the_page_costs_the_same_with_one_and_three_actions(client, head, add, url):
    def make():
        add()
        add(status=Status.DONE, done_on=date.today())

    make()
    first = query_count(client, url)
    make()
    make()
    assert (first, query_count(client, url)) == (MINE_QUERIES, MINE_QUERIES)


@TODAY
def test_what_is_late_comes_first_then_what_falls_due(client, head, add, url):
    add("Sans jour")
    add("Plus tard", date(2016, 6, 17))
    add("Bientôt", date(2016, 6, 16))
    add("Aujourd’hui", date(2016, 6, 1))
    add("En retard", date(2016, 5, 31))
    add("Réalisée hier", status=Status.DONE, done_on=date(2016, 5, 31))
    add("Réalisée jadis", status=Status.DONE, done_on=date(2015, 12, 1))
    assert groups(client, url) == {
        "En retard": ["En retard"],
        "Dans les quinze jours": ["Aujourd’hui", "Bientôt"],
        "Plus tard": ["Plus tard"],
        "Sans jour fixé": ["Sans jour"],
    }
    assert [row.title for row in client.get(url).context_data["settled"]] == ["Réalisée hier"]


def test_a_head_finds_the_actions_of_the_service_and_of_those_below(client, head, add, service, site, url):
    add("Du service")
    add("Du bureau", unit=ServiceFactory(parent=service))
    add("Du voisin", unit=ServiceFactory(parent=site))
    assert groups(client, url) == {"Sans jour fixé": ["Du service", "Du bureau"]}


def test_a_referent_finds_what_is_asked_by_name_and_not_the_whole_plan(client, rq, add, url):
    own = add("À son nom")
    add("Du service")
    ActionResponsibleFactory(action=own, unit=None, user=rq)
    client.force_login(rq)
    assert groups(client, url) == {"Sans jour fixé": ["À son nom"]}


def test_twins_are_asked_once(client, head, add, url):
    leader = add("Communiquer sur les MSAP")
    add("Communiquer sur les MSAP aussi", merged_into=leader)
    assert groups(client, url) == {"Sans jour fixé": ["Communiquer sur les MSAP"]}


def test_an_empty_page_says_where_actions_come_from(client, head, rq, url):
    assert "Quand le référent qualité confie une action à vos services" in client.get(url).text
    client.force_login(rq)
    assert "Voir toutes les actions" in client.get(url).text


@TODAY
def test_the_point_is_made_from_the_card_and_comes_back(client, head, add, url):
    action = add()
    point = reverse("actions:action-point", args=[action.pk])
    assert f"{point}?retour={url}" in client.get(url).text
    answer = client.post(point, {"status": "ongoing", "retour": url}, follow=True)
    assert answer.redirect_chain == [(url, 302)]
    assert "L’action est en cours." in answer.text
    answer = client.post(point, {"status": "done", "done_on": "2016-05-31", "comment": "Affiché", "retour": url})
    assert answer.url == url
    action = Action.objects.get()
    assert (action.status, action.done_on, action.comment) == (Status.DONE, date(2016, 5, 31), "Affiché")
    assert action.history.first().history_user == head


def test_a_way_back_to_another_site_is_not_followed(client, head, add):
    action = add()
    point, own = (reverse(f"actions:{name}", args=[action.pk]) for name in ("action-point", "action"))
    assert client.post(point, {"status": "ongoing", "retour": "https://ailleurs.invalid/"}).url == own
    assert client.get(f"{point}?retour=//ailleurs.invalid/").context_data["cancel_url"] == own


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.MANAGEMENT, Role.RECEPTION_AGENT])
def test_who_does_not_report_has_no_such_page(client, service, role, url):
    client.force_login(user_with(role, service))
    assert client.get(url).status_code == 403
