"""What people ask of jobs: do it, stop it, do it again."""

from django.db import IntegrityError, transaction
from django.utils import timezone

from core.base.enums import JobState
from core.base.errors import UserError
from core.jobs import bell
from core.jobs.kinds import kind_of
from core.models import Job


@transaction.atomic
def enqueue(kind: str, *, by, label: str = "", parameters: dict | None = None, key: str = "") -> Job:
    """Put a job in the queue. With a key, a job of that key still pending is returned instead of a second one."""
    declared = kind_of(kind)
    if declared is None:
        raise ValueError(f"no job of kind {kind!r} is declared")
    job = _pending(key) or _insert(
        kind=kind, key=key, label=label or declared.label, parameters=parameters or {}, requested_by=by
    )
    return job


@transaction.atomic
def cancel(job: Job, *, by) -> bool:
    """Stop a pending job; its worker notices at its next step. False when it was already over."""
    stopped = (
        Job.objects.pending()
        .filter(pk=job.pk)
        .update(state=JobState.CANCELLED, ended_at=timezone.now(), lease_until=None, step=f"Abandonné par {by}"[:200])
    )
    job.refresh_from_db()
    return bool(stopped)


def restart(job: Job, *, by) -> Job:
    """Ask again for a job that failed or was cancelled: a new row with the same parameters."""
    if job.state not in {JobState.FAILED, JobState.CANCELLED}:
        raise UserError("Seul un travail en échec ou abandonné peut être recommencé.")
    kind = kind_of(job.kind)
    if kind is None or not kind.is_restartable_by(by, job):
        raise UserError("Vous ne pouvez plus demander ce travail.")
    return enqueue(job.kind, by=by, label=job.label, parameters=job.parameters, key=job.key)


def _pending(key: str) -> Job | None:
    return Job.objects.pending().filter(key=key).first() if key else None


def _insert(*, key: str, **values) -> Job:
    """Insert, or return the job of that key inserted meanwhile by somebody else (the constraint arbitrates)."""
    for _ in range(5):
        try:
            with transaction.atomic():
                job = Job.objects.create(key=key, **values)
        except IntegrityError:
            if present := _pending(key):
                return present
        else:
            bell.ring_after_commit(job)
            return job
    raise UserError("Ce travail est déjà demandé ; réessayez dans un instant.")
