"""How many actions, in which status: counted once, told in words with their unit."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from actions.enums import Status

_ONE = {
    Status.DONE: "réalisée",
    Status.ONGOING: "en cours",
    Status.TODO: "à faire",
    Status.POSTPONED: "reportée",
    Status.ABANDONED: "abandonnée",
}
_MANY = {
    Status.DONE: "réalisées",
    Status.ONGOING: "en cours",
    Status.TODO: "à faire",
    Status.POSTPONED: "reportées",
    Status.ABANDONED: "abandonnées",
}


@dataclass(frozen=True)
class StatusTally:
    """Actions by status, and how many are late."""

    statuses: Counter
    late: int = 0

    @classmethod
    def of(cls, actions: Iterable, on: date) -> "StatusTally":
        actions = list(actions)
        statuses = Counter(Status(action.status) for action in actions)
        return cls(statuses, sum(action.is_late(on) for action in actions))

    @property
    def total(self) -> int:
        return self.statuses.total()

    @property
    def done(self) -> int:
        return self.statuses[Status.DONE]

    @property
    def total_in_words(self) -> str:
        """« 12 actions »."""
        return f"{self.total} action{'s' if self.total > 1 else ''}"

    @property
    def details(self) -> str:
        """« 9 réalisées, 2 en cours et 1 reportée, dont 1 en retard »; empty without an action."""
        parts = [f"{self.statuses[s]} {(_MANY if self.statuses[s] > 1 else _ONE)[s]}" for s in _ONE if self.statuses[s]]
        told = " et ".join(filter(None, [", ".join(parts[:-1]), *parts[-1:]]))
        return f"{told}, dont {self.late} en retard" if self.late else told

    @property
    def in_words(self) -> str:
        """« 12 actions : 9 réalisées, 2 en cours et 1 reportée »."""
        return f"{self.total_in_words} : {self.details}" if self.total else "aucune action"

    @property
    def brief(self) -> str:
        """« 9 sur 12 », realised of all, for a cell; a dash without an action."""
        return f"{self.done} sur {self.total}" if self.total else "–"
