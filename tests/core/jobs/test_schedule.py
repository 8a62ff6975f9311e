"""The schedule of the embedded mode: each tick once, missed ticks caught up once."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from celery import shared_task
from celery.schedules import crontab

from core import jobs
from core.base.enums import JobState
from core.jobs import schedule
from core.models import Job, ScheduleTick

pytestmark = pytest.mark.django_db
START = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
RUNS = []


@shared_task(name="tests.remember")
def remember(word, *, times=1):
    RUNS.extend([word] * times)


@pytest.fixture(autouse=True)
def two_entries(settings):
    RUNS.clear()
    settings.CELERY_BEAT_SCHEDULE = {
        "sweep-jobs": {"task": "core.tasks.sweep_jobs", "schedule": timedelta(seconds=15)},
        "hourly": {"task": "tests.remember", "schedule": timedelta(hours=1), "args": ["une"], "kwargs": {"times": 2}},
        "at-five": {"task": "tests.remember", "schedule": crontab(hour=5, minute=0), "args": ["matin"]},
    }
    with time_machine.travel(START, tick=False):
        assert schedule.tick() == []


def at(moment: datetime) -> list[str]:
    with time_machine.travel(moment, tick=False):
        return schedule.tick()


def test_nothing_is_due_at_the_first_start():
    assert set(ScheduleTick.objects.values_list("name", "last_run_at")) == {("hourly", START), ("at-five", START)}
    assert at(START + timedelta(minutes=59)) == []


def test_a_due_entry_becomes_a_job_that_runs_its_task():
    assert at(START + timedelta(hours=1)) == ["hourly"]

    with time_machine.travel(START + timedelta(hours=1), tick=False):
        job = jobs.run_now(Job.objects.get())

    assert (job.state, job.kind, job.requested_by, RUNS) == (JobState.DONE, "scheduled_task", None, ["une", "une"])


def test_the_hour_of_the_schedule_is_that_of_paris():
    assert at(datetime(2026, 11, 21, 3, 59, tzinfo=UTC)) == ["hourly"]
    assert at(datetime(2026, 11, 21, 4, 0, tzinfo=UTC)) == ["at-five"]


def test_two_workers_do_not_double_a_tick():
    assert at(START + timedelta(hours=1)) == ["hourly"]
    assert at(START + timedelta(hours=1)) == []
    assert Job.objects.count() == 1


def test_a_worker_that_read_the_same_tick_a_moment_before_starts_nothing():
    moment = START + timedelta(hours=1)
    entry = {"task": "tests.remember", "schedule": timedelta(hours=1)}
    with time_machine.travel(moment, tick=False):
        assert schedule._start_if_due("hourly", entry, START) is True
        assert schedule._start_if_due("hourly", entry, START) is False


def test_a_week_without_worker_is_caught_up_once():
    moment = START + timedelta(days=7)

    assert sorted(at(moment)) == ["at-five", "hourly"]
    assert at(moment) == []
    assert sorted(Job.objects.values_list("label", flat=True)) == ["at-five", "hourly"]
