"""How a campaign goes: counted by day, channel, place and point, without what was set aside; its curve."""

from datetime import date

import pytest
from django.utils import timezone

from surveys.follow_up import follow
from tests.surveys.factories import CollectionPointFactory, PlaceFactory, ResponseFactory, SurveyCampaignFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def campaign():
    return SurveyCampaignFactory(starts_on=date(2026, 3, 2), ends_on=date(2026, 3, 31), goal=100)


def receive(campaign, *days: int, **fields) -> None:
    for day in days:
        ResponseFactory(campaign=campaign, answered_on=date(2026, 3, day), **fields)


def test_forms_are_counted_by_channel_place_and_point_and_those_set_aside_are_not(campaign):
    hall = PlaceFactory(site=campaign.site, name="Hall")
    point = CollectionPointFactory(campaign=campaign, channel="qr", place=hall)
    receive(campaign, 2, 3, 3, channel="qr", point=point, place=hall)
    receive(campaign, 4, channel="paper")
    receive(campaign, 5, 6, channel="web", withdrawn_at=timezone.now())
    receive(SurveyCampaignFactory(starts_on=date(2026, 3, 1), ends_on=date(2026, 3, 31)), 4)
    followed = follow(campaign, on=date(2026, 3, 6))
    assert followed.returns == 4
    assert followed.by_channel == [("QR code", 3), ("Formulaire papier", 1)]
    assert followed.by_place == [("Hall", 3), ("Lieu non précisé", 1)]
    assert followed.by_point == {point.pk: 3, None: 1}
    assert followed.by_day == {date(2026, 3, 2): 1, date(2026, 3, 3): 2, date(2026, 3, 4): 1}


def test_without_any_place_known_the_table_of_places_stays_away(campaign):
    receive(campaign, 3)
    assert follow(campaign, on=date(2026, 3, 6)).by_place == []


@pytest.mark.parametrize(
    ("ends_on", "on", "labels"),
    [
        (date(2026, 3, 31), date(2026, 3, 1), []),
        (date(2026, 3, 31), date(2026, 3, 2), ["02/03"]),
        (date(2026, 3, 31), date(2026, 3, 4), ["02/03", "03/03", "04/03"]),
        (date(2026, 3, 31), date(2026, 3, 18), ["04/03", "11/03", "18/03"]),
        (date(2026, 3, 15), date(2026, 6, 1), ["08/03", "15/03"]),
        (date(2026, 8, 31), date(2026, 7, 3), ["mars 26", "avr. 26", "mai 26", "juin 26", "juil. 26"]),
    ],
)
def test_the_curve_goes_by_days_then_weeks_then_months_and_stops_today(campaign, ends_on, on, labels):
    campaign.ends_on = ends_on
    assert [label for label, _count in follow(campaign, on=on).curve] == labels


def test_the_curve_only_rises_and_ends_with_all_the_returns(campaign):
    receive(campaign, 2, 4, 9, 9, 17)
    assert follow(campaign, on=date(2026, 3, 18)).curve == [("04/03", 2), ("11/03", 4), ("18/03", 5)]


def test_a_closed_campaign_is_read_as_over_whatever_the_day(campaign):
    campaign.state = "closed"
    receive(campaign, 2)
    pace = follow(campaign, on=date(2026, 3, 4)).pace
    assert (pace.is_over, pace.is_behind) == (True, True)


@pytest.mark.parametrize("number", [1, 40])
def test_following_costs_two_queries_whatever_the_number_of_forms(campaign, number, django_assert_num_queries):
    receive(campaign, *[2 + n % 20 for n in range(number)])
    with django_assert_num_queries(2):
        follow(campaign, on=date(2026, 3, 6))
