"""Meetings: planned, moved, cancelled; what is left goes to the next one, and deadlines follow."""

from datetime import date

import pytest
import time_machine

from actions.models import Action
from actions.services import actions
from clu.enums import ItemState
from clu.models import Meeting
from clu.services import meetings
from core.base.errors import UserError
from tests.actions.factories import FindingFactory, PlanFactory
from tests.clu.factories import AgendaItemFactory, AttendanceFactory, CommitteeFactory, MeetingFactory

pytestmark = pytest.mark.django_db


def titles(meeting):
    return [item.title for item in meeting.items.all()]


def test_a_meeting_has_the_usual_agenda_of_its_committee():
    meeting = meetings.plan(CommitteeFactory(kind="copil"), held_on=date(2021, 2, 5), by=None)
    assert titles(meeting)[:2] == ["Retour sur l’année", "Bilan des indicateurs"]
    assert meeting.title == "COPIL du 05/02/2021"


def test_an_item_left_goes_to_the_next_meeting_once():
    committee = CommitteeFactory()
    first = MeetingFactory(committee=committee, held_on=date(2022, 3, 10))
    item = AgendaItemFactory(meeting=first, title="Signalétique")
    meetings.postpone(item, by=None)
    second = meetings.plan(committee, held_on=date(2022, 6, 10), by=None)
    assert titles(second)[-1] == "Signalétique"
    assert second.items.last().carried_from == item
    third = meetings.plan(committee, held_on=date(2022, 9, 10), by=None)
    assert "Signalétique" not in titles(third)


def test_an_item_left_goes_at_once_to_a_meeting_already_planned():
    item = AgendaItemFactory(title="Signalétique")
    following = MeetingFactory(committee=item.meeting.committee, held_on=date(2022, 6, 10))
    meetings.postpone(item, by=None)
    assert (item.state, titles(following)) == (ItemState.CARRIED, ["Signalétique"])


def test_a_committee_meets_once_a_day():
    meeting = MeetingFactory()
    with pytest.raises(UserError, match="CLU du 10/03/2022 : cette réunion est déjà enregistrée"):
        meetings.plan(meeting.committee, held_on=meeting.held_on, by=None)


@time_machine.travel("2022-01-15T10:00:00+01:00")
def test_deadlines_that_wait_for_the_next_clu_follow_its_day():
    committee = CommitteeFactory()
    finding = FindingFactory(plan=PlanFactory(site=committee.site, origin_on=date(2021, 12, 1)))
    action = actions.add_action(finding, text="Refaire l’affiche", deadline="pour le prochain CLU", by=None)
    assert action.deadline_latest is None

    meeting = meetings.plan(committee, held_on=date(2022, 3, 10), by=None)
    assert Action.objects.get().deadline_latest == date(2022, 3, 10)

    meetings.change(meeting, held_on=date(2022, 4, 7), by=None, reason="Salle prise")
    assert Action.objects.get().deadline_latest == date(2022, 4, 7)


def test_a_meeting_that_was_held_is_not_cancelled():
    meeting = AttendanceFactory(presence="present").meeting
    with pytest.raises(UserError, match="s’est tenue"):
        meetings.cancel(meeting, by=None, reason="Reportée")
    other = MeetingFactory()
    with pytest.raises(UserError, match="Dites pourquoi"):
        meetings.cancel(other, by=None, reason=" ")
    meetings.cancel(other, by=None, reason="Grève")
    assert list(Meeting.objects.all()) == [meeting]
