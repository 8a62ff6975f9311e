"""The same actions by status and on a calendar, with the filters of the list."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from actions.enums import Status
from actions.views import board
from organisations.enums import Role
from tests.actions.factories import ActionFactory, ActionResponsibleFactory, FindingFactory
from tests.core.page_checks import query_count
from tests.organisations.factories import user_with

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("signed_in")]
BOARD_QUERIES = 17
CALENDAR_QUERIES = 16


@pytest.fixture
def signed_in(client, rq):
    client.force_login(rq)
    return rq


@pytest.fixture
def add(finding, service):
    def make(text="Faire", latest=date(2016, 6, 15), **fields):
        action = ActionFactory(
            finding=finding, text=text, deadline_text=f"{latest:%d/%m/%Y}" if latest else "",
            deadline_earliest=latest, deadline_latest=latest, **fields,
        )  # fmt: skip
        ActionResponsibleFactory(action=action, unit=service)
        return action

    return make


def columns(client, query: str = "") -> dict[str, list[str]]:
    response = client.get(f"{reverse('actions:board')}?{query}")
    return {
        column["status"].label: [card.title for card in column["cards"]] for column in response.context_data["columns"]
    }


def month(year: int = 2016, number: int = 6) -> str:
    return reverse("actions:calendar", args=[year, number])


def cells(response) -> dict[date, list[str]]:
    found = [cell for week in response.context_data["weeks"] for cell in week]
    return {cell["day"]: [row.title for row in [*cell["first"], *cell["rest"]]] for cell in found if cell["first"]}


def test_the_board_costs_the_same_with_one_and_three_cards_a_column(client, add):
    def make():
        for status in Status:
            add(status=status)

    make()
    first = query_count(client, reverse("actions:board"))
    make()
    make()
    assert (first, query_count(client, reverse("actions:board"))) == (BOARD_QUERIES, BOARD_QUERIES)


def test_each_status_has_its_column_in_the_order_of_the_work(client, add):
    add("Tard", date(2016, 12, 31))
    add("Tôt", date(2016, 3, 1))
    add("En route", status=Status.ONGOING)
    add("Ancienne", status=Status.DONE, done_on=date(2016, 1, 1))
    add("Récente", status=Status.DONE, done_on=date(2016, 5, 1))
    assert columns(client) == {
        "À faire": ["Tôt", "Tard"],
        "En cours": ["En route"],
        "Reportée": [],
        "Réalisée": ["Récente", "Ancienne"],
        "Abandonnée": [],
    }


def test_a_long_column_shows_its_first_cards_and_leads_to_the_list(client, add, monkeypatch):
    monkeypatch.setattr(board, "SHOWN", 1)
    add("Première", date(2016, 3, 1))
    add("Seconde", date(2016, 4, 1))
    response = client.get(f"{reverse('actions:board')}?q=e")
    [todo, *_] = response.context_data["columns"]
    assert ([card.title for card in todo["cards"]], todo["count"], todo["more"]) == (["Première"], 2, 1)
    assert todo["more_url"] == f"{reverse('actions:actions')}?q=e&status=todo"
    assert "Et 1 autre<" in response.text


def test_the_board_keeps_the_filters(client, add):
    add("Signer la charte")
    add("Autre")
    assert columns(client, "q=charte")["À faire"] == ["Signer la charte"]
    text = client.get(f"{reverse('actions:board')}?q=introuvable").text
    assert "Rien ne correspond à ces filtres." in text


def test_an_empty_board_says_so(client):
    assert "Aucune action n’est enregistrée." in client.get(reverse("actions:board")).text


def test_a_head_finds_on_the_board_the_actions_of_the_service_alone(client, add, service):
    add("La sienne")
    ActionFactory(text="Autre", finding=FindingFactory())
    client.force_login(user_with(Role.HEAD_OF_SERVICE, service))
    assert columns(client)["À faire"] == ["La sienne"]


def test_the_calendar_costs_the_same_with_one_and_three_deadlines(client, add):
    add()
    first = query_count(client, month())
    add()
    add()
    assert (first, query_count(client, month())) == (CALENDAR_QUERIES, CALENDAR_QUERIES)


def test_a_deadline_stands_on_its_latest_day(client, add):
    add("Ce mois", date(2016, 6, 15))
    add("Mois voisin, même semaine", date(2016, 5, 30))
    add("Un autre mois", date(2016, 8, 15))
    assert cells(client.get(month())) == {
        date(2016, 5, 30): ["Mois voisin, même semaine"],
        date(2016, 6, 15): ["Ce mois"],
    }


def test_what_has_no_day_is_counted_under_the_month_and_one_click_away(client, add):
    add("Sans jour", None)
    add("Sans jour, réalisée", None, status=Status.DONE)
    response = client.get(month())
    assert "1 action à réaliser sans jour connu" in response.text
    listed = client.get(response.context_data["unknown_url"])
    assert [row.title for row in listed.context_data["table"].page.object_list.data] == ["Sans jour"]


def test_a_full_day_folds_the_rest(client, add):
    for number in range(6):
        add(f"Action {number}")
    assert "et 2 autres" in client.get(month()).text


@time_machine.travel("2016-06-20 10:00:00+02:00", tick=False)
def test_late_and_settled_deadlines_are_told_apart_by_words_too(client, add):
    add("En retard", date(2016, 6, 15))
    add("Soldée", date(2016, 6, 16), status=Status.DONE)
    text = client.get(reverse("actions:calendar")).text
    assert "Échéances – juin 2016" in text
    assert "qp-calendar__action--late" in text
    assert "(À faire, en retard)" in text
    assert "qp-calendar__action--settled" in text
    assert "(aujourd’hui)" in text


def test_one_goes_from_month_to_month_with_the_filters(client):
    response = client.get(f"{month(2016, 1)}?status=todo")
    assert response.context_data["months_around"] == [
        ("décembre 2015", f"{month(2015, 12)}?status=todo"),
        ("février 2016", f"{month(2016, 2)}?status=todo"),
    ]
    assert "Aucune échéance ne tombe ce mois-ci pour ces filtres." in response.text


@pytest.mark.parametrize(("year", "number"), [(2016, 13), (2016, 0), (1, 1), (9999, 12)])
def test_a_month_that_is_none_does_not_exist(client, year, number):
    assert client.get(month(year, number)).status_code == 404


@pytest.mark.parametrize(("year", "number"), [(1990, 1), (2100, 12)])
def test_the_first_and_the_last_month_stop_there(client, year, number):
    response = client.get(month(year, number))
    assert response.status_code == 200
    assert sum(not url for _, url in response.context_data["months_around"]) == 1
