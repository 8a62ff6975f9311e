"""« La grille »: what it prints, what it costs, its switches, its entry mode, its export."""

import io
from decimal import Decimal

import openpyxl
import pytest
import time_machine
from django.core.management import call_command
from django.urls import reverse

from indicators.enums import ValueState
from indicators.models import Reading
from indicators.services import readings
from organisations.enums import Role
from tests.core.page_checks import query_count
from tests.indicators.factories import (
    AssignmentFactory,
    CampaignFactory,
    FamilyFactory,
    IndicatorFactory,
    PastResultFactory,
    TargetFactory,
    ValueFactory,
)
from tests.organisations.factories import ServiceFactory, SousPrefectureFactory, user_with

pytestmark = pytest.mark.django_db
GRID_QUERIES = 7
NARROW = "\u202f"


@pytest.fixture
def site():
    return SousPrefectureFactory(code="13-aix", name="Aix")


@pytest.fixture
def referent(client, site):
    user = user_with(Role.QUALITY_REFERENT, site)
    client.force_login(user)
    return user


@pytest.fixture
def indicator(site):
    indicator = IndicatorFactory(code="appels", label="Taux d’appels aboutis", family=FamilyFactory(name="Téléphone"))
    AssignmentFactory(indicator=indicator, unit=site)
    TargetFactory(indicator=indicator, value=Decimal("0.9"))
    return indicator


def follow(site, indicator, **months):
    """Values of the months: `m3=Decimal("0.95")`, or a state."""
    for name, what in months.items():
        known = {"value": what} if isinstance(what, Decimal) else {"state": what, "value": None, "reason": "COVID"}
        ValueFactory(indicator=indicator, unit=site, year=2020, month=int(name[1:]), **known)
    readings.refresh(indicator.pk, site.pk, 2020)


def grid(site, year: int = 2020, query: str = "") -> str:
    return reverse("indicators:grid", args=[site.code, year]) + query


def test_the_grid_prints_months_target_reading_and_last_year(client, referent, site, indicator):
    PastResultFactory(indicator=indicator, site=site, value=Decimal("0.968"), target_met=True)
    follow(site, indicator, m1=Decimal("0.99"), m2=Decimal("0.85"), m3=ValueState.SUSPENDED)
    text = client.get(grid(site)).text
    for shown in (
        "Téléphone",
        f"99{NARROW}%",
        f"85{NARROW}%",
        "susp.",
        f"≥{NARROW}90{NARROW}%",
        f"96,8{NARROW}%",
        "3/12",
    ):
        assert shown in text
    assert "Suspendu : COVID" in text
    assert f"92{NARROW}%" in text


def test_colour_is_never_the_only_sign(client, referent, site, indicator):
    follow(site, indicator, m1=Decimal("0.85"))
    assert "cible non atteinte" in client.get(grid(site)).text


def test_every_figure_leads_to_its_story(client, referent, site, indicator):
    follow(site, indicator, m1=Decimal("0.99"))
    url = reverse("indicators:why", args=["appels", "13-aix", 2020])
    text = client.get(grid(site)).text
    assert f'href="{url}#mois-1"' in text
    assert f'href="{url}"' in text


def test_the_grid_costs_the_same_with_one_and_three_indicators(client, referent, site, indicator):
    follow(site, indicator, m1=Decimal("0.99"))
    first = query_count(client, grid(site))
    for _ in range(2):
        other = IndicatorFactory()
        AssignmentFactory(indicator=other, unit=site)
        follow(site, other, m1=Decimal("0.99"))
    assert (first, query_count(client, grid(site))) == (GRID_QUERIES, GRID_QUERIES)


@time_machine.travel("2020-11-21 10:00:00+01:00", tick=False)
def test_a_phone_shows_the_month_asked_for_else_the_month_just_ended(client, referent, site, indicator):
    follow(site, indicator, m1=Decimal("0.99"))
    assert client.get(grid(site)).context_data["shown"] == 10
    assert client.get(grid(site, query="?mois=3")).context_data["shown"] == 3
    assert client.get(grid(site, query="?mois=13")).context_data["shown"] == 10
    assert client.get(grid(site, 2019)).context_data["shown"] == 12


def test_entry_mode_links_each_month_to_its_form(client, referent, site, indicator):
    follow(site, indicator, m1=Decimal("0.99"))
    assignment = indicator.assignments.get()
    url = reverse("indicators:cell", args=[2020, 3, assignment.pk])
    assert f'href="{url}"' in client.get(grid(site, query="?mode=saisie")).text
    assert f'href="{url}"' not in client.get(grid(site)).text


def test_entry_mode_tells_each_month_as_it_would_be_typed_with_its_version(client, referent, site, indicator):
    ValueFactory(indicator=indicator, unit=site, month=2, numerator=148, denominator=150, value=Decimal("0.986667"))
    follow(site, indicator, m1=Decimal("0.987654"), m3=ValueState.SUSPENDED)
    text = client.get(grid(site, query="?mode=saisie")).text
    for typed in ("98,7654 %", "148/150", "Suspendu : COVID"):
        assert f'data-edit data-version="1" data-typed="{typed}"' in text
    assert text.count("data-edit data-version") == 12


def test_those_who_may_not_enter_never_get_the_forms(client, site, indicator):
    client.force_login(user_with(Role.MANAGEMENT, site))
    follow(site, indicator, m1=Decimal("0.99"))
    text = client.get(grid(site, query="?mode=saisie")).text
    assert "data-edit" not in text
    assert "Importer une grille" not in text


def test_a_head_of_service_sees_the_rows_of_the_own_service_only(client, site, indicator):
    follow(site, indicator, m1=Decimal("0.99"))
    service = ServiceFactory(parent=site)
    own = IndicatorFactory(label="Courriels répondus")
    AssignmentFactory(indicator=own, unit=service)
    ValueFactory(indicator=own, unit=service)
    readings.refresh(own.pk, site.pk, 2020)
    client.force_login(user_with(Role.HEAD_OF_SERVICE, service))
    text = client.get(grid(site)).text
    assert ("Courriels répondus" in text, "Taux d’appels aboutis" in text) == (True, False)


def test_another_site_does_not_exist(client, referent, indicator):
    assert client.get(grid(SousPrefectureFactory(code="autre"))).status_code == 404


def test_an_empty_year_says_what_to_do(client, referent, site):
    text = client.get(grid(site, 2018)).text
    assert "Rien n’est encore suivi cette année-là" in text
    assert reverse("indicators:import-upload", args=[site.code, 2018]) in text


@time_machine.travel("2021-03-05 10:00:00+01:00", tick=False)
def test_without_an_address_the_latest_year_read_opens(client, referent, site, indicator):
    follow(site, indicator, m1=Decimal("0.99"))
    assert client.get(reverse("indicators:grid")).url == grid(site)


def test_the_export_is_in_the_layout_of_the_services(client, referent, site, indicator):
    follow(site, indicator, m1=Decimal("0.99"), m3=ValueState.SUSPENDED)
    response = client.get(reverse("indicators:grid-export", args=[site.code, 2020, "xlsx"]))
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(response.streaming_content)))["Indicateurs 2020"]
    assert [cell.value for cell in sheet[4]][6:9] == ["Janv", "Févr", "Mars"]
    row = [cell.value for cell in sheet[5]]
    assert row[:6] == ["Téléphone", "Taux d’appels aboutis", None, "-", "-", 0.9]
    assert row[6:9] == [0.99, None, "Suspendu : COVID"]


@pytest.mark.parametrize("extension", ["xlsx", "ods", "csv"])
def test_an_exported_grid_imported_again_changes_nothing(
    client, referent, site, indicator, tmp_path, capsys, extension
):
    follow(
        site, indicator, m1=Decimal("0.987654"), m2=ValueState.NO_CASE, m3=ValueState.SUSPENDED, m4=ValueState.CLOSED
    )
    response = client.get(reverse("indicators:grid-export", args=[site.code, 2020, extension]))
    file = tmp_path / f"grille.{extension}"
    file.write_bytes(b"".join(response.streaming_content))
    before = Reading.objects.values_list("months", flat=True).get()
    call_command("import_indicators", str(file), "--unit", site.code, "--year", "2020", "--format", "json")
    assert '"created": 0,\n "changed": 0,\n "unchanged": 4' in capsys.readouterr().out
    assert Reading.objects.values_list("months", flat=True).get() == before


def test_an_unknown_export_format_does_not_exist(client, referent, site):
    assert client.get(reverse("indicators:grid-export", args=[site.code, 2020, "exe"])).status_code == 404


@time_machine.travel("2020-11-21 10:00:00+01:00", tick=False)
def test_the_months_to_come_are_not_lacking(client, referent, site, indicator):
    follow(site, indicator, **{f"m{month}": Decimal("0.95") for month in range(1, 11)})
    text = client.get(grid(site)).text
    assert ">10/10</td>" in text
    assert "qp-grid__done--lacking" not in text


def test_a_reason_that_only_repeats_the_state_is_not_read_aloud(client, referent, site, indicator):
    ValueFactory(indicator=indicator, unit=site, year=2020, month=1, value=None, state="closed", reason="Fermée")
    ValueFactory(indicator=indicator, unit=site, year=2020, month=2, value=None, state="closed", reason="Ménage")
    readings.refresh(indicator.pk, site.pk, 2020)
    text = client.get(grid(site)).text
    assert ", Fermé</span>" in text
    assert ", Fermé : Ménage</span>" in text


def test_an_auditor_sees_that_a_month_was_closed_and_opens_its_history(client, site, indicator):
    campaign = CampaignFactory(site=site, year=2020, month=3, state="closed")
    follow(site, indicator, m3=Decimal("0.95"))
    history = reverse("indicators:campaign-history", args=[campaign.pk])
    client.force_login(user_with(Role.AUDITOR, site))
    assert (
        f'<a href="{history}">clos<span class="fr-sr-only">, historique, mars</span></a>' in client.get(grid(site)).text
    )
    client.force_login(user_with(Role.HEAD_OF_SERVICE, ServiceFactory(parent=site)))
    assert client.get(history).status_code != 200
