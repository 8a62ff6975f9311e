"""Seals of history: what shows that no history row was changed, removed or slipped in behind the triggers' back.

A seal holds, table by table, the digest of the rows written since the previous seal, from the smallest number on, and
the digest of what is shown without a history of its own (the answers of a closed survey); its own digest covers them
and that seal. Rows are sealed once they are old enough for every transaction that could still write before them to be
over. Whoever could make the seals anew is shown by the head of the chain, which leaves the machine
(`core.record.verification` takes it back).
"""

import hashlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime

from django.apps import apps
from django.db import connection, models
from django.db.models import Max
from simple_history.models import HistoricalChanges

from core.base.digests import canonical, digest_of
from core.base.registries import State, sealed_states
from core.models import HistorySeal

CHUNK = 5_000
OF_STATE = "="  # before the name of what is sealed and is no history table
_LAST_NUMBER = {
    "postgresql": "SELECT pg_sequence_last_value(pg_get_serial_sequence(%s, 'id')::regclass)",
    "sqlite": "SELECT seq FROM sqlite_sequence WHERE name = %s",
}


@dataclass(frozen=True)
class SealedPart:
    """The rows of one history table after `after` and up to `last`, as they were sealed; or one sealed state."""

    table: str
    after: int
    last: int
    count: int = 0
    columns: tuple[str, ...] = ()
    digest: str = ""

    @property
    def is_state(self) -> bool:
        return self.table.startswith(OF_STATE)


def histories() -> list[type[models.Model]]:
    """The history models, in the order of their tables."""
    found = [model for model in apps.get_models() if issubclass(model, HistoricalChanges)]
    return sorted(found, key=lambda model: model._meta.db_table)


def parts_since(seal: HistorySeal | None, *, settled_before: datetime) -> list[SealedPart]:
    """A part for each history table, its rows after that seal up to the last one settled; and the states to seal."""
    known = {part.table: part.last for part in parts_of(seal) if not part.is_state} if seal else {}
    parts = [_part(model, known.get(model._meta.db_table), settled_before) for model in histories()]
    sealed_already = {part.table for one in HistorySeal.objects.all() for part in parts_of(one) if part.is_state}
    return parts + [_of_state(state) for name, state in states().items() if name not in sealed_already]


def parts_of(seal: HistorySeal) -> list[SealedPart]:
    """The parts that a seal keeps."""
    return [SealedPart(**{**kept, "columns": tuple(kept["columns"])}) for kept in seal.parts]


def sealed(parts: list[SealedPart], *, previous: str, at: datetime, number: int = 1) -> HistorySeal:
    """The seal of these parts after the seal of that digest; not saved."""
    rows = sum(part.count for part in parts if not part.is_state)
    seal = HistorySeal(pk=number, sealed_at=at, previous=previous, parts=[asdict(part) for part in parts])
    seal.row_count = rows
    seal.digest = seal_digest(seal)
    return seal


def seal_digest(seal: HistorySeal) -> str:
    """SHA-256 of what the seal says, in its canonical form."""
    return digest_of((seal.sealed_at, seal.previous, seal.row_count, seal.parts))


def head() -> str:
    """The digest of the last seal, in groups that a person can copy; empty before the first one."""
    last = HistorySeal.objects.order_by("sealed_at").values_list("digest", flat=True).last() or ""
    return " ".join(last[start : start + 8] for start in range(0, len(last), 8))


def expected() -> int:
    """How many seals were ever set: what numbers the rows remembers those that were taken away."""
    with connection.cursor() as cursor:
        cursor.execute(_LAST_NUMBER[connection.vendor], [HistorySeal._meta.db_table])
        found = cursor.fetchone()
    return max((found and found[0]) or 0, HistorySeal.objects.aggregate(last=Max("pk"))["last"] or 0)


def remember_number(number: int) -> None:
    """Once a seal is committed: a number given by us leaves the sequence of PostgreSQL behind. SQLite follows."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            last = 0
            while last < number:
                cursor.execute("SELECT nextval(pg_get_serial_sequence(%s, 'id'))", [HistorySeal._meta.db_table])
                last = cursor.fetchone()[0]


def states() -> Mapping[str, State]:
    """What is shown without a history of its own and must not change any more, by the name under which it is sealed."""
    return {f"{OF_STATE}{kind.code}:{state.key}": state for kind in sealed_states for state in kind.states()}


def _of_state(state: State) -> SealedPart:
    count, digest = state.measure()
    name = f"{OF_STATE}{state.kind}:{state.key}"
    return SealedPart(name, 0, 0, count, (), digest)


def _part(model: type[models.Model], after: int | None, settled_before: datetime) -> SealedPart:
    settled = rows_after(model, after).filter(**{f"{instant_of(model)}__lt": settled_before})
    last = settled.aggregate(last=Max("history_id"))["last"]
    part = SealedPart(model._meta.db_table, after or 0, last or after or 0)
    return counted(model, part, columns_of(model)) if last else part


def counted(model: type[models.Model], part: SealedPart, columns: tuple[str, ...]) -> SealedPart:
    """The part with what the table holds of it now; the first part begins at the smallest number there is."""
    digest, count = hashlib.sha256(), 0
    rows = rows_after(model, part.after or None).filter(history_id__lte=part.last).order_by("history_id")
    for row in rows.values_list(*columns).iterator(chunk_size=CHUNK):
        digest.update(canonical(row) + b"\n")
        count += 1
    return SealedPart(part.table, part.after, part.last, count, columns, digest.hexdigest())


def rows_after(model: type[models.Model], after: int | None) -> models.QuerySet:
    """The rows after that number; all of them, of whatever number, when there is none."""
    return model._base_manager.all() if after is None else model._base_manager.filter(history_id__gt=after)


def columns_of(model: type[models.Model]) -> tuple[str, ...]:
    return tuple(field.attname for field in model._meta.concrete_fields)


def instant_of(model: type[models.Model]) -> str:
    """The column that says when a row was written."""
    return "recorded_at" if "recorded_at" in columns_of(model) else "history_date"
