"""The page of a job: progress, result, failure; a job of somebody else does not exist."""

import pytest
from django.urls import reverse

from core import jobs
from core.base.enums import JobState
from core.models import Job
from organisations.enums import Role
from tests.core.factories import JobFactory
from tests.core.sample_jobs import jobs as sample
from tests.organisations.factories import UnitFactory, UserFactory, user_with

pytestmark = pytest.mark.django_db


@pytest.fixture
def unit():
    return UnitFactory()


@pytest.fixture
def user(unit, client):
    user = user_with(Role.MANAGEMENT, unit)
    client.force_login(user)
    return user


def url(name: str, job: Job) -> str:
    return reverse(f"core:{name}", args=[job.uuid])


def test_a_running_job_shows_its_progress_and_asks_again_each_second(client, user):
    job = JobFactory(requested_by=user, label="Bilan 2020", state=JobState.RUNNING, progress=40, step="Mise en page")

    page = client.get(url("job", job)).content.decode()

    assert "<h1>Bilan 2020</h1>" in page
    assert '<progress class="qp-progress__bar" id="job-progress" max="100" value="40">' in page
    assert 'role="status">En cours : Mise en page' in page
    assert f'hx-get="{url("job-state", job)}?vu=' in page
    assert 'hx-trigger="every 1s" hx-swap="outerHTML"' in page
    assert "Actualiser" in page


def test_the_fragment_speaks_only_when_something_is_new(client, user):
    job = JobFactory(requested_by=user, state=JobState.RUNNING, step="Mise en page")

    first = client.get(url("job-state", job))
    again = client.get(url("job-state", job), {"vu": first.context["seen"]})

    assert 'id="job-news"' in first.content.decode()
    assert 'id="job-news"' not in again.content.decode()
    assert again["Cache-Control"] == "no-store"
    assert "<html" not in again.content.decode()


def test_a_job_done_stops_asking_and_leads_to_its_result_and_file(client, user):
    job = jobs.run_now(jobs.enqueue("sample_report", by=user))

    page = client.get(url("job", job)).content.decode()

    assert "hx-get" not in page.partition("<main")[2]
    assert "Le bilan est prêt." in page
    assert '<a class="fr-btn" href="/travaux/">Voir le résultat</a>' in page
    assert f'href="{url("job-file", job)}"' in page


def test_a_job_that_is_only_a_step_leads_on_to_its_result(client, user):
    job = jobs.enqueue("sample_step", by=user)
    assert "HX-Redirect" not in client.get(url("job-state", job))

    jobs.run_now(job)

    assert client.get(url("job-state", job))["HX-Redirect"] == "/travaux/"
    assert "Voir le résultat" in client.get(url("job", job)).content.decode()


@pytest.mark.parametrize("address", ["https://ailleurs.invalid/", "//ailleurs.invalid/", "/\\ailleurs.invalid"])
def test_a_result_elsewhere_is_no_link(client, user, address):
    job = jobs.run_now(jobs.enqueue("sample_report", by=user, parameters={"url": address}))

    assert "ailleurs.invalid" not in client.get(url("job", job)).content.decode()


def test_the_file_comes_under_its_name_with_its_type(client, user):
    job = jobs.run_now(jobs.enqueue("sample_report", by=user, parameters={"text": "contenu"}))

    response = client.get(url("job-file", job))

    assert b"".join(response.streaming_content) == b"contenu"
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == "attachment; filename*=utf-8''bilan%202020%20%E2%80%93%20Aix.pdf"
    assert response["Cache-Control"] == "private, no-store"
    assert response["X-Content-Type-Options"] == "nosniff"


def test_a_job_without_file_or_whose_file_is_gone_gives_404(client, user):
    assert client.get(url("job-file", JobFactory(requested_by=user))).status_code == 404
    job = jobs.run_now(jobs.enqueue("sample_report", by=user))
    job.result_file.storage.delete(job.result_file.name)

    assert client.get(url("job-file", job)).status_code == 404


def test_a_failed_job_says_why_and_is_asked_for_again(client, user):
    job = jobs.run_now(jobs.enqueue("sample_refused", by=user))
    page = client.get(url("job", job)).content.decode()
    assert "Le site n’a aucune valeur pour 2020." in page
    assert "Recommencer" in page

    response = client.post(url("job-restart", job))

    again = Job.objects.exclude(pk=job.pk).get()
    assert (response.status_code, response["Location"]) == (302, url("job", again))
    assert (again.kind, again.state, again.requested_by) == ("sample_refused", JobState.QUEUED, user)


def test_a_job_done_is_not_asked_for_again(client, user):
    job = jobs.run_now(jobs.enqueue("sample_report", by=user))

    page = client.post(url("job-restart", job), follow=True).content.decode()

    assert "Seul un travail en échec ou abandonné peut être recommencé." in page
    assert Job.objects.count() == 1


def test_a_waiting_job_is_cancelled(client, user):
    job = jobs.enqueue("sample_report", by=user)

    client.post(url("job-cancel", job))

    job.refresh_from_db()
    assert job.state == JobState.CANCELLED
    assert "Le travail a été abandonné" in client.get(url("job", job)).content.decode()


@pytest.mark.parametrize(
    ("name", "method"),
    [("job", "get"), ("job-state", "get"), ("job-file", "get"), ("job-cancel", "post"), ("job-restart", "post")],
)
def test_a_job_of_somebody_else_does_not_exist(client, user, name, method):
    job = jobs.run_now(jobs.enqueue("sample_report", by=UserFactory()))

    assert getattr(client, method)(url(name, job)).status_code == 404


def test_somebody_the_kind_names_sees_the_job_and_its_file_but_stops_nothing(client, unit):
    alice = user_with(Role.MANAGEMENT, unit, email=sample.MINE)
    client.force_login(alice)
    job = jobs.run_now(jobs.enqueue("sample_report", by=UserFactory()))
    waiting = jobs.enqueue("sample_report", by=UserFactory())

    assert client.get(url("job", job)).status_code == 200
    assert b"".join(client.get(url("job-file", job)).streaming_content) == b"contenu"
    assert client.post(url("job-cancel", waiting)).status_code == 403
    assert client.post(url("job-restart", waiting)).status_code == 403


def test_my_jobs_are_mine_and_the_latest_comes_first(client, user):
    JobFactory(label="De quelqu’un d’autre", requested_by=UserFactory())
    JobFactory(label="Premier", requested_by=user)
    JobFactory(label="Second", requested_by=user)

    table = client.get(reverse("core:jobs")).context["table"]

    assert [job.label for job in table.data.data] == ["Second", "Premier"]


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_whatever_its_length(client, user, count, django_assert_num_queries):
    for _ in range(count):
        JobFactory(requested_by=user)

    with django_assert_num_queries(6):
        client.get(reverse("core:jobs"))
