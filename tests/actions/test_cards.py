"""What the plans put on the home page of each role."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from actions import cards
from actions.enums import Status
from core.base.home import home_queue, sorted_queue
from organisations.enums import Role
from tests.actions.factories import ActionFactory, ActionResponsibleFactory, FindingFactory, PlanFactory
from tests.organisations.factories import PrefectureFactory, SousPrefectureFactory, user_with

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


def told(todos) -> list[tuple]:
    today = date(2016, 6, 1)
    return [(one.what, one.where, one.when(today), one.action) for one in sorted_queue([todos], today)]


@TODAY
def test_a_head_finds_the_actions_of_the_service_the_late_ones_first(ask, add, site, service):
    add("Sans jour", status=Status.ONGOING)
    add("Dans un mois et un jour", date(2016, 7, 2))
    add("Demain", date(2016, 6, 2))
    late = add("En retard", date(2016, 5, 31))
    add("Réalisée", date(2016, 5, 31), status=Status.DONE)
    found = list(cards.mine(ask(user_with(Role.HEAD_OF_SERVICE, service))))
    assert told(found) == [
        ("En retard", str(site), "en retard de 1 jour", "Faire le point"),
        ("Demain", str(site), "pour demain", "Faire le point"),
        ("2 autres actions vous sont confiées", "", "", "Voir mes actions"),
    ]
    assert found[0].action_url == reverse("actions:action-point", args=[late.pk])


@TODAY
def test_nobody_reads_of_actions_that_are_not_theirs(ask, add, service, rq):
    assert told(cards.mine(ask(user_with(Role.HEAD_OF_SERVICE, service)))) == []
    add("Du service", date(2016, 6, 2))
    assert told(cards.mine(ask(rq))) == []
    add("Plus tard", date(2017, 6, 2))
    head = ask(user_with(Role.HEAD_OF_SERVICE, service))
    assert told(cards.mine(head))[1][0] == "1 autre action vous est confiée"


@TODAY
def test_a_referent_finds_what_is_late_what_waits_for_a_decision_and_what_comes(client, ask, add, site, rq):
    assert told(cards.steered(ask(rq))) == []
    add("Hier", date(2016, 5, 31))
    add("Il y a un an", date(2015, 6, 2))
    add("Oubliée", date(2015, 6, 1))
    add("Oubliée aussi", date(2014, 12, 31))
    add("Aujourd’hui", date(2016, 6, 1))
    add("Dans quinze jours", date(2016, 6, 15))
    add("Plus tard", date(2016, 6, 16))
    ActionFactory(text="D’un autre site", deadline_latest=date(2016, 5, 31))
    found = list(cards.steered(ask(rq)))
    assert told(found) == [
        ("2 actions en retard", site.name, "en retard depuis le 02/06/2015", "Relancer"),
        ("2 actions échoient dans la quinzaine", site.name, "pour aujourd’hui", "Voir"),
        ("2 actions en retard de plus d’un an, à reporter ou à abandonner", site.name, "", "Décider"),
    ]
    assert found[0].action_url == reverse("actions:reminders", args=[site.code])
    client.force_login(rq)
    listed = client.get(found[1].url).context_data["table"]
    assert [row.record.text for row in listed.rows] == ["Oubliée aussi", "Oubliée"]


@TODAY
@pytest.mark.parametrize("role", [Role.QUALITY_REFERENT, Role.MANAGEMENT])
def test_the_band_counts_what_is_late(ask, add, site, role):
    assert [one.words for one in cards.state(ask(user_with(role, site)))] == ["aucune action en retard"]
    add("Hier", date(2016, 5, 31))
    add("Oubliée", date(2015, 6, 1))
    assert [(one.value, one.words) for one in cards.state(ask(user_with(role, site)))] == [("2", "2 actions en retard")]


@pytest.mark.parametrize("number", [1, 3])
def test_the_lines_cost_the_same_queries_whatever_the_sites(ask, number, django_assert_num_queries):
    user = user_with(Role.QUALITY_REFERENT, PrefectureFactory())
    for _ in range(number):
        site = SousPrefectureFactory(parent=user.memberships.get().unit)
        finding = FindingFactory(plan=PlanFactory(site=site))
        ActionFactory(finding=finding, deadline_latest=date(2016, 5, 31))
    request = ask(user)
    assert user.access
    with django_assert_num_queries(1):
        assert len([*cards.steered(request), *cards.state(request)]) == number + 1


@pytest.mark.parametrize(
    ("role", "codes"),
    [
        (Role.QUALITY_REFERENT, {"my-actions", "actions-steered"}),
        (Role.HEAD_OF_SERVICE, {"my-actions"}),
        (Role.AUDITOR, set()),
        (Role.MANAGEMENT, set()),
    ],
)
def test_each_role_is_offered_its_lines(site, role, codes):
    offered = {source.code for source in home_queue.for_user(user_with(role, site))}
    assert offered & {"my-actions", "actions-steered"} == codes
