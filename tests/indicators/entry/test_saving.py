"""What saving a figure says, asks and refuses."""

from decimal import Decimal

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from indicators.enums import CampaignState, Measure
from indicators.models import Value
from tests.indicators.entry.conftest import HTMX, SCRIPT, cell, counts, entry, shown
from tests.indicators.factories import AssignmentFactory, CampaignFactory, IndicatorFactory, ValueFactory

pytestmark = pytest.mark.django_db
SAVE_QUERIES = 28


def test_counts_are_saved_and_their_rate_is_said(client, head, assignment):
    response = client.post(cell(assignment), counts("148", "150"), headers=SCRIPT)
    text, value = shown(response), Value.objects.get()
    assert (value.numerator, value.denominator, value.value) == (148, 150, Decimal("0.986667"))
    assert (value.entered_by, value.source, value.version) == (head, "typed", 1)
    assert "Enregistré à" in text
    assert "98,7\u202f% (148 sur 150)" in text
    assert response.json()["fields"] == {"version": "1"}


def test_saving_costs_few_queries_whatever_the_number_of_figures(client, head, service, assignment):
    for _ in range(3):
        AssignmentFactory(unit=service)
    with CaptureQueriesContext(connection) as queries:
        client.post(cell(assignment), counts("148", "150"), headers=SCRIPT)
    assert len(queries) == SAVE_QUERIES


def test_without_script_saving_leads_back_to_the_page(client, head, assignment):
    response = client.post(cell(assignment), counts("148", "150"))
    assert response.status_code == 302
    assert response.url == f"{entry()}#saisie-{assignment.pk}"
    response = client.post(f"{cell(assignment)}?service=accueil", counts("149", "150", version="1"))
    assert response.url == f"{entry()}?service={assignment.unit.code}#saisie-{assignment.pk}"


def test_a_zero_after_98_percent_is_asked_about_and_kept_once_confirmed(client, head, assignment):
    ValueFactory(indicator=assignment.indicator, unit=assignment.unit, year=2026, month=9, value=Decimal("0.98"))
    text = shown(client.post(cell(assignment), counts("0", "150"), headers=SCRIPT))
    assert "0\u202f% après 98\u202f% : est-ce exact ?" in text
    assert Value.objects.filter(month=10).count() == 0
    text = shown(client.post(cell(assignment), counts("0", "150", confirmed="1"), headers=SCRIPT))
    assert "Enregistré à" in text
    assert Value.objects.get(month=10).value == 0


def test_a_numerator_above_its_denominator_is_asked_about(client, head, assignment):
    text = shown(client.post(cell(assignment), counts("151", "150"), headers=SCRIPT))
    assert "Le numérateur (151) dépasse le dénominateur (150)" in text


def test_an_older_version_shows_both_values_and_lets_choose(client, head, assignment):
    ValueFactory(indicator=assignment.indicator, unit=assignment.unit, year=2026, month=10, value=Decimal("0.9"))
    text = shown(client.post(cell(assignment), counts("148", "150"), headers=SCRIPT))
    assert "Votre saisie : <strong>98,7\u202f% (148 sur 150)</strong>" in text
    assert "<strong>90\u202f%</strong>" in text
    assert Value.objects.get().value == Decimal("0.9")
    client.post(cell(assignment), counts("148", "150", replaces="1"), headers=SCRIPT)
    assert Value.objects.get().value == Decimal("0.986667")


def test_without_script_a_conflict_is_a_page_with_status_409(client, head, assignment):
    ValueFactory(indicator=assignment.indicator, unit=assignment.unit, year=2026, month=10, value=Decimal("0.9"))
    assert client.post(cell(assignment), counts("148", "150")).status_code == 409


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({"value": "abc"}, "n’est pas un nombre"),
        ({"value": "0,987"}, "se lit de deux façons"),
        ({"numerator": "12"}, "Donnez les deux effectifs, ou aucun."),
        ({"numerator": "1,5", "denominator": "3"}, "n’est pas un nombre entier"),
        ({"numerator": "1", "denominator": "0"}, "Choisissez l’état « Aucun cas »"),
        ({"state": "closed"}, "Donnez la raison"),
        ({"state": "no_case", "value": "98 %"}, "gardez l’une des deux"),
        ({}, "Saisissez une valeur, ou dites pourquoi il n’y en a pas."),
    ],
)
def test_what_cannot_be_kept_is_refused_in_words(client, head, assignment, data, message):
    text = shown(client.post(cell(assignment), {"version": "0"} | data, headers=SCRIPT))
    assert 'data-outcome="error"' in text
    assert message in text
    assert Value.objects.count() == 0


def test_a_state_is_saved_with_its_reason(client, head, assignment):
    client.post(cell(assignment), {"state": "closed", "reason": "Travaux", "version": "0"}, headers=SCRIPT)
    value = Value.objects.get()
    assert (value.state, value.reason, value.value) == ("closed", "Travaux", None)


def test_a_delay_is_typed_in_days(client, head, service):
    indicator = IndicatorFactory(measure=Measure.DAYS, year_rule="mean", numerator_label="", denominator_label="")
    assignment = AssignmentFactory(unit=service, indicator=indicator)
    client.post(cell(assignment), {"value": "2,4 jours", "version": "0"}, headers=SCRIPT)
    assert Value.objects.get().value == Decimal("2.4")


def test_a_closed_month_says_so_and_asks_for_a_reason(client, head, assignment):
    CampaignFactory(site=assignment.site, year=2026, month=10, state=CampaignState.CLOSED)
    assert "Ce mois est clos" in client.get(entry()).text
    text = shown(client.post(cell(assignment), counts("148", "150"), headers=SCRIPT))
    assert "Le mois 10/2026 est clos : indiquez la raison de la rectification." in text
    client.post(cell(assignment), counts("148", "150", amendment_reason="Erreur de saisie"), headers=SCRIPT)
    assert Value.objects.get().is_amendment


def test_a_month_that_is_none_does_not_exist(client, head, assignment):
    assert client.get(entry(2026, 13)).status_code == 404
    assert client.get(cell(assignment, 1999, 1)).status_code == 404


def test_the_cell_alone_is_a_page_or_a_fragment(client, head, assignment):
    page, fragment = client.get(cell(assignment)).text, client.get(cell(assignment), headers=HTMX).text
    assert "<h1" in page
    assert "<h1" not in fragment
    assert f'id="saisie-{assignment.pk}"' in fragment


@time_machine.travel("2026-11-21 10:00:00+01:00", tick=False)
def test_saving_from_the_grid_sends_back_the_cell_the_reading_and_the_count(client, head, assignment):
    text = shown(client.post(cell(assignment), counts("148", "150", place="grid"), headers=SCRIPT))
    indicator = assignment.indicator_id
    assert [f'id="{name}{indicator}{rest}"' in text for name, rest in (("c", "-10"), ("r", ""), ("d", ""))] == [
        True
    ] * 3
    assert "1/10" in text


def test_the_same_figure_saved_again_from_the_grid_leaves_nothing_to_take_back(client, head, assignment):
    first, again = (
        client.post(cell(assignment), counts("148", "150", place="grid"), headers=SCRIPT).json() for _ in range(2)
    )
    assert ("undo" in first, again["outcome"], "undo" in again) == (True, "saved", False)
