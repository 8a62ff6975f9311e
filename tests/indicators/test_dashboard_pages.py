"""The dashboard, its sealed editions, and « Pourquoi ce chiffre ? »."""

from datetime import date
from decimal import Decimal

import pytest
import time_machine
from django.urls import reverse

from core.models import Job
from indicators.enums import ValueState
from indicators.models import Snapshot
from indicators.rules.months import month_shown
from indicators.services import dashboards, readings
from organisations.enums import Role
from tests.core.page_checks import query_count
from tests.indicators.factories import (
    AssignmentFactory,
    IndicatorFactory,
    PastResultFactory,
    SnapshotFactory,
    TargetFactory,
    ValueFactory,
)
from tests.organisations.factories import SousPrefectureFactory, user_with

pytestmark = pytest.mark.django_db
DASHBOARD_QUERIES = 7
WHY_QUERIES = 11
NARROW = "\u202f"


@pytest.fixture
def site():
    return SousPrefectureFactory(code="13-aix", name="Aix")


@pytest.fixture
def management(client, site):
    user = user_with(Role.MANAGEMENT, site)
    client.force_login(user)
    return user


@pytest.fixture
def indicator(site):
    indicator = IndicatorFactory(code="svi", label="Appels aboutis SVI", source="COPIL 2020", year_rule="mean")
    AssignmentFactory(indicator=indicator, unit=site)
    TargetFactory(indicator=indicator, value=Decimal("0.9"), source="Grille du COPIL")
    return indicator


def measure(site, indicator, *figures, year: int = 2020, by=None):
    for month, figure in enumerate(figures, start=1):
        known = (
            {"value": None, "state": ValueState.SUSPENDED, "reason": "COVID"} if figure is None else {"value": figure}
        )
        ValueFactory(indicator=indicator, unit=site, year=year, month=month, entered_by=by, **known)
    readings.refresh(indicator.pk, site.pk, year)


def dashboard(month: int = 12) -> str:
    return reverse("indicators:dashboard", args=["13-aix", 2020, month])


def why(*more) -> str:
    return reverse("indicators:why", args=["svi", "13-aix", 2020, *more])


def test_the_dashboard_prints_the_month_the_year_the_target_and_last_year(client, management, site, indicator):
    PastResultFactory(indicator=indicator, site=site, value=Decimal("0.969"), target_met=True)
    measure(site, indicator, Decimal("0.99"), Decimal("0.98"), Decimal("0.8"))
    text = client.get(dashboard(3)).text
    for shown in (f"80{NARROW}%", f"92,3{NARROW}%", f"≥{NARROW}90{NARROW}%", "Atteint", f"96,9{NARROW}%", "3 sur 3"):
        assert shown in text
    assert "✓ cible atteinte" in text


def test_the_dashboard_of_an_earlier_month_reads_the_year_up_to_it(client, management, site, indicator):
    measure(site, indicator, Decimal("0.99"), Decimal("0.97"), Decimal("0.5"))
    text = client.get(dashboard(2)).text
    assert f"98{NARROW}%" in text
    assert f"50{NARROW}%" not in text


def test_no_measured_month_reads_sans_objet(client, management, site, indicator):
    measure(site, indicator, None, None)
    text = client.get(dashboard()).text
    assert "sans objet" in text
    assert "DIV" not in text


def test_the_dashboard_costs_the_same_with_one_and_three_indicators(client, management, site, indicator):
    measure(site, indicator, Decimal("0.99"))
    first = query_count(client, dashboard())
    for _ in range(2):
        other = IndicatorFactory()
        AssignmentFactory(indicator=other, unit=site)
        measure(site, other, Decimal("0.99"))
    assert (first, query_count(client, dashboard())) == (DASHBOARD_QUERIES, DASHBOARD_QUERIES)


@time_machine.travel("2020-11-21 10:00:00+01:00", tick=False)
def test_without_an_address_the_month_just_ended_opens(client, management, site, indicator):
    measure(site, indicator, Decimal("0.99"))
    assert client.get(reverse("indicators:dashboard")).url == dashboard(10)


@time_machine.travel("2020-11-15 10:00:00+01:00", tick=False)
def test_months_to_come_are_neither_missing_nor_left_out(client, management, site, indicator):
    measure(site, indicator, *["0.9"] * 10)
    assert client.get(reverse("indicators:dashboard")).url == dashboard(10)
    page = client.get(dashboard(12)).context_data
    row = page["bands"][0].rows[0]
    assert (row.month, row.completeness) == ("à venir", "10 sur 10")
    assert client.get(why()).context_data["explanation"].left_out == []


@pytest.mark.parametrize(
    ("year", "today", "expected"),
    [(2025, "2026-11-29", 12), (2026, "2026-11-29", 10), (2026, "2026-01-31", 1), (2027, "2026-11-29", 1)],
)
def test_the_month_shown_is_the_last_that_can_be_complete(year, today, expected):
    assert month_shown(year, date.fromisoformat(today)) == expected


def test_asking_for_an_edition_starts_a_job_once(client, site, indicator):
    client.force_login(user_with(Role.QUALITY_REFERENT, site))
    measure(site, indicator, Decimal("0.99"))
    url = reverse("indicators:dashboard-compute", args=["13-aix", 2020, 12])
    first, second = client.post(url).url, client.post(url).url
    job = Job.objects.get(kind="compute_dashboard")
    assert [first, second] == [reverse("core:job", args=[job.uuid])] * 2


def test_the_direction_cannot_ask_for_an_edition(client, management, site, indicator):
    measure(site, indicator, Decimal("0.99"))
    assert "Calculer une édition" not in client.get(dashboard()).text
    assert client.post(reverse("indicators:dashboard-compute", args=["13-aix", 2020, 12])).status_code == 403


def test_editions_are_listed_with_their_digest_and_what_changed(client, management, site, indicator):
    measure(site, indicator, Decimal("0.99"))
    dashboards.seal(site=site, year=2020, month=12, by=management)
    value = indicator.values.get()
    value.value = Decimal("0.95")
    value.save()
    readings.refresh(indicator.pk, site.pk, 2020)
    shot, _is_new = dashboards.seal(site=site, year=2020, month=12, by=management)
    text = client.get(dashboard()).text
    assert "Édition 1" in text
    assert "Édition 2" in text
    assert shot.digest[:12] in text
    assert f"janvier : 99{NARROW}% → 95{NARROW}%" in text


def test_a_sealed_edition_shows_what_was_computed_and_that_it_is_intact(client, management, site, indicator):
    measure(site, indicator, Decimal("0.99"))
    shot, _is_new = dashboards.seal(site=site, year=2020, month=12, by=management)
    indicator.values.update(value=Decimal("0.5"))
    readings.refresh(indicator.pk, site.pk, 2020)
    text = client.get(reverse("indicators:snapshot", args=[shot.pk])).text
    assert f"99{NARROW}%" in text
    assert f"50{NARROW}%" not in text
    assert "Édition intacte" in text


def test_an_altered_edition_is_told(client, management, site):
    shot = SnapshotFactory(site=site, payload={"indicators": []}, digest="0" * 64)
    assert Snapshot.objects.count() == 1
    assert "Cette édition a été altérée" in client.get(reverse("indicators:snapshot", args=[shot.pk])).text


def test_why_gives_the_rule_its_source_the_sum_and_the_months(client, management, site, indicator):
    measure(site, indicator, Decimal("0.99"), None, Decimal("0.85"))
    text = client.get(why()).text
    for shown in (
        f"92{NARROW}%",
        "Moyenne simple des mois mesurés.",
        "COPIL 2020",
        f"(99{NARROW}% + 85{NARROW}%) / 2 = 92{NARROW}%",
        "janvier, mars",
        "février (covid)",
        "Grille du COPIL",
    ):
        assert shown in text


def test_why_names_who_entered_and_what_changed(client, management, site, indicator):
    measure(site, indicator, Decimal("0.99"), by=management)
    value = indicator.values.get()
    value.value = Decimal("0.95")
    value._history_user, value._change_reason = management, "Erreur de saisie"
    value.save()
    readings.refresh(indicator.pk, site.pk, 2020)
    text = client.get(why()).text
    assert str(management) in text
    assert "Erreur de saisie" in text
    assert f"99{NARROW}%</del>" in text
    assert f"95{NARROW}%</ins>" in text


def test_why_points_at_the_month_asked_for(client, management, site, indicator):
    measure(site, indicator, Decimal("0.99"))
    assert '<tr id="mois-1" class="qp-row--shown">' in client.get(why(1)).text


def test_why_costs_the_same_with_one_and_three_months(client, management, site, indicator):
    measure(site, indicator, Decimal("0.99"))
    first = query_count(client, why())
    indicator.values.all().delete()
    measure(site, indicator, Decimal("0.99"), Decimal("0.98"), Decimal("0.97"))
    assert (first, query_count(client, why())) == (WHY_QUERIES, WHY_QUERIES)


def test_why_of_a_month_that_is_none_does_not_exist(client, management, site, indicator):
    measure(site, indicator, "0.9")
    assert client.get(f"{why()}13/").status_code == 404


def test_why_of_another_site_or_of_nothing_does_not_exist(client, management, site, indicator):
    assert client.get(why()).status_code == 404
    other = SousPrefectureFactory(code="autre")
    measure(other, indicator, Decimal("0.99"))
    assert client.get(reverse("indicators:why", args=["svi", "autre", 2020])).status_code == 404
