"""The payload of a dashboard and its sealed editions."""

import hashlib
import json
from decimal import Decimal

import pytest
from django.core.management import CommandError, call_command

from core.models import Job, Notice
from indicators.enums import CampaignState, Measure, YearRule
from indicators.models import Snapshot
from indicators.printing import dashboard as printed
from indicators.services import dashboards, values
from indicators.services.values import EntryCell, Figure
from organisations.enums import Role
from tests.indicators.factories import (
    AssignmentFactory,
    CampaignFactory,
    IndicatorFactory,
    PastResultFactory,
    TargetFactory,
)
from tests.organisations.factories import ServiceFactory, UserFactory, user_with

pytestmark = pytest.mark.django_db


@pytest.fixture
def assignment():
    indicator = IndicatorFactory(label="Taux d’appels aboutis", year_rule=YearRule.MEAN)
    TargetFactory(indicator=indicator)
    return AssignmentFactory(indicator=indicator)


@pytest.fixture
def site(assignment):
    return assignment.site


def enter(assignment, month, figure, **options):
    cell = EntryCell(assignment.indicator, assignment.unit_id, assignment.site_id, 2020, month)
    return values.enter(cell, figure, by=None, confirmed=True, **options)


def test_the_payload_has_the_promised_fields_and_rounds_nothing(assignment, site):
    PastResultFactory(indicator=assignment.indicator, site=site, value=Decimal("0.968"), target_met=True)
    enter(assignment, 1, Figure(value=Decimal("0.99")))
    enter(assignment, 2, Figure(value=Decimal("0.98")))
    enter(assignment, 3, Figure(value=Decimal("0.98")))
    enter(assignment, 4, Figure(state="suspended", reason="COVID"))
    content = dashboards.payload(site, 2020)
    (row,) = content["indicators"]
    assert {key: content[key] for key in ("unit", "year", "month")} == {"unit": site.code, "year": 2020, "month": 12}
    assert row["year_value"] == row["mean_of_months"] == pytest.approx(0.983333333333, abs=1e-12)
    assert (row["weighted"], row["unit"], row["year_rule"], row["target_met"]) == (None, "rate", "mean", True)
    assert row["target"] == {"direction": ">=", "value": 0.9}
    assert row["previous"] == {"value": 0.968, "target_met": True}
    assert row["months"][3] == {
        "month": 4, "state": "suspended", "value": None, "numerator": None, "denominator": None,
    }  # fmt: skip
    assert [month["state"] for month in row["months"]] == ["measured"] * 3 + ["suspended"] + ["missing"] * 8
    assert row["completeness"] == {"entered": 4, "due": 12}


def test_an_earlier_month_reads_only_what_was_known_then(assignment, site):
    enter(assignment, 1, Figure(value=Decimal("0.8")))
    enter(assignment, 2, Figure(value=Decimal("1")))
    (row,) = dashboards.payload(site, 2020, 1)["indicators"]
    assert (row["year_value"], row["target_met"], len(row["months"])) == (0.8, False, 1)


def test_a_delay_is_never_a_percentage(assignment):
    assignment.indicator.measure = Measure.DAYS
    assignment.indicator.save()
    enter(assignment, 1, Figure(value=Decimal("6")))
    (row,) = dashboards.payload(assignment.site, 2020)["indicators"]
    assert (row["unit"], row["year_value"]) == ("days", 6)


def test_a_dashboard_is_read_in_one_query(assignment, site, django_assert_num_queries):
    enter(assignment, 1, Figure(value=Decimal("0.9")))
    with django_assert_num_queries(1):
        dashboards.payload(site, 2020)
    for other in AssignmentFactory.create_batch(3, unit=assignment.unit):
        enter(other, 1, Figure(value=Decimal("0.9")))
    with django_assert_num_queries(1):
        assert len(dashboards.payload(site, 2020)["indicators"]) == 4


def test_an_edition_is_sealed_once_and_its_digest_proves_it(assignment, site):
    enter(assignment, 1, Figure(value=Decimal("0.9")))
    first, is_new = dashboards.seal(site=site, year=2020, month=1, by=None)
    again, is_new_again = dashboards.seal(site=site, year=2020, month=1, by=None)
    assert (is_new, is_new_again, first.edition, again) == (True, False, 1, first)
    text = json.dumps(first.payload, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert first.digest == hashlib.sha256(text.encode()).hexdigest()
    stored = Snapshot.objects.get()
    assert dashboards.is_intact(stored)
    stored.payload["year"] = 1999
    assert not dashboards.is_intact(stored)


def test_a_correction_asks_for_a_new_edition_that_says_what_changed(assignment, site):
    enter(assignment, 1, Figure(value=Decimal("0.9")))
    dashboards.seal(site=site, year=2020, month=1, by=None)
    CampaignFactory(site=site, state=CampaignState.CLOSED)
    by = UserFactory()
    enter(assignment, 1, Figure(value=Decimal("0.85")), amendment_reason="appels de la semaine 3 oubliés")
    job = Job.objects.get(kind="compute_dashboard")
    assert job.parameters == {"site_id": site.pk, "year": 2020, "month": 1}
    edition, is_new = dashboards.seal(site=site, year=2020, month=1, by=by)
    assert (is_new, edition.edition) == (True, 2)
    assert [change["message"].replace("\u202f", " ") for change in edition.changes] == [
        f"Taux d’appels aboutis ({assignment.indicator.engagement or assignment.indicator.family}), janvier : "
        "90 % → 85 %",
        f"Taux d’appels aboutis ({assignment.indicator.engagement or assignment.indicator.family}), "
        "lecture de l’année : 90 % → 85 %",
    ]


def test_the_direction_and_the_heads_are_told_of_each_new_edition_with_its_pdf(assignment, site):
    """A head reads their own figures: by the page of the month, and in a PDF that holds no other."""
    other = AssignmentFactory(indicator=IndicatorFactory(label="Délai des courriers"), site=site)
    for one in (assignment, other):
        enter(one, 1, Figure(value=Decimal("0.9")))
    direction = user_with(Role.MANAGEMENT, site.parent)
    head = user_with(Role.HEAD_OF_SERVICE, assignment.unit)
    user_with(Role.HEAD_OF_SERVICE, ServiceFactory(parent=site))
    snapshot, _ = dashboards.seal(site=site, year=2020, month=1, by=None)
    told = {notice.recipient: notice for notice in Notice.objects.all()}
    assert set(told) == {direction.email, head.email}
    assert f"/editions/{snapshot.pk}/" in told[direction.email].body
    assert f"/{site.code}/2020/1/" in told[head.email].body
    ((name, content, kind),) = printed.files_of(told[head.email])
    assert (name, kind, content[:5]) == (f"tableau-de-bord-2020-01-{site.code}.pdf", "application/pdf", b"%PDF-")
    assert "Délai des courriers" in printed.html_of(snapshot)
    assert "Délai des courriers" not in printed.html_of(snapshot, {assignment.indicator.code})


def test_a_corrected_edition_says_on_paper_what_changed(assignment, site):
    enter(assignment, 1, Figure(value=Decimal("0.9")))
    dashboards.seal(site=site, year=2020, month=1, by=None)
    enter(assignment, 1, Figure(value=Decimal("0.85")))
    edition, _ = dashboards.seal(site=site, year=2020, month=1, by=None)
    html = printed.html_of(edition)
    assert "Ce qui a changé depuis l’édition 1" in html
    assert "janvier\u00a0: 90\u202f% → 85\u202f%" in html
    assert f"Édition 2, calculée le {edition.created_at:%d/%m/%Y}" in html


def test_the_command_prints_the_payload_and_names_what_it_does_not_know(assignment, site, capsys):
    enter(assignment, 1, Figure(value=Decimal("0.9")))
    call_command("dashboard", unit=site.code, year=2020, format="json")
    assert json.loads(capsys.readouterr().out) == dashboards.payload(site, 2020)
    with pytest.raises(CommandError, match="Aucun site n’a le code « nulle-part »"):
        call_command("dashboard", unit="nulle-part", year=2020)
    with pytest.raises(CommandError, match="Le mois 13 n’existe pas"):
        call_command("dashboard", unit=site.code, year=2020, month=13)
