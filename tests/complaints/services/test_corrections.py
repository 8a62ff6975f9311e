"""A case sorted otherwise changes the figures of its month: once the month is closed, they are corrections."""

from datetime import date
from decimal import Decimal

import pytest
import time_machine

from complaints.enums import Channel
from complaints.services import cases
from indicators.enums import CampaignState, Source
from indicators.models import Campaign, Value
from indicators.services import collecting
from organisations.enums import Role
from tests.indicators.factories import CampaignFactory, IndicatorFactory
from tests.organisations.factories import user_with

pytestmark = pytest.mark.django_db


@pytest.fixture
def rq(site):
    return user_with(Role.QUALITY_REFERENT, site)


@pytest.fixture
def march(site):
    """March 2022: two e-mails in scope, one answered in time, one late; its figures collected, then closed."""
    IndicatorFactory(code="e3", label="Réponses dans le délai", collector="complaints_electronic_on_time")
    campaign = CampaignFactory(site=site, year=2022, month=3)
    with time_machine.travel(date(2022, 4, 20), tick=False):
        found = [cases.register(site, channel=Channel.EMAIL, received_on=date(2022, 3, day), by=None) for day in (1, 2)]
        cases.answer(found[0], on=date(2022, 3, 3), by=None)
        collecting.collect(campaign, by=None)
        Campaign.objects.filter(pk=campaign.pk).update(state=CampaignState.CLOSED)
        yield found


def test_a_case_out_of_scope_after_the_closing_corrects_the_closed_month(march, rq):
    _answered, late = march
    before = Value.objects.get()
    assert (before.numerator, before.denominator, before.is_amendment) == (1, 2, False)

    cases.sort(late, in_scope=False, out_of_scope="issuing_delay", by=rq, reason="Dossier individuel")
    after = Value.objects.get()
    assert (after.numerator, after.denominator, after.is_amendment) == (Decimal(1), Decimal(1), True)
    told = after.history.latest()
    assert (told.history_user, told.history_change_reason) == (rq, f"{late.reference} : Dossier individuel")


def test_a_figure_that_somebody_typed_stays(march, rq):
    Value.objects.update(source=Source.TYPED)
    cases.sort(march[1], in_scope=False, by=rq, reason="Dossier individuel")
    assert (Value.objects.get().denominator, Value.objects.get().is_amendment) == (2, False)


def test_a_month_still_open_is_left_to_the_collection_of_the_night(march, rq):
    Campaign.objects.update(state=CampaignState.OPEN)
    cases.sort(march[1], in_scope=False, by=rq, reason="Dossier individuel")
    assert Value.objects.get().denominator == 2
