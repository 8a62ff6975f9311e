"""The pages of the annual reports: list, report, chapter, preview, conflict, editions."""

from pathlib import Path

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from core.base.digests import digest_of_chunks
from core.models import Job
from core.record import history
from organisations.enums import Role
from reports.models import AnnualReport, Chapter, Edition
from reports.services import annual_reports
from tests.core.page_checks import check_list_page, query_count
from tests.organisations.factories import SousPrefectureFactory, user_with
from tests.reports.factories import AnnualReportFactory, ChapterFactory, EditionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def site():
    return SousPrefectureFactory(name="Sous-préfecture de Test")


@pytest.fixture
def referent(client, site):
    user = user_with(Role.QUALITY_REFERENT, site)
    client.force_login(user)
    return user


@pytest.fixture
def chapter(site, referent):
    report = annual_reports.open_report(site=site, year=2020, by=referent)
    return report.chapters.first()


def test_the_list_of_reports_takes_constant_queries(client, site, referent):
    years = iter(range(2010, 2020))
    check_list_page(client, reverse("reports:reports"), lambda: AnnualReportFactory(site=site, year=next(years)), 6)


def test_a_year_is_printed_without_a_space(client, site, referent):
    report = AnnualReportFactory(site=site, year=2020)
    for url in (reverse("reports:reports"), reverse("reports:report", args=[report.pk])):
        assert "Bilan qualité 2020" in client.get(url).text


def test_opening_a_report_leads_to_it(client, site, referent):
    response = client.post(reverse("reports:report-open"), {"site": site.pk, "year": 2020})
    assert response.url == reverse("reports:report", args=[AnnualReport.objects.get().pk])


def test_the_page_of_a_report_takes_constant_queries(client, site, referent):
    report = AnnualReportFactory(site=site)
    url = reverse("reports:report", args=[report.pk])
    counts = []
    for number in (1, 2, 3):
        ChapterFactory(report=report)
        EditionFactory(report=report, number=number)
        counts.append(query_count(client, url))
    assert len(set(counts)) == 1  # how many is for the checks of each app, which the page counts


def test_writing_a_chapter_saves_it_cleaned_under_the_name_of_its_author(client, chapter, referent):
    url = reverse("reports:chapter", args=[chapter.pk])
    response = client.post(url, {"title": "Nos actions", "text": '<p onclick="x()">Fait<script>x()</script></p>'})
    assert response.url == url
    saved = Chapter.objects.get(pk=chapter.pk)
    assert (saved.title, saved.text) == ("Nos actions", "<p>Fait</p>")
    assert saved.history.first().history_user == referent


def test_the_second_writer_sees_both_texts_and_keeps_the_one_chosen(client, chapter, referent):
    url = reverse("reports:chapter", args=[chapter.pk])
    found = history.version_of(chapter)
    annual_reports.write_chapter(chapter, title=chapter.title, text="<p>Le texte de Paul</p>", by=None)
    mine = {"title": chapter.title, "text": "<p>Mon texte</p><p>sur deux lignes</p>", "_version": found}
    page = client.post(url, mine)
    assert page.status_code == 409
    assert "Mon texte<br>sur deux lignes" in page.text
    assert "Le texte de Paul" in page.text
    again = {**mine, "_version": page.context_data["version"]}
    assert client.post(url, {**again, "_keep_text": "theirs"}).status_code == 302
    assert Chapter.objects.get(pk=chapter.pk).text == "<p>Le texte de Paul</p>"
    last = history.version_of(Chapter.objects.get(pk=chapter.pk))
    client.post(url, {**again, "_version": last, "_keep_text": "mine"})
    assert Chapter.objects.get(pk=chapter.pk).text == "<p>Mon texte</p><p>sur deux lignes</p>"


def test_moving_other_chapters_does_not_disturb_a_writer(client, chapter, referent):
    found = history.version_of(chapter)
    last = chapter.report.chapters.last()
    client.post(reverse("reports:chapter-up", args=[last.pk]))
    text = {"title": chapter.title, "text": "<p>t</p>", "_version": found}
    assert client.post(reverse("reports:chapter", args=[chapter.pk]), text).status_code == 302


def test_the_preview_shows_the_chapter_as_printed_and_may_be_framed_by_us(client, chapter):
    annual_reports.write_chapter(chapter, title="Nos actions", text="<p>Bien !</p>", by=None)
    page = client.get(reverse("reports:chapter-preview", args=[chapter.pk]))
    assert "<p>Bien\u202f!</p>" in page.text
    assert page["X-Frame-Options"] == "SAMEORIGIN"
    assert "'unsafe-inline'" not in page["Content-Security-Policy"]


def test_the_preview_of_an_empty_chapter_says_that_it_will_not_be_printed(client, chapter):
    assert "il ne sera pas imprimé" in client.get(reverse("reports:chapter-preview", args=[chapter.pk])).text


@pytest.mark.parametrize(("verb", "included"), [("chapter-exclude", False), ("chapter-include", True)])
def test_a_chapter_is_left_out_and_taken_back(client, chapter, verb, included):
    annual_reports.include(chapter, included=not included, by=None)
    response = client.post(reverse(f"reports:{verb}", args=[chapter.pk]))
    assert response.url == reverse("reports:report", args=[chapter.report_id])
    assert Chapter.objects.get(pk=chapter.pk).is_included is included


def test_an_added_chapter_is_at_once_to_be_written(client, chapter):
    response = client.post(reverse("reports:chapter-add", args=[chapter.report_id]), {"title": "Un mot de plus"})
    assert response.url == reverse("reports:chapter", args=[Chapter.objects.get(title="Un mot de plus").pk])


def test_the_direction_reads_chapters_and_cannot_write_them(client, chapter, site):
    client.force_login(user_with(Role.MANAGEMENT, site))
    page = client.get(reverse("reports:report", args=[chapter.report_id])).text
    assert reverse("reports:chapter-preview", args=[chapter.pk]) in page
    assert "Ne pas imprimer" not in page


def test_an_edition_is_downloaded_under_its_name(client, site, referent):
    kept = {"job__result_name": "bilan-2020.pdf", "job__result_digest": digest_of_chunks([b"%PDF-1.7"])}
    edition = EditionFactory(report=AnnualReportFactory(site=site), **kept)
    response = client.get(reverse("reports:edition-download", args=[edition.pk]))
    assert response["Content-Disposition"] == 'attachment; filename="bilan-2020.pdf"'
    assert b"".join(response.streaming_content) == b"%PDF-1.7"
    assert Edition.objects.count() == 1


def test_an_edition_answers_for_its_file_itself_whatever_its_job_says(client, site, referent):
    edition = EditionFactory(report=AnnualReportFactory(site=site))
    address = reverse("reports:edition-download", args=[edition.pk])
    Job.objects.filter(pk=edition.job_id).update(result_file="", result_digest="0" * 64)
    assert b"".join(client.get(address).streaming_content) == b"%PDF-1.7"
    Path(edition.file.path).write_bytes(b"%PDF-1.7 autre")
    refused = client.get(address)
    assert (refused.status_code, refused["Cache-Control"]) == (409, "private, no-store")
    Path(edition.file.path).unlink()
    assert client.get(address).status_code == 404


def test_an_edition_is_neither_changed_nor_deleted(referent):
    edition = EditionFactory()
    for attempt in (edition.delete, lambda: Edition.objects.update(digest="0" * 64)):
        with pytest.raises(IntegrityError), transaction.atomic():
            attempt()
