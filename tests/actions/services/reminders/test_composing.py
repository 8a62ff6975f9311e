"""Weekly digests: who is told what, by which site, the head after some days; nobody twice."""

from datetime import date, timedelta

import pytest

from actions.enums import Status
from actions.notifications import subject
from actions.services import reminders
from core.models import Notice
from organisations.enums import Role
from tests.actions.factories import (
    ActionResponsibleFactory,
    PlanFactory,
    ReminderSettingsFactory,
)
from tests.actions.services.reminders.conftest import WEDNESDAY, due, told
from tests.organisations.factories import ServiceFactory, SousPrefectureFactory, user_with

pytestmark = pytest.mark.django_db
COMPOSE_QUERIES = 19


def test_a_person_is_told_what_is_late_due_this_week_and_soon_in_one_digest(plan, service, head):
    due(plan, date(2026, 11, 17), "En retard", unit=service)
    due(plan, date(2026, 11, 20), "Cette semaine", unit=service)
    due(plan, date(2026, 12, 2), "Bientôt", unit=service)
    due(plan, date(2026, 12, 3), "Trop loin", unit=service)
    due(plan, None, "Sans jour", unit=service)
    for status in (Status.DONE, Status.ABANDONED):
        due(plan, date(2026, 11, 17), "Soldée", unit=service, status=status)
    assert told() == [("Karim Benali", ["En retard"], ["Cette semaine"], ["Bientôt"], [], [], [])]


def test_the_notice_is_that_of_each_site(plan, site, service, head):
    ReminderSettingsFactory(site=site, days_before=30)
    due(plan, date(2026, 12, 18), "Dans un mois", unit=service)
    elsewhere = SousPrefectureFactory()
    other = due(PlanFactory(site=elsewhere), date(2026, 12, 18), "Ailleurs")
    ActionResponsibleFactory(action=other, unit=None, user=head)
    assert told() == [("Karim Benali", [], [], ["Dans un mois"], [], [], [])]


def test_a_site_that_has_turned_them_off_reminds_nobody(plan, site, service, head):
    ReminderSettingsFactory(site=site, is_active=False)
    due(plan, WEDNESDAY, unit=service)
    assert told() == []


def test_after_some_days_the_head_above_is_told_too(plan, site, service, head):
    director = user_with(Role.HEAD_OF_SERVICE, site, first_name="Léa", last_name="Roux")
    due(plan, WEDNESDAY - timedelta(days=15), "Quinze jours", unit=service)
    due(plan, WEDNESDAY - timedelta(days=16), "Seize jours", unit=service)
    assert told() == [
        ("Karim Benali", ["Seize jours", "Quinze jours"], [], [], [], [], []),
        (str(director), [], [], [], ["Seize jours"], [], []),
    ]


def test_without_a_head_above_the_referent_is_told(plan, service, head, referent):
    due(plan, WEDNESDAY - timedelta(days=16), unit=service)
    assert told()[0] == ("Hélène Marchand", [], [], [], ["Former les agents"], [], [])


def test_an_action_that_nobody_holds_goes_to_the_referent(plan, service, referent):
    due(plan, date(2026, 11, 2), "Sans responsable")
    ActionResponsibleFactory(action=due(plan, WEDNESDAY, "Des mots"), unit=None, words="Webmestre")
    assert told() == [("Hélène Marchand", [], [], [], [], ["Sans responsable", "Des mots"], [])]


def test_the_referent_is_told_of_the_effects_to_check_this_week(plan, referent):
    for days, text in ((4, "Cette semaine"), (5, "La semaine prochaine")):
        done = {"status": Status.DONE, "done_on": date(2026, 5, 1), "review_due_on": WEDNESDAY + timedelta(days=days)}
        due(plan, date(2026, 4, 1), text, **done)
    assert told() == [("Hélène Marchand", [], [], [], [], [], ["Cette semaine"])]


def test_what_is_late_for_more_than_a_year_is_on_one_line_for_those_asked_and_the_referent(
    plan, site, service, head, referent, settings
):
    settings.SITE_URL = "https://qualite.example"
    user_with(Role.HEAD_OF_SERVICE, site, first_name="Léa", last_name="Roux")
    due(plan, WEDNESDAY - timedelta(days=366), "Refaire les affiches", unit=service)
    due(plan, WEDNESDAY - timedelta(days=800), "Ouvrir une borne")
    due(plan, WEDNESDAY - timedelta(days=365), "Former les agents", unit=service)
    due(plan, WEDNESDAY, "À personne")
    karim, referent_one, lea = sorted(reminders.compose(WEDNESDAY), key=lambda digest: digest.person.last_name)
    assert [[row.text for row in one.stale] for one in (karim, referent_one, lea)] == [
        ["Refaire les affiches"],
        ["Ouvrir une borne", "Refaire les affiches"],
        [],
    ]
    assert [[row.text for row in one.actions] for one in (karim, referent_one, lea)] == [
        ["Former les agents"],
        ["À personne"],
        ["Former les agents"],
    ]
    assert subject(karim) == "1 action à suivre, dont 1 en retard"
    reminders.send(WEDNESDAY, site_ids={site.pk})
    body = Notice.objects.get(recipient=karim.person.email).body
    assert "Refaire les affiches" not in body
    assert (
        "\n\nÀ décider : 1 action est en retard de plus d’un an, à reporter ou à abandonner, avec la raison.\n"
        "  https://qualite.example/plans/actions/?status=en-souffrance\n"
    ) in body
    other = Notice.objects.get(recipient=referent_one.person.email).body
    assert (
        "\nÀ décider : 2 actions sont en retard de plus d’un an, à reporter ou à abandonner, avec la raison.\n" in other
    )


def test_what_is_late_for_more_than_a_year_sends_no_mail_by_itself(plan, site, service, head, referent):
    due(plan, WEDNESDAY - timedelta(days=366), unit=service)
    assert told() == []
    assert reminders.send(WEDNESDAY, site_ids={site.pk}) == []
    assert not Notice.objects.exists()


def test_of_two_twins_a_person_is_told_once(plan, service, head):
    leader = due(plan, WEDNESDAY, "Communiquer", unit=service)
    due(plan, WEDNESDAY, "Communication", unit=service, merged_into=leader)
    assert told() == [("Karim Benali", [], ["Communiquer"], [], [], [], [])]


def test_composing_costs_the_same_queries_whatever_the_number(plan, service, head, referent, django_assert_num_queries):
    ActionResponsibleFactory(action=due(plan, WEDNESDAY, unit=service), unit=None, user=referent)
    with django_assert_num_queries(COMPOSE_QUERIES):
        assert len(reminders.compose(WEDNESDAY)) == 2
    for number in range(3):
        other = ServiceFactory(parent=service.parent)
        user_with(Role.HEAD_OF_SERVICE, other)
        due(PlanFactory(site=service.parent), WEDNESDAY - timedelta(days=number * 10), unit=other)
    ReminderSettingsFactory(site=service.parent)
    with django_assert_num_queries(COMPOSE_QUERIES):
        assert len(reminders.compose(WEDNESDAY)) == 5
