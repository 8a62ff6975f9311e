"""Services Publics +, engagement by engagement: what the apps say of a year, in their words and in the bilan."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from actions.enums import Status
from reports import synthesis
from reports.rendering.report import printed_chapter
from reports.rules.texts import plain_text
from reports.services.annual_reports import open_report
from reports.synthesis import Published
from tests.actions.factories import ActionFactory, FindingEngagementFactory
from tests.audits.factories import AuditFactory, AuditRowFactory, DocumentEngagementFactory
from tests.organisations.factories import ServiceFactory, SousPrefectureFactory
from tests.referential.factories import CorrespondenceFactory, EngagementFactory, ReferentialFactory
from tests.surveys.factories import PublicEditionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def site():
    return SousPrefectureFactory(name="Sous-préfecture de Test")


@pytest.fixture
def engagements(site):
    """Three engagements in force, and one of before that the first takes up."""
    code, since = "services-publics-plus-essai", date(2019, 1, 1)
    version = ReferentialFactory(code=code, name="Services Publics + (essai)", in_force_from=since)
    found = [
        EngagementFactory(module__referential=version, module__code=number, code=number, title=title)
        for number, title in (("1", "Bienveillance"), ("4", "Délais"), ("6", "Résultats"))
    ]
    before = EngagementFactory(code="9.1")
    CorrespondenceFactory(old=before, new=found[0])
    return [*found, before]


def engage(site, engagement, **action):
    link = FindingEngagementFactory(engagement=engagement, finding__plan__site=site)
    return ActionFactory(finding=link.finding, **action)


def test_each_engagement_tells_its_marks_its_actions_and_what_is_published(site, engagements):
    first, second, results, before = engagements
    audit = AuditFactory(site=site, kind="self_diagnosis", starts_on=date(2020, 5, 12), ends_on=date(2020, 5, 12))
    desk = ServiceFactory(parent=site, sigle="ACC")
    AuditRowFactory(audit=audit, engagement=first, structure=desk, result="", score=3)
    AuditRowFactory(audit=audit, engagement=second, result="compliant")
    AuditRowFactory(audit=audit, engagement=results, result="", score=None)
    engage(site, before, status=Status.DONE, done_on=date(2020, 3, 1), text="Former l’accueil")
    engage(site, first, status=Status.ONGOING, deadline_latest=date(2020, 12, 1), text="Sourire")
    engage(site, first, status=Status.DONE, done_on=date(2018, 3, 1))
    poster = {"document__site": site, "document__kind": "poster", "document__place": "Hall d’accueil"}
    DocumentEngagementFactory(
        engagement=results, document__version_on=date(2020, 2, 3), document__title="Nos délais", **poster
    )
    DocumentEngagementFactory(
        engagement=results, document__version_on=date(2021, 2, 3), document__title="Après", **poster
    )
    PublicEditionFactory(
        campaign__site=site, campaign__title="Enquête 2020", published_at=datetime(2020, 6, 30, 12, tzinfo=UTC)
    )

    found = synthesis.of_year(site, 2020)
    assert [(line.engagement.code, line.marks, line.actions_words) for line in found.lines] == [
        ("1", ["ACC : 3 sur 4"], "1 réalisée sur 2"),
        ("4", ["Conforme"], "–"),
        ("6", [], "–"),
    ]
    assert found.published == [
        ("6", Published("Nos délais", "Hall d’accueil", date(2020, 2, 3))),
        ("6", Published("Enquête 2020", "page publique de l’enquête", date(2020, 6, 30))),
    ]
    assert found.sentences == [
        "L’autodiagnostic du 12/05/2020 porte sur 2 engagements sur 3.",
        "2 actions de l’année y servent, dont 1 réalisée.",
        "Nos résultats sont publiés : Nos délais, Hall d’accueil, le 03/02/2020 ; "
        "Enquête 2020, page publique de l’enquête, le 30/06/2020.",
    ]
    report = open_report(site=site, year=2020, by=None)
    words = plain_text(printed_chapter(report.chapters.get(section="services-publics-plus")).body)
    assert "1. Bienveillance ACC : 3 sur 4 1 réalisée sur 2" in words
    assert "Sourire (en cours)" in words


def test_the_queries_are_the_same_whatever_the_number_of_rows(site, engagements):
    counts = []
    for number in range(3):
        engage(site, engagements[0], status=Status.DONE, done_on=date(2020, 3, 1))
        DocumentEngagementFactory(
            engagement=engagements[2], document__site=site, document__kind="poster", document__title=f"Affiche {number}"
        )
        with CaptureQueriesContext(
            connection,
        ) as queries:
            synthesis.of_year(site, 2020)
        counts.append(len(queries))
    assert len(set(counts)) == 1


def test_a_year_without_a_version_or_without_a_row_prints_nothing(site, engagements):
    assert (synthesis.of_year(site, 2018).referential, synthesis.of_year(site, 2018).is_empty) == (None, True)
    report = open_report(site=site, year=2020, by=None)
    assert printed_chapter(report.chapters.get(section="services-publics-plus")).body == ""
    assert synthesis.of_year(site, 2020).sentences[0].startswith("Aucun autodiagnostic")
