"""The surveys of the demonstration: the figures of March 2022 to the unit, years to compare with, one open campaign."""

import json
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
import time_machine
from django.core.management import call_command

from demo import organisation, surveys
from organisations.models import Unit
from surveys.enums import CampaignState
from surveys.models import Campaign, CampaignResult, CollectionPoint, Feedback, Place, Response, SurveyImport, Verbatim
from surveys.services import questionnaire_loading
from tests.core.factories import HolidayZoneFactory
from tests.organisations.factories import UserFactory

TODAY = date(2026, 11, 21)
EXPECTED = json.loads((Path(__file__).parents[1] / "data" / "expected.json").read_text(encoding="utf-8"))
COUNTED = (Campaign, Campaign.history.model, CollectionPoint, Feedback, Place, Response, SurveyImport, Verbatim)


@pytest.fixture
def load(db):
    """Load the surveys alone, as on a day."""
    HolidayZoneFactory()
    questionnaire_loading.load()
    units = organisation.load_units(by=None)
    people = {"rq": UserFactory()}

    def loaded(today: date) -> None:
        with time_machine.travel(f"{today} 10:00", tick=False):
            surveys.load_surveys(units, people, today=today, seed=2020)

    return loaded


def printed(code: str) -> list[dict]:
    out = StringIO()
    call_command("survey_results", "--campaign", code, "--format", "json", stdout=out)
    return json.loads(out.getvalue())


def test_the_campaigns_of_march_2022_give_the_published_figures(load):
    load(TODAY)
    found = [(row["criterion"], row["satisfied"], row["answered"]) for row in printed("clu-2022-satisfaction")]
    expected = [(row["criterion"], row["satisfied"], row["answered"]) for row in EXPECTED["clu_2022_satisfaction"]]
    assert found == expected
    found = [(row["criterion"], row["yes"], row["evaluated"], row["tests"]) for row in printed("clu-2022-mystere")]
    expected = [(row["criterion"], row["yes"], row["evaluated"], row["calls"]) for row in EXPECTED["clu_2022_mystery"]]
    assert found == expected
    assert all(row["rate"] is not None for row in printed("clu-2022-mystere"))


def test_the_calls_are_dated_after_the_meeting_as_the_slides_print_them(load):
    load(TODAY)
    campaign = Campaign.objects.get(code="clu-2022-mystere")
    days = Response.objects.filter(campaign=campaign).values_list("answered_on", flat=True)
    assert (campaign.starts_on, campaign.ends_on, campaign.presented_on) == (
        date(2022, 5, 10), date(2022, 5, 21), date(2022, 3, 10),
    )  # fmt: skip
    assert (min(days), max(days)) == (date(2022, 5, 10), date(2022, 5, 20))


def test_one_campaign_is_open_with_its_ways_in_and_its_first_forms(load):
    load(TODAY)
    campaign = Campaign.objects.get(state=CampaignState.OPEN)
    assert (campaign.code, campaign.site.code, campaign.goal) == ("satisfaction-aix-2026", "13-aix", 250)
    assert campaign.starts_on < TODAY < campaign.ends_on
    assert sorted(campaign.points.values_list("channel", flat=True)) == ["qr", "qr", "tablet", "tablet", "web"]
    by_way = [point.responses.count() for point in campaign.points.order_by("pk")]
    assert min(by_way) > 0
    assert sum(by_way) == campaign.responses.exclude(channel="paper").count()
    assert {form.received_at.date() for form in campaign.responses.all()} == {
        form.answered_on for form in campaign.responses.all()
    }
    days = campaign.responses.values_list("answered_on", flat=True)
    assert (len(days), max(days) <= TODAY) == (96, True)


def test_every_site_with_a_closed_survey_has_two_years_before_it(load):
    load(TODAY)
    codes = Campaign.objects.filter(kind="satisfaction", state=CampaignState.CLOSED).values_list("code", flat=True)
    assert sorted(codes) == [
        "clu-2022-satisfaction", "satisfaction-aix-2021", "satisfaction-aix-2022", "satisfaction-aix-2024",
        "satisfaction-aix-2025", "satisfaction-demo-2019", "satisfaction-demo-2020",
    ]  # fmt: skip


def test_loading_again_adds_nothing_even_another_day(load):
    load(TODAY)
    before = [model.objects.count() for model in COUNTED]
    load(TODAY)
    load(date(2027, 2, 3))
    assert [model.objects.count() for model in COUNTED] == before


@pytest.mark.parametrize("today", [date(2027, 1, 2), date(2028, 2, 29), date(2026, 7, 14)])
def test_it_loads_on_any_day(load, today):
    load(today)
    assert Campaign.objects.filter(state=CampaignState.OPEN, site=Unit.objects.get(code="13-aix")).count() == 1


def test_the_same_day_and_seed_give_the_same_answers(load):
    load(TODAY)
    answers = list(Response.objects.order_by("campaign__code", "key").values_list("key", "answers", "answered_on"))
    Response.objects.all().delete()
    for model in (Verbatim, Feedback, CollectionPoint):
        model.objects.all().delete()
    CampaignResult.objects.all().delete()
    SurveyImport.objects.all().delete()
    Campaign.objects.all().delete()
    load(TODAY)
    found = dict(Response.objects.exclude(source__isnull=False).values_list("key", "answers"))
    assert found == {key: value for key, value, _ in answers if key in found}
    assert len(found) > 500
