"""Reminders of campaigns that are behind: to those who run them, once a week, kept as notices."""

from datetime import date

import pytest

from core.models import Notice
from organisations.enums import Role
from surveys.services import reminders
from surveys.tasks import remind_campaigns_behind
from tests.organisations.factories import PrefectureFactory, SousPrefectureFactory, user_with
from tests.surveys.factories import ResponseFactory, SurveyCampaignFactory

pytestmark = pytest.mark.django_db
WEDNESDAY = date(2026, 3, 18)


@pytest.fixture
def site():
    return SousPrefectureFactory(parent=PrefectureFactory(), name="Sous-préfecture d’Aix")


def campaign_of(site, **fields):
    dates = {"starts_on": date(2026, 3, 2), "ends_on": date(2026, 3, 31), "goal": 300}
    return SurveyCampaignFactory(**{"site": site, "title": "Enquête 2026", "code": "enquete"} | dates | fields)


def told() -> list[tuple[str, str]]:
    return list(Notice.objects.order_by("recipient", "sent_on").values_list("recipient", "subject"))


def test_who_runs_a_campaign_that_is_behind_is_told_with_its_count_and_its_page(site):
    referent = user_with(Role.QUALITY_REFERENT, site)
    ResponseFactory.create_batch(2, campaign=campaign_of(site), answered_on=date(2026, 3, 4))
    assert reminders.remind(WEDNESDAY) == 1
    assert told() == [(referent.email, "[Qualité] Enquête 2026 : 2 retours sur 300")]
    body = Notice.objects.get().body
    assert "En retard : à un rythme régulier, 160 retours seraient arrivés." in body
    assert "/enquetes/campagnes/enquete" in body


def test_the_reminder_leaves_once_a_week(site):
    user_with(Role.QUALITY_REFERENT, site)
    campaign_of(site)
    days = [date(2026, 3, day) for day in (16, 17, 18, 20, 23, 24)]
    assert [reminders.remind(day) for day in days] == [1, 0, 0, 0, 1, 0]
    assert list(Notice.objects.order_by("sent_on").values_list("sent_on", flat=True)) == [days[0], days[4]]


def test_a_site_without_its_own_referent_is_told_through_the_prefecture(site):
    above = user_with(Role.DEPUTY_REFERENT, site.parent)
    user_with(Role.RECEPTION_AGENT, site)
    user_with(Role.MANAGEMENT, site.parent)
    campaign_of(site)
    reminders.remind(WEDNESDAY)
    assert [recipient for recipient, _subject in told()] == [above.email]


def test_the_referent_of_the_site_comes_before_that_of_the_prefecture(site):
    own = user_with(Role.QUALITY_REFERENT, site)
    user_with(Role.QUALITY_REFERENT, site.parent)
    campaign_of(site)
    reminders.remind(WEDNESDAY)
    assert [recipient for recipient, _subject in told()] == [own.email]


@pytest.mark.parametrize(
    "fields",
    [
        {"goal": None},
        {"state": "draft"},
        {"state": "closed"},
        {"kind": "mystery"},
        {"starts_on": date(2026, 3, 16)},  # its first days
        {"ends_on": date(2026, 3, 17)},  # over: the home page says to close it
    ],
)
def test_nothing_is_said_of_a_campaign_that_is_not_behind(site, fields):
    user_with(Role.QUALITY_REFERENT, site)
    campaign_of(site, **fields)
    assert reminders.remind(WEDNESDAY) == 0
    assert told() == []


def test_a_campaign_that_nobody_runs_stops_nothing(site):
    campaign_of(site)
    assert reminders.remind(WEDNESDAY) == 0


def test_the_schedule_runs_it_each_working_morning(settings):
    entry = settings.CELERY_BEAT_SCHEDULE["remind-campaigns-behind"]
    assert entry["task"] == remind_campaigns_behind.name
    assert remind_campaigns_behind() == 0
