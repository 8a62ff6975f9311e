"""Runs one claimed job to its end: done with its file, failed with a sentence, handed back, or stopped."""

import logging
import secrets
from datetime import timedelta

from core.base.errors import UserError
from core.base.outages import what_is_away
from core.jobs import leases
from core.jobs.context import JobContext
from core.jobs.errors import TECHNICAL, UNKNOWN_KIND, JobStopped
from core.jobs.kinds import JobKind, kind_of
from core.jobs.leases import Claim
from core.jobs.pulse import DirectPulse, PulseThread
from core.models import Job

logger = logging.getLogger(__name__)
RETRY_DELAY, LONGEST_DELAY = timedelta(seconds=5), timedelta(minutes=10)


def run(claim: Claim, *, kills: bool = False) -> None:
    """Run the claimed attempt under a heartbeat; `kills` lets the heartbeat end a process that does not stop."""
    if found := _load(claim):
        job, kind = found
        _run(job, kind, claim, PulseThread(claim, time_limit=kind.time_limit, kills=kills))


def run_now(job: Job) -> Job:
    """Run a queued job in this process and this thread, for commands and tests; the row is refreshed."""
    claim = leases.claim(job.pk, worker="immediate", lease=DirectPulse.lease)
    if claim and (found := _load(claim)):
        _run(*found, claim, DirectPulse(claim))
    job.refresh_from_db()
    return job


def _load(claim: Claim) -> tuple[Job, JobKind] | None:
    job = Job.objects.select_related("requested_by").filter(pk=claim.job_id).first()
    if job is None:
        return None
    kind = kind_of(job.kind)
    if kind is None:
        leases.fail(claim, UNKNOWN_KIND)
        return None
    return job, kind


def _run(job: Job, kind: JobKind, claim: Claim, pulse) -> None:
    context = JobContext(job, claim, pulse)
    pulse.start()
    try:
        result = kind.run(context, **job.parameters) or {}
        pulse.stop()
        _finish(context, claim, result)
    except Exception as error:
        _settle(claim, error)
    except BaseException:  # the process is asked to end: somebody else will run the job
        leases.release(claim, is_interruption=True)
        raise
    finally:
        pulse.stop()
        if context.file:
            context.file.discard()


def _finish(context: JobContext, claim: Claim, result: dict) -> None:
    values = {"result": result}
    inside = list(context.at_end)
    if context.file:
        values |= context.file.values()
        inside.append(context.file.promote)
    leases.finish(claim, values=values, inside=inside)


def _settle(claim: Claim, error: Exception) -> None:
    """Write what became of an attempt that raised."""
    if isinstance(error, JobStopped):
        logger.info("job %s attempt %s stopped", claim.job_id, claim.attempt)
    elif isinstance(error, UserError):
        leases.fail(claim, str(error))
    elif away := what_is_away(error):
        logger.warning("job %s attempt %s: %s away", claim.job_id, claim.attempt, away.value, exc_info=error)
        leases.release(claim, delay=min(RETRY_DELAY * 2 ** (claim.attempt - 1), LONGEST_DELAY), is_interruption=True)
    else:
        reference = secrets.token_hex(4).upper()
        logger.error("job %s failed, reference %s", claim.job_id, reference, exc_info=error)
        leases.fail(claim, TECHNICAL.format(reference=reference))
