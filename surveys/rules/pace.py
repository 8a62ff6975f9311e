"""Whether the forms of a campaign come in fast enough: returns against a goal, at a steady pace between two days."""

from dataclasses import dataclass
from datetime import date
from math import ceil

from core.base.figures import format_number
from core.base.words import in_words

TOLERANCE = 0.8  # of what a steady pace would have brought: below, the campaign is behind
FIRST_DAYS = 3  # nothing is said of the first days


@dataclass(frozen=True)
class Pace:
    """The returns of a campaign on a day, against its goal. Days are calendar days, the present one not yet over."""

    returns: int
    goal: int | None
    starts_on: date
    ends_on: date
    on: date
    noun: tuple[str, str] = ("retour", "retours")
    is_steady: bool = True  # False where the forms are not expected day after day: nothing is then behind

    @property
    def length(self) -> int:
        """Days of the campaign, both ends included."""
        return (self.ends_on - self.starts_on).days + 1

    @property
    def elapsed(self) -> int:
        """Days over, from none to all."""
        return min(max((self.on - self.starts_on).days, 0), self.length)

    @property
    def remaining(self) -> int:
        """Days left, the present one included."""
        return self.length - self.elapsed

    @property
    def is_over(self) -> bool:
        return self.on > self.ends_on

    @property
    def has_begun(self) -> bool:
        return self.on >= self.starts_on

    @property
    def is_reached(self) -> bool:
        return bool(self.goal) and self.returns >= (self.goal or 0)

    @property
    def expected(self) -> int:
        """What a steady pace would have brought by now."""
        return (self.goal or 0) * self.elapsed // self.length

    @property
    def is_behind(self) -> bool:
        """Whether the goal will be missed at this pace, once enough days are over to say so."""
        if not self.goal or self.is_reached or not self.is_steady or self.elapsed < min(FIRST_DAYS, self.length):
            return False
        return self.is_over or self.returns < self.expected * TOLERANCE

    @property
    def needed_each_day(self) -> int:
        """Returns to bring in each of the days left to reach the goal; zero once reached, or too late."""
        if not self.goal or self.is_reached or not self.remaining:
            return 0
        return ceil((self.goal - self.returns) / self.remaining)

    @property
    def percent(self) -> int:
        """Share of the goal, never past 100 nor 100 before it is reached."""
        if not self.goal:
            return 0
        return 100 if self.is_reached else min(99, self.returns * 100 // self.goal)

    @property
    def unit(self) -> str:
        return self.noun[self.returns > 1]

    @property
    def count(self) -> str:
        """« 132 retours sur 250 »."""
        words = f"{format_number(self.returns)} {self.unit}"
        return f"{words} sur {format_number(self.goal)}" if self.goal else words

    @property
    def sentence(self) -> str:
        """Where the campaign stands, in words."""
        if not self.has_begun:
            return f"La campagne commence le {in_words(self.starts_on)}."
        if self.is_reached:
            return "L’objectif est atteint."
        if self.is_over:
            missed = f" sans atteindre son objectif ({format_number(self.goal)})" if self.goal else ""
            return f"La campagne s’est terminée le {in_words(self.ends_on)}{missed}."
        if not self.goal or not self.is_steady:
            return f"Jusqu’au {in_words(self.ends_on)}{'' if self.goal else ', sans objectif chiffré'}."
        return self._against_a_steady_pace()

    def _against_a_steady_pace(self) -> str:
        left = "aujourd’hui encore" if self.remaining == 1 else f"{self.remaining} jours"
        needed = (
            f"{format_number(self.needed_each_day)} par jour suffisent"
            if self.remaining > 1
            else (f"il en faut {format_number(self.needed_each_day)}")
        )
        if self.is_behind:
            return (
                f"En retard : à un rythme régulier, {format_number(self.expected)} {self.noun[1]} seraient arrivés. "
                f"Reste {left} : {needed}."
            )
        return f"Reste {left} : {needed}."
