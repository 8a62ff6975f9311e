"""When a document is to be checked again: its last check, or the date of its version, plus its period."""

from dataclasses import dataclass
from datetime import date

from audits.enums import DueState
from core.time.spans import span_after

WITHIN = 60  # days before its next check, a document is to be checked
NAMES = {
    1: "mensuelle",
    2: "tous les 2 mois",
    3: "trimestrielle",
    4: "tous les 4 mois",
    6: "semestrielle",
    12: "annuelle",
    18: "tous les 18 mois",
    24: "tous les 2 ans",
    36: "tous les 3 ans",
}
ON_CHANGE = "à chaque changement"


@dataclass(frozen=True)
class CheckPeriod:
    """How often a document is checked: months or days, or « à chaque changement »; nothing when nobody said."""

    months: int = 0
    days: int = 0
    on_change: bool = False

    def __bool__(self) -> bool:
        return bool(self.months or self.days or self.on_change)

    def __str__(self) -> str:
        if self.on_change:
            return ON_CHANGE
        if self.months:
            years, rest = divmod(self.months, 12)
            return NAMES.get(self.months) or (f"tous les {years} ans" if not rest else f"tous les {self.months} mois")
        return ("chaque jour" if self.days == 1 else f"tous les {self.days} jours") if self.days else ""

    def after(self, day: date) -> date:
        """The day of the next check."""
        return span_after(day, self.months, self.days)


def next_check_on(period: CheckPeriod, *, checked_on: date | None, version_on: date | None) -> date | None:
    """The day of the next check; None for « à chaque changement », without a period or without any date."""
    base = checked_on or version_on
    if period.on_change or not period or base is None:
        return None
    return period.after(base)


def state_on(on: date, next_on: date | None, *, on_change: bool = False, within: int = 0) -> DueState:
    """The state of a document on a day: the due day itself is due, as are the `within` days before it."""
    if on_change:
        return DueState.UP_TO_DATE
    if next_on is None:
        return DueState.UNDATED
    if on > next_on:
        return DueState.OVERDUE
    return DueState.DUE if (next_on - on).days <= within else DueState.UP_TO_DATE
