"""History of business objects: who changed what, when and why. Services write through these verbs."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar

from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist
from django.db import models
from django.db.models import F, QuerySet, Window
from django.db.models.fields.related_descriptors import ForwardManyToOneDescriptor
from django.db.models.functions import RowNumber
from django.utils import timezone
from simple_history.models import HistoricalRecords
from simple_history.utils import (
    bulk_create_with_history,
    bulk_update_with_history,
    get_history_manager_for_model,
)

from core.record import changesets
from core.record.changesets import InChangeset

Row = TypeVar("Row", bound=models.Model)
LONGEST_VERSION = 18  # digits: what a form sends back may be anything


class _PossiblyGone(ForwardManyToOneDescriptor):
    """Reads the author of a history row; None once the account has been deleted."""

    def get_object(self, instance):
        try:
            return super().get_object(instance)
        except ObjectDoesNotExist:
            return None


class _Author(models.ForeignKey):
    """The author of a history row. Deleting an account leaves the row as it was written: nothing updates history."""

    forward_related_accessor_class = _PossiblyGone

    def deconstruct(self):
        name, _, args, kwargs = super().deconstruct()
        return name, "django.db.models.ForeignKey", args, kwargs


def author(verbose_name: str | None = None) -> models.ForeignKey:
    """The field of an append-only table that says who wrote the row: no constraint, since SET_NULL would update it."""
    options = {"verbose_name": verbose_name} if verbose_name else {}
    return _Author(
        settings.AUTH_USER_MODEL, models.DO_NOTHING, null=True, related_name="+", db_constraint=False, **options
    )


class _Records(HistoricalRecords):
    """History whose author has no database constraint."""

    def _get_history_user_fields(self):
        return {"history_user": author()}

    def get_meta_options(self, model):
        """The rows of an act are found in an index; so is the last row of each object on a day, where days are read."""
        options = super().get_meta_options(model)
        name, act = str(model._meta.model_name), f"{model._meta.app_label[:4]}_{model._meta.model_name}"[:26]
        is_part = models.Q(changeset__isnull=False)
        options["indexes"] = [models.Index(fields=["changeset"], condition=is_part, name=f"{act}_act")]
        if Recorded in self.bases:
            rows = [model._meta.pk.attname, "-history_date", "-history_id"]
            options["indexes"].append(models.Index(fields=rows, name=f"{name}_by_day"))
        return options


class Recorded(models.Model):
    """Base of a history whose rows may be effective before they are written: the day of recording is kept apart."""

    recorded_at = models.DateTimeField("enregistré le", default=timezone.now, editable=False)

    class Meta:
        abstract = True


def records(*, bases: Sequence[type[models.Model]] = (), **options) -> HistoricalRecords:
    """Declare the history of a model; its table is append-only (see `core.record.triggers`); rows know their changeset.

    `bases=[Recorded]` for a model whose changes may take effect on a past day (a file imported later).
    """
    reason = models.TextField(null=True)
    return _Records(history_change_reason_field=reason, bases=[*bases, InChangeset], **options)


def save(
    instance: models.Model,
    *,
    by,
    reason: str = "",
    fields: Sequence[str] | None = None,
    effective_at: datetime | None = None,
) -> None:
    """Save the instance with its history row: author `by` (None for the system), reason, instant of effect (now)."""
    with _signed(instance, by, reason, effective_at):
        instance.save(update_fields=fields)


def delete(instance: models.Model, *, by, reason: str = "", effective_at: datetime | None = None) -> None:
    """Delete the instance and keep its history, last row included."""
    with _signed(instance, by, reason, effective_at):
        instance.delete()


def bulk_create(instances: Iterable[Row], *, by, reason: str = "", effective_at: datetime | None = None) -> list[Row]:
    """Create many instances of one model with one history row each, in two statements per batch."""
    instances = list(instances)
    if not instances:
        return []
    return bulk_create_with_history(
        instances,
        type(instances[0]),
        batch_size=500,
        default_user=by,
        default_change_reason=reason or None,
        default_date=effective_at,
    )


def bulk_update(
    instances: Iterable[models.Model],
    fields: Sequence[str],
    *,
    by,
    reason: str = "",
    effective_at: datetime | None = None,
) -> int:
    """Update the given fields of many instances of one model with one history row each."""
    instances = list(instances)
    if not instances:
        return 0
    return bulk_update_with_history(
        instances,
        type(instances[0]),
        fields,
        batch_size=500,
        default_user=by,
        default_change_reason=reason or None,
        default_date=effective_at,
    )


def bulk_delete(
    instances: Iterable[models.Model], *, by, reason: str = "", effective_at: datetime | None = None
) -> int:
    """Delete many instances of one model and keep their history, one last row each.

    Set-based: nothing cascades, so the caller deletes what points at them too; the database checks it at the commit.
    """
    instances = list(instances)
    if not instances:
        return 0
    model = type(instances[0])
    historical, at = get_history_manager_for_model(model).model, effective_at or timezone.now()
    signed = {"history_type": "-", "history_date": at, "history_user": by, "history_change_reason": reason or None}
    historical._default_manager.bulk_create(
        [
            historical(**signed, **{field.attname: getattr(row, field.attname) for field in historical.tracked_fields})
            for row in instances
        ],
        batch_size=500,
    )
    for start in range(0, len(instances), 500):
        rows = model._base_manager.filter(pk__in=[row.pk for row in instances[start : start + 500]])
        rows._raw_delete(rows.db)
    return len(instances)


@contextmanager
def _signed(instance: models.Model, by, reason: str, effective_at: datetime | None) -> Iterator[None]:
    """What the next history row of the instance says, and no other one; told of a past day, it is part of an act."""
    instance._history_user = by
    instance._change_reason = reason or None
    if effective_at is not None:
        instance._history_date = effective_at
    try:
        with nullcontext() if effective_at is None else changesets.opened():
            yield
    finally:
        for name in ("_history_user", "_change_reason", "_history_date"):
            instance.__dict__.pop(name, None)


@dataclass(frozen=True)
class FieldChange:
    """An object that is not the same at two instants, with the fields that differ."""

    before: Any
    after: Any
    fields: tuple[models.Field, ...]


@dataclass(frozen=True)
class Difference:
    """What happened to a model between two instants."""

    created: list = field(default_factory=list)
    changed: list[FieldChange] = field(default_factory=list)
    deleted: list = field(default_factory=list)


def as_of(source: type[models.Model] | QuerySet, when: datetime, *, known_at: datetime | None = None) -> QuerySet:
    """What existed at that instant, as it was, including what was deleted since.

    `source` is a model, or its history already narrowed (`Holiday.history.filter(zone=zone)`): the filters apply to the
    state at that instant. The rows are instances of the model, not to be saved; the queryset can be filtered further.
    With `known_at`, for a history that is `Recorded`, only what had been written by then counts.
    """
    records = _records_of(source)
    rows = _rows_of(records).filter(history_date__lte=when)
    if known_at is not None:
        rows = rows.filter(recorded_at__lte=known_at)
    latest = [F("history_date").desc(), F("history_id").desc()]
    return records.filter(history_id__in=_one_of_each(rows, latest)).as_instances()


def first_of(source: type[models.Model] | QuerySet) -> QuerySet:
    """Each object as it was first recorded: what is known of it before its own history begins."""
    records = _records_of(source)
    earliest = [F("history_date").asc(), F("history_id").asc()]
    return records.filter(history_id__in=_one_of_each(_rows_of(records), earliest)).as_instances()


def difference(source: type[models.Model] | QuerySet, start: datetime, end: datetime) -> Difference:
    """What was created, changed and deleted after `start` and until `end`, comparing the two states only."""
    records = _records_of(source)
    key = key_of(records.model)
    touched = records.model._default_manager.filter(history_date__gt=start, history_date__lte=end).values(key)
    old, new = ({obj.pk: obj for obj in as_of(source, when).filter(**{f"{key}__in": touched})} for when in (start, end))
    found = Difference(
        created=[new[pk] for pk in sorted(new.keys() - old.keys())],
        deleted=[old[pk] for pk in sorted(old.keys() - new.keys())],
    )
    for pk in sorted(old.keys() & new.keys()):
        if fields := changed_fields(records.model, old[pk], new[pk]):
            found.changed.append(FieldChange(old[pk], new[pk], fields))
    return found


def changed_fields(historical: type[models.Model], old, new) -> tuple[models.Field, ...]:
    """The tracked fields whose value differs between two rows, instances or records alike."""
    return tuple(f for f in historical.tracked_fields if getattr(old, f.attname) != getattr(new, f.attname))


def records_of(instance: models.Model) -> QuerySet:
    """The history of one object, newest first."""
    historical = _records_of(type(instance)).model
    return historical._default_manager.filter(**{key_of(historical): instance.pk}).order_by(
        "-history_date", "-history_id"
    )


def version_of(instance: models.Model) -> str:
    """What changes each time the object does: the number of its last history row; empty without history."""
    if not is_recorded(type(instance)):
        return ""
    return str(records_of(instance).order_by("-history_id").values_list("history_id", flat=True).first() or "")


def at_version(instance: models.Model, version: str):
    """The object as that version left it, not to be saved; None when there is no such row."""
    if not (version.isdecimal() and len(version) <= LONGEST_VERSION and is_recorded(type(instance))):
        return None
    record = records_of(instance).filter(history_id=version).first()
    return record and record.instance


def last_change(instance: models.Model):
    """The last history row of the object with its author, or None."""
    if not is_recorded(type(instance)):
        return None
    return records_of(instance).select_related("history_user").first()


def effective(instance: models.Model, at: datetime | None) -> datetime | None:
    """The instant at which a change of the object told for `at` takes effect; None, that is now, when `at` has not come
    yet or when the object changed after it: the present is always what the last row of the history says."""
    if at is None or at >= timezone.now() or records_of(instance).filter(history_date__gt=at).exists():
        return None
    return at


def changed_after(rows: Sequence[models.Model], at: datetime) -> set:
    """The identifiers of those of the rows, of one model, that changed after an instant."""
    return _those_with(rows, history_date__gt=at)


def born_after(rows: Sequence[models.Model], at: datetime) -> set:
    """The identifiers of those of the rows, of one model, that did not exist at an instant."""
    return {row.pk for row in rows} - _those_with(rows, history_date__lte=at)


def _those_with(rows: Sequence[models.Model], **wanted) -> set:
    if not rows:
        return set()
    historical = _records_of(type(rows[0])).model
    key = key_of(historical)
    found = historical._default_manager.filter(**wanted, **{f"{key}__in": [row.pk for row in rows]})
    return set(found.order_by().values_list(key, flat=True))


def related(instance: models.Model, name: str) -> Any:
    """What a relation of the object leads to; once deleted, as its last history row left it."""
    try:
        return getattr(instance, name)
    except ObjectDoesNotExist:
        model = instance._meta.get_field(name).related_model
        key = getattr(instance, instance._meta.get_field(name).attname)
        last = records_of(model(pk=key)).first() if is_recorded(model) else None
        if last is None:
            raise
        setattr(instance, name, last.instance)
        return last.instance


def lock(instance: models.Model) -> None:
    """Hold the object's row until the end of the transaction, so that two editors queue."""
    rows = type(instance)._base_manager.select_for_update(of=("self",)).filter(pk=instance.pk)
    rows.order_by("pk").values_list("pk").first()  # an order that joins another table would lock its rows too


def is_recorded(model: type[models.Model]) -> bool:
    """Whether the model keeps its history."""
    return hasattr(model._meta, "simple_history_manager_attribute")


def _records_of(source: type[models.Model] | QuerySet) -> QuerySet:
    if isinstance(source, type):
        return get_history_manager_for_model(source).all()
    if not hasattr(source.model, "tracked_fields"):
        raise TypeError(f"give the model or its history, not a queryset of live {source.model.__name__} rows")
    return source.all()


def _rows_of(records: QuerySet) -> QuerySet:
    """All the history rows of the objects that have one among these."""
    key = key_of(records.model)
    rows = records.model._default_manager.order_by()
    return rows.filter(**{f"{key}__in": records.order_by().values(key)}) if records.query.where else rows


def _one_of_each(rows: QuerySet, order: list) -> QuerySet:
    """Identifiers of the first row of each object in that order: one pass over the rows, on both databases."""
    rank = Window(RowNumber(), partition_by=[key_of(rows.model)], order_by=order)
    return rows.annotate(place=rank).filter(place=1).values("history_id")


def key_of(historical: type[models.Model]) -> str:
    return historical.instance_type._meta.pk.attname
