"""Weekly digests: who is told what, once a week, on the day of the site; the head after some days; nobody twice."""

import json
from datetime import date, timedelta
from io import StringIO

import pytest
import time_machine
from django.core.management import call_command

from actions import tasks
from actions.enums import Status
from actions.models import Action, ReminderSettings
from actions.notifications import subject
from actions.services import reminders
from core.base.errors import UserError
from core.models import Notice
from organisations.enums import Role
from tests.actions.factories import (
    ActionFactory,
    ActionResponsibleFactory,
    FindingFactory,
    PlanFactory,
    ReminderSettingsFactory,
)
from tests.core.factories import HolidayFactory
from tests.organisations.factories import ServiceFactory, SousPrefectureFactory, UserFactory, user_with

pytestmark = pytest.mark.django_db
MONDAY, WEDNESDAY = date(2026, 11, 16), date(2026, 11, 18)
COMPOSE_QUERIES = 19


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
def referent(site):
    return user_with(Role.QUALITY_REFERENT, site, first_name="Hélène", last_name="Marchand")


@pytest.fixture
def plan(site):
    return PlanFactory(site=site, title="CLU du 25 juin 2019")


def due(plan, latest: date | None, text: str = "Former les agents", *, unit=None, **fields) -> Action:
    action = ActionFactory(finding=FindingFactory(plan=plan), text=text, deadline_latest=latest, **fields)
    if unit is not None:
        ActionResponsibleFactory(action=action, unit=unit)
    return action


def told(on: date = WEDNESDAY) -> list[tuple]:
    """(person, late, this week, soon, escalated, unheld, reviews), by their texts."""
    return [
        (str(digest.person), *([action.text for action in rows] for rows in digest.lists))
        for digest in reminders.compose(on)
    ]


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


# --- sending


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


# --- settings


def test_the_usual_way_of_reminding_stands_until_somebody_chooses(site):
    row = reminders.settings_of([site])[site.pk]
    assert (row.pk, row.is_active, row.weekday, row.days_before, row.escalate_after) == (None, True, 0, 14, 15)


def test_settings_are_changed_with_their_history(site):
    person = UserFactory()
    reminders.change_settings(site, by=person, weekday=3, reason="Réunion le mercredi")
    reminders.change_settings(site, by=person, is_active=False)
    row = ReminderSettings.objects.get()
    assert (row.weekday, row.is_active, row.history.count()) == (3, False, 2)
    assert row.history.last().history_change_reason == "Réunion le mercredi"


@pytest.mark.parametrize(
    ("fields", "field"),
    [({"weekday": 5}, "weekday"), ({"days_before": 366}, "days_before"), ({"escalate_after": -1}, "escalate_after")],
)
def test_a_choice_out_of_bounds_is_refused_on_its_field(site, fields, field):
    with pytest.raises(UserError) as refusal:
        reminders.change_settings(site, by=None, **fields)
    assert refusal.value.field == field
    assert not ReminderSettings.objects.exists()


def test_a_field_that_is_not_a_setting_is_a_programming_error(site):
    with pytest.raises(TypeError):
        reminders.change_settings(site, by=None, site_id=3)


@pytest.mark.parametrize(
    ("on", "weekday", "expected"),
    [
        (WEDNESDAY, 0, date(2026, 11, 23)),
        (WEDNESDAY, 2, WEDNESDAY),
        (WEDNESDAY, 4, date(2026, 11, 20)),
    ],
)
def test_the_next_sending_day_is_told(site, on, weekday, expected):
    assert reminders.next_day(site, ReminderSettings(site=site, weekday=weekday), on) == expected
    assert reminders.next_day(site, ReminderSettings(site=site, is_active=False), on) is None


# --- command


def command(**options) -> str:
    out = StringIO()
    call_command("remind_actions", stdout=out, **options)
    return out.getvalue()


def test_the_command_tells_what_it_sent_or_would_send(plan, service, head):
    due(plan, date(2026, 11, 1), unit=service)
    line = "- karim@example.invalid : 1 action à suivre, dont 1 en retard\n"
    assert command(date="2026-11-18", dry_run=True) == f"1 message à envoyer.\n{line}"
    assert command(date="2026-11-18") == "0 message envoyé.\n"
    assert command(date="2026-11-16") == f"1 message envoyé.\n{line}"
    assert json.loads(command(date="2026-11-16", format="json")) == {"date": "2026-11-16", "digests": []}


def test_the_subject_counts_each_action_once(plan, service, head):
    first = due(plan, WEDNESDAY, unit=service)
    digest = reminders.Digest(head, late=[first], escalated=[first], soon=[due(plan, None)])
    assert subject(digest) == "2 actions à suivre, dont 1 en retard"
