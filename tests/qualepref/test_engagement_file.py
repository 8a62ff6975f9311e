"""The page of an engagement is its file: what each application keeps about it at a site, and only what one may see."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from actions.enums import FindingKind
from audits.enums import ComplianceState, Result
from organisations.enums import Role
from referential.registries import Dossier, file_parts
from surveys.enums import CampaignState
from surveys.services.results import refresh
from tests.actions.factories import (
    ActionFactory,
    ActionResponsibleFactory,
    FindingEngagementFactory,
    FindingFactory,
    ProofFactory,
)
from tests.audits.factories import (
    AuditRowFactory,
    ComplianceFactory,
    DocumentEngagementFactory,
    DocumentFactory,
    EvidenceFactory,
)
from tests.complaints.factories import ComplaintFactory
from tests.indicators.factories import AssignmentFactory, IndicatorFactory, ReadingFactory
from tests.organisations.factories import ServiceFactory, SousPrefectureFactory, UserFactory, user_with
from tests.referential.factories import EngagementFactory, PerimeterFactory
from tests.surveys.factories import QuestionEngagementFactory, ResponseFactory, SurveyCampaignFactory
from tests.training.factories import AgentFactory, PostFactory, TrainingThemeFactory

QUERIES = 39
TODAY = date(2026, 3, 2)
MONTHS = [{"month": 1, "value": "0.90"}, {"month": 2, "value": "0.96"}, {"month": 3, "value": None}]


@pytest.fixture(autouse=True)
def frozen(monkeypatch, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setattr(timezone, "localdate", lambda *_: TODAY)


@pytest.fixture
def site(db):
    return SousPrefectureFactory()


@pytest.fixture
def engagement(db):
    return EngagementFactory(code="3", title="Nous vous écoutons")


@pytest.fixture
def referent(site):
    return user_with(Role.QUALITY_REFERENT, site)


def fill(engagement, site, number: int = 0) -> None:
    """One thing of each kind about the engagement at the site."""
    service = ServiceFactory(parent=site, sigle=f"ACC{number}")
    agent, theme = AgentFactory(unit=service), TrainingThemeFactory(engagement=engagement, name=f"Accueil {number}")
    PostFactory(agent=agent, theme=theme, taken_on=date(2020, 1, 6))
    ComplianceFactory(
        site=site, engagement=engagement, state=ComplianceState.PARTIAL, reason="Registre tenu", unit=service,
        stated_on=date(2026, 1, 15 - number), stated_by=UserFactory(first_name="Camille", last_name="Roux"),
    )  # fmt: skip
    document = DocumentFactory(site=site, title=f"Fiche {number}", version="V2", owner=service)
    DocumentEngagementFactory(document=document, engagement=engagement)
    EvidenceFactory(document=document)
    indicator = IndicatorFactory(engagement=engagement, label=f"Réponses {number}")
    AssignmentFactory(indicator=indicator, site=site, unit=service)
    ReadingFactory(
        indicator=indicator, site=site, year=2026, months=MONTHS, measured_months=2, value=Decimal("0.93"),
        target_direction=">=", target_value=Decimal("0.95"), target_met=False, previous_value=Decimal("0.9"),
    )  # fmt: skip
    finding = FindingFactory(plan__site=site, plan__title=f"Audit {number}", text="-", kind=FindingKind.NONCONFORMITY)
    FindingEngagementFactory(finding=finding, engagement=engagement)
    action = ActionFactory(
        finding=finding, text=f"Afficher {number}", deadline_text="fév. 2026", deadline_latest=date(2026, 2, 28)
    )
    ActionResponsibleFactory(action=action, unit=service)
    ProofFactory(action=action)
    campaign = SurveyCampaignFactory(site=site, title=f"Enquête {number}")
    link = QuestionEngagementFactory(question__questionnaire=campaign.questionnaire, engagement=engagement)
    for _ in range(10):
        ResponseFactory(campaign=campaign, answers={link.question.code: "satisfied"})
    refresh(campaign)
    campaign.state = CampaignState.CLOSED
    campaign.save()
    ComplaintFactory(site=site, engagement=engagement, received_on=date(2025 - number, 5, 1))
    AuditRowFactory(
        audit__site=site,
        audit__starts_on=date(2020, 1, 14 - number),
        engagement=engagement,
        requirement=f"Exigence {number}",
        result=Result.WEAKNESS,
    )


def file_of(user, engagement, site) -> dict[str, list[tuple]]:
    """What each part says: (label, detail, badge) of its lines."""
    dossier = Dossier(user, site, TODAY, {engagement.pk})
    told = {}
    for part in file_parts.for_user(user):
        content = part.read(dossier)
        rows = content.context["rows"] if content.template else content.rows
        told[part.code] = [
            (row["label"], row["told"], row["state"]) if content.template else (row.label, row.detail, row.badge)
            for row in rows
        ]
    return told


def test_each_application_tells_what_it_keeps(site, engagement, referent):
    fill(engagement, site)
    assert file_of(referent, engagement, site) == {
        "compliance": [
            (
                "E3, depuis le 15/01/2026",
                "Registre tenu\u202f; en répond\u202f: ACC0\u202f; dite par Camille Roux",
                "Partiellement conforme",
            )
        ],
        "documents": [("Fiche 0", "Autre document, ACC0, version V2, 1 pièce", "Sans date")],
        "indicators": [
            (
                "Réponses 0",
                "93\u202f% en 2026\u202f; février\u202f: 96\u202f%\u202f; cible\u202f: ≥\u202f95\u202f%\u202f; "
                "N-1\u202f: 90\u202f%\u202f; saisi par ACC0",
                "missed",
            )
        ],
        "actions": [
            ("Afficher 0", "ACC0\u202f; échéance : fév. 2026\u202f; 1 preuve. Écart, Audit 0", "En retard"),
        ],
        "surveys": [("Enquête 0\u202f: la courtoisie des agents", "100,0\u202f% (10 sur 10 réponses)", "")],
        "complaints": [("2025", "1 dossier, dont 1 réclamation\u202f; 0 réponse sur le fond", "")],
        "audits": [("Exigence 0", "Audit interne du 14/01/2020", "Point sensible")],
        "training": [("Accueil 0", "0 à jour ou dispensés sur 1, 1 en retard", "")],
    }


def test_nothing_of_another_site_is_told(site, engagement, referent):
    fill(engagement, SousPrefectureFactory())
    assert {code: rows for code, rows in file_of(referent, engagement, site).items() if rows} == {
        "indicators": [("Réponses 0", "jamais mesuré à ce site\u202f; personne ne le saisit", "")]
    }


def test_a_part_is_for_those_who_see_what_it_tells(site, engagement):
    fill(engagement, site)
    reader = user_with(Role.RECEPTION_AGENT, site)
    assert {code for code, rows in file_of(reader, engagement, site).items() if rows} == {
        "documents", "surveys", "complaints",
    }  # fmt: skip


def test_a_finding_without_action_is_told_as_such(site, engagement, referent):
    FindingEngagementFactory(finding__plan__site=site, finding__text="Rien n’est affiché", engagement=engagement)
    (row,) = file_of(referent, engagement, site)["actions"]
    assert (row[0], row[2]) == ("Rien n’est affiché", "Sans action")


def test_the_page_gathers_what_is_kept_of_the_sub_engagements_and_says_what_is_missing(
    client, site, engagement, referent
):
    PerimeterFactory(site=site, module=engagement.module)
    below = EngagementFactory(module=engagement.module, parent=engagement, code="3.1")
    DocumentEngagementFactory(document__site=site, document__title="Fiche du sous-engagement", engagement=below)
    client.force_login(referent)
    text = client.get(reverse("referential:engagement", args=[engagement.pk])).text
    for words in ("Fiche du sous-engagement", "Rien n’est dit de sa conformité", "Aucun indicateur", "au 02/03/2026"):
        assert words in text
    assert "ne retient pas ce module" not in text


def test_the_site_asked_is_one_that_the_person_reads(client, site, engagement, referent):
    client.force_login(referent)
    url = reverse("referential:engagement", args=[engagement.pk])
    sister = SousPrefectureFactory()
    assert [client.get(url, {"site": code}).status_code for code in (site.code, sister.code, "rien")] == [200, 404, 404]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_costs_the_same_queries_whatever_it_gathers(
    client, site, engagement, referent, django_assert_num_queries, rows
):
    for number in range(rows):
        fill(engagement, site, number)
    client.force_login(referent)
    with django_assert_num_queries(QUERIES):
        client.get(reverse("referential:engagement", args=[engagement.pk]))
