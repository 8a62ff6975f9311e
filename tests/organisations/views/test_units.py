"""Pages of units and closed days."""

from datetime import date

import pytest

from organisations.enums import Role
from organisations.models import ClosedDay, Unit
from tests.core.factories import HolidayFactory
from tests.organisations.factories import (
    MembershipFactory,
    PrefectureFactory,
    ServiceFactory,
    SousPrefectureFactory,
    user_with,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def prefecture():
    return PrefectureFactory(code="13", name="Préfecture")


@pytest.fixture
def aix(prefecture):
    return SousPrefectureFactory(code="13-aix", name="Aix", parent=prefecture)


@pytest.fixture
def referent(client, prefecture):
    user = user_with(Role.QUALITY_REFERENT, prefecture)
    client.force_login(user)
    return user


def test_the_tree_shows_the_units_in_order_and_closed_ones_on_demand(client, aix, referent):
    ServiceFactory(code="titres", parent=aix, name="Titres")
    ServiceFactory(code="archives", parent=aix, name="Archives", active_until=date(2020, 1, 1))
    PrefectureFactory(code="38")
    seen = client.get("/organisation/unites/").context["tree"]
    assert [(unit.code, depth) for unit, depth in seen] == [("13", 0), ("13-aix", 1), ("titres", 2)]
    everything = client.get("/organisation/unites/?toutes=1").context["tree"]
    assert [unit.code for unit, _ in everything] == ["13", "13-aix", "archives", "titres"]


@pytest.mark.parametrize("count", [1, 3])
def test_the_tree_costs_five_queries(client, prefecture, referent, count, django_assert_num_queries):
    ServiceFactory.create_batch(count, parent=prefecture)
    with django_assert_num_queries(5):  # session, user, roles, units below, units
        client.get("/organisation/unites/")


def test_a_unit_is_added_then_closed_from_its_page(client, aix, referent):
    data = {"parent": aix.pk, "kind": "service", "name": "Titres", "code": "titres", "active_from": "2026-01-01"}
    assert client.post("/organisation/unites/ajouter", data).url == "/organisation/unites/titres/"
    assert (
        client.post("/organisation/unites/titres/fermer", {"on": "2026-06-30", "reason": "Fusion"}).status_code == 302
    )
    unit = Unit.objects.get(code="titres")
    assert (unit.active_until, unit.history.first().history_user) == (date(2026, 6, 30), referent)
    assert client.post("/organisation/unites/titres/rouvrir").status_code == 302
    assert Unit.objects.get(code="titres").active_until is None


def test_a_refusal_is_shown_on_its_field(client, aix, referent):
    data = {"parent": aix.pk, "kind": "service", "name": "Titres", "code": "13", "active_from": "2026-01-01"}
    page = client.post("/organisation/unites/ajouter", data)
    assert page.context["form"].errors == {"code": ["Le code « 13 » est déjà celui d’une autre unité."]}


def test_a_unit_is_edited_even_where_its_parent_is_out_of_reach(client, aix):
    client.force_login(user_with(Role.QUALITY_REFERENT, aix))
    form = client.get("/organisation/unites/13-aix/modifier").context["form"]
    assert form.fields["parent"].disabled
    data = {
        "kind": "sous_prefecture", "name": "Aix-en-Provence", "code": "13-aix", "active_from": "2026-01-01",
        "holiday_zone": aix.holiday_zone_id, "reason": "Nom complet",
    }  # fmt: skip
    assert client.post("/organisation/unites/13-aix/modifier", data).status_code == 302
    aix.refresh_from_db()
    assert (aix.name, aix.parent.code) == ("Aix-en-Provence", "13")


def test_people_of_a_unit_are_listed_for_those_who_see_accounts(client, aix, referent):
    MembershipFactory(unit=aix, user__last_name="Petit")
    page = client.get("/organisation/unites/13-aix/personnes")
    assert "Petit" in page.content.decode()
    assert page.context["tabs"][1] == ("Personnes", "/organisation/unites/13-aix/personnes", True)


def test_a_bridge_is_closed_and_reopened(client, aix, referent):
    HolidayFactory(zone=aix.holiday_zone, date=date(2026, 5, 14), label="Ascension")
    data = {"first": "2026-05-14", "last": "2026-05-15", "label": "Pont de l’Ascension"}
    assert client.post("/organisation/unites/13-aix/fermetures/ajouter", data).url.endswith("/13-aix/fermetures/")
    [day] = ClosedDay.objects.all()
    assert (day.date, day.history.first().history_user) == (date(2026, 5, 15), referent)
    assert "vendredi 15/05/2026" in client.get("/organisation/unites/13-aix/fermetures/").content.decode()
    client.post(f"/organisation/fermetures/{day.pk}/rouvrir", {"reason": "Annulé"})
    assert ClosedDay.history.first().history_change_reason == "Annulé"


def test_a_service_has_no_closed_days_of_its_own(client, aix, referent):
    ServiceFactory(code="titres", parent=aix)
    assert client.get("/organisation/unites/titres/fermetures/").status_code == 404


def test_a_delay_is_explained_for_a_site_or_a_zone(client, aix, referent):
    HolidayFactory(zone=aix.holiday_zone, date=date(2026, 5, 8), label="Victoire 1945")
    page = client.get("/organisation/delai?zone=site:13-aix&start=2026-05-07&days=1")
    assert page.context["explained"][-1].date == date(2026, 5, 11)
    assert "jour férié : Victoire 1945" in page.content.decode()
    page = client.get("/organisation/delai?zone=zone:metropole&start=2031-05-07&days=1")
    assert page.context["form"].non_field_errors() == [
        "Les jours fériés de 2031 de la zone « Métropole » ne sont pas enregistrés : complétez le calendrier."
    ]
    assert client.get("/organisation/delai?zone=site:38&start=2026-05-07&days=1").context["explained"] is None
