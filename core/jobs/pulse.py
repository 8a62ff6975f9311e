"""The sign of life of a running job: extends the lease, writes the progress, learns that the job was stopped.

The thread has its own database connection: what it writes is seen at once, even while the body is inside a
transaction. On SQLite one long write transaction of the body makes it wait; it then tries again, and nobody else
can claim the job meanwhile, since claiming is a write too, which is undone when it had to wait (`leases.Crowded`).
Jobs keep their transactions short all the same.
"""

import logging
import os
import threading
import time
from datetime import timedelta

from django.conf import settings
from django.db import DatabaseError, InterfaceError, connections

from core.jobs import leases
from core.jobs.errors import TOO_LONG
from core.jobs.leases import Claim

logger = logging.getLogger(__name__)
THROTTLE_SECONDS = 0.5
GRACE_SECONDS = 10.0
EXIT_STOPPED = 75


class DirectPulse:
    """For commands and tests: progress is written by the body's own connection, under one long lease."""

    lease = timedelta(hours=1)

    def __init__(self, claim: Claim):
        self.claim = claim
        self.is_stopped = False
        self._step: tuple[int, str] | None = None

    def start(self) -> None:
        """Nothing to start: there is no thread."""

    def report(self, percent: int, step: str) -> None:
        if (percent, step) != self._step:
            self._step = (percent, step)
            self.is_stopped = not leases.renew(self.claim, progress=percent, step=step, lease=self.lease)

    def stop(self) -> None:
        """Nothing to stop."""


class PulseThread(threading.Thread):
    """Renews the lease every few seconds until stopped; `kills` ends the process when a stopped body does not end."""

    def __init__(self, claim: Claim, *, time_limit: timedelta, kills: bool = False):
        super().__init__(name=f"pulse-{claim.job_id}", daemon=True)
        self.claim = claim
        self.is_stopped = False
        self._time_limit = time_limit
        self._kills = kills
        self._latest = (0, "")
        self._over = threading.Event()
        self._news = threading.Event()

    def report(self, percent: int, step: str) -> None:
        """Remember the progress and wake the thread; never waits for the database."""
        if (percent, step) != self._latest:
            self._latest = (percent, step)
            self._news.set()

    def stop(self) -> None:
        self._over.set()
        self._news.set()
        if self.is_alive():
            self.join(timeout=5)

    def run(self) -> None:
        limit = time.monotonic() + self._time_limit.total_seconds()
        try:
            while not self._over.is_set() and not self.is_stopped:
                self._news.wait(timeout=settings.JOB_BEAT_SECONDS)
                self._news.clear()
                if not self._over.is_set():
                    self._beat(is_late=time.monotonic() > limit)
                    self._over.wait(timeout=THROTTLE_SECONDS)
            if self.is_stopped and self._kills and not self._over.wait(timeout=GRACE_SECONDS):
                os._exit(EXIT_STOPPED)
        finally:
            connections.close_all()

    def _beat(self, *, is_late: bool) -> None:
        try:
            if is_late:
                leases.fail(self.claim, TOO_LONG.format(limit=_in_words(self._time_limit)))
                self.is_stopped = True
                return
            percent, step = self._latest
            self.is_stopped = not leases.renew(self.claim, progress=percent, step=step)
        except (DatabaseError, InterfaceError):
            logger.warning("job %s: lease not renewed this time", self.claim.job_id, exc_info=True)
            connections.close_all()


def _in_words(duration: timedelta) -> str:
    seconds = round(duration.total_seconds())
    return f"{seconds // 60} minutes" if seconds >= 120 else f"{seconds} secondes"
