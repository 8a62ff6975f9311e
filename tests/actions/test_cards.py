"""What the plans put on the home page of each role."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from actions import cards
from actions.enums import Status
from core.base.registries import home_cards
from organisations.enums import Role
from tests.actions.factories import ActionFactory, ActionResponsibleFactory
from tests.organisations.factories import user_with

pytestmark = pytest.mark.django_db
TODAY = time_machine.travel("2016-06-01 10:00:00+02:00", tick=False)


@pytest.fixture
def ask(rf):
    def request(user):
        request = rf.get("/")
        request.user = user
        return request

    return request


@pytest.fixture
def add(finding, service):
    def make(text, latest=None, **fields):
        action = ActionFactory(
            finding=finding, text=text, deadline_text=f"{latest:%d/%m/%Y}" if latest else "",
            deadline_earliest=latest, deadline_latest=latest, **fields,
        )  # fmt: skip
        ActionResponsibleFactory(action=action, unit=service)
        return action

    return make


def told(content) -> list[tuple]:
    return [(row.label, row.detail, row.badge, row.level) for row in content.rows]


@TODAY
def test_a_head_finds_the_actions_of_the_service_the_late_ones_first(ask, add, service):
    add("Sans jour", status=Status.ONGOING)
    add("En retard", date(2016, 5, 31))
    add("Réalisée", date(2016, 5, 31), status=Status.DONE)
    content = cards.mine(ask(user_with(Role.HEAD_OF_SERVICE, service)))
    assert told(content) == [
        ("En retard", "échéance : 31/05/2016", "En retard", "error"),
        ("Sans jour", "sans échéance", "En cours", ""),
    ]
    assert content.more_url == reverse("actions:mine")


def test_a_head_without_action_reads_that_there_is_none_and_a_referent_sees_no_card(ask, service, rq):
    assert told(cards.mine(ask(user_with(Role.HEAD_OF_SERVICE, service)))) == []
    assert cards.mine(ask(rq)) is None


@TODAY
def test_a_referent_finds_what_is_late_with_who_answers_for_it(ask, add, rq):
    assert cards.late(ask(rq)) is None
    add("Demain", date(2016, 6, 2))
    add("Hier", date(2016, 5, 31))
    ActionFactory(text="D’un autre site", deadline_latest=date(2016, 5, 31))
    content = cards.late(ask(rq))
    assert told(content) == [("Hier", "BRH, échéance : 31/05/2016", "En retard", "error")]
    assert content.more_url == f"{reverse('actions:actions')}?status=en-retard"


@TODAY
def test_what_is_late_for_more_than_a_year_waits_for_a_decision_on_one_line(client, ask, add, rq):
    add("Il y a un an", date(2015, 6, 2))
    add("Oubliée", date(2015, 6, 1))
    add("Oubliée aussi", date(2014, 12, 31))
    content = cards.late(ask(rq))
    assert told(content) == [
        ("Il y a un an", "BRH, échéance : 02/06/2015", "En retard", "error"),
        ("2 actions en retard de plus d’un an", "à reporter ou à abandonner, avec la raison", "À décider", "warning"),
    ]
    assert content.more_label == "Les 3 actions en retard"
    client.force_login(rq)
    listed = client.get(content.rows[1].url).context_data["table"]
    assert [row.record.text for row in listed.rows] == ["Oubliée aussi", "Oubliée"]


@TODAY
def test_a_referent_finds_the_deadlines_of_the_fortnight(ask, add, rq):
    assert cards.fortnight(ask(rq)) is None
    add("Hier", date(2016, 5, 31))
    add("Aujourd’hui", date(2016, 6, 1))
    add("Dans quinze jours", date(2016, 6, 15))
    add("Plus tard", date(2016, 6, 16))
    assert [label for label, *_ in told(cards.fortnight(ask(rq)))] == ["Aujourd’hui", "Dans quinze jours"]


@TODAY
def test_the_number_of_late_actions_is_told_in_words(ask, add, rq):
    add("Une", date(2016, 5, 31))
    assert cards.late(ask(rq)).more_label == "L’action en retard"
    add("Deux", date(2016, 5, 30))
    assert cards.late(ask(rq)).more_label == "Les 2 actions en retard"


@pytest.mark.parametrize(
    ("role", "titles"),
    [
        (Role.QUALITY_REFERENT, ["Mes actions", "Échéances de la quinzaine", "Actions en retard"]),
        (Role.HEAD_OF_SERVICE, ["Mes actions"]),
        (Role.AUDITOR, []),
        (Role.MANAGEMENT, []),
    ],
)
def test_each_role_is_offered_its_cards(site, role, titles):
    codes = {"my-actions", "actions-fortnight", "actions-late"}
    assert [card.title for card in home_cards.for_user(user_with(role, site)) if card.code in codes] == titles
