"""Meetings that deadlines wait for."""

from datetime import date

import pytest

from actions import events
from actions.enums import Origin
from core.base import registries
from core.time.fuzzy_dates import parse, resolve, words
from tests.actions.factories import PlanFactory
from tests.organisations.factories import SousPrefectureFactory

pytestmark = pytest.mark.django_db


def test_the_next_clu_is_the_next_plan_born_of_one_at_the_site():
    site, elsewhere = SousPrefectureFactory(), SousPrefectureFactory()
    for day in (date(2016, 6, 1), date(2016, 2, 4), date(2015, 2, 1)):
        PlanFactory(site=site, origin=Origin.CLU, origin_on=day)
    PlanFactory(site=site, origin=Origin.COPIL, origin_on=date(2016, 1, 10))
    PlanFactory(site=elsewhere, origin=Origin.CLU, origin_on=date(2015, 12, 1))
    found = registries.event_dates.get("clu").find(site, date(2015, 11, 9))
    assert list(found) == [date(2016, 2, 4), date(2016, 6, 1)]
    fuzzy = resolve(parse("pour le prochain CLU"), found, written_on=date(2015, 11, 9))
    assert words(fuzzy) == "au prochain CLU (le 04/02/2016)"
    assert list(registries.event_dates.get("copil").find(site, date(2015, 11, 9))) == [date(2016, 1, 10)]


def test_registering_twice_is_harmless():
    events.register()
    assert parse("lors du prochain COPIL").event == "copil"
