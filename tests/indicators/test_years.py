"""A year prepared from the one before; what a month lacks explained in one gesture."""

from datetime import date
from decimal import Decimal

import pytest
import time_machine
from django.urls import reverse

from indicators.enums import CampaignState
from indicators.models import Assignment, Reading, Target, Value
from organisations.enums import Role
from tests.indicators.factories import AssignmentFactory, CampaignFactory, IndicatorFactory, TargetFactory
from tests.organisations.factories import ServiceFactory, SousPrefectureFactory, user_with

pytestmark = pytest.mark.django_db


@pytest.fixture
def site():
    return SousPrefectureFactory(code="13-aix", name="Aix")


@pytest.fixture
def december():
    with time_machine.travel("2026-12-15 10:00:00+01:00", tick=False):
        yield


@pytest.fixture
def referent(client, site):
    user = user_with(Role.QUALITY_REFERENT, site)
    client.force_login(user)
    return user


def copy(site) -> str:
    return reverse("indicators:year-copy", args=[site.code, 2027])


def test_a_year_takes_over_what_the_one_before_ended_with_and_no_value(client, december, referent, site):
    year = {"valid_from": date(2026, 1, 1), "valid_until": date(2026, 12, 31)}
    ended, left = (AssignmentFactory(unit=site, **year) for _ in range(2))
    left.valid_until = date(2026, 6, 30)
    left.save()
    lasting = AssignmentFactory(unit=site)
    TargetFactory(indicator=ended.indicator, site=site, value=Decimal("0.92"), **year)
    page = client.get(copy(site)).text
    for words in ("2 lignes de plus dans la grille", "1 affectation à un service", "1 cible de 2026"):
        assert words in page
    response = client.post(copy(site))
    assert response.url == reverse("indicators:grid", args=[site.code, 2027])
    told = client.get(response.url).text
    assert "2027 est prêt : 2 lignes de plus dans la grille ; 1 affectation à un service à partir du 01/01/2027" in told
    new = Assignment.objects.get(valid_from=date(2027, 1, 1))
    assert (new.indicator, new.unit, new.valid_until) == (ended.indicator, site, None)
    target = Target.objects.get(valid_from=date(2027, 1, 1))
    assert (target.value, target.valid_until, target.source) == (
        Decimal("0.92"), date(2027, 12, 31), "Reprise de 2026",
    )  # fmt: skip
    shown = Reading.objects.filter(site=site, year=2027)
    assert set(shown.values_list("indicator", flat=True)) == {ended.indicator_id, lasting.indicator_id}
    assert not Value.objects.exists()
    assert client.post(copy(site), follow=True).text.count("Rien à reprendre de 2026") == 1
    assert Assignment.objects.count() == 4


def test_the_targets_of_what_nobody_follows_any_more_stay_behind(client, december, referent, site):
    year = {"valid_from": date(2026, 1, 1), "valid_until": date(2026, 12, 31)}
    lasting = AssignmentFactory(unit=site).indicator
    Reading.objects.create(indicator=lasting, site=site, year=2027, rule="mean")
    left = IndicatorFactory()
    for indicator in (lasting, left):
        TargetFactory(indicator=indicator, site=site, value=Decimal("0.92"), **year)
    told = client.post(copy(site), follow=True).text
    assert "2027 est prêt : 1 cible de 2026, jusqu’au 31/12/2027." in told
    assert Target.objects.get(valid_from=date(2027, 1, 1)).indicator == lasting
    assert not Reading.objects.filter(indicator=left, year=2027).exists()


def test_an_empty_year_offers_to_take_over_the_one_before(client, december, referent, site):
    AssignmentFactory(unit=site)
    Reading.objects.create(indicator=IndicatorFactory(), site=site, year=2026, rule="mean")
    text = client.get(reverse("indicators:grid", args=[site.code, 2027])).text
    assert (copy(site) in text, "Reprendre 2026" in text) == (True, True)


@pytest.fixture
def campaign(site):
    return CampaignFactory(site=site, year=2020, month=3)


def explain(campaign) -> str:
    return reverse("indicators:campaign-explain", args=[campaign.pk])


def test_what_a_month_lacks_is_explained_in_one_gesture(client, referent, site, campaign):
    rows = [AssignmentFactory(unit=ServiceFactory(parent=site)) for _ in range(3)]
    kept = [row.pk for row in rows[:2]]
    assert client.get(explain(campaign)).text.count("checked") == 3
    sent = {"state": "closed", "reason": "Confinement", "figures": kept}
    page = client.post(explain(campaign), sent, follow=True)
    assert "2 valeurs expliquées." in page.text
    told = Value.objects.order_by("indicator").values_list("indicator", "unit", "month", "state", "reason")
    assert list(told) == [(row.indicator_id, row.unit_id, 3, "closed", "Confinement") for row in rows[:2]]
    assert len(set(Value.history.values_list("changeset", flat=True)) - {None}) == 1


def test_a_state_that_must_say_why_and_a_closed_month_are_refused(client, referent, site, campaign):
    row = AssignmentFactory(unit=site)
    sent = {"state": "closed", "reason": "", "figures": [row.pk]}
    assert "Donnez la raison" in client.post(explain(campaign), sent).text
    campaign.state = CampaignState.CLOSED
    campaign.save()
    assert "Ce mois est clos" in client.post(explain(campaign), sent | {"reason": "Travaux"}).text
    assert not Value.objects.exists()


@time_machine.travel("2020-05-15 10:00:00+01:00", tick=False)
def test_my_entry_keeps_to_the_site_asked_for(client, referent, site):
    here, there = AssignmentFactory(unit=site), AssignmentFactory()
    client.force_login(user_with(Role.QUALITY_REFERENT, site.parent))
    page = client.get(reverse("indicators:entry", args=[2020, 4]), {"site": site.code}).text
    assert (here.indicator.label in page, there.indicator.label in page) == (True, False)
