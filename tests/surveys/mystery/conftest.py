"""A mystery campaign at a site, with its grid of calls and a scenario."""

from datetime import date

import pytest
import time_machine
from django.core.management import call_command

from organisations.enums import Role
from surveys.enums import Kind, TestChannel
from surveys.models import Questionnaire
from surveys.services import campaigns, mystery
from tests.core.factories import HolidayFactory, HolidayZoneFactory
from tests.organisations.factories import ServiceFactory, SousPrefectureFactory, user_with


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel("2022-05-12 09:00+02:00", tick=False):
        yield


@pytest.fixture
def site(db):
    zone = HolidayZoneFactory()
    HolidayFactory(zone=zone, date=date(2022, 5, 26), label="Ascension")
    return SousPrefectureFactory(name="Sous-préfecture", holiday_zone=zone)


@pytest.fixture
def service(site):
    return ServiceFactory(parent=site, name="Standard")


@pytest.fixture
def referent(site):
    return user_with(Role.QUALITY_REFERENT, site)


@pytest.fixture
def campaign(site):
    call_command("load_questionnaires", verbosity=0)
    grid = Questionnaire.objects.get(code="mystere-appels")
    campaign = campaigns.create(
        title="Appels mystère 2022", kind=Kind.MYSTERY, questionnaire=grid, site=site, starts_on=date(2022, 5, 10),
        ends_on=date(2022, 5, 27), by=None, code="mystere",
    )  # fmt: skip
    return campaigns.open(campaign, by=None)


@pytest.fixture
def scenario(campaign, service, referent):
    return mystery.add_scenario(
        campaign, channel=TestChannel.CALL, title="Demander les horaires", unit=service, contact="04 00 00 00 00",
        instructions="Se dire étudiant.", by=referent,
    )  # fmt: skip


@pytest.fixture
def point(campaign, referent):
    return mystery.invite(campaign, expires_on=date(2022, 5, 20), by=referent, label="Préfecture de l’Ain")
