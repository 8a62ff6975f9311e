"""How many figures are due and missing in a month."""

from datetime import date

import pytest

from indicators.completeness import completeness_of
from tests.indicators.factories import AssignmentFactory, CampaignFactory, ValueFactory
from tests.organisations.factories import ServiceFactory, SousPrefectureFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def site():
    return SousPrefectureFactory()


def enter(assignment, **fields):
    ValueFactory(indicator=assignment.indicator, unit=assignment.unit, site=assignment.site, **fields)


def counts(*campaigns, **options) -> list[tuple[int, int, int]]:
    return [(count.due, count.entered, count.missing) for count in completeness_of(campaigns, **options)]


def test_a_month_counts_what_is_due_and_what_is_entered(site):
    one, _other = (AssignmentFactory(unit=ServiceFactory(parent=site)) for _ in range(2))
    enter(one, month=1)
    january, february = (CampaignFactory(site=site, month=month) for month in (1, 2))
    assert counts(january, february) == [(2, 1, 1), (2, 0, 2)]


def test_a_figure_entered_as_missing_is_still_missing(site):
    enter(AssignmentFactory(unit=ServiceFactory(parent=site)), state="missing", value=None)
    assert counts(CampaignFactory(site=site)) == [(1, 0, 1)]


@pytest.mark.parametrize(
    ("fields", "due"),
    [
        ({"valid_from": date(2020, 1, 31)}, 1),
        ({"valid_from": date(2020, 2, 1)}, 0),
        ({"valid_until": date(2020, 1, 1)}, 1),
        ({"valid_until": date(2019, 12, 31)}, 0),
        ({"indicator__is_active": False}, 0),
        ({"indicator__frequency": "quarterly"}, 0),
    ],
)
def test_a_figure_is_due_while_it_is_assigned_and_in_its_months(site, fields, due):
    AssignmentFactory(unit=ServiceFactory(parent=site), **fields)
    assert counts(CampaignFactory(site=site)) == [(due, 0, due)]


def test_december_ends_with_the_year(site):
    AssignmentFactory(unit=ServiceFactory(parent=site), valid_from=date(2020, 12, 31))
    assert counts(CampaignFactory(site=site, month=12)) == [(1, 0, 1)]


def test_only_the_named_units_are_counted(site):
    mine, _other = (AssignmentFactory(unit=ServiceFactory(parent=site)) for _ in range(2))
    assert counts(CampaignFactory(site=site), unit_ids={mine.unit_id}) == [(1, 0, 1)]


def test_the_months_of_a_year_take_two_queries(site, django_assert_num_queries):
    AssignmentFactory(unit=ServiceFactory(parent=site))
    campaigns = [CampaignFactory(site=site, month=month) for month in range(1, 13)]
    with django_assert_num_queries(2):
        completeness_of(campaigns)


def test_no_month_takes_no_query(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert completeness_of([]) == []
