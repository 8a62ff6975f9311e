"""Working days: Monday to Friday, minus public holidays and the closed days of a site.

The convention, stated everywhere a delay is shown: the count starts the day after receipt, and the last day counted is
the due date. Pure functions; the calendar of a site is built by `organisations.calendars.calendar_of`.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from core.base.errors import UserError

MAX_DAYS = 2500  # about ten years
CONVENTION = (
    "Le délai part du lendemain de la réception ; il compte du lundi au vendredi, hors jours fériés et fermetures."
)
RECEIPT = "jour de réception : le délai part du lendemain"
WORKING = "jour ouvré"
_WEEKEND = {5: "samedi", 6: "dimanche"}
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Day:
    """One day of an explanation: whether it counts, its number when it does, and why."""

    date: date
    counts: bool
    number: int | None
    reason: str


@dataclass(frozen=True)
class WorkingCalendar:
    """The days of a zone and a site. `years`: those whose holidays are known; outside them, no date is invented."""

    holidays: Mapping[date, str]
    closed: Mapping[date, str] = field(default_factory=dict)
    years: Collection[int] | None = None
    name: str = ""

    def is_working(self, day: date) -> bool:
        return not self.reason_off(day)

    def reason_off(self, day: date) -> str:
        """Why the day does not count; empty for a working day."""
        self._check(day)
        if day in self.holidays:
            return f"jour férié : {self.holidays[day]}"
        if day.weekday() in _WEEKEND:
            return _WEEKEND[day.weekday()]
        if day in self.closed:
            return f"fermeture du site : {self.closed[day]}"
        return ""

    def due_on(self, received: date, days: int) -> date:
        """The day by which the delay ends; with 0 days, the day of receipt."""
        return self.explain(received, days)[-1].date

    def days_between(self, start: date, end: date) -> int:
        """Working days spent: those after the start, the end included if it is one."""
        if end < start:
            raise UserError(f"La date de fin ({end:%d/%m/%Y}) précède la date de départ ({start:%d/%m/%Y}).")
        return sum(self.is_working(day) for day in _days_after(start, (end - start).days))

    def explain(self, start: date, days: int) -> list[Day]:
        """Every day from the receipt to the due date, with its reason."""
        if not 0 <= days <= MAX_DAYS:
            raise UserError(f"Le nombre de jours doit être compris entre 0 et {MAX_DAYS}.", field="days")
        self._check(start)
        explained = [Day(start, False, None, RECEIPT)]
        number = 0
        while number < days:
            day = _next(explained[-1].date)
            reason = self.reason_off(day)
            number += not reason
            explained.append(Day(day, not reason, None if reason else number, reason or WORKING))
        return explained

    def _check(self, day: date) -> None:
        if self.years is not None and day.year not in self.years:
            of_zone = f" de la zone « {self.name} »" if self.name else ""
            raise UserError(
                f"Les jours fériés de {day.year}{of_zone} ne sont pas enregistrés : complétez le calendrier."
            )


def _days_after(start: date, count: int) -> Iterator[date]:
    return (start + timedelta(days=n) for n in range(1, count + 1))


def _next(day: date) -> date:
    try:
        return day + _ONE_DAY
    except OverflowError:
        raise UserError("Ce délai dépasse le calendrier.", field="days") from None
