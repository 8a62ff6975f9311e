"""The edition asked for in the browser: rendered in the background, kept once, or refused in words."""

import hashlib
import re

import pytest
from django.urls import reverse

from core import jobs
from core.base.enums import JobState
from core.models import Job
from core.pages.pdf import MissingLibraryError
from organisations.enums import Role
from reports.enums import Step
from reports.models import Edition, PrintedFile
from reports.services import annual_reports, papers
from tests.organisations.factories import user_with
from tests.reports.factories import EditionStepFactory

pytestmark = pytest.mark.django_db


def content_of(kept: PrintedFile) -> bytes:
    with kept.file.open() as file:
        return file.read()


def test_the_direction_asks_for_the_bilan_and_downloads_it(client, report, django_capture_on_commit_callbacks):
    client.force_login(user_with(Role.MANAGEMENT, report.site))
    response = client.post(reverse("reports:report-render", args=[report.pk]))
    job = Job.objects.get()
    assert response.url == reverse("core:job", args=[job.uuid])
    jobs.run_now(job)
    edition = Edition.objects.get()
    content = b"".join(client.get(reverse("reports:edition-download", args=[edition.pk])).streaming_content)
    assert content.startswith(b"%PDF")
    page, odt = sorted(edition.formats, key=lambda file: file.format)
    assert [file.name.rpartition(".")[2] for file in (page, odt)] == ["html", "odt"]
    assert b"<style>" in content_of(page)
    assert content_of(odt).startswith(b"PK")
    first, *chapters = edition.chapters.all()
    assert "cible atteinte" in first.body
    assert next(chapter.heading for chapter in chapters if chapter.number) == "1. Les actions engagées"
    assert "point fort" in next(chapter.body for chapter in chapters if chapter.number == 1)
    assert next(chapter.title for chapter in chapters if not chapter.body) == "Le mot du préfet"
    offered = re.findall(r"\(([A-Z]+), [^)]*\)</a>", client.get(reverse("reports:report", args=[report.pk])).text)
    assert sorted(offered) == ["HTML", "ODT", "PDF"]
    job.refresh_from_db()
    assert (edition.number, edition.pages) == (1, job.result["pages"])
    assert job.result["url"] == reverse("reports:report", args=[report.pk])
    assert job.result_digest == hashlib.sha256(content).hexdigest()
    for step in (Step.VALIDATED, Step.SEALED):
        EditionStepFactory(edition=edition, step=step)
    sealed = b"".join(client.get(reverse("reports:edition-download", args=[edition.pk])).streaming_content)
    assert sealed == content_of(edition.final) != content
    assert client.get(reverse("reports:file-download", args=[edition.final.pk])).status_code == 404


def test_without_the_layout_libraries_the_job_says_which_to_install(report, monkeypatch):
    def fail(*args, **kwargs):
        raise MissingLibraryError

    monkeypatch.setattr("reports.rendering.parts.render", fail)
    job = annual_reports.request_edition(report, by=user_with(Role.MANAGEMENT, report.site))
    jobs.run_now(job)
    job.refresh_from_db()
    assert job.state == JobState.FAILED
    assert "libpango-1.0-0" in job.error
    assert not Edition.objects.exists()


def test_a_file_without_tags_is_never_kept_and_the_job_names_the_chapter(report, monkeypatch):
    monkeypatch.setattr("weasyprint.pdf.add_tags", lambda *_args: None)
    for chapter in report.chapters.exclude(section="indicators"):
        annual_reports.include(chapter, included=False, by=None)
    job = annual_reports.request_edition(report, by=user_with(Role.MANAGEMENT, report.site))
    jobs.run_now(job)
    job.refresh_from_db()
    assert (job.state, job.result_file) == (JobState.FAILED, "")
    assert "« Les indicateurs de la démarche qualité » n’a pas pu être mis en page." in job.error
    assert not Edition.objects.exists()
    assert not PrintedFile.objects.exists()


def test_the_plaquette_is_asked_for_on_the_page_made_in_the_background_and_downloaded_there(client, report):
    client.force_login(user_with(Role.MANAGEMENT, report.site))
    asked = client.post(reverse("reports:paper-request", args=[report.pk, "plaquette"]))
    job = Job.objects.get()
    assert asked.url == reverse("core:job", args=[job.uuid])
    jobs.run_now(job)
    job.refresh_from_db()
    assert (job.state, job.result["message"]) == (JobState.DONE, "Plaquette : 1 page.")
    made = PrintedFile.objects.get()
    address = reverse("reports:file-download", args=[made.pk])
    assert address in client.get(reverse("reports:report", args=[report.pk])).text
    response = client.get(address)
    assert b"".join(response.streaming_content).startswith(b"%PDF")
    assert made.name in response["Content-Disposition"]
    again = client.get(reverse("reports:report", args=[report.pk])).text
    assert "Produire de nouveau" in again


def test_a_poster_without_its_survey_fails_in_words_and_keeps_nothing(report):
    job = papers.request(report, document="resultats", by=user_with(Role.MANAGEMENT, report.site))
    jobs.run_now(job)
    job.refresh_from_db()
    assert (job.state, PrintedFile.objects.count()) == (JobState.FAILED, 0)
    assert "Aucune enquête de satisfaction close en 2020" in job.error


def test_an_unknown_paper_is_no_page(client, report):
    client.force_login(user_with(Role.MANAGEMENT, report.site))
    assert client.post(reverse("reports:paper-request", args=[report.pk, "bilan"])).status_code == 404
