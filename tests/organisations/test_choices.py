"""Units offered in lists: none reads like another."""

import pytest
from django.urls import reverse

from organisations.enums import Role
from organisations.forms.choices import by_site, told_apart
from organisations.models import Unit
from tests.organisations.factories import PrefectureFactory, ServiceFactory, SousPrefectureFactory, user_with

pytestmark = pytest.mark.django_db


@pytest.fixture
def prefecture():
    prefecture = PrefectureFactory(name="Préfecture des Essais")
    aix = SousPrefectureFactory(name="Aix", sigle="SPA", parent=prefecture)
    for site in (prefecture, aix):
        ServiceFactory(name="Accueil général", sigle="", parent=site)
    return prefecture


def test_units_stand_under_their_site_in_the_order_of_the_tree(prefecture):
    labels = {site: [label for _, label in units] for site, units in by_site(Unit.objects.all()).items()}
    assert labels == {
        "Préfecture des Essais": ["Préfecture des Essais", "– Accueil général"],
        "Aix": ["– Aix", "– – Accueil général"],
    }


def test_units_that_read_alike_name_their_site(prefecture):
    services = Unit.objects.filter(name="Accueil général").order_by("pk")
    assert list(told_apart(services).values()) == ["Accueil général (Préfecture des Essais)", "Accueil général (SPA)"]
    assert list(told_apart(services[:1]).values()) == ["Accueil général"]


def test_a_role_is_given_in_a_unit_found_under_its_site(client, prefecture):
    client.force_login(user_with(Role.QUALITY_REFERENT, prefecture))
    page = client.get(reverse("organisations:account-create")).text
    assert page.count("<optgroup") == 2
    assert page.count(">– Accueil général</option>") == 1
