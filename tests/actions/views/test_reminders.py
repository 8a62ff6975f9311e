"""The page of reminders: settings, who would be told, sending now once, what was sent."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from actions.models import ReminderSettings
from actions.services import reminders
from core.models import Notice
from organisations.enums import Role
from tests.actions.factories import (
    ActionFactory,
    ActionResponsibleFactory,
    FindingFactory,
    PlanFactory,
    ReminderSettingsFactory,
)
from tests.core.factories import HolidayFactory, NoticeFactory
from tests.core.page_checks import query_count
from tests.organisations.factories import ServiceFactory, SousPrefectureFactory, UserFactory, user_with

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
PAGE_QUERIES = 35


@pytest.fixture
def frozen():
    with time_machine.travel("2026-11-18 10:00:00+01:00", tick=False):
        yield


@pytest.fixture
def site():
    site = SousPrefectureFactory(name="Aix-en-Provence")
    HolidayFactory(zone=site.holiday_zone, date=date(2026, 1, 1))
    return site


@pytest.fixture
def service(site):
    return ServiceFactory(parent=site)


@pytest.fixture
def head(service):
    return user_with(
        Role.HEAD_OF_SERVICE, service, first_name="Karim", last_name="Benali", email="karim@example.invalid"
    )


@pytest.fixture
def referent(client, site):
    user = user_with(Role.QUALITY_REFERENT, site)
    client.force_login(user)
    return user


def late(site, service, latest=date(2026, 11, 10)):
    action = ActionFactory(finding=FindingFactory(plan=PlanFactory(site=site)), deadline_latest=latest)
    ActionResponsibleFactory(action=action, unit=service)
    return action


def page(site, name: str = "reminders") -> str:
    return reverse(f"actions:{name}", args=[site.code])


def send(client, site) -> str:
    return client.post(page(site, "reminders-send"), follow=True).text


def test_the_page_of_ones_first_site_opens_by_itself(client, referent, site):
    assert client.get(reverse("actions:reminders")).url == page(site)


def test_the_page_says_how_reminders_leave_and_when(client, referent, site):
    text = client.get(page(site)).text
    assert "Chaque lundi, chaque personne reçoit au plus un message" in text
    assert "Prochain envoi le 23/11/2026." in text
    assert "Aucune action n’appelle de rappel cette semaine." in text
    assert "Aucun message n’a encore été envoyé." in text


def test_who_would_be_told_is_seen_before_anything_leaves(client, referent, site, service, head):
    late(site, service)
    text = client.get(page(site)).text
    assert "Karim Benali" in text
    assert "1 action à suivre, dont 1 en retard" in text
    assert not Notice.objects.exists()


def test_sending_now_tells_each_person_once_a_week(client, referent, site, service, head):
    late(site, service)
    assert "1 message envoyé : Karim Benali." in send(client, site)
    assert "chaque personne concernée a déjà reçu le sien cette semaine" in send(client, site)
    text = client.get(page(site)).text
    assert "(message déjà envoyé)" in text
    assert "en attente d’envoi" in text
    assert Notice.objects.count() == 1


def test_what_is_late_for_more_than_a_year_is_counted_and_one_click_away(client, referent, site, service, head):
    assert "À décider" not in client.get(page(site)).text
    old = late(site, service, date(2025, 11, 17))
    text = client.get(page(site)).text
    assert "Aucune action n’appelle de rappel cette semaine." in text
    assert "1 action en retard de plus d’un an</a>. On ne la rappelle plus chaque semaine :" in text
    listed = client.get(f"{reverse('actions:actions')}?status=en-souffrance&site={site.pk}").text
    assert reverse("actions:action", args=[old.pk]) in listed


def test_a_site_turned_off_says_so_and_sends_nothing(client, referent, site, service, head):
    ReminderSettingsFactory(site=site, is_active=False)
    late(site, service)
    assert "Les rappels de ce site sont arrêtés." in client.get(page(site)).text
    assert "remettez-les en route" in send(client, site)
    assert not Notice.objects.exists()


def test_the_settings_are_changed_and_their_history_read(client, referent, site):
    url = page(site, "reminders-edit")
    assert client.get(url).context_data["form"].initial["days_before"] == 14
    fields = {"is_active": "on", "weekday": "3", "days_before": "7", "escalate_after": "10", "reason": "Réunion"}
    text = client.post(url, fields, follow=True).text
    assert "Chaque jeudi" in text
    assert "dans les 7 jours" in text
    row = ReminderSettings.objects.get()
    assert (row.weekday, row.days_before, row.escalate_after) == (3, 7, 10)
    history = reverse("actions:reminders-history", args=[site.code])
    assert history in text
    assert "Réunion" in client.get(history).text


def test_a_delay_out_of_bounds_is_told_on_its_field(client, referent, site):
    fields = {"is_active": "on", "weekday": "0", "days_before": "400", "escalate_after": "10"}
    response = client.post(page(site, "reminders-edit"), fields)
    assert response.status_code == 200
    assert "days_before" in response.context_data["form"].errors


def test_the_log_is_that_of_the_people_of_the_site(client, referent, site, service, head):
    named = UserFactory(email="nommee@example.invalid")
    ActionResponsibleFactory(action=late(site, service), unit=None, user=named)
    for recipient in (head.email, named.email, "ailleurs@example.invalid"):
        NoticeFactory(kind="action_digest", recipient=recipient, subject=f"Pour {recipient}")
    NoticeFactory(kind="missing_values", recipient=head.email, subject="Autre chose")
    text = client.get(page(site)).text
    assert "Pour karim@example.invalid" in text
    assert "Pour nommee@example.invalid" in text
    assert "ailleurs" not in text
    assert "Autre chose" not in text


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"sent_at": "2026-11-16T07:46:00Z", "tried_at": "2026-11-16T07:46:00Z"}, "parti le 16/11/2026 à 08:46"),
        ({"tried_at": "2026-11-16T07:46:00Z"}, "remis au serveur de messagerie, sans réponse"),
        ({"error": "SMTPDataError : 450"}, "refusé, nouvel essai prévu"),
        ({}, "en attente d’envoi"),
    ],
)
def test_each_message_says_what_became_of_it(client, referent, site, head, fields, words):
    NoticeFactory(kind="action_digest", recipient=head.email, **fields)
    assert words in client.get(page(site)).text


def test_the_page_costs_the_same_whatever_it_tells(client, referent, site, service, head):
    ActionResponsibleFactory(action=late(site, service), unit=None, user=referent)
    reminders.send(date(2026, 11, 9), site_ids={site.pk})
    first = query_count(client, page(site))
    for _ in range(2):
        other = ServiceFactory(parent=site)
        user_with(Role.HEAD_OF_SERVICE, other)
        late(site, other)
    reminders.send(date(2026, 11, 18), site_ids={site.pk})
    assert (first, query_count(client, page(site))) == (PAGE_QUERIES, PAGE_QUERIES)
