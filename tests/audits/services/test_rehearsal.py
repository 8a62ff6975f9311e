"""The rehearsal: what is red, orange or green, and why; ten actions drawn at random, the same for the same draw."""

from datetime import date

import pytest

from actions.enums import Status
from audits.enums import ComplianceState
from audits.services import rehearsal
from tests.actions.factories import ActionFactory, FindingEngagementFactory, FindingFactory, PlanFactory
from tests.audits.factories import ComplianceFactory, DocumentEngagementFactory, DocumentFactory
from tests.referential.factories import EngagementFactory, PerimeterFactory
from tests.training.factories import AgentFactory, PostFactory, TrainingThemeFactory

pytestmark = pytest.mark.django_db
ON = date(2026, 11, 29)


@pytest.fixture(autouse=True)
def perimeter(site, module):
    return PerimeterFactory(site=site, module=module, valid_from=date(2020, 1, 1))


def told(site):
    found = rehearsal.lights(site, ON, rehearsal.signals_of(site, ON))
    return {one.engagement.code: (one.colour, [signal.sentence for signal in one.signals]) for one in found}


def test_without_document_an_engagement_is_red(site, engagement):
    assert told(site) == {"10": ("red", ["aucun document ne le prouve"])}


def test_what_concerns_the_whole_site_is_told_apart(site, engagement):
    post = PostFactory(agent=AgentFactory(unit=site), theme=TrainingThemeFactory(), taken_on=date(2020, 1, 1))
    (signal,) = rehearsal.signals_of(site, ON)[None]
    assert signal.sentence == f"{post.theme.name} : 1 agent en retard, sur 1, le 29/11/2026"
    assert told(site)["10"] == ("red", ["aucun document ne le prouve"])


def test_a_fresh_document_makes_it_green_an_old_one_orange(site, engagement, module):
    fresh = DocumentFactory(site=site, checked_on=date(2026, 6, 1), period_months=12)
    DocumentEngagementFactory(document=fresh, engagement=engagement)
    other = EngagementFactory(module=module, code="17")
    old = DocumentFactory(site=site, title="Vieille fiche", version_on=date(2024, 1, 1), is_on_change=True)
    DocumentEngagementFactory(document=old, engagement=other)
    assert told(site) == {
        "10": ("green", []),
        "17": ("orange", ["« Vieille fiche » n’a pas été revu depuis le 01/01/2024"]),
    }


def test_a_late_action_and_a_compliance_denied_are_told(site, engagement):
    document = DocumentFactory(site=site, checked_on=date(2026, 6, 1))
    DocumentEngagementFactory(document=document, engagement=engagement)
    finding = FindingFactory(plan=PlanFactory(site=site), text="Attente")
    FindingEngagementFactory(finding=finding, engagement=engagement)
    ActionFactory(finding=finding, deadline_latest=date(2026, 1, 1))
    ComplianceFactory(site=site, engagement=engagement, state=ComplianceState.NON_COMPLIANT, reason="Panne")
    assert told(site)["10"] == ("red", ["non conforme : Panne", "action en retard : Attente"])


def test_ten_actions_are_drawn_among_those_done(site):
    finding = FindingFactory(plan=PlanFactory(site=site))
    for _ in range(12):
        ActionFactory(finding=finding, status=Status.DONE)
    ActionFactory(finding=finding)
    drawn = rehearsal.draw(site, 7)
    assert len(drawn) == 10
    assert {action.status for action in drawn} == {Status.DONE}
    assert drawn == rehearsal.draw(site, 7)
