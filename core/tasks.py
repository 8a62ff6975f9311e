"""Celery tasks of the core. Thin: they reload, return when there is nothing to do, and call one verb."""

import socket

from celery import shared_task

from core import jobs, notices
from core.jobs import leases, sweeping
from core.services import seals


@shared_task
def run_job(job_id: int) -> None:
    """Run a job rung by the bell; nothing to do when it is gone, over, or already taken."""
    claim = leases.claim(job_id, worker=f"celery@{socket.gethostname()}")
    if claim:
        jobs.run(claim)


@shared_task(expires=60)
def sweep_jobs() -> None:
    """Every few seconds: expired leases, forgotten jobs, mails that wait; and the sign of life of the workers."""
    sweeping.beat(f"celery@{socket.gethostname()}")
    sweeping.sweep()
    notices.wake()


@shared_task
def seal_history() -> None:
    """Each night: seal the history rows of the day."""
    seals.seal()


@shared_task
def verify_history() -> None:
    """Each week: read the whole sealed history again."""
    seals.request_verification(by=None)
