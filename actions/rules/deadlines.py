"""Deadlines kept honest: the first promise stays, each move is counted and told, drift is measured in days."""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from core.base.errors import UserError
from core.time.fuzzy_dates import FuzzyDate, Kind

REASON_MISSING = "Indiquez la raison du changement d’échéance : l’ancienne reste lisible avec elle."
MAX_MONTHS = 60


@dataclass(frozen=True)
class Move:
    """One move of a deadline, as the history tells it; drift in days where both have a latest day."""

    old: FuzzyDate
    new: FuzzyDate
    who: Any
    when: datetime
    reason: str
    drift_days: int | None
    recorded_at: datetime | None = None


def is_promise(deadline: FuzzyDate) -> bool:
    """Whether the words promise something that can be kept or missed: a last day, or an event."""
    return deadline.latest is not None or deadline.kind == Kind.EVENT


def is_same(old: FuzzyDate, new: FuzzyDate) -> bool:
    return (old.text, old.earliest, old.latest, old.event) == (new.text, new.earliest, new.latest, new.event)


def drift(old: date | None, new: date | None) -> int | None:
    """Days between two latest days; None when one is not known."""
    return None if old is None or new is None else (new - old).days


def refuse_before_origin(deadline: FuzzyDate, origin_on: date | None) -> None:
    if origin_on is not None and deadline.latest is not None and deadline.latest < origin_on:
        raise UserError(
            f"L’échéance « {deadline.text} » précède l’origine du plan, le {origin_on:%d/%m/%Y}.", field="deadline"
        )


def refuse_no_postponement(old: FuzzyDate, new: FuzzyDate) -> None:
    """A postponed action has a new deadline, later than the one it had."""
    if not is_promise(new):
        raise UserError("Indiquez la nouvelle échéance : un jour, une période ou une réunion.", field="deadline")
    if is_same(old, new):
        raise UserError("Indiquez une nouvelle échéance : celle-ci est l’échéance actuelle.", field="deadline")
    if old.latest is not None and new.latest is not None and new.latest <= old.latest:
        raise UserError(
            f"La nouvelle échéance « {new.text} » ne repousse pas l’ancienne, « {old.text} ».", field="deadline"
        )


def refuse_done_on(done_on: date | None, *, today: date, plans: Iterable[Any]) -> None:
    """Done on a day that has come, and not before what the plans of the action and of its twins follow from."""
    if done_on is None:
        raise UserError("Indiquez le jour où l’action a été réalisée.", field="done_on")
    if done_on > today:
        raise UserError(f"Le {done_on:%d/%m/%Y} n’est pas encore venu.", field="done_on")
    for plan in plans:
        if plan.origin_on is not None and done_on < plan.origin_on:
            raise UserError(
                f"Le {done_on:%d/%m/%Y} précède l’origine du plan « {plan} », le {plan.origin_on:%d/%m/%Y}.",
                field="done_on",
            )


def months_later(day: date, months: int) -> date:
    """The same day some months later, or the last one of a shorter month."""
    if not 1 <= months <= MAX_MONTHS:
        raise UserError(f"Choisissez de 1 à {MAX_MONTHS} mois.", field="months")
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def moves(rows: Iterable[Any]) -> list[Move]:
    """The ledger, read from history rows in their order: each change of a deadline that was a promise."""
    found, before = [], None
    for row in rows:
        now = deadline_of(row)
        if before is not None and is_promise(before) and not is_same(before, now):
            found.append(
                Move(
                    before,
                    now,
                    row.history_user,
                    row.history_date,
                    row.history_change_reason or "",
                    drift(before.latest, now.latest),
                    row.recorded_at,
                )
            )
        before = now
    return found


def deadline_of(row) -> FuzzyDate:
    """The deadline of an action or of a row of its history."""
    return FuzzyDate.stored(row.deadline_text, row.deadline_earliest, row.deadline_latest, event=row.deadline_event)
