"""The pages of an edition: where it stands, validated, sealed, published, corrected; read by its readers."""

import pytest
from django.urls import reverse

from organisations.enums import Role
from reports.models import Publication
from reports.services import annual_reports, editions, proofs
from tests.core.page_checks import query_count
from tests.organisations.factories import ServiceFactory, SousPrefectureFactory, user_with
from tests.reports.factories import (
    AnnualReportFactory,
    EditionFactory,
    FrozenChapterFactory,
    PrintedFileFactory,
    ProofCommentFactory,
    ProofreadingFactory,
    PublicationFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def site():
    return SousPrefectureFactory(name="Sous-préfecture de Test")


@pytest.fixture
def edition(site):
    """An edition with its page and one chapter."""
    report = annual_reports.open_report(site=site, year=2020, by=None)
    edition = EditionFactory(report=report)
    PrintedFileFactory(report=report, edition=edition, document="bilan", name="bilan.html")
    chapter = report.chapters.get(title="Les actions engagées")
    FrozenChapterFactory(edition=edition, position=0, number=None, title="Première page", body="<p>Front</p>")
    FrozenChapterFactory(edition=edition, chapter=chapter, title=chapter.title, body="<p>Des mots.</p>")
    return edition


def as_role(client, role, site):
    user = user_with(role, site)
    client.force_login(user)
    return user


def act(client, verb, edition, data=None):
    return client.post(reverse(f"reports:edition-{verb}", args=[edition.pk]), data or {}, follow=True)


def test_from_the_draft_to_its_readers(client, edition, site):
    page = reverse("reports:edition", args=[edition.pk])
    as_role(client, Role.QUALITY_REFERENT, site)
    assert "Rien n’empêche de la sceller, une fois validée par la direction" in client.get(page).text
    assert "La direction doit d’abord valider" in act(client, "seal", edition).text

    direction = as_role(client, Role.MANAGEMENT, site)
    shown = client.get(page).text
    assert ("Valider cette édition" in shown, "Sceller" in shown) == (True, False)
    assert f"par {direction}" in act(client, "validate", edition).text

    as_role(client, Role.DEPUTY_REFERENT, site)
    assert reverse("reports:edition-seal", args=[edition.pk]) in client.get(page).text
    assert "vérifiée à l’instant" in act(client, "seal", edition).text
    head = user_with(Role.HEAD_OF_SERVICE, ServiceFactory(parent=site))
    done = act(client, "publish", edition, {"roles": ["head_of_service"]}).text
    assert "à : Chef de service" in done

    client.force_login(head)
    assert client.get(page).status_code == 403
    publication = Publication.objects.get()
    read = reverse("reports:publication", args=[publication.pk])
    assert f'href="{read}"' in client.get(reverse("reports:home")).text
    assert f'href="{read}"' in client.get(reverse("reports:publications")).text
    text = client.get(read).text
    assert ("<p>Des mots.</p>" in text, "Sommaire" in text) == (True, True)
    pdf = client.get(reverse("reports:publication-download", args=[publication.pk, "pdf"]))
    assert b"".join(pdf.streaming_content) == b"%PDF-1.7"
    html = client.get(reverse("reports:publication-download", args=[publication.pk, "html"]))
    assert (b"".join(html.streaming_content), 'filename="bilan.html"' in html["Content-Disposition"]) == (
        b"%PDF-1.7",
        True,
    )
    assert client.get(reverse("reports:publication-download", args=[publication.pk, "odt"])).status_code == 404


def test_what_stops_the_sealing_is_listed_with_its_links(client, edition, site):
    as_role(client, Role.QUALITY_REFERENT, site)
    chapter = edition.report.chapters.get(title="Services Publics +")
    FrozenChapterFactory(edition=edition, position=2, number=None, chapter=chapter, title=chapter.title, body="")
    page = client.get(reverse("reports:edition", args=[edition.pk])).text
    assert "1 point empêche de la sceller" in page
    assert reverse("reports:chapter", args=[chapter.pk]) in page
    editions.validate(edition, by=None)
    assert "un point l’empêche" in act(client, "seal", edition).text


def test_a_correction_shows_what_it_changes(client, edition, site):
    as_role(client, Role.MANAGEMENT, site)
    editions.validate(edition, by=None)
    edition.refresh_from_db()
    editions.seal(edition, by=None)
    second = EditionFactory(report=edition.report, number=2)
    chapter = edition.report.chapters.get(title="Les actions engagées")
    FrozenChapterFactory(edition=second, chapter=chapter, title=chapter.title, body="<p>D’autres mots.</p>")
    page = client.get(reverse("reports:edition", args=[second.pk])).text
    assert "Ce qui change depuis l’édition 1" in page
    assert ("<del>Des mots.</del>" in page, "<ins>D’autres mots.</ins>" in page) == (True, True)


def test_an_edition_that_was_tampered_with_says_so(client, edition, site):
    as_role(client, Role.AUDITOR, site)
    editions.validate(edition, by=None)
    edition.refresh_from_db()
    editions.seal(edition, by=None)
    FrozenChapterFactory(edition=edition, position=9, title="Glissé", body="<p>Après coup.</p>")
    assert "n’est plus celle qui a été scellée" in client.get(reverse("reports:edition", args=[edition.pk])).text


def test_a_publication_is_withdrawn_with_its_reason(client, edition, site):
    as_role(client, Role.QUALITY_REFERENT, site)
    publication = PublicationFactory(edition=edition)
    address = reverse("reports:publication-withdraw", args=[publication.pk])
    assert client.post(address, {"reason": ""}).status_code == 200
    done = client.post(address, {"reason": "Une erreur"})
    assert done.url == reverse("reports:edition", args=[edition.pk])
    assert not Publication.objects.exists()


def test_a_proof_is_asked_for_and_its_link_is_on_the_page(client, edition, site):
    as_role(client, Role.QUALITY_REFERENT, site)
    sent = {"reader": "M. Relecteur", "email": "", "expires_on": "2099-01-01"}
    address = reverse("reports:proof-create", args=[edition.pk])
    assert "60 prochains" in client.post(address, sent).text
    made = ProofreadingFactory(edition=edition)
    page = client.get(reverse("reports:edition", args=[edition.pk])).text
    assert proofs.link_of(made) in page
    as_role(client, Role.AUDITOR, site)
    assert proofs.link_of(made) not in client.get(reverse("reports:edition", args=[edition.pk])).text


def test_the_page_of_an_edition_takes_the_same_queries_whatever_its_remarks(client, edition, site):
    as_role(client, Role.QUALITY_REFERENT, site)
    page = reverse("reports:edition", args=[edition.pk])
    counts = []
    for position in (3, 4, 5):
        chapter = FrozenChapterFactory(edition=edition, position=position)
        ProofCommentFactory(proofreading=ProofreadingFactory(edition=edition), chapter=chapter)
        counts.append(query_count(client, page))
    assert len(set(counts)) == 1


def test_the_list_of_published_bilans_takes_constant_queries(client, site):
    as_role(client, Role.MANAGEMENT, site)
    counts = []
    for year in (2010, 2011, 2012):
        PublicationFactory(edition=EditionFactory(report=AnnualReportFactory(site=site, year=year)))
        counts.append(query_count(client, reverse("reports:publications")))
    assert len(set(counts)) == 1
