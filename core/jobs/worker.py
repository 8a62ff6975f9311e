"""The worker of the embedded mode: claims jobs from the database and keeps the schedule. No Redis, no broker."""

import logging
import os
import signal
import socket
import threading
import time
from collections.abc import Callable

from django.conf import settings
from django.db import DatabaseError, InterfaceError, connections

from core.jobs import leases, notices, schedule, sweeping
from core.jobs.children import Child
from core.record import guards

logger = logging.getLogger(__name__)
TICK_SECONDS = 10.0
WATCH_SECONDS = 0.02
POLL_SECONDS = 0.25
CALM_SECONDS = 10.0
GRACE_SECONDS = 25.0
OUTAGE_SECONDS = 2.0


class Worker:
    """One process that runs jobs one after the other, each in a child of its own, until asked to stop."""

    def __init__(self, *, poll: float = POLL_SECONDS, grace: float = GRACE_SECONDS, warm_up: Callable | None = None):
        self.name = f"{socket.gethostname()}:{os.getpid()}"
        self.poll = poll
        self.grace = grace
        self._warm_up = warm_up  # done once, after a calm: the children forked then have it, no job has waited for it
        self._calm_at = time.monotonic() + CALM_SECONDS
        self._stop = threading.Event()
        self._next_tick = 0.0

    def run(self, *, once: bool = False) -> None:
        """Work until SIGTERM or, with `once`, until the queue is empty. A database outage is waited out."""
        guards.warn_at_start()
        while not self._stop.is_set():
            try:
                self._tick()
                worked = self._work()
            except (DatabaseError, InterfaceError):
                logger.warning("database away, trying again", exc_info=True)
                connections.close_all()
                self._stop.wait(OUTAGE_SECONDS)
                continue
            if not worked:
                if once:
                    break
                self._get_ready()
                self._stop.wait(self.poll)
        connections.close_all()

    def stop_on_signals(self) -> None:
        """SIGTERM and Ctrl-C end the worker after the current job, or hand the job back after the grace."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda _number, _frame: self._stop.set())

    def _get_ready(self) -> None:
        if self._warm_up is not None and time.monotonic() > self._calm_at:
            warm_up, self._warm_up = self._warm_up, None
            warm_up()

    def _tick(self) -> None:
        if time.monotonic() < self._next_tick:
            return
        sweeping.beat(self.name)
        sweeping.sweep()
        notices.wake()
        if not settings.REDIS_URL:  # otherwise Celery beat keeps the schedule
            schedule.tick()
        self._next_tick = time.monotonic() + TICK_SECONDS

    def _work(self) -> bool:
        claim = leases.claim_next(worker=self.name)
        if claim is None:
            return False
        child = Child(claim)
        self._watch(child)
        self._calm_at = time.monotonic() + CALM_SECONDS
        if child.exit_code != 0:
            logger.error("job %s: its process ended with %s", claim.job_id, child.exit_code)
            leases.release(claim, is_interruption=self._stop.is_set())
        return True

    def _watch(self, child: Child) -> None:
        """Wait for the child; when asked to stop, leave it the grace to end by itself."""
        deadline = None
        while not child.is_over():
            if self._stop.is_set():
                deadline = deadline or time.monotonic() + self.grace
                if time.monotonic() > deadline:
                    child.kill()
                    return
            self._beat_if_due()
            time.sleep(WATCH_SECONDS)

    def _beat_if_due(self) -> None:
        if time.monotonic() >= self._next_tick:
            self._next_tick = time.monotonic() + TICK_SECONDS
            try:
                sweeping.beat(self.name)
            except (DatabaseError, InterfaceError):
                logger.warning("sign of life not written", exc_info=True)
                connections.close_all()
