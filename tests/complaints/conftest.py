"""A site with the real public holidays, in 2022."""

from datetime import date

import pytest

from core.models import Holiday
from core.time.holidays import ZONES, seed
from tests.organisations.factories import ServiceFactory, SousPrefectureFactory

METROPOLE = next(zone for zone in ZONES if zone.code == "metropole")
DAYS = seed(METROPOLE, range(2021, 2028))


@pytest.fixture
def site():
    site = SousPrefectureFactory(code="aix", name="Sous-préfecture d’Aix")
    zone = site.holiday_zone
    Holiday.objects.bulk_create([Holiday(zone=zone, date=day, label=label) for day, label in DAYS.items()])
    return site


@pytest.fixture
def service(site):
    return ServiceFactory(code="aix-etrangers", name="Bureau des étrangers", sigle="BDE", parent=site)


@pytest.fixture
def at_the_end_of_2022(time_machine):
    time_machine.move_to(date(2022, 12, 31), tick=False)
