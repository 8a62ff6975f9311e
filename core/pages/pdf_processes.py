"""Tasks spread over the processors: one process forked beside this one, that ends with it."""

import contextlib
import os
import pickle
import signal
import tempfile
from collections.abc import Callable, Sequence
from typing import IO

from django.conf import settings

from core.jobs.children import die_with

Task = Callable[[], bytes]
WORTH = 60_000  # letters of HTML, below which a fork costs more than it brings


def spread(tasks: Sequence[tuple[int, Task]]) -> list[bytes]:
    """What each task (its weight, what it does) gives, in their order; the error of one is raised here."""
    shares = _shares([weight for weight, _ in tasks], _processes())
    if len(shares) < 2 or sum(weight for weight, _ in tasks) < WORTH:
        return [task() for _, task in tasks]
    mine, *others = shares
    with contextlib.ExitStack() as stack:
        helpers = []
        for share in others:
            file = stack.enter_context(tempfile.TemporaryFile())
            helpers.append(_Helper([tasks[place][1] for place in share], file))
            stack.callback(helpers[-1].end)
        made = {place: tasks[place][1]() for place in mine}
        for share, helper in zip(others, helpers, strict=True):
            made |= dict(zip(share, helper.results(), strict=True))
    return [made[place] for place in range(len(tasks))]


def _processes() -> int:
    return min(settings.PRINTING_PROCESSES, len(os.sched_getaffinity(0)))


def _shares(weights: Sequence[int], number: int) -> list[list[int]]:
    """The places of the tasks for each process, the heaviest first to whoever has least."""
    shares: list[list[int]] = [[] for _ in range(max(number, 1))]
    for place in sorted(range(len(weights)), key=lambda one: -weights[one]):
        min(shares, key=lambda share: sum(weights[one] for one in share)).append(place)
    return [sorted(share) for share in shares if share]


class _Helper:
    """A process forked from this one, which does its tasks and leaves what they gave in a file.

    It touches no connection: it draws, and ends without a word to the database.
    """

    def __init__(self, tasks: Sequence[Task], file: IO[bytes]):
        self.file = file
        self.is_over = False
        parent = os.getpid()
        self.pid = os.fork()
        if not self.pid:
            self._work(tasks, parent)

    def _work(self, tasks: Sequence[Task], parent: int) -> None:
        try:
            signal.signal(signal.SIGTERM, signal.SIG_DFL)
            die_with(parent)
            told: tuple[bool, object] = (True, [task() for task in tasks])
        except Exception as error:
            told = (False, error)
        try:
            pickle.dump(told, self.file)
            self.file.flush()
        finally:
            os._exit(0)

    def results(self) -> list[bytes]:
        """What the tasks gave; RuntimeError where the process died."""
        _pid, status = os.waitpid(self.pid, 0)
        self.is_over = True
        self.file.seek(0)
        try:
            is_done, told = pickle.load(self.file)  # noqa: S301 - written by our own child, in a file without a name
        except EOFError:
            raise RuntimeError(f"a printing process ended with {status}") from None
        if not is_done:
            raise told
        return told

    def end(self) -> None:
        if not self.is_over:
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
