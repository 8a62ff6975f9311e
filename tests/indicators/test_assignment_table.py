"""Indicators × services in one table of boxes: what is ticked is entered from a day on, in one act."""

from datetime import date

import pytest
from django.urls import reverse

from indicators.models import Assignment
from organisations.enums import Role
from tests.core.page_checks import query_count
from tests.indicators.factories import AssignmentFactory, FamilyFactory, IndicatorFactory
from tests.organisations.factories import ServiceFactory, SousPrefectureFactory, user_with

pytestmark = pytest.mark.django_db


@pytest.fixture
def site():
    return SousPrefectureFactory(code="13-aix", name="Aix")


@pytest.fixture
def service(site):
    return ServiceFactory(parent=site, name="Bureau de l’accueil")


@pytest.fixture
def phones(site):
    family = FamilyFactory(name="Téléphone")
    return [IndicatorFactory(label=f"Appels {number}", family=family, position=number) for number in range(3)]


@pytest.fixture
def referent(client, site):
    user = user_with(Role.QUALITY_REFERENT, site)
    client.force_login(user)
    return user


def table(site) -> str:
    return reverse("indicators:assignment-table", args=[site.code])


def entered() -> list[tuple]:
    return list(Assignment.objects.order_by("pk").values_list("indicator__label", "unit__name", "valid_from"))


def test_boxes_ticked_are_entered_from_the_day_on_in_one_act(client, referent, site, service, phones):
    day = date(2026, 1, 1)
    sent = {f"i{phones[0].pk}-{service.pk}": "on", f"i{phones[2].pk}-{site.pk}": "on", "valid_from": "2026-01-01"}
    page = client.post(table(site), sent, follow=True)
    assert "2 affectations enregistrées." in page.text
    assert entered() == [("Appels 0", "Bureau de l’accueil", day), ("Appels 2", "Aix", day)]
    acts = set(Assignment.history.values_list("changeset", flat=True))
    assert (len(acts), None in acts) == (1, False)


def test_the_box_of_a_family_ticks_what_nobody_enters_yet(client, referent, site, service, phones):
    AssignmentFactory(indicator=phones[0], unit=service)
    client.post(table(site), {f"f{phones[0].family_id}-{service.pk}": "on", "valid_from": "2026-01-01"})
    assert [row[0] for row in entered()] == ["Appels 0", "Appels 1", "Appels 2"]
    again = client.post(
        table(site), {f"f{phones[0].family_id}-{service.pk}": "on", "valid_from": "2026-01-01"}, follow=True
    )
    assert "Rien de nouveau n’était coché." in again.text


def test_the_service_that_enters_most_of_a_family_is_proposed_for_it(client, referent, site, service, phones):
    AssignmentFactory(indicator=phones[0], unit=service)
    text = client.get(table(site)).text
    assert "proposé : Bureau de l’accueil, qui en saisit déjà" in text
    assert "Appels 0, Bureau de l’accueil : affecté" in text
    assert text.count('type="checkbox"') == 3 * 2 + 2 - 1
    for one in phones[1:]:
        AssignmentFactory(indicator=one, unit=service)
    assert "proposé :" not in client.get(table(site)).text


def test_a_day_is_due_and_nothing_is_written_without_it(client, referent, site, service, phones):
    page = client.post(table(site), {f"i{phones[0].pk}-{service.pk}": "on", "valid_from": ""})
    assert (page.status_code, entered()) == (200, [])


def test_the_table_costs_the_same_queries_whatever_its_rows(client, referent, site, service, phones):
    first = query_count(client, table(site))
    IndicatorFactory()
    ServiceFactory(parent=site)
    assert query_count(client, table(site)) == first


def test_without_an_address_the_first_site_opens_and_those_of_others_do_not(client, referent, site):
    assert client.get(reverse("indicators:assignment-table")).url == table(site)
    assert client.get(table(SousPrefectureFactory(code="autre"))).status_code == 404
