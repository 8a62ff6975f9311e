"""The edition asked for in the browser: rendered in the background, kept once, or refused in words."""

import hashlib

import pytest
from django.urls import reverse

from core import jobs
from core.base.enums import JobState
from core.models import Job
from core.pages.pdf import MissingLibraryError
from organisations.enums import Role
from reports.models import Edition
from reports.services import annual_reports
from tests.organisations.factories import user_with

pytestmark = pytest.mark.django_db


def test_the_direction_asks_for_the_bilan_and_downloads_it(client, report, django_capture_on_commit_callbacks):
    client.force_login(user_with(Role.MANAGEMENT, report.site))
    response = client.post(reverse("reports:report-render", args=[report.pk]))
    job = Job.objects.get()
    assert response.url == reverse("core:job", args=[job.uuid])
    jobs.run_now(job)
    edition = Edition.objects.get()
    content = b"".join(client.get(reverse("reports:edition-download", args=[edition.pk])).streaming_content)
    assert content.startswith(b"%PDF")
    job.refresh_from_db()
    assert (edition.number, edition.pages) == (1, job.result["pages"])
    assert job.result["url"] == reverse("reports:report", args=[report.pk])
    assert job.result_digest == hashlib.sha256(content).hexdigest()


def test_without_the_layout_libraries_the_job_says_which_to_install(report, monkeypatch):
    def fail(*args, **kwargs):
        raise MissingLibraryError

    monkeypatch.setattr("reports.jobs.render", fail)
    job = annual_reports.request_edition(report, by=user_with(Role.MANAGEMENT, report.site))
    jobs.run_now(job)
    job.refresh_from_db()
    assert job.state == JobState.FAILED
    assert "libpango-1.0-0" in job.error
    assert not Edition.objects.exists()
