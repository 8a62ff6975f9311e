"""Who holds a job: every move is one UPDATE fenced by the attempt number, so that a late worker changes nothing."""

import contextlib
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from core.base.enums import JobState
from core.jobs import bell
from core.jobs.errors import EXHAUSTED, LeaseLost
from core.models import Job, WorkerBeat

CROWDED_SECONDS = 1.0


class Crowded(Exception):
    """The database was held by a long transaction: a living worker may have been unable to renew its lease."""


@dataclass(frozen=True)
class Claim:
    """The right to run one attempt of one job."""

    job_id: int
    attempt: int


def claim_next(*, worker: str) -> Claim | None:
    """Take the oldest job that waits or whose worker died; None when there is nothing to do."""
    while candidates := list(Job.objects.claimable(timezone.now()).only(*_LOOKED_AT)[:4]):
        for job in candidates:
            try:
                if claim := _take(job, worker=worker):
                    return claim
            except Crowded:
                time.sleep(CROWDED_SECONDS)
                break
    return None


def claim(job_id: int, *, worker: str, lease: timedelta | None = None) -> Claim | None:
    """Take that very job; None when it is gone, over, not due yet, or held by a living worker."""
    job = Job.objects.claimable(timezone.now()).filter(pk=job_id).first()
    with contextlib.suppress(Crowded):
        return _take(job, worker=worker, lease=lease) if job else None
    return None


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


def release(claim: Claim, *, delay: timedelta = timedelta(0), is_interruption: bool = False) -> None:
    """Hand the job back: another attempt after the delay, or failed when the attempts are used up.

    An interruption from outside (a deployment, the database away) is no fault of the job and uses up no attempt.
    """
    if is_interruption:
        _held(claim).update(interruptions=F("interruptions") + 1)
    if _held(claim).spent().exists():
        fail(claim, EXHAUSTED.format(attempts=claim.attempt))
        return
    values = {"state": JobState.QUEUED, "not_before": timezone.now() + delay, "rung_at": None, **_OVER}
    if _held(claim).update(**values) and not delay:
        bell.ring_after_commit(Job(pk=claim.job_id))


def bury_exhausted(now: datetime) -> int:
    """Fail the jobs whose last permitted attempt died; those whose whole worker is gone are handed back."""
    sentence = EXHAUSTED.format(attempts=settings.JOB_MAX_ATTEMPTS)
    for job in Job.objects.exhausted(now).only(*_LOOKED_AT):
        if _was_interrupted(job):
            release(Claim(job.pk, job.attempt), is_interruption=True)
    with contextlib.suppress(Crowded), _without_waiting():
        return Job.objects.exhausted(now).update(state=JobState.FAILED, error=sentence, ended_at=now, **_OVER)
    return 0


_OVER = {"lease_until": None}


_LOOKED_AT = ("attempt", "state", "worker", "lease_until")


def _take(job: Job, *, worker: str, lease: timedelta | None = None) -> Claim | None:
    now = timezone.now()
    values = {"state": JobState.RUNNING, "attempt": job.attempt + 1, "worker": worker[:200], "progress": 0, "step": ""}
    values |= {"started_at": now, "lease_until": now + (lease or _lease()), "not_before": None}
    if job.state == JobState.RUNNING and _was_interrupted(job):
        values["interruptions"] = F("interruptions") + 1
    with _without_waiting():
        taken = Job.objects.claimable(now).order_by().filter(pk=job.pk, attempt=job.attempt).update(**values)
    return Claim(job.pk, job.attempt + 1) if taken else None


def _was_interrupted(job: Job) -> bool:
    """Whether the job's whole worker is gone: one that lives on has lost the child that ran the job, by its fault."""
    alive_since = job.lease_until - _lease() / 2
    return not WorkerBeat.objects.filter(name=job.worker, seen_at__gt=alive_since).exists()


@contextlib.contextmanager
def _without_waiting() -> Iterator[None]:
    """Undo what had to wait for the only writer of SQLite: the lease that ended meanwhile is its owner's to renew."""
    started = time.monotonic()
    with transaction.atomic():
        yield
        if time.monotonic() - started > CROWDED_SECONDS:
            raise Crowded


def _held(claim: Claim):
    return Job.objects.filter(pk=claim.job_id, attempt=claim.attempt, state=JobState.RUNNING)


def _lease() -> timedelta:
    return timedelta(seconds=settings.JOB_LEASE_SECONDS)
