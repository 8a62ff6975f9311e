"""Who writes, why, and from what instant on; the rows written are locked and fresh."""

from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, TypeVar

from django.db import models
from django.utils import timezone

from actions.models import Action, Finding
from core import history
from core.errors import Conflict, UserError

Row = TypeVar("Row", bound=models.Model)
GONE = "« {what} » a été supprimé entre-temps par une autre personne."
REGROUPED = "Cette action a été jumelée ou séparée entre-temps par une autre personne : rechargez la page."


@dataclass(frozen=True)
class Deed:
    """One call of a verb. `effective_at` is the instant told by a document; None for what happens now."""

    by: Any
    reason: str = ""
    effective_at: datetime | None = None

    @property
    def on(self) -> date:
        """The day on which it takes effect."""
        return timezone.localdate(self.effective_at)

    def unless_overtaken(self, records: models.QuerySet) -> "Deed":
        """The same, but effective now if one of these history rows took effect later.

        The responsibles of an action, the engagements of a finding are one thing each: one that left the list since
        would else stand twice in the days between.
        """
        if self.effective_at is None or not records.filter(history_date__gt=self.effective_at).exists():
            return self
        return replace(self, effective_at=None)

    def create(self, rows: Iterable[Row]) -> list[Row]:
        """New rows of one model, with one history row each."""
        return history.bulk_create(rows, by=self.by, reason=self.reason, effective_at=self._not_later_than_now())

    def save(self, row: models.Model) -> None:
        """Save a row whole, unless nothing of it changed."""
        if is_changed(row):
            history.save(row, by=self.by, reason=self.reason, effective_at=history.effective(row, self.effective_at))

    def delete(self, row: models.Model) -> None:
        history.delete(row, by=self.by, reason=self.reason, effective_at=history.effective(row, self.effective_at))

    def _not_later_than_now(self) -> datetime | None:
        return self.effective_at if self.effective_at and self.effective_at < timezone.now() else None


def is_changed(row: models.Model) -> bool:
    """Whether the row differs from what the database holds."""
    if row._state.adding:
        return True
    names = [field.attname for field in row._meta.concrete_fields]
    stored = type(row)._base_manager.filter(pk=row.pk).values_list(*names).first()
    return stored != tuple(getattr(row, name) for name in names)


def locked(row: Row) -> Row:
    """The row as it is now, held until the end of the transaction. UserError when it is no more."""
    fresh = _held(type(row), {row.pk}).get(row.pk)
    if fresh is None:
        raise UserError(GONE.format(what=row))
    return fresh


def locked_group(action: Action, *, holding: Iterable[Finding] = ()) -> list[Action]:
    """The action and its twins, leader first, with their findings and those of `holding`; all held, findings first.

    Everyone locks in this order, so that two people who settle two actions of one finding queue, and see each other.
    """
    now = Action.objects.filter(pk=action.pk).first()
    if now is None:
        raise UserError(GONE.format(what=action))
    places = dict(Action.objects.together_with(now).values_list("pk", "finding_id"))
    held = locked_actions(places, holding={finding.pk for finding in holding})
    if held and set(Action.objects.together_with(held[0]).values_list("pk", flat=True)) == {one.pk for one in held}:
        return held
    raise Conflict(REGROUPED)


def locked_actions(places: dict[int, int], *, holding: Set[int] = frozenset()) -> list[Action]:
    """Actions (identifier → that of the finding), held with their findings. Conflict when they moved meanwhile."""
    findings = _held(Finding, {*places.values(), *holding}, "plan")
    actions = _held(Action, set(places))
    if {pk: action.finding_id for pk, action in actions.items()} != places:
        raise Conflict(REGROUPED)
    for found in actions.values():
        found.finding = findings[found.finding_id]
    return sorted(actions.values(), key=lambda found: (found.merged_into_id is not None, found.pk))


def _held(model: type[Row], pks: set[int], *related: str) -> dict[int, Row]:
    """Ordered by their own number: an order that joins another table would lock its rows too."""
    rows = model._base_manager.select_for_update(of=("self",)).filter(pk__in=pks).order_by("pk")
    return {row.pk: row for row in rows.select_related(*related)}


def brought_up_to_date(given: Row, written: Row) -> Row:
    """What the caller holds, as it was written."""
    for field in written._meta.concrete_fields:
        setattr(given, field.attname, getattr(written, field.attname))
    return given


def set_fields(row: models.Model, fields: dict[str, Any], allowed: Sequence[str]) -> None:
    """Set the fields given by name; TypeError on one that is not of those a person changes."""
    for name, value in fields.items():
        if name not in allowed:
            raise TypeError(f"{type(row).__name__}.{name} is not changed by this verb")
        setattr(row, name, value.strip() if isinstance(value, str) else value)
