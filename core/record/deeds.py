"""Deeds: who writes, why, and from what instant on; the rows written are locked and fresh."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, TypeVar

from django.db import models
from django.utils import timezone

from core.base.errors import UserError
from core.record import history

Row = TypeVar("Row", bound=models.Model)
GONE = "« {what} » a été supprimé entre-temps par une autre personne."


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

    def unless_overtaken(self, records: models.QuerySet, field: str, pks: Iterable) -> list[tuple["Deed", set]]:
        """This deed for those of the owners of a list (`field` of its history) that no row changed later, one effective
        now for the others.

        The responsibles of an action, the engagements of a finding are one thing each: one that left the list since
        would else stand twice in the days between.
        """
        owners, at = set(pks), self.effective_at
        later = records.filter(history_date__gt=at, **{f"{field}__in": owners}) if at else records.none()
        late = set(later.values_list(field, flat=True))
        return [(self, owners - late), (replace(self, effective_at=None), owners & late)]

    def create(self, rows: Iterable[Row]) -> list[Row]:
        """New rows of one model, with one history row each."""
        return history.bulk_create(rows, by=self.by, reason=self.reason, effective_at=self._not_later_than_now())

    def save(self, row: models.Model) -> None:
        """Save a row whole, unless nothing of it changed."""
        if is_changed(row):
            history.save(row, by=self.by, reason=self.reason, effective_at=history.effective(row, self.effective_at))

    def update(self, rows: Iterable[models.Model], fields: Sequence[str]) -> None:
        """Save these fields of many rows of one model, one history row each; what changed later changes now."""
        for deed, several in self._by_effect(rows):
            history.bulk_update(several, fields, by=deed.by, reason=deed.reason, effective_at=deed.effective_at)

    def delete_all(self, rows: Iterable[models.Model]) -> None:
        """Delete many rows of one model, to which nothing points."""
        for deed, several in self._by_effect(rows):
            history.bulk_delete(several, by=deed.by, reason=deed.reason, effective_at=deed.effective_at)

    def delete(self, row: models.Model) -> None:
        history.delete(row, by=self.by, reason=self.reason, effective_at=history.effective(row, self.effective_at))

    def _by_effect(self, rows: Iterable[Row]) -> Iterable[tuple["Deed", list[Row]]]:
        """The rows that take effect at the instant told, then those that do now: the present is what history says."""
        rows, at = list(rows), self._not_later_than_now()
        late = history.changed_after(rows, at) if at else set()
        now = replace(self, effective_at=None)
        yield replace(self, effective_at=at), [row for row in rows if row.pk not in late]
        yield now, [row for row in rows if row.pk in late]

    def _not_later_than_now(self) -> datetime | None:
        return self.effective_at if self.effective_at and self.effective_at < timezone.now() else None


def is_changed(row: models.Model) -> bool:
    """Whether the row differs from what the database holds."""
    if row._state.adding:
        return True
    names = [field.attname for field in row._meta.concrete_fields]
    stored = type(row)._base_manager.filter(pk=row.pk).values_list(*names).first()
    return stored != tuple(getattr(row, name) for name in names)


def locked(row: Row, *related: str) -> Row:
    """The row as it is now, held until the end of the transaction. UserError when it is no more."""
    fresh = held(type(row), {row.pk}, *related).get(row.pk)
    if fresh is None:
        raise UserError(GONE.format(what=row))
    return fresh


def held(model: type[Row], pks: set[int], *related: str) -> dict[int, Row]:
    """Rows held until the end of the transaction, by number.

    Ordered by their own number: an order that joins another table would lock its rows too.
    """
    rows = model._base_manager.select_for_update(of=("self",)).filter(pk__in=pks).order_by("pk")
    return {row.pk: row for row in (rows.select_related(*related) if related else rows)}


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
