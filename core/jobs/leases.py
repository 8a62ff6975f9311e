"""Who holds a job: every move is one UPDATE fenced by the attempt number, so that a late worker changes nothing."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from core.enums import JobState
from core.jobs import bell
from core.jobs.errors import EXHAUSTED, LeaseLost
from core.models import Job


@dataclass(frozen=True)
class Claim:
    """The right to run one attempt of one job."""

    job_id: int
    attempt: int


def claim_next(*, worker: str) -> Claim | None:
    """Take the oldest job that waits or whose worker died; None when there is nothing to do."""
    while candidates := list(Job.objects.claimable(timezone.now()).values_list("pk", "attempt")[:4]):
        for job_id, attempt in candidates:
            if claim := _take(job_id, attempt, worker=worker):
                return claim
    return None


def claim(job_id: int, *, worker: str, lease: timedelta | None = None) -> Claim | None:
    """Take that very job; None when it is gone, over, not due yet, or held by a living worker."""
    job = Job.objects.claimable(timezone.now()).filter(pk=job_id).first()
    return _take(job.pk, job.attempt, worker=worker, lease=lease) if job else None


def renew(claim: Claim, *, progress: int, step: str, lease: timedelta | None = None) -> bool:
    """Extend the lease and write the progress; False when the job was cancelled or taken by another worker."""
    until = timezone.now() + (lease or _lease())
    return bool(_held(claim).update(lease_until=until, progress=progress, step=step[:200]))


def finish(claim: Claim, *, values: dict, inside: Iterable[Callable[[], object]] = ()) -> None:
    """Mark the job done and run `inside` in the same transaction: all of it or nothing, and once."""
    with transaction.atomic():
        over = {"state": JobState.DONE, "progress": 100, "step": "", "error": "", **_OVER}
        if not _held(claim).update(**over, **values, ended_at=timezone.now()):
            raise LeaseLost
        for function in inside:
            function()


def fail(claim: Claim, sentence: str) -> bool:
    """Mark the job failed with a sentence its requester can read."""
    return bool(_held(claim).update(state=JobState.FAILED, error=sentence, ended_at=timezone.now(), **_OVER))


def release(claim: Claim, *, delay: timedelta = timedelta(0)) -> None:
    """Hand the job back: another attempt after the delay, or failed when the attempts are used up."""
    if claim.attempt >= settings.JOB_MAX_ATTEMPTS:
        fail(claim, EXHAUSTED.format(attempts=claim.attempt))
        return
    values = {"state": JobState.QUEUED, "not_before": timezone.now() + delay, "rung_at": None, **_OVER}
    if _held(claim).update(**values) and not delay:
        bell.ring_after_commit(Job(pk=claim.job_id))


def bury_exhausted(now: datetime) -> int:
    """Fail the jobs whose last permitted attempt died with its worker."""
    return Job.objects.exhausted(now).update(
        state=JobState.FAILED,
        error=EXHAUSTED.format(attempts=settings.JOB_MAX_ATTEMPTS),
        ended_at=now,
        **_OVER,
    )


_OVER = {"lease_until": None}


def _take(job_id: int, attempt: int, *, worker: str, lease: timedelta | None = None) -> Claim | None:
    now = timezone.now()
    taken = (
        Job.objects.claimable(now)
        .order_by()
        .filter(pk=job_id, attempt=attempt)
        .update(
            state=JobState.RUNNING,
            attempt=attempt + 1,
            lease_until=now + (lease or _lease()),
            started_at=now,
            not_before=None,
            progress=0,
            step="",
            worker=worker[:200],
        )
    )
    return Claim(job_id, attempt + 1) if taken else None


def _held(claim: Claim):
    return Job.objects.filter(pk=claim.job_id, attempt=claim.attempt, state=JobState.RUNNING)


def _lease() -> timedelta:
    return timedelta(seconds=settings.JOB_LEASE_SECONDS)
