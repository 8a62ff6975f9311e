"""Housekeeping of the queue, every few seconds: what dead workers left, what no bell announced, what nobody needs."""

import logging
from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from core.base.enums import JobState
from core.jobs import bell, leases, results
from core.jobs.kinds import routine_kinds
from core.models import Job, Submission, WorkerBeat

logger = logging.getLogger(__name__)
KEEP_ROUTINE = timedelta(days=7)
KEEP_BEATS = timedelta(days=1)
KEEP_SUBMISSIONS = timedelta(days=7)  # a form sent again later is another one
RINGS_PER_SWEEP = 100


def sweep() -> None:
    """Fail jobs out of attempts, ring the forgotten ones, remove stale files and rows. Harmless at any time."""
    now = timezone.now()
    if buried := leases.bury_exhausted(now):
        logger.error("%s job(s) failed: every attempt died with its worker", buried)
    if settings.REDIS_URL:
        for job_id in Job.objects.forgotten(now).values_list("pk", flat=True)[:RINGS_PER_SWEEP]:
            if not bell.ring(job_id):
                break
    results.remove_stale_parts(now)
    Job.objects.filter(kind__in=routine_kinds(), state=JobState.DONE, ended_at__lt=now - KEEP_ROUTINE).delete()
    WorkerBeat.objects.filter(seen_at__lt=now - KEEP_BEATS).delete()
    Submission.objects.filter(saved_at__lt=now - KEEP_SUBMISSIONS).delete()


def beat(worker: str) -> None:
    """Write a sign of life of a worker, read by the health page."""
    WorkerBeat.objects.update_or_create(name=worker[:200], defaults={"seen_at": timezone.now()})
