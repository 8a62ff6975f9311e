"""Undo a changeset from the history itself: each object as it was before the act, or why not, object by object."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import models, transaction
from simple_history.models import HistoricalChanges

from core.base.errors import UserError
from core.base.words import counted
from core.record import changesets, history

BATCH = 500
LATER = timedelta(minutes=1)
CHANGED_SINCE = "modifié depuis"
DELETED_SINCE = "supprimé depuis"
USED_SINCE = "sert ailleurs depuis ({where})"
UNKNOWN_BEFORE = "son état d’avant n’est pas connu"

Model = type[models.Model]


@dataclass(frozen=True, slots=True)
class Refusal:
    """An object that cannot be put back: « modifié depuis », by whom and when where it is known."""

    what: str
    why: str
    model: Model
    pk: Any
    author: Any = None
    at: datetime | None = None


@dataclass
class Undone:
    """What undoing did: the objects put back, by model; those left as they are, each with its reason."""

    touched: dict[Model, set] = field(default_factory=dict)
    refusals: list[Refusal] = field(default_factory=list)


class UndoRefused(UserError):
    """Nothing was undone: some objects were changed or used since."""

    def __init__(self, refusals: Sequence[Refusal]):
        first = refusals[0]
        more = f" (et {counted(len(refusals) - 1, 'autre', 'autres')})" if len(refusals) > 1 else ""
        super().__init__(f"Impossible d’annuler : « {first.what} » {first.why}{more}.")
        self.refusals = list(refusals)


def touched(changeset: UUID) -> dict[Model, Counter[str]]:
    """What an act wrote: by model, how many rows it created (`+`), changed (`~`) and deleted (`-`)."""
    found: dict[Model, Counter[str]] = {}
    for historical in _histories():
        kinds = historical._base_manager.filter(changeset=changeset).values_list("history_type", flat=True)
        if counts := Counter(kinds):
            found[historical.instance_type] = counts
    return found


@transaction.atomic
def undo(changeset: UUID, *, by, reason: str, keep_changed: bool = False, sparing: Sequence[Model] = ()) -> Undone:
    """Undo an act: what it created is deleted, what it changed or deleted is as before, in an act of its own.

    An object changed since by another act, or used by one, is refused: nothing is written then, unless `keep_changed`,
    which leaves those objects as they are and undoes the rest; `sparing` models are left as the act made them. Queries
    do not grow with the number of objects.
    """
    histories = [historical for historical in _histories() if historical.instance_type not in sparing]
    acts = [act for historical in histories if (act := _act(historical, changeset))]
    refusals = [refusal for act in acts for refusal in act.refusals]
    refusals += _used(acts)
    if refusals and not keep_changed:
        raise UndoRefused(refusals)
    with changesets.opened():
        for act in acts:
            _put_back(act, by=by, reason=reason)
        for act in acts:
            _clear_derived(act)
        for act in acts:
            for at, rows in act.by_effect(act.to_delete.values()):
                history.bulk_delete(rows, by=by, reason=reason, effective_at=at)
    return Undone({act.model: act.pks for act in acts if act.pks}, refusals)


@dataclass
class _Act:
    """What an act did to the objects of one model, and what puts them back."""

    model: Model
    fields: list[str]
    to_delete: dict[Any, models.Model] = field(default_factory=dict)
    to_restore: list[models.Model] = field(default_factory=list)
    to_recreate: list[models.Model] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)
    effects: dict[Any, datetime] = field(default_factory=dict)  # of what took effect before it was recorded

    def by_effect(self, rows: Iterable[models.Model]) -> Iterator[tuple[datetime | None, list[models.Model]]]:
        """What a document told of a past day is undone from that day on, as if it never was; the rest from now on."""
        found: dict[datetime | None, list[models.Model]] = {}
        for row in rows:
            found.setdefault(self.effects.get(row.pk), []).append(row)
        yield from found.items()

    @property
    def pks(self) -> set:
        return {*self.to_delete, *(row.pk for row in (*self.to_restore, *self.to_recreate))}

    def refuse(self, row, why: str, later=None) -> None:
        author, at = (later.history_user, later.history_date) if later else (None, None)
        self.refusals.append(Refusal(str(row)[:200], why, self.model, row.pk, author, at))


def _put_back(act: _Act, *, by, reason: str) -> None:
    """What an act deleted is there again, what it changed is as before."""
    for at, rows in act.by_effect(act.to_recreate):
        history.bulk_create(rows, by=by, reason=reason, effective_at=at)
    for at, rows in act.by_effect(act.to_restore):
        history.bulk_update(rows, act.fields, by=by, reason=reason, effective_at=at)


def _act(historical: type[HistoricalChanges], changeset: UUID) -> _Act | None:
    key, records = history.key_of(historical), historical._base_manager
    own = list(records.filter(changeset=changeset).order_by("history_id"))
    if not own:
        return None
    model = historical.instance_type
    names = [one.name for one in historical.tracked_fields if not one.primary_key]
    act, spans = _Act(model, names), {}
    for record in own:
        spans.setdefault(getattr(record, key), _Span(record, record)).last = record
    others = records.filter(**{f"{key}__in": records.filter(changeset=changeset).values(key)})
    others = others.exclude(changeset=changeset).order_by("history_id")
    for record in others.select_related("history_user"):
        span = spans[getattr(record, key)]
        if record.history_id < span.first.history_id:
            span.before = record
        elif record.history_id > span.last.history_id:
            span.later = record
    live = _held(model, spans)
    act.effects = {pk: span.first.history_date for pk, span in spans.items() if _is_told_later(span.first)}
    for pk, span in spans.items():
        _decide(act, span, live.get(pk))
    return act


@dataclass
class _Span:
    """The history of one object about an act: its first and last rows of it, the last before, the last after."""

    first: Any
    last: Any
    before: Any = None
    later: Any = None


def _decide(act: _Act, span: _Span, live: models.Model | None) -> None:
    """What is to be done of one object."""
    if span.later and not _is_as_left(act, span):
        act.refuse(span.last.instance, DELETED_SINCE if span.later.history_type == "-" else CHANGED_SINCE, span.later)
    elif span.first.history_type == "+":
        if live is not None:
            act.to_delete[live.pk] = live
    elif span.before is None:
        act.refuse(span.last.instance, UNKNOWN_BEFORE)
    elif live is None:
        act.to_recreate.append(span.before.instance)
    else:
        for name in act.fields:
            column = act.model._meta.get_field(name).attname
            setattr(live, column, getattr(span.before, column))
        act.to_restore.append(live)


def _is_as_left(act: _Act, span: _Span) -> bool:
    """Whether what came later was taken back: the object is again as the act left it."""
    columns = (act.model._meta.get_field(name).attname for name in act.fields)
    is_there = "-" not in (span.last.history_type, span.later.history_type)
    return is_there and all(getattr(span.last, name) == getattr(span.later, name) for name in columns)


def _is_told_later(record: Any) -> bool:
    """Whether a change took effect on a day before it was recorded."""
    recorded_at = getattr(record, "recorded_at", None)
    return recorded_at is not None and recorded_at - record.history_date > LATER


def _held(model: Model, pks: Iterable) -> dict[Any, models.Model]:
    """The rows as they are now, held until the end of the transaction."""
    rows = model._base_manager.select_for_update(of=("self",))
    found = (row for some in _batches(pks) for row in rows.filter(pk__in=some).order_by("pk"))
    return {row.pk: row for row in found}


def _used(acts: Sequence[_Act]) -> list[Refusal]:
    """Objects that would be deleted though another one, written since, points at them: they are kept, and said.

    What is kept keeps what it points at: looked at again until nothing more is found.
    """
    refusals: list[Refusal] = []
    going = {act.model: act.to_delete for act in acts}
    while found := [refusal for act in acts for refusal in _users(act, going)]:
        for refusal in found:
            going[refusal.model].pop(refusal.pk, None)
        refusals += found
    return refusals


def _users(act: _Act, going: dict[Model, dict[Any, models.Model]]) -> Iterator[Refusal]:
    seen = set()
    for other, relation in _pointing(act.model):
        if not (history.is_recorded(other) or _protects(relation)):
            continue
        gone = going.get(other, {})
        for some in _batches(act.to_delete):
            rows = other._base_manager.filter(**{f"{relation.name}__in": some})
            for pk, target in rows.values_list("pk", relation.attname):
                if pk not in gone and target not in seen:
                    seen.add(target)
                    why = USED_SINCE.format(where=other._meta.verbose_name)
                    yield Refusal(str(act.to_delete[target])[:200], why, act.model, target)


def _clear_derived(act: _Act) -> None:
    """Rows without history that follow what is deleted (summaries) go with it."""
    for other, relation in _pointing(act.model):
        if history.is_recorded(other) or _protects(relation):
            continue
        for some in _batches(act.to_delete):
            rows = other._base_manager.filter(**{f"{relation.name}__in": some})
            if relation.remote_field.on_delete is models.SET_NULL:
                rows.update(**{relation.name: None})
            else:
                rows.delete()


def _pointing(model: Model) -> Iterator[tuple[Model, Any]]:
    """The models and foreign keys that point at a model, history tables apart."""
    for relation in model._meta.get_fields(include_hidden=True):
        is_reverse = relation.auto_created and not relation.concrete and (relation.one_to_many or relation.one_to_one)
        if is_reverse and not issubclass(relation.related_model, HistoricalChanges):
            yield relation.related_model, relation.field


def _protects(relation) -> bool:
    return relation.remote_field.on_delete in (models.PROTECT, models.RESTRICT)


def _histories() -> list[type[HistoricalChanges]]:
    return [model for model in apps.get_models() if issubclass(model, HistoricalChanges)]


def _batches(pks: Iterable) -> Iterator[list]:
    everything = list(pks)
    for start in range(0, len(everything), BATCH):
        yield everything[start : start + BATCH]
