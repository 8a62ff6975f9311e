"""« Ma saisie »: what is due, what saving says, and who may enter what."""

from datetime import date
from decimal import Decimal

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from indicators.enums import CampaignState, Measure
from indicators.models import Value
from organisations.enums import Role
from tests.core.page_checks import query_count
from tests.indicators.factories import AssignmentFactory, CampaignFactory, IndicatorFactory, TargetFactory, ValueFactory
from tests.organisations.factories import ServiceFactory, user_with

pytestmark = pytest.mark.django_db
ENTRY_QUERIES = 10
SAVE_QUERIES = 28
HTMX = {"HX-Request": "true"}
SCRIPT = {"X-Saving": "1", "Accept": "application/json"}


@pytest.fixture
def service():
    return ServiceFactory(name="Bureau de l’accueil")


@pytest.fixture
def head(client, service):
    user = user_with(Role.HEAD_OF_SERVICE, service)
    client.force_login(user)
    return user


@pytest.fixture
def assignment(service):
    return AssignmentFactory(unit=service, indicator=IndicatorFactory(label="Taux d’appels aboutis"))


def entry(year: int = 2026, month: int = 10) -> str:
    return reverse("indicators:entry", args=[year, month])


def cell(assignment, year: int = 2026, month: int = 10) -> str:
    return reverse("indicators:cell", args=[year, month, assignment.pk])


def counts(numerator: str, denominator: str, **more) -> dict:
    return {"numerator": numerator, "denominator": denominator, "version": "0"} | more


def shown(response) -> str:
    """What the answer to a script puts on the page."""
    return "\n".join(response.json()["parts"].values())


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


def test_the_same_figure_saved_twice_is_no_conflict(client, head, assignment):
    for _ in range(2):
        response = client.post(cell(assignment), counts("148", "150"), headers=SCRIPT)
        assert (response.status_code, response.json()["fields"]) == (200, {"version": "1"})
    assert Value.history.count() == 1


def test_whoever_does_not_tell_the_version_overwrites_nothing(client, head, assignment):
    ValueFactory(indicator=assignment.indicator, unit=assignment.unit, year=2026, month=10, value=Decimal("0.9"))
    response = client.post(cell(assignment), counts("148", "150", version=""), headers=SCRIPT)
    assert (response.status_code, response.json()["outcome"]) == (409, "conflict")
    assert Value.objects.get().value == Decimal("0.9")


def test_what_was_typed_in_the_wrong_cell_is_erased_and_to_be_entered_again(client, head, assignment):
    client.post(cell(assignment), counts("148", "150"), headers=SCRIPT)
    response = client.post(cell(assignment), {"erase": "1", "version": "1"}, headers=SCRIPT)
    assert (response.json()["entered"], "à saisir" in shown(response)) == (False, True)
    value = Value.objects.get()
    assert (value.state, value.value, value.numerator) == ("missing", None, None)
    assert Value.history.first().history_change_reason == "Saisie effacée"
    assert "0 sur 1" in client.get(entry()).text


def test_a_figure_drops_the_reason_of_the_state_before_it(client, head, assignment):
    client.post(cell(assignment), {"state": "closed", "reason": "Travaux", "version": "0"}, headers=SCRIPT)
    client.post(cell(assignment), counts("148", "150", version="1", reason="Travaux"), headers=SCRIPT)
    client.post(cell(assignment), {"state": "no_case", "reason": "Travaux", "version": "2"}, headers=SCRIPT)
    told = list(Value.history.order_by("history_id").values_list("state", "reason"))
    assert told == [("closed", "Travaux"), ("measured", ""), ("no_case", "")]


def test_a_zero_too_many_in_both_counts_is_asked_about(client, head, assignment):
    for month in (7, 8, 9):
        ValueFactory(
            indicator=assignment.indicator, unit=assignment.unit, year=2026, month=month,
            value=Decimal("0.942029"), numerator=65, denominator=69,
        )  # fmt: skip
    response = client.post(cell(assignment), counts("650", "690"), headers=SCRIPT)
    assert (response.status_code, response.json()["outcome"]) == (422, "question")
    assert "Numérateur 650, d’habitude autour de 65. Un zéro de trop ? Est-ce exact ?" in response.json()["sentence"]
    assert not Value.objects.filter(month=10).exists()


def test_a_count_that_no_month_can_have_is_refused(client, head, assignment):
    response = client.post(cell(assignment), counts("99999999999", "99999999999"), headers=SCRIPT)
    assert (response.json()["outcome"], response.json()["field"]) == ("refused", "numerator")


def test_a_session_that_ended_is_told_to_the_script(client, assignment):
    for headers in (SCRIPT, HTMX):
        response = client.post(cell(assignment), counts("148", "150"), headers=headers)
        assert (response.status_code, response["X-Session"]) == (401, "ended")
        assert response.json()["outcome"] == "session"


def test_large_counts_are_printed_by_thousands(client, head, assignment):
    text = shown(client.post(cell(assignment), counts("1837", "1868"), headers=SCRIPT))
    assert "(1\u202f837 sur 1\u202f868)" in text
