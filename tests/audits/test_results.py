"""Self-diagnoses compared from year to year, and their gaps brought to the plan in one go."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from audits.models import AuditFinding
from audits.results import compared, diagnoses_until, marks_by_structure
from audits.services import gaps
from core.base.errors import UserError
from tests.audits.factories import AuditFactory, AuditRowFactory
from tests.organisations.factories import ServiceFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def years(site, engagement):
    """Two diagnoses: a service went from 3 to 1, another one was looked at this year only."""
    service = ServiceFactory(parent=site, name="Accueil")
    first, last = (
        AuditFactory(site=site, kind="self_diagnosis", starts_on=date(year, 5, 4), ends_on=date(year, 5, 4))
        for year in (2024, 2025)
    )
    row = {"engagement": engagement, "requirement": "", "structure": service, "result": "", "comment": ""}
    AuditRowFactory(audit=first, score=3, **row)
    AuditRowFactory(audit=last, score=1, **row)
    AuditRowFactory(audit=last, score=Decimal("3.5"), **row | {"structure": ServiceFactory(parent=site, name="Titres")})
    return first, last


def test_each_structure_is_compared_with_its_mark_of_the_year_before(years, engagement):
    _first, last = years
    lines = [(one.structure, one.marks, one.words) for one in compared(diagnoses_until(last))]
    assert lines == [("Accueil", ("3 sur 4", "1 sur 4"), "en baisse de 2"), ("Titres", ("–", "3,5 sur 4"), "")]


def test_marks_on_two_scales_are_shown_without_a_difference(years):
    first, last = years
    first.score_scale = 10
    first.save()
    assert [one.words for one in compared(diagnoses_until(last))] == ["", ""]


def test_the_gaps_go_to_the_plan_in_one_go_and_once(years, rq):
    _first, last = years
    (finding,) = gaps.open_findings(last, by=rq)
    assert (finding.kind, finding.text.partition(" : ")[2]) == ("improvement", "1 sur 4 (Accueil)")
    assert AuditFinding.objects.count() == 1
    with pytest.raises(UserError, match="déjà au plan"):
        gaps.open_findings(last, by=rq)


def test_each_structure_has_the_last_diagnosis_that_looked_at_it(years, rq, site, engagement):
    first, last = years
    gone = ServiceFactory(parent=site, name="Étrangers")
    for score, result in ((2, ""), (2, ""), (None, ""), (None, "strength")):
        AuditRowFactory(audit=first, structure=gone, score=score, result=result, comment="Vu" if score else "")
    told = {found.rows[0].structure.name: found for found in marks_by_structure(site, rq, date(2025, 12, 1)).values()}
    assert {name: (found.audit, found.to_plan, found.words) for name, found in told.items()} == {
        "Accueil": (last, 1, "1 engagement regardé, note 1 sur 4, 1 sans preuve"),
        "Titres": (last, 0, "1 engagement regardé, note 3,5 sur 4, 1 sans preuve"),
        "Étrangers": (first, 0, "3 engagements regardés, toutes les notes à 2 sur 4, 1 sans preuve, 1 non vu"),
    }
    assert [told["Titres"].is_old(date(2026, 5, day)) for day in (4, 5)] == [False, True]
    gaps.open_findings(last, by=rq)
    assert [found.to_plan for found in marks_by_structure(site, rq, date(2025, 12, 1)).values()] == [0, 0, 0]
    assert marks_by_structure(site, rq, date(2024, 5, 3)) == {}


def test_the_page_shows_the_years_and_the_button(client, rq, years):
    _first, last = years
    client.force_login(rq)
    page = client.get(reverse("audits:audit", args=[last.pk])).content.decode()
    assert "D’une année à l’autre" in page
    assert "en baisse de 2" in page
    client.post(reverse("audits:audit-open-findings", args=[last.pk]))
    assert AuditFinding.objects.filter(row__audit=last).count() == 1
