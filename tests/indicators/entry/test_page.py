"""« Ma saisie »: what is due, and what stands beside each figure."""

from datetime import date
from decimal import Decimal

import pytest
import time_machine
from django.urls import reverse

from tests.core.page_checks import query_count
from tests.indicators.entry.conftest import entry
from tests.indicators.factories import AssignmentFactory, CampaignFactory, IndicatorFactory, TargetFactory, ValueFactory

pytestmark = pytest.mark.django_db
ENTRY_QUERIES = 10


def test_the_page_opens_on_the_newest_open_month(client, head, assignment):
    CampaignFactory(site=assignment.site, year=2026, month=9, due_on=date(2026, 10, 14))
    CampaignFactory(site=assignment.site, year=2026, month=10, due_on=date(2026, 11, 16))
    text = client.get(reverse("indicators:entry")).text
    assert "Ma saisie – octobre 2026" in text
    assert "À saisir pour le 16/11/2026" in text


@time_machine.travel("2026-11-21 10:00:00+01:00", tick=False)
def test_without_an_open_month_the_page_opens_on_the_month_just_ended(client, head, assignment):
    assert "Ma saisie – octobre 2026" in client.get(reverse("indicators:entry")).text


def test_the_month_before_and_the_target_stand_beside_each_figure(client, head, assignment):
    ValueFactory(indicator=assignment.indicator, unit=assignment.unit, year=2026, month=9, value=Decimal("0.987"))
    TargetFactory(indicator=assignment.indicator, value=Decimal("0.9"))
    text = client.get(entry()).text
    assert "septembre : <strong>98,7\u202f%</strong>" in text
    assert "cible ≥\u202f90\u202f%" in text
    assert "0 sur 1" in text


def test_the_month_before_january_is_december_of_the_year_before(client, head, assignment):
    ValueFactory(indicator=assignment.indicator, unit=assignment.unit, year=2025, month=12, value=Decimal("0.5"))
    assert "décembre : <strong>50\u202f%</strong>" in client.get(entry(2026, 1)).text


def test_only_the_figures_of_ones_own_services_are_due(client, head, assignment):
    AssignmentFactory(indicator=IndicatorFactory(label="Celui d’un autre service"))
    text = client.get(entry()).text
    assert "Taux d’appels aboutis" in text
    assert "Celui d’un autre service" not in text


def test_a_quarterly_figure_is_due_in_march_and_not_in_february(client, head, service):
    AssignmentFactory(unit=service, indicator=IndicatorFactory(label="Délai du trimestre", frequency="quarterly"))
    assert "Délai du trimestre" in client.get(entry(2026, 3)).text
    assert "Rien à saisir ce mois-ci" in client.get(entry(2026, 2)).text


def test_the_page_costs_the_same_with_one_and_three_figures(client, head, service, assignment):
    first = query_count(client, entry())
    for _ in range(2):
        ValueFactory(indicator=AssignmentFactory(unit=service).indicator, unit=service, year=2026, month=10)
    assert (first, query_count(client, entry())) == (ENTRY_QUERIES, ENTRY_QUERIES)
