"""Results of a campaign: rows, withheld percentages, cuts, what the public may see, the kept summary."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
import time_machine
from django.utils import timezone

from surveys import results
from surveys.enums import CampaignState, Channel, Kind, QuestionKind
from surveys.models import Campaign
from surveys.results import reading
from surveys.results.plain import rows_of
from surveys.services import campaigns
from surveys.services import results as services
from surveys.services.results import refresh
from surveys.tasks import refresh_results
from tests.surveys.factories import (
    PlaceFactory,
    QuestionFactory,
    QuestionnaireFactory,
    ResponseFactory,
    SurveyCampaignFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def campaign():
    questionnaire = QuestionnaireFactory()
    QuestionFactory(questionnaire=questionnaire, code="courtoisie", position=1)
    QuestionFactory(questionnaire=questionnaire, code="attente", position=2, label="le délai d’attente")
    QuestionFactory(
        questionnaire=questionnaire, code="profil", position=3, kind=QuestionKind.CHOICE, label="Vous êtes",
        choices=[{"code": "elu", "label": "un élu"}, {"code": "usager", "label": "un usager"}],
    )  # fmt: skip
    QuestionFactory(questionnaire=questionnaire, code="suggestions", position=4, kind=QuestionKind.TEXT)
    return SurveyCampaignFactory(questionnaire=questionnaire, significance_threshold=3)


def respond(campaign, courtesy="satisfied", **fields):
    return ResponseFactory(campaign=campaign, answers={"courtoisie": courtesy, **fields.pop("more", {})}, **fields)


def test_a_row_per_criterion_in_the_order_of_the_questionnaire(campaign):
    for courtesy in ("very_satisfied", "satisfied", "dissatisfied", "na"):
        respond(campaign, courtesy)
    found = results.for_campaign(campaign)
    first, second = found.rows
    assert (found.returns, found.forms, len(found)) == (4, 3, 2)
    assert (first.criterion, first.satisfied, first.answered, first.not_concerned, first.blank) == (
        "la courtoisie des agents", 2, 3, 1, 0,
    )  # fmt: skip
    assert (second.criterion, second.answered, second.blank) == ("le délai d’attente", 0, 4)


def test_a_percentage_under_the_threshold_is_withheld_with_its_interval(campaign):
    for courtesy in ("satisfied", "dissatisfied"):
        respond(campaign, courtesy)
    row = results.for_campaign(campaign).rows[0]
    assert (row.significant, row.rate, row.low, row.high, row.net) == (False, None, None, None, None)
    assert (row.satisfied, row.answered) == (1, 2)


def test_a_form_set_aside_does_not_count(campaign):
    respond(campaign)
    respond(campaign, withdrawn_at=datetime(2021, 9, 2, tzinfo=UTC), withdrawn_reason="essai")
    assert results.for_campaign(campaign).returns == 1


def test_the_cuts_by_place_channel_and_month_have_words(campaign):
    hall = PlaceFactory(site=campaign.site, name="Hall")
    respond(campaign, place=hall, channel=Channel.TABLET, answered_on=date(2021, 8, 31))
    respond(campaign)
    found = results.for_campaign(campaign)
    assert [(cut.label, cut.returns) for cut in found.cuts("place")] == [("Hall", 1), ("Lieu non précisé", 1)]
    assert [(cut.label, cut.returns) for cut in found.cuts("channel")] == [
        ("Tablette du hall", 1),
        ("Lien internet", 1),
    ]
    assert [(cut.label, cut.returns) for cut in found.cuts("month")] == [("août 2021", 1), ("septembre 2021", 1)]
    assert (found.first_on, found.last_on) == (date(2021, 8, 31), date(2021, 9, 1))


def test_choices_are_told_with_their_labels_and_texts_counted(campaign):
    respond(campaign, more={"profil": "elu", "suggestions": "Des sièges"})
    found = results.for_campaign(campaign)
    assert found.choices[0].answers == [("un élu", 1), ("un usager", 0)]
    assert found.texts == {"suggestions": 1}


def test_overall_puts_the_criteria_together(campaign):
    respond(campaign, "satisfied", more={"attente": "dissatisfied"})
    respond(campaign, "satisfied")
    found = results.for_campaign(campaign).overall
    assert (found.satisfied, found.answered, found.forms) == (2, 3, 2)
    assert found.rate == Decimal(2) / 3


def test_the_weakest_and_the_strongest_leave_out_what_is_withheld(campaign):
    for _ in range(3):
        respond(campaign, "satisfied", more={"attente": "dissatisfied"})
    found = results.for_campaign(campaign)
    assert [row.question for row in found.weakest(5)] == ["attente", "courtoisie"]
    assert [row.question for row in found.strongest(1)] == ["courtoisie"]


def test_the_rows_in_plain_values_are_ratios_and_withheld_ones_are_null(campaign):
    for _ in range(3):
        respond(campaign)
    first, second = rows_of(results.for_campaign(campaign))
    assert list(first) == ["criterion", "satisfied", "answered", "returns", "rate", "low", "high", "significant"]
    assert (first["satisfied"], first["answered"], first["returns"], first["rate"], first["high"]) == (3, 3, 3, 1, 1)
    assert first["low"] == pytest.approx(0.4385, abs=1e-4)
    assert (second["rate"], second["low"], second["high"], second["significant"]) == (None, None, None, False)


def test_a_mystery_campaign_says_yes_evaluated_tests(campaign):
    campaign.kind = Kind.MYSTERY
    assert list(rows_of(results.for_campaign(campaign))[0])[1:4] == ["yes", "evaluated", "tests"]


class TestPublic:
    def test_a_base_under_the_least_group_is_emptied_and_said_so(self, campaign):
        respond(campaign)
        row = results.leaving(campaign).public().rows[0]
        assert (row.satisfied, row.answered, row.rate, row.is_hidden) == (0, 0, None, True)

    def test_profiles_and_texts_are_not_public(self, campaign):
        respond(campaign, more={"profil": "elu", "suggestions": "Des sièges"})
        found = results.for_campaign(campaign).public()
        assert (found.choices, found.texts) == ((), {})


class TestSummary:
    def test_refreshing_keeps_the_counts_and_their_digest(self, campaign):
        respond(campaign)
        kept = refresh(campaign)
        assert (kept.returns, kept.payload["answers"]) == (1, {"courtoisie": {"satisfied": 1}})
        assert len(kept.digest) == 64
        assert refresh(campaign).digest == kept.digest

    def test_a_closed_campaign_is_read_from_its_summary(self, campaign):
        respond(campaign)
        kept = refresh(campaign)
        campaign.state = CampaignState.CLOSED
        respond(campaign)
        found = results.for_campaign(campaign)
        assert (found.returns, found.computed_at) == (1, kept.computed_at)

    def test_an_open_campaign_is_counted_on_the_spot(self, campaign):
        refresh(campaign)
        respond(campaign)
        found = results.for_campaign(campaign)
        assert (found.returns, found.computed_at) == (1, None)

    def test_an_open_campaign_with_many_forms_is_read_from_its_summary(self, campaign, monkeypatch):
        monkeypatch.setattr(reading, "LIVE_FORMS", 1)
        respond(campaign)
        respond(campaign)
        refresh(campaign)
        respond(campaign)
        assert results.for_campaign(campaign).returns == 2

    def test_a_closed_campaign_without_summary_is_counted(self, campaign):
        campaign.state = CampaignState.CLOSED
        respond(campaign)
        assert results.for_campaign(campaign).returns == 1

    @pytest.mark.parametrize("number", [1, 3])
    def test_reading_takes_the_same_queries_whatever_the_number_of_forms(
        self, campaign, number, django_assert_num_queries
    ):
        for index in range(number):
            respond(campaign, place=PlaceFactory(site=campaign.site, code=f"l{index}"))
        refresh(campaign)
        campaign.state = CampaignState.CLOSED
        with django_assert_num_queries(3):  # summary, questions, places
            results.for_campaign(campaign)


class TestStale:
    def test_a_form_that_came_in_while_the_campaign_closed_is_counted_soon(self, campaign):
        respond(campaign)
        campaigns.close(campaign, by=None)
        respond(campaign)
        assert results.for_campaign(Campaign.objects.get()).returns == 1
        assert refresh_results() == 1
        assert results.for_campaign(Campaign.objects.get()).returns == 2
        assert refresh_results() == 0

    def test_an_open_campaign_is_counted_anew_once_it_is_large(self, campaign, monkeypatch):
        respond(campaign)
        assert refresh_results() == 0
        monkeypatch.setattr(services, "LIVE_FORMS", 0)
        assert (refresh_results(), refresh_results()) == (1, 0)

    def test_a_campaign_closed_long_ago_is_left_as_it_was_presented(self, campaign):
        campaigns.close(campaign, by=None)
        respond(campaign)
        with time_machine.travel(timezone.now() + timedelta(days=3)):
            assert refresh_results() == 0

    def test_one_campaign_in_error_stops_no_other(self, campaign, monkeypatch):
        monkeypatch.setattr(services, "LIVE_FORMS", 0)
        other = SurveyCampaignFactory(questionnaire=campaign.questionnaire)
        for one in (campaign, other):
            respond(one)
        counted = services.count
        monkeypatch.setattr(services, "count", lambda one: counted(one) if one == other else 1 / 0)
        assert refresh_results() == 1
