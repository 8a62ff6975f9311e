"""The places of a site."""

import pytest

from surveys.models import Place
from tests.core.page_checks import check_list_page
from tests.organisations.factories import ServiceFactory
from tests.surveys.factories import (
    PlaceFactory,
)
from tests.surveys.views.campaigns.conftest import url

pytestmark = pytest.mark.django_db
LIST_QUERIES, DETAIL_QUERIES, PLACES_QUERIES = 8, 10, 8


def test_the_list_of_places_costs_the_same_queries_whatever_its_rows(client, rq, site):
    check_list_page(client, url("places"), lambda: PlaceFactory(site=site), queries=PLACES_QUERIES)


def test_a_place_is_added_and_changed(client, rq, site):
    service = ServiceFactory(parent=site)
    client.post(url("place-create"), {"site": site.pk, "name": "Accueil général", "position": "1", "is_active": "on"})
    place = Place.objects.get()
    assert (place.code, place.site) == ("accueil-general", site)
    client.post(url("place-edit", place.pk), {"name": "Hall A", "position": "2", "unit": service.pk})
    place.refresh_from_db()
    assert (place.name, place.unit, place.is_active) == ("Hall A", service, False)
    assert "Hall A" in client.get(url("place", place.pk)).text
    assert "Accueil général" in client.get(url("place-history", place.pk)).text


def test_two_places_of_a_site_do_not_share_a_name(client, rq, site):
    PlaceFactory(site=site, name="Hall")
    response = client.post(url("place-create"), {"site": site.pk, "name": "Hall", "position": "0"})
    assert "a déjà un lieu nommé « Hall »" in response.text
