"""What awaits the head: absences, tutors, tutorings to conclude; told on the home page, in the one weekly message."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from actions.services import reminders
from core.base.home import home_queue
from core.base.year import yearly_events
from core.models import Notice
from organisations.enums import Role
from referential.registries import Dossier, file_parts
from tests.organisations.factories import PrefectureFactory, ServiceFactory, user_with
from tests.referential.factories import EngagementFactory
from tests.training.factories import (
    AgentFactory,
    AgreementFactory,
    EnrolmentFactory,
    PastTrainingFactory,
    PostFactory,
    SessionFactory,
    SessionThemeFactory,
    TrainingThemeFactory,
)
from training.enums import Attendance
from training.follow_up.duties import duties

pytestmark = pytest.mark.django_db
ON = date(2026, 11, 18)  # a Wednesday


@pytest.fixture
def site():
    return PrefectureFactory(code="38")


@pytest.fixture
def service(site):
    return ServiceFactory(parent=site, name="Accueil général")


@pytest.fixture
def theme():
    return TrainingThemeFactory(engagement=EngagementFactory(code="4"))


def post(service, theme, name, taken_on=date(2026, 10, 1), **fields):
    return PostFactory(agent=AgentFactory(unit=service, last_name=name), theme=theme, taken_on=taken_on, **fields)


def absent(agent, theme, on):
    session = SessionFactory(course__unit=agent.unit.site, starts_on=on)
    SessionThemeFactory(session=session, theme=theme)
    return EnrolmentFactory(session=session, agent=agent, state=Attendance.ABSENT)


def test_an_absence_is_followed_up_until_a_seat_is_taken_again(service, theme):
    agent = post(service, theme, "Dupont").agent
    gone = post(service, theme, "Martin", taken_on=date(2020, 1, 1), ended_on=date(2026, 10, 1)).agent
    row = absent(agent, theme, date(2026, 6, 2))
    absent(agent, theme, date(2025, 6, 2))
    absent(gone, theme, date(2026, 6, 2))
    assert duties([service.pk], ON).absent == [row]

    later = SessionFactory(course__unit=service.site, starts_on=date(2027, 1, 12))
    EnrolmentFactory(session=later, agent=agent)
    assert duties([service.pk], ON).absent == [row]
    SessionThemeFactory(session=later, theme=theme)
    assert duties([service.pk], ON).absent == []


def test_a_tutoring_that_ends_is_to_be_renewed_or_assessed(service, theme):
    tutee = post(service, theme, "Dupont").agent
    ended = AgreementFactory(tutee=tutee, starts_on=date(2026, 5, 1), ends_on=ON + timedelta(days=30))
    AgreementFactory(tutee=post(service, theme, "Martin").agent, ends_on=ON + timedelta(days=31))
    AgreementFactory(tutee=post(service, theme, "Petit").agent, ends_on=ON, assessed_on=ON)
    assert duties([service.pk], ON).to_conclude == [ended]

    AgreementFactory(tutee=tutee, renews=ended, starts_on=date(2027, 1, 1), ends_on=date(2027, 6, 30))
    assert duties([service.pk], ON).to_conclude == []


def test_the_head_finds_them_on_the_home_page(rf, time_machine, service, theme):
    time_machine.move_to(ON, tick=False)
    agent = post(service, theme, "Dupont").agent
    absent(agent, theme, date(2026, 6, 2))
    AgreementFactory(tutee=post(service, theme, "Martin").agent, starts_on=date(2026, 10, 1), ends_on=ON)
    request = rf.get("/")
    request.user = user_with(Role.HEAD_OF_SERVICE, service)

    source = next(one for one in home_queue if one.code == "training-to-do")
    told = {todo.what.split(" Jeanne")[0]: todo.action for todo in source.find(request)}
    assert told["Dupont"] == "Désigner un tuteur"
    assert told["Réinscrire Dupont"] == "Inscrire à une session"
    assert told["Conclure le tutorat de Martin"] == "Faire le bilan"


def test_the_weekly_message_of_the_heads_counts_them_and_names_nobody(site, service, theme):
    post(service, theme, "Canariwsky", taken_on=date(2025, 1, 1))
    absent(post(service, theme, "Dupont").agent, theme, date(2026, 6, 2))
    head = user_with(Role.HEAD_OF_SERVICE, service)

    assert [digest.person for digest in reminders.send(ON, site_ids={site.pk})] == [head]
    notice = Notice.objects.get()
    assert notice.subject == "[Qualité] 3 points de formation à suivre"
    lines = [line for line in notice.body.splitlines() if line.startswith("- ")]
    assert lines == [
        "- 1 formation à prévoir ou en retard", "- 1 agent sans tuteur", "- 1 absence à une formation, à réinscrire",
    ]  # fmt: skip
    assert "Canariwsky" not in notice.body
    assert reminders.send(ON + timedelta(days=1), site_ids={site.pk}) == []


def test_the_file_of_an_engagement_tells_who_is_up_to_date_without_a_name(site, service, theme):
    one = post(service, theme, "Canariwsky")
    PastTrainingFactory(agent=one.agent, theme=theme, on=date(2026, 1, 5))
    post(service, theme, "Dupont", taken_on=date(2020, 1, 1))
    user = user_with(Role.MANAGEMENT, site)
    part = next(part for part in file_parts.for_user(user) if part.code == "training")

    told = part.read(Dossier(user, site, ON, {theme.engagement_id}))
    assert [(row.label, row.detail) for row in told.rows] == [
        ("Accueil physique", "1 à jour ou dispensés sur 2, 1 en retard")
    ]
    assert part.read(Dossier(user, site, ON, {theme.engagement_id + 1})).rows == []


def test_sessions_are_of_the_quality_year(site):
    session = SessionFactory(course__unit=site, course__name="Laïcité", starts_on=date(2026, 5, 12))
    event = yearly_events.get("formation")
    user = user_with(Role.TRAINING_MANAGER, site)

    [found] = event.find(user, [site.pk], date(2026, 1, 1), date(2026, 12, 31))
    assert (found.title, found.on, found.url) == (
        "Laïcité",
        date(2026, 5, 12),
        reverse("training:session", args=[session.pk]),
    )
    assert list(event.find(user, [site.pk], date(2025, 1, 1), date(2025, 12, 31))) == []
