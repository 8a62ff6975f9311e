"""The month of entry: opened, chased once a day, validated, closed, reopened."""

from datetime import date

import pytest

from core.base.errors import UserError
from core.models import Notice
from indicators.enums import CampaignState, Frequency
from indicators.models import Assignment, Campaign
from indicators.services import campaigns
from organisations.enums import Role
from tests.core.factories import HolidayFactory, HolidayZoneFactory
from tests.indicators.factories import AssignmentFactory, CampaignFactory, IndicatorFactory, ValueFactory
from tests.organisations.factories import PrefectureFactory, ServiceFactory, UserFactory, user_with

pytestmark = pytest.mark.django_db
DAY = date(2020, 2, 20)


@pytest.fixture
def campaign():
    return CampaignFactory()


@pytest.fixture
def unit(campaign):
    return ServiceFactory(parent=campaign.site)


@pytest.fixture
def assignment(unit):
    return AssignmentFactory(unit=unit)


def test_the_first_of_the_month_opens_the_month_before_where_indicators_are_followed(assignment):
    Campaign.objects.all().delete()
    HolidayFactory(zone=assignment.site.holiday_zone, date=date(2020, 1, 1))
    (opened,) = campaigns.open_due_months(date(2020, 3, 1))
    assert (opened.site, opened.year, opened.month, opened.due_on) == (assignment.site, 2020, 2, date(2020, 3, 13))
    assert campaigns.open_due_months(date(2020, 3, 1)) == [opened]


def test_a_site_without_its_holidays_does_not_stop_the_others(assignment):
    Campaign.objects.all().delete()
    HolidayFactory(zone=assignment.site.holiday_zone, date=date(2020, 1, 1))
    bare = PrefectureFactory(holiday_zone=HolidayZoneFactory(code="nulle-part", name="Nulle part"))
    AssignmentFactory(unit=ServiceFactory(parent=bare))
    assert [opened.site for opened in campaigns.open_due_months(date(2020, 3, 1))] == [assignment.site]


def test_january_opens_december_of_the_year_before():
    assert campaigns.previous_month(date(2021, 1, 1)) == (2020, 12)


def test_a_month_is_validated_then_closed_then_reopened_with_a_reason(campaign):
    by = UserFactory()
    campaigns.validate(campaign, by=by)
    campaign = campaigns.close(campaign, by=by)
    assert (campaign.state, campaign.closed_by) == (CampaignState.CLOSED, by)
    with pytest.raises(UserError, match="raison de la réouverture"):
        campaigns.reopen(campaign, by=by, reason=" ")
    campaign = campaigns.reopen(campaign, by=by, reason="oubli du service séjour")
    assert (campaign.state, campaign.closed_by) == (CampaignState.OPEN, None)
    assert [row.history_change_reason for row in Campaign.history.all()[:3]] == [
        "oubli du service séjour",
        "Clôture du mois",
        "Validation du mois",
    ]


def test_a_month_with_a_figure_missing_is_not_validated(campaign, assignment):
    with pytest.raises(UserError, match=assignment.indicator.label):
        campaigns.validate(campaign, by=None)


def test_a_month_is_not_closed_before_it_is_validated(campaign):
    with pytest.raises(UserError, match="Validez le mois avant de le clore"):
        campaigns.close(campaign, by=None)


def test_a_quarterly_indicator_is_due_in_march_and_not_in_january(unit):
    AssignmentFactory(unit=unit, indicator=IndicatorFactory(frequency=Frequency.QUARTERLY))
    assert [Assignment.objects.due_in(2020, month).count() for month in (1, 2, 3)] == [0, 0, 1]


def test_a_state_counts_as_entered(assignment):
    ValueFactory(indicator=assignment.indicator, unit=assignment.unit, state="closed", value=None)
    assert list(Assignment.objects.missing(2020, 1)) == []


def test_the_head_of_the_service_is_told_once_a_day_of_all_that_lacks(campaign, unit, assignment):
    AssignmentFactory(unit=unit)
    head = user_with(Role.HEAD_OF_SERVICE, unit)
    user_with(Role.QUALITY_REFERENT, campaign.site)
    (told,) = campaigns.chase([campaign], by=None, on=DAY)
    assert (told.person, len(told.assignments)) == (head, 2)
    assert campaigns.chase([campaign], by=None, on=DAY) == []
    assert len(campaigns.chase([campaign], by=None, on=date(2020, 2, 21))) == 1
    assert {(notice.recipient, notice.sent_on.day) for notice in Notice.objects.all()} == {
        (head.email, 20),
        (head.email, 21),
    }


def test_a_service_without_a_head_is_shown_to_the_referent_and_nobody_is_mailed(campaign, assignment):
    (missing,) = campaigns.missing_by_person([campaign], on=DAY)
    assert (missing.person, missing.assignments) == (None, [(campaign, assignment)])
    assert campaigns.chase([campaign], by=None, on=DAY) == []


def test_only_open_months_past_their_day_are_chased(campaign, unit, assignment):
    user_with(Role.HEAD_OF_SERVICE, unit)
    assert campaigns.chase_overdue(date(2020, 2, 10)) == []
    assert len(campaigns.chase_overdue(date(2020, 2, 11))) == 1
