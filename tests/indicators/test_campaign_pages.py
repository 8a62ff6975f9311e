"""The months of entry: what is missing and by whom, chasing, validating, closing, reopening, amendments."""

from datetime import date
from decimal import Decimal

import pytest
import time_machine
from django.urls import reverse

from core.models import Notice
from indicators.enums import CampaignState
from indicators.models import Campaign
from indicators.services import values
from organisations.enums import Role
from tests.core.factories import HolidayFactory
from tests.core.page_checks import query_count
from tests.indicators.factories import AssignmentFactory, CampaignFactory, IndicatorFactory, ValueFactory
from tests.organisations.factories import ServiceFactory, user_with

pytestmark = pytest.mark.django_db
CAMPAIGNS_QUERIES = 8


@pytest.fixture
def service():
    return ServiceFactory(name="Bureau de l’accueil")


@pytest.fixture
def site(service):
    return service.parent


@pytest.fixture
def referent(client, site):
    user = user_with(Role.QUALITY_REFERENT, site, first_name="Hélène", last_name="Marchand")
    client.force_login(user)
    return user


@pytest.fixture
def assignment(service):
    return AssignmentFactory(unit=service, indicator=IndicatorFactory(label="Appels aboutis"))


@pytest.fixture
def campaign(site, assignment):
    return CampaignFactory(site=site, year=2020, month=1, due_on=date(2020, 2, 14))


def months(site) -> str:
    return reverse("indicators:campaigns", args=[site.code, 2020])


def page(name: str, campaign) -> str:
    return reverse(f"indicators:campaign{name}", args=[campaign.pk])


def enter(assignment, **figure):
    place = values.EntryCell(assignment.indicator, assignment.unit_id, assignment.site_id, 2020, 1)
    return values.enter(place, values.Figure(value=Decimal("0.95")), by=None, confirmed=True, **figure)


@time_machine.travel("2020-02-20 10:00:00+01:00", tick=False)
def test_the_months_say_what_is_entered_what_is_late_and_what_to_do(client, referent, site, campaign):
    text = client.get(months(site)).text
    assert "0 sur 1" in text
    assert "En retard" in text
    assert "Relancer (1 manquante)" in text
    assert "pas ouvert" in text


def test_the_months_cost_the_same_with_one_and_three_figures(client, referent, site, service, campaign):
    first = query_count(client, months(site))
    for _ in range(2):
        ValueFactory(indicator=AssignmentFactory(unit=service).indicator, unit=service)
    assert (first, query_count(client, months(site))) == (CAMPAIGNS_QUERIES, CAMPAIGNS_QUERIES)


def test_a_month_names_who_lacks_what(client, referent, campaign, service):
    user_with(Role.HEAD_OF_SERVICE, service, first_name="Karim", last_name="Benali")
    text = client.get(page("", campaign)).text
    assert "Il manque 1 valeur" in text
    assert "Karim Benali" in text
    assert "Appels aboutis" in text


def test_a_figure_nobody_is_in_charge_of_leads_to_the_people_of_its_service(client, referent, campaign, site, service):
    people = reverse("organisations:unit-people", args=[service.code])
    text = client.get(page("", campaign)).text
    assert "Personne n’est chargé de ces valeurs" in text
    assert f'<a href="{people}">Bureau de l’accueil</a>' in text
    client.force_login(user_with(Role.DEPUTY_REFERENT, site))
    assert people not in client.get(page("", campaign)).text


@time_machine.travel("2020-02-20 10:00:00+01:00", tick=False)
def test_chasing_is_seen_first_and_mails_each_person_once_a_day(client, referent, campaign, service):
    user_with(Role.HEAD_OF_SERVICE, service, first_name="Karim", last_name="Benali", email="karim@example.invalid")
    assert "Envoyer 1 message" in client.get(page("-chase", campaign)).text
    assert Notice.objects.count() == 0
    assert "1 message envoyé : Karim Benali." in client.post(page("-chase", campaign), follow=True).text
    assert "a déjà été relancée aujourd’hui" in client.post(page("-chase", campaign), follow=True).text
    assert list(Notice.objects.values_list("recipient", flat=True)) == ["karim@example.invalid"]


def test_a_month_with_something_missing_is_not_validated(client, referent, campaign):
    assert (
        "Il manque encore des valeurs : « Appels aboutis »."
        in client.post(page("-validate", campaign), follow=True).text
    )
    assert Campaign.objects.get().state == CampaignState.OPEN


def test_a_complete_month_is_validated_then_closed_then_reopened_with_a_reason(client, referent, campaign, assignment):
    enter(assignment)
    client.post(page("-validate", campaign))
    assert Campaign.objects.get().state == CampaignState.VALIDATED
    client.post(page("-close", campaign))
    assert Campaign.objects.get().state == CampaignState.CLOSED
    assert client.post(page("-reopen", campaign), {"reason": ""}).status_code == 200
    assert Campaign.objects.get().state == CampaignState.CLOSED
    client.post(page("-reopen", campaign), {"reason": "Oubli d’un service"})
    assert Campaign.objects.get().state == CampaignState.OPEN
    assert "Oubli d’un service" in client.get(page("-history", campaign)).text


def test_corrections_after_closing_stay_visible_with_their_reason(client, referent, campaign, assignment):
    enter(assignment)
    Campaign.objects.update(state=CampaignState.CLOSED)
    place = values.EntryCell(assignment.indicator, assignment.unit_id, assignment.site_id, 2020, 1)
    values.enter(
        place,
        values.Figure(value=Decimal("0.9")),
        by=referent,
        confirmed=True,
        amendment_reason="Comptage refait",
    )
    text = client.get(page("", campaign)).text
    assert "Rectifications après clôture" in text
    assert "Comptage refait" in text
    assert "95\u202f%</del>" in text
    assert "90\u202f%</ins>" in text


def test_a_month_not_opened_yet_can_be_opened(client, referent, site, assignment):
    for year in (2020, 2021):
        HolidayFactory(zone=site.holiday_zone, date=date(year, 1, 1), label="Jour de l’an")
    client.post(reverse("indicators:campaign-open", args=[site.code, 2020, 3]))
    assert list(Campaign.objects.values_list("month", "state")) == [(3, CampaignState.OPEN)]


@time_machine.travel("2020-03-31 10:00:00+02:00", tick=False)
def test_a_month_that_is_not_over_is_not_opened(client, referent, site, assignment):
    text = client.post(reverse("indicators:campaign-open", args=[site.code, 2020, 3]), follow=True).text
    assert "Mars 2020 n’est pas terminé : ouvrez-le le mois suivant." in text
    assert Campaign.objects.count() == 0
    assert reverse("indicators:campaign-open", args=[site.code, 2020, 3]) not in text
    assert reverse("indicators:campaign-open", args=[site.code, 2020, 2]) in text


def test_an_auditor_reads_the_history_of_a_month_and_goes_back_to_the_grid(client, site, campaign):
    client.force_login(user_with(Role.AUDITOR, site))
    text = client.get(page("-history", campaign)).text
    assert reverse("indicators:grid", args=[site.code, 2020]) in text
    assert f'href="{page("", campaign)}"' not in text


def test_a_head_of_service_does_not_steer(client, site, service, campaign):
    client.force_login(user_with(Role.HEAD_OF_SERVICE, service))
    assert client.get(months(site)).status_code == 403
