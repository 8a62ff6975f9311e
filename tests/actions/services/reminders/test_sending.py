"""Digests that leave: what the mail says, once a week, on the day of the site."""

from datetime import date, timedelta

import pytest
import time_machine

from actions import tasks
from actions.enums import Status
from actions.services import reminders
from core.models import Notice
from tests.actions.factories import (
    ActionResponsibleFactory,
    PlanFactory,
    ReminderSettingsFactory,
)
from tests.actions.services.reminders.conftest import MONDAY, WEDNESDAY, due
from tests.core.factories import HolidayFactory
from tests.organisations.factories import SousPrefectureFactory

pytestmark = pytest.mark.django_db


def test_the_mail_says_what_is_due_where_and_how_to_answer(plan, service, head, settings):
    settings.SITE_URL = "https://qualite.example"
    late = due(plan, date(2026, 11, 2), "Former les agents", unit=service, deadline_text="fin octobre")
    due(plan, date(2026, 11, 20), "Afficher les délais", unit=service, deadline_text="20/11/2026")
    reminders.send(WEDNESDAY, site_ids={plan.site_id})
    notice = Notice.objects.get()
    assert (notice.recipient, notice.key, notice.sent_on) == ("karim@example.invalid", "2026-S47", MONDAY)
    assert notice.subject == "[Qualité] 2 actions à suivre, dont 1 en retard"
    assert notice.body.splitlines()[:10] == [
        "Bonjour,",
        "",
        "Voici où en sont les actions qui vous attendent, au 18/11/2026.",
        "",
        "En retard :",
        "- Former les agents (CLU du 25 juin 2019), échéance « fin octobre », le 02/11/2026, 16 jours de retard",
        f"  https://qualite.example/plans/actions/{late.pk}/",
        "",
        "Échéance cette semaine :",
        "- Afficher les délais (CLU du 25 juin 2019), échéance « 20/11/2026 »",
    ]
    assert "Rendre compte : https://qualite.example/plans/mes-actions/" in notice.body


def test_each_section_of_the_mail_has_its_title(plan, site, service, head, referent):
    due(plan, date(2026, 11, 30), "Bientôt", unit=service)
    due(plan, date(2026, 10, 1), "Depuis longtemps", unit=service)
    due(plan, WEDNESDAY, "À personne")
    due(plan, None, "Faite", status=Status.DONE, done_on=MONDAY, review_due_on=WEDNESDAY)
    reminders.send(WEDNESDAY, site_ids={site.pk})
    body = Notice.objects.exclude(recipient=head.email).get().body
    assert "À votre attention, en retard depuis longtemps dans vos services :\n- Depuis longtemps" in body
    assert "Sans personne à prévenir (désignez un responsable) :\n- À personne" in body
    assert "Efficacité à vérifier :\n- Faite (CLU du 25 juin 2019), à vérifier le 18/11/2026" in body
    assert (
        "À venir :\n- Bientôt (CLU du 25 juin 2019), échéance le 30/11/2026"
        in Notice.objects.get(recipient=head.email).body
    )


def test_a_long_list_says_how_many_more(plan, service, head):
    for number in range(22):
        due(plan, WEDNESDAY, f"Action {number}", unit=service)
    reminders.send(WEDNESDAY, site_ids={plan.site_id})
    body = Notice.objects.get().body
    assert "- Action 19 " in body
    assert "- et 2 autres" in body
    assert "Action 20" not in body


def test_nobody_is_told_twice_in_a_week_whatever_happens(plan, service, head):
    due(plan, WEDNESDAY, unit=service)
    assert len(reminders.send(MONDAY, site_ids={plan.site_id})) == 1
    due(plan, WEDNESDAY, "Une autre", unit=service)
    for day in (MONDAY, WEDNESDAY, MONDAY + timedelta(days=6)):
        assert reminders.send(day, site_ids={plan.site_id}) == []
    assert len(reminders.send(MONDAY + timedelta(days=7), site_ids={plan.site_id})) == 1
    assert list(Notice.objects.order_by("key").values_list("key", flat=True)) == ["2026-S47", "2026-S48"]


def test_a_person_of_two_sites_gets_one_digest_with_both(plan, service, head):
    elsewhere = SousPrefectureFactory(parent=plan.site.parent)
    ReminderSettingsFactory(site=elsewhere, weekday=3)
    ActionResponsibleFactory(action=due(PlanFactory(site=elsewhere), WEDNESDAY, "Ailleurs"), unit=None, user=head)
    due(plan, WEDNESDAY, "Ici", unit=service)
    reminders.send_due(MONDAY)
    reminders.send_due(MONDAY + timedelta(days=3))
    (notice,) = Notice.objects.all()
    assert "Ici" in notice.body
    assert "Ailleurs" in notice.body


@pytest.mark.parametrize(
    ("weekday", "holiday", "days"),
    [(0, None, [0]), (3, None, [3]), (0, MONDAY, [1]), (4, MONDAY + timedelta(days=4), [])],
)
def test_digests_leave_on_the_day_of_the_site_or_the_next_working_one(
    plan, site, service, head, weekday, holiday, days
):
    ReminderSettingsFactory(site=site, weekday=weekday)
    if holiday:
        HolidayFactory(zone=site.holiday_zone, date=holiday)
    due(plan, date(2026, 11, 1), unit=service)
    sent = [number for number in range(7) if reminders.send_due(MONDAY + timedelta(days=number))]
    assert sent == days


def test_a_site_without_a_calendar_reminds_on_weekdays_all_the_same(plan, site, service, head, caplog):
    site.holiday_zone = None
    site.save()
    due(plan, date(2026, 11, 1), unit=service)
    assert len(reminders.send_due(MONDAY)) == 1
    assert "without its calendar" in caplog.text


def test_a_year_whose_holidays_are_unknown_does_not_stop_the_reminders(plan, service, head):
    due(plan, date(2031, 11, 1), unit=service)
    assert len(reminders.send_due(date(2031, 11, 17))) == 1


def test_the_schedule_sends_on_its_day_and_the_deadlines_follow_their_meetings(plan, service, head):
    due(plan, date(2026, 11, 1), unit=service)
    with time_machine.travel("2026-11-17 07:45:00+01:00", tick=False):
        assert tasks.send_reminders() == 0
    with time_machine.travel("2026-11-16 07:45:00+01:00", tick=False):
        assert tasks.send_reminders() == 1
        assert tasks.follow_events() == 0
