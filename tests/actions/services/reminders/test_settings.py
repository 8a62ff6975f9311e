"""When and how a site reminds, and the command that does."""

import json
from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command

from actions.models import ReminderSettings
from actions.notifications import subject
from actions.services import reminders
from core.base.errors import UserError
from tests.actions.services.reminders.conftest import WEDNESDAY, due
from tests.organisations.factories import UserFactory

pytestmark = pytest.mark.django_db


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
