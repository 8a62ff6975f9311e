"""The same jobs under a real Redis and a real Celery worker."""

import os
import signal
import subprocess
import sys
from collections import Counter
from datetime import timedelta

import psutil
import pytest
from django.conf import settings as django_settings
from django.utils import timezone
from redis import Redis

from core import jobs, tasks
from core.base.enums import JobState
from core.models import HolidayZone, Job, WorkerBeat
from tests.core.sample_jobs import jobs as sample
from tests.services import ROOT, celery_worker

pytestmark = pytest.mark.celery
assert sample  # declares the kinds


@pytest.fixture
def environment(shared_database):
    """Environment of a Celery worker that shares the test's database and broker, with nothing left in the queue."""
    with Redis.from_url(django_settings.REDIS_URL) as broker:
        broker.flushdb()
        yield shared_database | {"CELERY_REDIS_URL": django_settings.REDIS_URL}
        broker.flushdb()


def lines(path) -> list[str]:
    return path.read_text().splitlines() if path.exists() else []


def is_done(*asked: Job) -> bool:
    return Job.objects.filter(pk__in=[job.pk for job in asked], state=JobState.DONE).count() == len(asked)


def test_jobs_asked_for_on_a_page_are_run_by_celery_each_once(environment, wait_for, tmp_path):
    trace = tmp_path / "trace"
    with celery_worker(environment, concurrency=2):
        asked = [jobs.enqueue("sample_trace", by=None, parameters={"path": str(trace)}) for _ in range(40)]
        wait_for(lambda: is_done(*asked), seconds=60)

    assert Counter(lines(trace)) == Counter({str(job.pk): 1 for job in asked})


def test_a_celery_worker_killed_in_the_middle_has_its_job_taken_up_and_the_result_appears_once(
    environment, wait_for, tmp_path
):
    trace = tmp_path / "trace"
    parameters = {"path": str(trace), "seconds": 2, "zone": "ecrite"}
    job = jobs.enqueue("sample_slow", by=None, parameters=parameters)
    with celery_worker(environment) as worker:
        wait_for(lambda: lines(trace))
        _kill_with_children(worker.pid)
    killed_at = timezone.now()

    with celery_worker(environment):
        wait_for(lambda: not Job.objects.filter(pk=job.pk, lease_until__gt=timezone.now()).exists())
        tasks.sweep_jobs()
        wait_for(lambda: is_done(job))

    job.refresh_from_db()
    assert lines(trace) == [f"{job.pk} essai 1", f"{job.pk} essai 2"]
    assert (job.attempt, job.result) == (2, {"zone": "ecrite"})
    assert (job.started_at - killed_at).total_seconds() < 30
    assert HolidayZone.objects.filter(code="ecrite").count() == 1


def test_a_job_whose_message_was_lost_is_rung_again(environment, wait_for, tmp_path):
    job = jobs.enqueue("sample_trace", by=None, parameters={"path": str(tmp_path / "trace")})
    with Redis.from_url(django_settings.REDIS_URL) as broker:
        broker.flushdb()
    Job.objects.filter(pk=job.pk).update(rung_at=timezone.now() - timedelta(minutes=3))

    with celery_worker(environment):
        tasks.sweep_jobs()
        wait_for(lambda: is_done(job))

    assert WorkerBeat.objects.filter(name__startswith="celery@").exists()


def test_a_job_asked_for_while_redis_is_away_is_kept_and_rung_later(environment, wait_for, tmp_path):
    trace = tmp_path / "trace"
    code = (
        "import django, sys; django.setup(); from core import jobs; "
        "jobs.enqueue('sample_trace', by=None, parameters={'path': sys.argv[1]})"
    )
    away = environment | {"CELERY_REDIS_URL": "redis://127.0.0.1:1/0"}
    subprocess.run(
        [sys.executable, "-c", code, str(trace)], cwd=ROOT, env={**os.environ, **away}, check=True, timeout=30
    )
    job = Job.objects.get()
    assert (job.state, job.rung_at) == (JobState.QUEUED, None)
    Job.objects.update(created_at=timezone.now() - timedelta(minutes=1))

    with celery_worker(environment):
        tasks.sweep_jobs()
        wait_for(lambda: is_done(job))

    assert lines(trace) == [str(job.pk)]


def test_a_message_received_twice_runs_nothing_twice(environment, tmp_path):
    trace = tmp_path / "trace"
    job = jobs.enqueue("sample_trace", by=None, parameters={"path": str(trace)})

    tasks.run_job(job.pk)
    tasks.run_job(job.pk)
    tasks.run_job(0)

    assert lines(trace) == [str(job.pk)]


def _kill_with_children(pid: int) -> None:
    """As when the machine is cut off: the worker and its pool at once, without a word."""
    for child in psutil.Process(pid).children(recursive=True):
        child.kill()
    os.kill(pid, signal.SIGKILL)
