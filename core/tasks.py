"""Celery tasks of the core. Thin: they reload, return when there is nothing to do, and call one verb."""

import secrets
import socket

from celery import shared_task
from django.utils import timezone

from core import jobs
from core.base.registries import retention_rules
from core.jobs import leases, notices, sweeping
from core.services import backups, seals

# Drawn before the children fork: a worker started again, even under the same name, is another one.
WORKER = f"celery@{socket.gethostname()}:{secrets.token_hex(4)}"


@shared_task
def run_job(job_id: int) -> None:
    """Run a job rung by the bell; nothing to do when it is gone, over, or already taken."""
    claim = leases.claim(job_id, worker=WORKER)
    if claim:
        jobs.run(claim)


@shared_task(expires=60)
def sweep_jobs() -> None:
    """Every few seconds: expired leases, forgotten jobs, mails that wait; and the sign of life of the workers."""
    sweeping.beat(WORKER)
    sweeping.sweep()
    notices.wake()


@shared_task
def seal_history() -> None:
    """Each night: seal the history rows of the day."""
    seals.seal()


@shared_task
def check_guards() -> None:
    """Each night: a weak guard makes the history be verified at once, and is told where breaches are."""
    seals.check_guards()


@shared_task
def erase_expired() -> None:
    """Each night: what is past its term of keeping goes, rule by rule."""
    today = timezone.localdate()
    for rule in retention_rules:
        rule.erase(rule.due(today))


@shared_task
def verify_history() -> None:
    """Each week: read the whole sealed history again."""
    seals.request_verification(by=None)


@shared_task
def back_up() -> None:
    """Each night: the whole installation in one file of `BACKUP_DIR`."""
    backups.each_night()
