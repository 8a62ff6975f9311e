"""A plan in bands and lines: engagements and findings span their lines, as in the documents of the services."""

import pytest

from actions.models import Finding
from actions.tables.plan_sheet import ENGAGEMENT, RESPONSIBLE, SECTION, bands_of
from tests.actions.factories import ActionFactory, ActionResponsibleFactory, FindingEngagementFactory, FindingFactory
from tests.organisations.factories import ServiceFactory
from tests.referential.factories import EngagementFactory, ModuleFactory

pytestmark = pytest.mark.django_db


def bands(by: str = SECTION) -> list[tuple]:
    """(heading, [(engagement, its span, number of the finding, its span, action)])."""
    return [
        (
            band.title,
            [
                (line.engagement, line.engagement_span, line.finding.number, line.finding_span, str(line.action or ""))
                for line in band.lines
            ],
        )
        for band in bands_of(list(Finding.objects.order_by("number")), by=by)
    ]


def test_findings_stand_under_their_section_and_engagements_span_them(plan):
    first = FindingFactory(plan=plan, number=1, section="Module 1", text="a")
    second = FindingFactory(plan=plan, number=2, section="Module 1", text="b")
    FindingFactory(plan=plan, number=3, section="Pilotage", text="c")
    engagement = EngagementFactory(code="3")
    for finding in (first, second):
        FindingEngagementFactory(finding=finding, engagement=engagement)
    ActionFactory(finding=first, position=0, text="x")
    ActionFactory(finding=first, position=1, text="y")
    ActionFactory(finding=second, text="z")
    assert bands() == [
        ("Module 1", [("E3", 3, 1, 2, "x"), ("E3", 0, 1, 0, "y"), ("E3", 0, 2, 1, "z")]),
        ("Pilotage", [("", 1, 3, 1, "")]),
    ]


def test_a_finding_without_section_stands_under_its_module_or_apart(plan):
    FindingFactory(plan=plan, number=1, module=ModuleFactory(code="2", title="Accueil"))
    FindingFactory(plan=plan, number=2)
    assert [title for title, _ in bands()] == ["Module 2 – Accueil", "Sans rubrique"]


def test_the_words_of_the_document_stand_for_an_engagement_nobody_recognised(plan):
    FindingFactory(plan=plan, number=1, engagement_words="bilan annuel")
    assert bands()[0][1][0][0] == "bilan annuel"
    assert bands(ENGAGEMENT)[0][0] == "bilan annuel"


def test_by_engagement_a_finding_stands_under_each_of_its_own(plan):
    finding = FindingFactory(plan=plan, number=1)
    for code in ("3", "17"):
        FindingEngagementFactory(finding=finding, engagement=EngagementFactory(code=code, title="Titre"))
    FindingFactory(plan=plan, number=2)
    assert [title for title, _ in bands(ENGAGEMENT)] == ["E3 – Titre", "E17 – Titre", "Sans engagement"]


def test_by_responsible_an_action_stands_under_each_and_nobody_comes_last(plan, site):
    shared = ActionFactory(finding__plan=plan, finding__number=1, text="x")
    ActionFactory(finding__plan=plan, finding__number=2, text="y")
    FindingFactory(plan=plan, number=3)
    ActionResponsibleFactory(action=shared, unit=ServiceFactory(parent=site, sigle="SIDSIC"))
    ActionResponsibleFactory(action=shared, unit=ServiceFactory(parent=site, sigle="BRH"))
    assert [title for title, _ in bands(RESPONSIBLE)] == ["BRH", "SIDSIC", "Sans action", "Sans responsable"]
