"""List pages: rights, filters, order, pages, count, empty state."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.urls import reverse

from core.models import Holiday
from indicators.enums import Measure
from organisations.enums import Role
from tests.core.factories import HolidayFactory, HolidayZoneFactory
from tests.core.page_checks import check_list_page
from tests.indicators.factories import IndicatorFactory, PastResultFactory
from tests.organisations.factories import PrefectureFactory, ServiceFactory, user_with

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.core.pages_site")]
LIST = "/essai/jours"


@pytest.fixture
def site():
    return PrefectureFactory(code="13", name="Préfecture")


@pytest.fixture
def referent(site, client):
    user = user_with(Role.QUALITY_REFERENT, site)
    client.force_login(user)
    return user


def labels(response) -> list[str]:
    return [holiday.label for holiday in response.context_data["table"].page.object_list.data]


def many(count: int, **fields):
    zone = HolidayZoneFactory()
    days = (date(2020, 1, 1) + timedelta(days=n) for n in range(count))
    Holiday.objects.bulk_create([Holiday(zone=zone, date=day, label="Jour", **fields) for day in days])


def test_a_list_costs_the_same_queries_whatever_its_rows(client, referent):
    days = iter(range(1, 30))
    check_list_page(
        client,
        LIST,
        lambda: HolidayFactory(zone=HolidayZoneFactory(code=f"zone-{next(days)}"), date=date(2020, 5, next(days))),
        queries=7,
    )


def test_without_the_right_the_list_is_refused(client, site):
    client.force_login(user_with(Role.AUDITOR, site))
    assert client.get(LIST).status_code == 403


def test_without_an_account_the_list_leads_to_sign_in(client):
    response = client.get(LIST)
    assert (response.status_code, response.url) == (302, f"{reverse('organisations:login')}?next={LIST}")


def test_a_page_that_names_no_permission_is_a_programming_error(client, referent):
    with pytest.raises(ImproperlyConfigured, match="Unnamed names no permission"):
        client.get("/essai/sans-droit")


def test_a_page_that_forgets_its_scope_is_a_programming_error(client, referent):
    with pytest.raises(ImproperlyConfigured, match="no visible_to"):
        client.get("/essai/sans-perimetre")


def test_a_list_shows_only_what_the_person_may_see(client, site):
    mine, _other = ServiceFactory(), ServiceFactory()
    client.force_login(user_with(Role.HEAD_OF_SERVICE, mine))
    table = client.get("/essai/unites").context_data["table"]
    assert [unit.pk for unit in table.page.object_list.data] == [mine.pk]


def test_the_count_is_in_words_of_the_model(client, referent):
    assert client.get(LIST).context_data["count_text"] == "0 jour férié"
    many(2)
    assert "2 jours fériés" in client.get(LIST).text


@pytest.mark.parametrize(("asked", "shown"), [("", 25), ("50", 50), ("100", 100), ("7", 25), ("-1", 25), ("²", 25)])
def test_a_page_holds_25_50_or_100_rows(client, referent, asked, shown):
    many(120)
    assert len(labels(client.get(LIST, {"par_page": asked}))) == shown


@pytest.mark.parametrize(("asked", "number"), [("2", 2), ("99", 2), ("x", 1), ("0", 1), ("-3", 1)])
def test_a_page_number_out_of_the_list_is_brought_back(client, referent, asked, number):
    many(30)
    assert client.get(LIST, {"page": asked}).context_data["table"].page.number == number


def test_rows_of_equal_order_are_settled_by_their_key(client, referent):
    many(60)
    first, second = (client.get(LIST, {"tri": "zone", "page": page}).context_data["table"] for page in (1, 2))
    keys = [row.pk for table in (first, second) for row in table.page.object_list.data]
    assert keys == sorted(keys)


def test_a_list_is_sorted_by_a_column_both_ways(client, referent):
    for day, label in [(1, "b"), (2, "a"), (3, "c")]:
        HolidayFactory(date=date(2020, 1, day), label=label)
    assert labels(client.get(LIST, {"tri": "label"})) == ["a", "b", "c"]
    assert labels(client.get(LIST, {"tri": "-label"})) == ["c", "b", "a"]
    assert labels(client.get(LIST, {"tri": "password"})) == ["b", "a", "c"]


def test_filters_narrow_the_list_and_are_kept_by_its_links(client, referent):
    HolidayFactory(label="Noël", date=date(2020, 12, 25))
    HolidayFactory(label="Noël", date=date(2021, 12, 25))
    HolidayFactory(label="Toussaint", date=date(2020, 11, 1))
    response = client.get(LIST, {"search": "noël métro", "since": "01/01/2021", "page": "3"})
    assert labels(response) == ["Noël"]
    assert response.context_data["exports"][0] == (
        "Excel (XLSX)",
        "?search=no%C3%ABl+m%C3%A9tro&since=01%2F01%2F2021&format=xlsx",
    )


def test_a_wrong_filter_says_so_and_shows_nothing(client, referent):
    HolidayFactory()
    response = client.get(LIST, {"since": "31/02/2021"})
    assert response.context_data["count"] == 0
    assert response.context_data["filter"].form.errors["since"] == ["Saisissez une date valide."]


def test_a_null_character_in_a_filter_is_refused(client, referent):
    assert client.get(LIST, {"search": "a\x00"}).context_data["count"] == 0


def test_an_empty_list_offers_to_create(client, referent):
    response = client.get(LIST)
    assert response.context_data["empty"] == {
        "title": "Aucun jour férié n’est enregistré.",
        "text": "Ajoutez le premier, ou chargez ceux d’une zone.",
        "url": "/essai/jours/nouveau",
        "action": "Ajouter un jour férié",
    }
    assert "Aucun jour férié n’est enregistré." in response.text


def test_a_list_emptied_by_its_filters_offers_to_clear_them(client, referent):
    HolidayFactory()
    empty = client.get(LIST, {"search": "zzz"}).context_data["empty"]
    assert (empty["url"], empty["action"]) == (LIST, "Effacer les filtres")


def test_the_button_to_create_is_for_those_who_may(client, site):
    client.force_login(user_with(Role.AUDITOR, site))
    assert client.get("/essai/unites").context_data["actions"] == []


def test_a_row_is_escaped(client, referent):
    HolidayFactory(label="<script>alert(1)</script>")
    html = client.get(LIST).text
    assert "<script>alert" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;</a>" in html


def test_cells_show_dates_choices_and_links_as_people_read_them(client, referent, site):
    holiday = HolidayFactory()
    html = client.get(LIST).text
    assert f'<td><a class="fr-link" href="/essai/jours/{holiday.pk}">Fête du Travail</a></td>' in html
    assert "<td>01/05/2020</td><td>Métropole</td>" in html
    assert "<td>Préfecture</td>" in client.get("/essai/unites").text


def test_figures_take_their_measure_and_missing_ones_come_last(client, referent, site):
    rate, days = (IndicatorFactory(measure=measure) for measure in (Measure.RATE, Measure.DAYS))
    PastResultFactory(indicator=rate, site=site, year=2019, value="0.987")
    PastResultFactory(indicator=days, site=site, year=2019, value="2.4")
    PastResultFactory(indicator=days, site=site, year=2018, value=None)
    ups, downs = (client.get("/essai/resultats", {"tri": order}) for order in ("value", "-value"))
    html = ups.text
    shown = [
        '<td class="qp-num">98,7\u202f%</td>',
        '<td class="qp-num">2,4\u202fjours</td>',
        '<td class="qp-num">—</td>',
    ]
    assert sorted(shown, key=html.index) == shown
    values = [row.value for row in downs.context_data["table"].page.object_list.data]
    assert [str(value) for value in values] == ["2.400000", "0.987000", "None"]


def test_each_filter_set_is_a_chip_that_takes_it_off(client, referent):
    zone = HolidayZoneFactory()
    asked = {"search": "noël", "zone": zone.pk, "since": "2020-05-01", "page": "1"}
    chips = client.get(LIST, asked).context_data["chips"]
    assert chips == [
        ("search", "Rechercher : noël", f"{LIST}?zone={zone.pk}&since=2020-05-01"),
        ("zone", f"Zone : {zone}", f"{LIST}?search=no%C3%ABl&since=2020-05-01"),
        ("since", "Depuis le : 01/05/2020", f"{LIST}?search=no%C3%ABl&zone={zone.pk}"),
    ]
    assert client.get(LIST, {"search": "noël"}).context_data["chips"] == [
        ("search", "Rechercher : noël", f"{LIST}?search=")
    ]


@pytest.mark.parametrize("asked", [{}, {"search": ""}, {"zone": "inconnue"}])
def test_without_a_filter_that_holds_there_is_no_chip(client, referent, asked):
    assert client.get(LIST, asked).context_data["chips"] == []
