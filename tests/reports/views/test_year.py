"""The year of quality: what came back last year, what is planned this year, what is forgotten."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from clu.enums import CommitteeKind
from core.base.year import same_day
from organisations.enums import Role
from tests.audits.factories import LabelFactory
from tests.clu.factories import CommitteeFactory, MeetingFactory
from tests.core.page_checks import query_count
from tests.organisations.factories import SousPrefectureFactory, user_with
from tests.surveys.factories import SurveyCampaignFactory

pytestmark = pytest.mark.django_db
YEAR = "reports:year"


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(date(2026, 5, 20), tick=False):
        yield


@pytest.fixture
def site():
    return SousPrefectureFactory(code="13-aix")


@pytest.fixture
def rq(client, site):
    client.force_login(user_with(Role.QUALITY_REFERENT, site))
    return client


def lines(client, **chosen):
    answer = client.get(reverse(YEAR), chosen)
    assert answer.status_code == 200
    return {line.event.code: (line, is_forgotten) for line, is_forgotten in answer.context_data["lines"]}


def test_what_last_year_had_and_this_year_has_not_is_to_be_planned(rq, site):
    clu = CommitteeFactory(site=site, kind=CommitteeKind.CLU)
    MeetingFactory(committee=clu, held_on=date(2025, 3, 10))
    SurveyCampaignFactory(site=site, starts_on=date(2025, 11, 3), ends_on=date(2025, 11, 14))

    found = lines(rq)

    assert [found[code][0].expected_on for code in ("clu", "satisfaction", "mystery")] == [
        date(2026, 3, 10),
        date(2026, 11, 3),
        None,
    ]
    assert [found[code][1] for code in ("clu", "satisfaction")] == [True, False]
    assert found["clu"][0].plan_url == reverse("clu:committees")


def test_what_is_planned_stands_at_its_day_and_asks_for_nothing(rq, site):
    clu = CommitteeFactory(site=site, kind=CommitteeKind.CLU)
    MeetingFactory(committee=clu, held_on=date(2025, 3, 10))
    MeetingFactory(committee=clu, held_on=date(2026, 6, 4))

    line, is_forgotten = lines(rq)["clu"]

    assert ([one.on for one in line.now], line.expected_on, is_forgotten) == ([date(2026, 6, 4)], None, False)


def test_the_terms_of_a_label_stand_in_their_year(rq, site):
    LabelFactory(site=site, obtained_on=date(2024, 2, 11))

    now = lines(rq, annee="2027")["label_terms"][0].now
    before = lines(rq, annee="2026")["label_terms"][0].before

    assert [(one.on, one.title.rpartition(" : ")[2]) for one in now] == [(date(2027, 2, 11), "dernier jour")]
    assert [one.on for one in before] == [date(2025, 8, 11)]


def test_another_site_is_not_told_of(rq):
    other = SousPrefectureFactory(code="13-arles")
    MeetingFactory(committee=CommitteeFactory(site=other, kind=CommitteeKind.CLU), held_on=date(2026, 6, 4))

    assert lines(rq)["clu"][0].now == []
    assert rq.get(reverse(YEAR), {"site": "13-arles"}).status_code == 404


def test_a_mystery_survey_is_hidden_from_who_serves_the_public(client, site):
    SurveyCampaignFactory(site=site, kind="mystery", starts_on=date(2026, 6, 1), ends_on=date(2026, 6, 30))
    client.force_login(user_with(Role.AUDITOR, site))
    assert client.get(reverse(YEAR)).status_code == 200
    client.force_login(user_with(Role.HEAD_OF_SERVICE, site))
    assert client.get(reverse(YEAR)).status_code == 403


def test_the_calendar_holds_what_is_planned_and_what_is_to_be(rq, site):
    clu = CommitteeFactory(site=site, kind=CommitteeKind.CLU)
    copil = CommitteeFactory(site=site, kind=CommitteeKind.COPIL)
    MeetingFactory(committee=clu, held_on=date(2026, 6, 4))
    MeetingFactory(committee=copil, held_on=date(2025, 9, 15))

    answer = rq.get(reverse("reports:year-calendar"))

    text = answer.content.decode()
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert "DTSTART;VALUE=DATE:20260604" in text
    assert "DTSTART;VALUE=DATE:20260915" in text
    assert text.count("BEGIN:VEVENT") == 2
    assert "SUMMARY:À prévoir : Comité de pilotage (COPIL)" in text


def test_the_page_costs_the_same_queries_whatever_the_year_holds(rq, site):
    clu = CommitteeFactory(site=site, kind=CommitteeKind.CLU)
    MeetingFactory(committee=clu, held_on=date(2026, 6, 4))
    SurveyCampaignFactory(site=site, starts_on=date(2026, 3, 3), ends_on=date(2026, 3, 14))
    first = query_count(rq, reverse(YEAR))
    for month in range(7, 12):
        MeetingFactory(committee=clu, held_on=date(2026, month, 4))
        SurveyCampaignFactory(site=site, starts_on=date(2026, month, 3), ends_on=date(2026, month, 14))
    assert query_count(rq, reverse(YEAR)) == first


def test_the_29_february_is_the_28_where_the_year_has_none():
    assert [same_day(date(2024, 2, 29), year) for year in (2025, 2028)] == [date(2025, 2, 28), date(2028, 2, 29)]
