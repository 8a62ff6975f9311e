"""A report with figures of every kind, and its PDF rendered once for the whole session."""

from decimal import Decimal

import pytest

from indicators.services import values
from indicators.services.values import EntryCell, Figure
from reports.rendering.whole import render
from reports.services import annual_reports
from tests.indicators.factories import AssignmentFactory, IndicatorFactory, TargetFactory
from tests.organisations.factories import ServiceFactory, SousPrefectureFactory

YEAR = 2020


@pytest.fixture
def report():
    """Two indicators of two families: one reached, with a closed month; one missed, with a month out of character."""
    site = SousPrefectureFactory(name="Sous-préfecture de Test")
    service = ServiceFactory(parent=site)
    reached, missed = (
        AssignmentFactory(indicator=IndicatorFactory(label=label, family__name=family), unit=service)
        for label, family in (("Taux d’appels aboutis", "Standard"), ("Taux d’appels aboutis SVI", "Serveur vocal"))
    )
    for assignment in (reached, missed):
        TargetFactory(indicator=assignment.indicator)
    for month in range(1, 7):
        enter(reached, month, value=Decimal("0.95"))
        enter(missed, month, value=Decimal("0.1") if month == 6 else Decimal("0.98"))
    enter(reached, 7, state="closed", reason="travaux dans le hall")
    report = annual_reports.open_report(site=site, year=YEAR, by=None)
    chapter = report.chapters.get(title="Les actions engagées")
    text = "<h4>Les audits</h4><p>L'audit a eu lieu : « point fort » !</p><h3>Suite</h3><ul><li>une action</li></ul>"
    annual_reports.write_chapter(chapter, title=chapter.title, text=text, by=None)
    return report


def enter(assignment, month, **figure):
    cell = EntryCell(assignment.indicator, assignment.unit_id, assignment.site_id, YEAR, month)
    values.enter(cell, Figure(**figure), by=None, confirmed=True)


@pytest.fixture(scope="session")
def renderings() -> dict:
    return {}


@pytest.fixture
def rendered(report, renderings) -> tuple[bytes, int]:
    """(PDF, pages) of that report, in demonstration mode, laid out once."""
    if not renderings:
        renderings["report"] = render(report)
    return renderings["report"]
