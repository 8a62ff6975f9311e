"""Background work a person waits for. The `Job` row is the truth (state, lease, attempt); Redis is only the bell."""

from core.jobs.context import JobContext
from core.jobs.errors import JobStopped
from core.jobs.kinds import JobKind, job_kind, kind_of
from core.jobs.requests import cancel, enqueue, restart
from core.jobs.running import run, run_now

__all__ = [
    "JobContext",
    "JobKind",
    "JobStopped",
    "cancel",
    "enqueue",
    "job_kind",
    "kind_of",
    "restart",
    "run",
    "run_now",
]
