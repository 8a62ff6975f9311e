"""« Site · Année »: short names, what is offered from a page, where a choice leads, what is kept from page to page."""

from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine
from django.urls import reverse

from indicators.services import readings
from organisations.enums import Role
from organisations.places import COOKIE, short_name
from tests.core.page_checks import query_count
from tests.indicators.factories import AssignmentFactory, CampaignFactory
from tests.organisations.factories import PrefectureFactory, ServiceFactory, SousPrefectureFactory, user_with

PLACE = "/organisation/lieu"


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Sous-préfecture d’Aix-en-Provence (démonstration)", "Aix-en-Provence"),
        ("Préfecture des Bouches-du-Rhône", "Bouches-du-Rhône"),
        ("Préfecture de l’Aisne (démonstration)", "Aisne"),
        ("Préfecture de la Haute-Savoie", "Haute-Savoie"),
        ("Préfecture du Nord", "Nord"),
        ("Préfecture de démonstration", "Démonstration"),
        ("Préfecture de police", "Police"),
        ("Direction de la citoyenneté", "Direction de la citoyenneté"),
        ("(démonstration)", "(démonstration)"),
    ],
)
def test_a_site_is_told_by_its_short_name(name, short):
    assert short_name(name) == short


@pytest.fixture
def sites(db):
    prefecture = PrefectureFactory(code="13", name="Préfecture des Bouches-du-Rhône")
    aix = SousPrefectureFactory(code="13-aix", name="Sous-préfecture d’Aix", parent=prefecture)
    for site in (prefecture, aix):
        row = AssignmentFactory(unit=site)
        readings.refresh(row.indicator_id, site.pk, 2020)
    return prefecture, aix


@pytest.fixture
def referent(client, sites):
    with time_machine.travel("2020-11-21 10:00:00+01:00", tick=False):
        user = user_with(Role.QUALITY_REFERENT, sites[0])
        client.force_login(user)
        yield user


def offered(client, page: str) -> dict[str, str]:
    """Label → where the choice leads, from a page."""
    response = client.get(reverse("organisations:place"), {"page": page})
    rows = response.context_data["sites"] + response.context_data["years"]
    return {label: url for label, url, _is_current in rows}


def test_the_header_says_the_site_and_year_of_the_page(client, referent, sites):
    text = client.get(reverse("indicators:grid", args=["13-aix", 2020])).text
    assert "Aix · 2020</button>" in text
    assert 'aria-label="Site"' not in text


@pytest.mark.parametrize(
    ("page", "there"),
    [
        ("/indicateurs/grille/13-aix/2020/", "/indicateurs/grille/13/2020/"),
        ("/indicateurs/tableau-de-bord/13-aix/2020/3/?x=1", "/indicateurs/tableau-de-bord/13/2020/3/"),
        ("/plans/rappels/13-aix/", "/plans/rappels/13/"),
        ("/aide", "/aide"),
    ],
)
def test_a_choice_leads_to_the_same_page_of_the_other_site(client, referent, sites, page, there):
    choices = offered(client, page)
    response = client.get(choices["Bouches-du-Rhône"])
    assert (response.status_code, response.url) == (302, there)


def test_a_list_is_narrowed_by_a_choice_and_stays_so_until_all_sites_are_chosen(client, referent, sites):
    actions = reverse("actions:actions")
    choices = offered(client, f"{actions}?status=todo&page=2")
    assert client.get(choices["Aix"]).url == f"{actions}?status=todo&site={sites[1].pk}"
    assert client.get(actions).url == f"{actions}?site={sites[1].pk}"
    assert "Aix</button>" in client.get(f"{actions}?site={sites[1].pk}").text
    assert client.get(choices["Tous mes sites"]).url == f"{actions}?status=todo"
    assert "Tous mes sites</button>" in client.get(actions).text


def test_a_year_is_chosen_where_the_page_has_one(client, referent, sites):
    choices = offered(client, "/indicateurs/grille/13-aix/2020/")
    assert [label for label in choices if label.isdecimal()] == ["2021", "2020"]
    assert client.get(choices["2021"]).url == "/indicateurs/grille/13-aix/2021/"
    assert not any(label.isdecimal() for label in offered(client, "/plans/rappels/13-aix/"))


def test_the_place_is_kept_from_page_to_page(client, referent, sites):
    client.get(reverse("indicators:grid", args=["13-aix", 2020]))
    assert client.get(reverse("indicators:dashboard")).url == "/indicateurs/tableau-de-bord/13-aix/2020/10/"
    assert client.get(reverse("indicators:campaigns")).url == "/indicateurs/mois/13-aix/2020/"
    assert client.get(reverse("actions:reminders")).url == "/plans/rappels/13-aix/"
    assert client.get(reverse("actions:actions")).status_code == 200


def test_what_is_kept_is_of_one_person_and_cannot_be_forged(client, referent, sites):
    client.get(reverse("indicators:grid", args=["13-aix", 2020]))
    cookie = client.cookies[COOKIE]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")
    value = cookie.value
    client.force_login(user_with(Role.QUALITY_REFERENT, sites[0]))
    client.cookies[COOKIE] = value
    assert "Tous mes sites</button>" in client.get("/aide").text
    client.cookies[COOKIE] = "13-aix"
    assert client.get("/aide").status_code == 200


def test_a_site_of_others_is_not_offered_nor_chosen(client, referent, sites):
    other = PrefectureFactory(code="02", name="Préfecture de l’Aisne")
    choices = offered(client, "/indicateurs/grille/13-aix/2020/")
    assert "Aisne" not in choices
    query = {"choix": other.code, "page": "/indicateurs/grille/13-aix/2020/"}
    assert client.get(reverse("organisations:place"), query).status_code == 404


def test_a_head_of_service_is_offered_the_site_of_the_service(client, sites):
    service = ServiceFactory(parent=sites[1])
    AssignmentFactory(unit=service)
    client.force_login(user_with(Role.HEAD_OF_SERVICE, service))
    assert list(offered(client, "/aide")) == ["Aix"]


@pytest.mark.parametrize(
    "page", ["https://ailleurs.example/", "//ailleurs.example/x", "/nulle-part", "javascript:alert(1)", "//[", ""]
)
def test_an_address_of_somebody_else_leads_home(client, referent, sites, page):
    url = offered(client, page)["Aix"]
    assert parse_qs(urlsplit(url).query)["page"] == [page] if page else True
    assert client.get(url).url == "/"


def test_the_choices_come_when_the_menu_is_opened(client, referent, sites):
    assert 'hx-get="/organisation/lieu?page=/aide"' in client.get("/aide").text
    fragment = client.get(reverse("organisations:place"), {"page": "/aide"}, headers={"HX-Request": "true"})
    assert ("<h1" in fragment.text, "Aix</a>" in fragment.text) == (False, True)


def test_all_sites_stand_side_by_side_and_lead_back_to_one(client, referent, sites):
    choices = offered(client, "/indicateurs/tableau-de-bord/13-aix/2020/3/")
    together = client.get(choices["Tous mes sites"]).url
    assert together == "/indicateurs/tableau-de-bord/tous/2020/3/"
    page = client.get(together)
    assert ("Tous mes sites · 2020</button>" in page.text, "pas suivi" in page.text) == (True, True)
    heads = [name for _site, name in page.context_data["sites"]]
    assert heads == ["Bouches-du-Rhône", "Aix"]
    assert client.get(reverse("indicators:dashboard")).url.startswith("/indicateurs/tableau-de-bord/tous/")
    assert client.get(offered(client, together)["Aix"]).url == "/indicateurs/tableau-de-bord/13-aix/2020/3/"


def test_the_months_of_all_sites_stand_side_by_side(client, referent, sites):
    CampaignFactory(site=sites[1], year=2020, month=3, due_on=date(2020, 4, 15))
    choices = offered(client, "/indicateurs/mois/13-aix/2020/")
    together = client.get(choices["Tous mes sites"]).url
    assert together == "/indicateurs/mois/tous/2020/"
    text = client.get(together).text
    assert ("0 sur 1" in text, "En retard" in text) == (True, True)
    assert client.get(reverse("indicators:campaigns")).url == together
    assert client.get(offered(client, together)["2021"]).url == "/indicateurs/mois/tous/2021/"


@pytest.mark.parametrize("page", ["/indicateurs/tableau-de-bord/tous/2020/3/", "/indicateurs/mois/tous/2020/"])
def test_the_sites_side_by_side_cost_the_same_with_one_and_four(client, referent, sites, page):
    CampaignFactory(site=sites[0], year=2020, month=3)
    first = query_count(client, page)
    for _ in range(3):
        site = SousPrefectureFactory(parent=sites[0])
        row = AssignmentFactory(unit=site)
        readings.refresh(row.indicator_id, site.pk, 2020)
        CampaignFactory(site=site, year=2020, month=3)
    assert query_count(client, page) == first


def test_contradictions_of_all_sites_are_read_together(client, referent, sites):
    page = reverse("reports:contradictions")
    choices = offered(client, f"{page}?site=13-aix&annee=2020")
    assert client.get(choices["Bouches-du-Rhône"]).url == f"{page}?annee=2020&site=13"
    assert client.get(choices["2019"]).url == f"{page}?annee=2019&site=13-aix"
    assert "Aix · 2019</button>" in client.get(page).text
    together = client.get(choices["Tous mes sites"]).url
    assert together == f"{page}?annee=2020"
    assert "Tous mes sites · 2020</button>" in client.get(together).text
    assert len(client.get(together).context_data["view"].sites_shown) == 2


def test_the_quality_year_follows_the_site_kept(client, referent, sites):
    client.get(reverse("indicators:grid", args=["13-aix", 2020]))
    assert "Aix · 2020</button>" in client.get(reverse("reports:year")).text
