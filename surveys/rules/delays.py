"""How long replies take: each delay in words, and what a set of them says."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from statistics import median

MINUTE, HOUR, DAY = 60, 3600, 86400


@dataclass(frozen=True)
class Delays:
    """The messages sent, those that were answered, the middle and the longest delay."""

    sent: int
    answered: int
    middle: timedelta | None
    longest: timedelta | None

    @property
    def middle_words(self) -> str:
        return words(self.middle)

    @property
    def longest_words(self) -> str:
        return words(self.longest)


def summed(delays: Iterable[timedelta | None]) -> Delays:
    """What the delays say; None is a message that had no reply."""
    every = list(delays)
    known = [delay for delay in every if delay is not None]
    if not known:
        return Delays(len(every), 0, None, None)
    middle = timedelta(seconds=median(delay.total_seconds() for delay in known))
    return Delays(len(every), len(known), middle, max(known))


def words(delay: timedelta | None) -> str:
    """« moins d’une minute », « 12 min », « 2 h 05 », « 3 jours »; empty where it is not known."""
    if delay is None:
        return ""
    seconds = int(delay.total_seconds())
    if seconds < MINUTE:
        return "moins d’une minute"
    if seconds < HOUR:
        return f"{seconds // MINUTE}\u202fmin"
    if seconds < DAY:
        return f"{seconds // HOUR}\u202fh\u202f{seconds % HOUR // MINUTE:02}"
    days = seconds // DAY
    return f"{days}\u202fjour{'s' if days > 1 else ''}"
