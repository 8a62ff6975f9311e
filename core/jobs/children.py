"""Runs one claimed job in a forked child (see docs/adr/0006): its memory goes back to the system, a crash of
native code takes only the child, and the worker hears of it at once instead of waiting for the lease to end."""

import ctypes
import logging
import os
import signal
import sys
from collections.abc import Callable

from django.db import connections

from core.jobs import running
from core.jobs.leases import Claim

logger = logging.getLogger(__name__)
PR_SET_PDEATHSIG = 1


class Child:
    """A process that runs one attempt of one job."""

    def __init__(self, claim: Claim):
        self.claim = claim
        self.pid = fork(lambda: running.run(claim, kills=True))
        self.exit_code: int | None = None

    def is_over(self) -> bool:
        """Whether the process has ended; then `exit_code` is 0, or says how it died."""
        if self.exit_code is None:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self.exit_code = os.waitstatus_to_exitcode(status)
        return self.exit_code is not None

    def kill(self) -> None:
        """End the process now and wait for it; what it had not committed is undone by the database."""
        if not self.is_over():
            os.kill(self.pid, signal.SIGKILL)
            _pid, status = os.waitpid(self.pid, 0)
            self.exit_code = os.waitstatus_to_exitcode(status)


def fork(body: Callable[[], None]) -> int:
    """Run the body in a child process without any connection of ours; the child never returns from here."""
    connections.close_all()
    sys.stdout.flush()
    sys.stderr.flush()
    parent = os.getpid()
    pid = os.fork()
    if pid:
        return pid
    code = 1
    try:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        die_with(parent)
        body()
        code = 0
    except Exception:
        logger.exception("the child process could not write what became of its job")
    finally:
        connections.close_all()
        logging.shutdown()
        os._exit(code)


def die_with(parent: int) -> None:
    """Ask the kernel to kill this process when its parent dies (Linux); elsewhere the fenced result is enough."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:
            os._exit(1)
