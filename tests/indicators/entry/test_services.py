"""All one’s services on one page: which is shown, where the hands go, what is said of time."""

from datetime import date
from decimal import Decimal

import pytest
import time_machine

from organisations.enums import Role
from tests.indicators.entry.conftest import cell, entry
from tests.indicators.factories import AssignmentFactory, CampaignFactory, IndicatorFactory, ValueFactory
from tests.organisations.factories import ServiceFactory, user_with

pytestmark = pytest.mark.django_db


@pytest.fixture
def sister(assignment):
    sister = ServiceFactory(parent=assignment.unit.parent, name="Bureau des collectivités")
    AssignmentFactory(unit=sister, indicator=IndicatorFactory(label="Courriers des maires"))
    return sister


def test_all_ones_services_are_on_one_page_each_with_its_count(client, assignment, sister):
    ValueFactory(indicator=assignment.indicator, unit=assignment.unit, year=2026, month=10)
    client.force_login(user_with(Role.QUALITY_REFERENT, assignment.unit.parent))
    page = client.get(entry())
    assert ("Taux d’appels aboutis" in page.text, "Courriers des maires" in page.text) == (True, True)
    assert [(one.unit.name, one.entered, len(one.cells)) for one in page.context_data["services"]] == [
        ("Bureau des collectivités", 0, 1), ("Bureau de l’accueil", 1, 1),
    ]  # fmt: skip
    assert ("1 sur 2" in page.text, "Choisir un service" in page.text) == (True, False)


def test_one_service_is_shown_where_it_is_asked_for(client, assignment, sister):
    client.force_login(user_with(Role.QUALITY_REFERENT, assignment.unit.parent))
    text = client.get(f"{entry()}?service={sister.code}").text
    assert ("Taux d’appels aboutis" in text, "Courriers des maires" in text) == (False, True)
    assert "Choisir un service (2)" in text
    form = f'action="{cell(sister.assignments.get())}?service={sister.code}"'
    assert form in text


def test_too_many_figures_for_a_page_are_shown_by_service_the_first_one_lacking_some(
    client, assignment, sister, monkeypatch
):
    monkeypatch.setattr("indicators.views.entry.MOST", 1)
    ValueFactory(indicator=assignment.indicator, unit=assignment.unit, year=2026, month=10)
    client.force_login(user_with(Role.QUALITY_REFERENT, assignment.unit.parent))
    text = client.get(entry()).text
    assert ("Taux d’appels aboutis" in text, "Courriers des maires" in text) == (False, True)


def test_the_first_empty_figure_has_the_focus_and_the_end_leads_on(client, head, service, assignment):
    other = AssignmentFactory(unit=service, indicator=IndicatorFactory(position=2))
    ValueFactory(indicator=assignment.indicator, unit=service, year=2026, month=10)
    page = client.get(entry())
    assert (page.context_data["first"], page.text.count(" autofocus")) == (str(other.pk), 1)
    assert 'data-entry-end tabindex="-1" hidden' in page.text
    ValueFactory(indicator=other.indicator, unit=service, year=2026, month=10)
    page = client.get(entry())
    assert (page.context_data["first"], page.text.count(" autofocus")) == (None, 0)
    assert 'Merci ! <a class="fr-link" href="/">Voir ce qui reste à faire</a>' in page.text


@pytest.mark.parametrize(("on", "words"), [("2026-11-29", "en retard de 13 jours"), ("2026-11-14", "dans 2 jours")])
def test_how_late_the_month_is_is_told_in_days(client, head, assignment, on, words):
    CampaignFactory(site=assignment.site, year=2026, month=10, due_on=date(2026, 11, 16))
    with time_machine.travel(f"{on}T12:00", tick=False):
        text = client.get(entry()).text
    assert "À saisir pour le 16/11/2026" in text
    assert words in text


def test_what_is_usual_stands_beside_the_figure_once_three_months_are_known(client, head, assignment):
    for month, (numerator, denominator) in enumerate([(54, 60), (60, 66), (72, 75)], start=7):
        assert "d’habitude" not in client.get(entry()).text
        ValueFactory(indicator=assignment.indicator, unit=assignment.unit, year=2026, month=month,
                     numerator=numerator, denominator=denominator, value=Decimal(numerator) / denominator)  # fmt: skip
    assert "d’habitude 90\u202f% à 96\u202f%, sur 60 à 75" in client.get(entry()).text


def test_a_service_without_indicator_reads_who_assigns_them(client, head):
    assert "Aucun indicateur n’est affecté à vos services" in client.get(entry()).text


def test_a_state_already_given_and_a_comment_stand_in_the_figure_and_survive(client, head, assignment):
    client.post(cell(assignment), {"state": "closed", "reason": "Travaux", "comment": "Guichet", "version": "0"})
    text = client.get(entry()).text
    assert '<input type="radio" name="state" value="closed" checked>' in text
    assert ('value="Travaux"' in text, "Guichet</textarea>" in text) == (True, True)
    assert "data-entry-more" not in text


def test_a_page_of_85_figures_is_light(client, head, service):
    for number in range(85):
        AssignmentFactory(unit=service, indicator=IndicatorFactory(label=f"Taux de réponse aux courriels n° {number}"))
    response = client.get(entry())
    assert response.text.count("data-entry data-") + response.text.count("data-entry>") == 85
    assert len(response.content) < 115_000


def test_a_service_all_entered_leads_to_the_next_one_that_lacks_figures(client, head, service, assignment):
    ValueFactory(indicator=assignment.indicator, unit=service, year=2026, month=10)
    desk = ServiceFactory(parent=service, name="Guichet")
    AssignmentFactory(unit=desk)
    shown = f"{entry()}?service={service.code}"
    link = f'<a class="fr-link" href="?service={desk.code}">Continuer avec Guichet</a>'
    assert link in client.get(shown).text
    assert "Continuer avec" not in client.get(f"{entry()}?service={desk.code}").text
