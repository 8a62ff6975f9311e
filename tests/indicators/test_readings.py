"""Summary rows: always equal to what the values, targets and past results say."""

from datetime import date
from decimal import Decimal

import pytest

from indicators.models import Reading
from indicators.services import readings
from tests.indicators.factories import (
    AssignmentFactory,
    IndicatorFactory,
    PastResultFactory,
    TargetFactory,
    ValueFactory,
)
from tests.organisations.factories import ServiceFactory, SousPrefectureFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def site():
    return SousPrefectureFactory()


@pytest.fixture
def unit(site):
    return ServiceFactory(parent=site)


def refreshed(indicator, site, year=2020):
    readings.refresh(indicator.pk, site.pk, year)
    return Reading.objects.get(indicator=indicator, site=site, year=year)


def test_the_target_of_the_site_goes_before_the_one_for_all(site, unit):
    indicator = IndicatorFactory()
    ValueFactory(indicator=indicator, unit=unit, value=Decimal("0.92"))
    TargetFactory(indicator=indicator, value=Decimal("0.95"))
    assert refreshed(indicator, site).target_met is False
    TargetFactory(indicator=indicator, site=site, value=Decimal("0.9"))
    assert refreshed(indicator, site).target_met is True


def test_a_target_ended_before_the_year_is_not_read(site, unit):
    indicator = IndicatorFactory()
    ValueFactory(indicator=indicator, unit=unit)
    TargetFactory(indicator=indicator, valid_until=date(2019, 12, 31))
    reading = refreshed(indicator, site)
    assert (reading.target_value, reading.target_met) == (None, None)


def test_the_year_before_is_read_from_its_months_then_from_what_was_published(site, unit):
    indicator = IndicatorFactory()
    PastResultFactory(indicator=indicator, site=site, value=Decimal("0.968"), target_met=True)
    ValueFactory(indicator=indicator, unit=unit)
    reading = refreshed(indicator, site)
    assert (reading.previous_value, reading.previous_target_met) == (Decimal("0.968"), True)
    ValueFactory(indicator=indicator, unit=unit, year=2019, value=Decimal("0.9"))
    refreshed(indicator, site, 2019)
    reading.refresh_from_db()
    assert (reading.previous_value, reading.previous_target_met) == (Decimal("0.9"), None)


def test_an_indicator_split_by_service_is_read_for_the_site(site, unit):
    indicator = IndicatorFactory()
    other = ServiceFactory(parent=site)
    for service, numerator in ((unit, 9), (other, 10)):
        AssignmentFactory(indicator=indicator, unit=service, site=site)
        ValueFactory(
            indicator=indicator, unit=service, numerator=numerator, denominator=10, value=Decimal(numerator) / 10
        )
    reading = refreshed(indicator, site)
    assert (reading.value, reading.months[0]["numerator"], reading.months[0]["parts"]) == (Decimal("0.95"), 19, 2)


def test_many_readings_are_refreshed_in_a_constant_number_of_queries(site, unit, django_assert_max_num_queries):
    for count in (1, 20):
        indicators = IndicatorFactory.create_batch(count)
        for indicator in indicators:
            ValueFactory(indicator=indicator, unit=unit)
        with django_assert_max_num_queries(16):
            readings.refresh_many({(indicator.pk, site.pk, 2020) for indicator in indicators})


def test_two_sites_do_not_read_each_other(site, unit):
    indicator = IndicatorFactory()
    elsewhere = ServiceFactory()
    ValueFactory(indicator=indicator, unit=unit, value=Decimal("0.9"))
    ValueFactory(indicator=indicator, unit=elsewhere, value=Decimal("0.1"))
    assert refreshed(indicator, site).value == Decimal("0.9")
