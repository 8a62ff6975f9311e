"""Agents are convened to a session: a mail each, the event of a calendar with it, nothing kept of who is erased."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse
from icalendar import Calendar

from core import jobs
from core.base.errors import UserError
from core.models import Notice
from organisations.enums import Role
from tests.organisations.factories import PrefectureFactory, ServiceFactory, user_with
from tests.training.factories import AgentFactory, CourseFactory, EnrolmentFactory, SessionFactory
from training.enums import Attendance
from training.models import Agent
from training.services import people, sessions

pytestmark = pytest.mark.django_db


@pytest.fixture
def session():
    """Two days of training in March 2026; one agent has no address, another was not selected."""
    unit = PrefectureFactory()
    course = CourseFactory(unit=unit, name="Accueillir au guichet")
    session = SessionFactory(
        course=course, unit=unit, starts_on=date(2026, 3, 1), ends_on=date(2026, 3, 2), place="Salle 2"
    )
    service = ServiceFactory(parent=unit)
    for email, state in (
        ("zoe@example.invalid", Attendance.REGISTERED),
        ("ali@example.invalid", Attendance.SELECTED),
        ("", Attendance.REGISTERED),
        ("non@example.invalid", Attendance.DECLINED),
    ):
        EnrolmentFactory(session=session, agent=AgentFactory(unit=service, email=email), state=state)
    with time_machine.travel(date(2026, 2, 10), tick=False):
        yield session


def test_those_awaited_are_written_to_once_a_day_and_become_selected(session, mailoutbox):
    told = sessions.convene(session, by=None)
    assert told.words == "2 agents convoqués par courriel ; 1 sans adresse : prévenez leur chef de service."
    sessions.convene(session, by=None)
    assert jobs.run_now(jobs.enqueue("send_notices", by=None)).result == {"sent": 2}

    assert sorted(mail.to[0] for mail in mailoutbox) == ["ali@example.invalid", "zoe@example.invalid"]
    first = mailoutbox[0]
    assert first.subject == "[Qualité] Convocation : Accueillir au guichet, du 1er mars 2026 au 2 mars 2026"
    name, content, media_type = first.attachments[0]
    event = Calendar.from_ical(content).walk("VEVENT")[0]
    assert (name, media_type) == ("formation-2026-03-01.ics", "text/calendar")
    assert (event.decoded("dtstart"), event.decoded("dtend")) == (date(2026, 3, 1), date(2026, 3, 3))
    assert (event["summary"], event["location"]) == ("Formation : Accueillir au guichet", "Salle 2")
    states = session.enrolments.order_by("pk").values_list("state", flat=True)
    assert list(states) == ["selected", "selected", "selected", "declined"]


def test_a_session_that_has_begun_or_has_nobody_convenes_nobody(session):
    with time_machine.travel(date(2026, 3, 2)), pytest.raises(UserError, match="a commencé"):
        sessions.convene(session, by=None)
    session.enrolments.all().delete()
    with pytest.raises(UserError, match="inscrivez d’abord"):
        sessions.convene(session, by=None)
    assert not Notice.objects.exists()


def test_no_convocation_is_kept_of_an_agent_who_is_erased(session):
    sessions.convene(session, by=None)
    people.erase(Agent.objects.filter(email="zoe@example.invalid"))
    assert list(Notice.objects.values_list("recipient", flat=True)) == ["ali@example.invalid"]


def test_the_training_manager_convenes_from_the_session(client, session):
    client.force_login(user_with(Role.TRAINING_MANAGER, session.unit))
    url = reverse("training:session-convene", args=[session.pk])
    assert "événement d’agenda" in client.get(url).text
    assert "2 agents convoqués par courriel" in client.post(url, follow=True).text
