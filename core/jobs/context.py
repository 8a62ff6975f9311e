"""What the body of a job receives: its requester, its progress bar, its result."""

import os
from collections.abc import Callable

from core.jobs.errors import JobStopped
from core.jobs.leases import Claim
from core.jobs.results import ResultFile
from core.models import Job


class JobContext:
    """The running job, as its body sees it.

    A killed job runs again from the start: the body writes what must exist once through `on_done`, or makes its
    writes idempotent. It keeps its transactions short and calls `progress` outside of them, often.
    """

    def __init__(self, job: Job, claim: Claim, pulse):
        self.job = job
        self.file: ResultFile | None = None
        self.at_end: list[Callable[[], object]] = []
        self._claim = claim
        self._pulse = pulse

    @property
    def requested_by(self):
        """The person who asked, None for the system."""
        return self.job.requested_by

    def progress(self, percent: float, step: str = "") -> None:
        """Say how far the job is and what it does; raises JobStopped when it was cancelled meanwhile."""
        self._pulse.report(max(0, min(99, int(percent))), step)
        if self._pulse.is_stopped:
            raise JobStopped

    def attach(self, name: str, content: bytes | str | os.PathLike) -> str:
        """Give the file produced (bytes, or the path of a file to copy), under the name to download; its digest."""
        self.file = ResultFile(name, stem=f"{self.job.uuid}-{self._claim.attempt}")
        self.file.write(content)
        return self.file.digest

    def on_done(self, function: Callable[[], object]) -> None:
        """Call the function inside the transaction that marks the job done: its writes happen once or not at all."""
        self.at_end.append(function)
