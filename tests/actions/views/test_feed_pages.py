"""The calendar a person subscribes to: its address shown once, its events, nothing for who does not know the secret."""

from datetime import date

import pytest
from django.urls import reverse
from icalendar import Calendar

from actions.models import CalendarFeed
from actions.services import actions, feeds
from organisations.enums import Role
from tests.actions.factories import ActionResponsibleFactory
from tests.core.page_checks import query_count
from tests.organisations.factories import user_with

pytestmark = pytest.mark.django_db
FEED_QUERIES = 7


@pytest.fixture
def url() -> str:
    return reverse("actions:feed-settings")


@pytest.fixture
def head(client, service):
    user = user_with(Role.HEAD_OF_SERVICE, service)
    client.force_login(user)
    return user


def address(secret: str) -> str:
    return reverse("actions:feed", args=[secret])


def events(client, secret: str) -> list:
    return Calendar.from_ical(client.get(address(secret)).content).walk("VEVENT")


def test_the_address_is_shown_once_and_opens_without_account(client, head, url, settings):
    settings.SITE_URL = "https://qualite.invalid"
    assert "Obtenir mon adresse" in client.get(url).text
    answer = client.post(url)
    secret_address = answer.context_data["address"]
    assert secret_address.startswith("https://qualite.invalid/plans/agenda/")
    assert secret_address in answer.text
    assert answer["Cache-Control"] == "no-store"
    text = client.get(url).text
    assert secret_address not in text
    assert "Tirer une nouvelle adresse" in text
    client.logout()
    assert client.get(secret_address.removeprefix("https://qualite.invalid")).status_code == 200


def test_a_closed_address_opens_nothing(client, head, url):
    secret = feeds.draw(by=head)
    answer = client.post(reverse("actions:feed-close"), follow=True)
    assert "L’adresse est fermée" in answer.text
    assert CalendarFeed.objects.count() == 0
    assert client.get(address(secret)).status_code == 404


@pytest.mark.parametrize("secret", ["x", "0" * 64, "é", "a" * 500])
def test_a_guess_opens_nothing(client, secret):
    assert client.get(address(secret)).status_code == 404


def test_a_deadline_is_an_event_of_a_whole_day_that_leads_to_its_action(client, head, action, service, settings):
    settings.SITE_URL = "https://qualite.invalid"
    ActionResponsibleFactory(action=action, unit=service)
    [event] = events(client, feeds.draw(by=head))
    assert (event["DTSTART"].dt, event["DTEND"].dt) == (date(2016, 3, 31), date(2016, 4, 1))
    assert str(event["SUMMARY"]) == "Échéance : Programmer les enquêtes"
    assert str(event["URL"]) == f"https://qualite.invalid{reverse('actions:action', args=[action.pk])}"
    assert str(event["DESCRIPTION"]).splitlines() == [
        "Suite à l’audit interne",
        "Échéance : 1er trim. 2016 (du 01/01/2016 au 31/03/2016)",
        "Responsables : BRH",
        "Statut : À faire",
    ]
    assert str(event["UID"]) == f"action-{action.pk}@qualepref"


def test_a_text_cannot_write_another_event(client, head, action, service):
    action.text = "Faire\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:Intrus"
    action.save()
    ActionResponsibleFactory(action=action, unit=service)
    assert len(events(client, feeds.draw(by=head))) == 1


def test_the_calendar_is_kept_by_nobody_on_the_way(client, head):
    answer = client.get(address(feeds.draw(by=head)))
    assert [answer[name] for name in ("Content-Type", "Cache-Control", "X-Robots-Tag", "Referrer-Policy")] == [
        "text/calendar; charset=utf-8", "private, no-store", "noindex", "no-referrer",
    ]  # fmt: skip


def test_the_calendar_costs_the_same_with_one_and_three_deadlines(client, head, finding, service, rq):
    def make():
        action = actions.add_action(finding, text="Faire", deadline="T2 2016", by=rq)
        ActionResponsibleFactory(action=action, unit=service)

    secret = feeds.draw(by=head)
    client.logout()
    make()
    first = query_count(client, address(secret))
    make()
    make()
    assert (first, query_count(client, address(secret))) == (FEED_QUERIES, FEED_QUERIES)


def test_who_does_not_report_has_no_address(client, site, url):
    client.force_login(user_with(Role.AUDITOR, site))
    assert (client.get(url).status_code, client.post(url).status_code) == (403, 403)
    assert CalendarFeed.objects.count() == 0
