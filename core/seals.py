"""Seals of history: what shows that no history row was changed, removed or slipped in behind the triggers' back.

A seal holds, table by table, the digest of the rows written since the previous seal; its own digest covers them and
that seal. Rows are sealed once they are old enough for every transaction that could still write before them to be over.
Who could make the seals anew is shown by a digest kept elsewhere: the exported list, a printed page.
"""

import hashlib
import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal
from uuid import UUID

from django.apps import apps
from django.db import models
from django.db.models import Max
from simple_history.models import HistoricalChanges

from core.models import HistorySeal
from core.words import counted

CHUNK = 5_000


@dataclass(frozen=True)
class Part:
    """The rows of one history table after `after` and up to `last`, as they were sealed."""

    table: str
    after: int
    last: int
    count: int = 0
    columns: tuple[str, ...] = ()
    digest: str = ""


@dataclass(frozen=True)
class Breach:
    """A stretch of history that is no longer what was sealed."""

    what: str
    sealed_at: datetime
    words: str


@dataclass(frozen=True)
class Verification:
    """What reading all the sealed history again found."""

    seals: int
    rows: int
    waiting: int
    breaches: list[Breach]

    @property
    def words(self) -> str:
        """The verdict in French."""
        read = f"{counted(self.rows, 'ligne relue', 'lignes relues')} sous {counted(self.seals, 'sceau', 'sceaux')}"
        if not self.breaches:
            return f"{read} : aucune n’a été modifiée, retirée ni ajoutée après coup."
        first = self.breaches[0]
        found = counted(len(self.breaches), "anomalie", "anomalies")
        return f"{read} : {found}. {first.what}, sceau du {first.sealed_at:%d/%m/%Y} : {first.words}"


def histories() -> list[type[models.Model]]:
    """The history models, in the order of their tables."""
    found = [model for model in apps.get_models() if issubclass(model, HistoricalChanges)]
    return sorted(found, key=lambda model: model._meta.db_table)


def parts_since(seal: HistorySeal | None, *, settled_before: datetime) -> list[Part]:
    """A part for each history table: its rows after that seal, up to the last one settled."""
    known = {part.table: part.last for part in parts_of(seal)} if seal else {}
    return [_part(model, known.get(model._meta.db_table, 0), settled_before) for model in histories()]


def parts_of(seal: HistorySeal) -> list[Part]:
    """The parts that a seal keeps."""
    return [Part(**{**kept, "columns": tuple(kept["columns"])}) for kept in seal.parts]


def sealed(parts: list[Part], *, previous: str, at: datetime) -> HistorySeal:
    """The seal of these parts after the seal of that digest; not saved."""
    seal = HistorySeal(
        sealed_at=at, previous=previous, parts=[asdict(part) for part in parts], row_count=sum(p.count for p in parts)
    )
    seal.digest = digest_of(seal)
    return seal


def digest_of(seal: HistorySeal) -> str:
    """SHA-256 of what the seal says, in its canonical form."""
    return hashlib.sha256(canonical((seal.sealed_at, seal.previous, seal.row_count, seal.parts))).hexdigest()


def verify(*, progress: Callable[[float, str], None] = lambda percent, step: None) -> Verification:
    """Read every sealed row again, and the chain of the seals."""
    models_of = {model._meta.db_table: model for model in histories()}
    breaches: list[Breach] = []
    seals = list(HistorySeal.objects.order_by("sealed_at"))
    before, known = "", dict.fromkeys(models_of, 0)
    for number, seal in enumerate(seals):
        progress(100 * number / len(seals), f"Sceau du {seal.sealed_at:%d/%m/%Y}")
        if seal.previous != before or seal.digest != digest_of(seal):
            breaches.append(Breach("Chaîne des sceaux", seal.sealed_at, "un sceau manque ou a été remplacé."))
        for part in parts_of(seal):
            words = _broken(models_of.get(part.table), part, known.get(part.table, 0))
            if words:
                breaches.append(Breach(_label(models_of.get(part.table), part), seal.sealed_at, words))
            known[part.table] = part.last
        before = seal.digest
    waiting = sum(_rows(model, known[table]).count() for table, model in models_of.items())
    return Verification(len(seals), sum(seal.row_count for seal in seals), waiting, breaches)


def canonical(row) -> bytes:
    """The same bytes for the same values, whatever the database."""
    text = json.dumps(row, default=_plain, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return text.encode("utf-8", "surrogatepass")


def _part(model: type[models.Model], after: int, settled_before: datetime) -> Part:
    instant = "recorded_at" if "recorded_at" in _columns(model) else "history_date"
    settled = _rows(model, after).filter(**{f"{instant}__lt": settled_before})
    last = settled.aggregate(last=Max("history_id"))["last"]
    part = Part(model._meta.db_table, after, last or after)
    return _counted(model, part, _columns(model)) if last else part


def _counted(model: type[models.Model], part: Part, columns: tuple[str, ...]) -> Part:
    """The part with what the table holds of it now."""
    digest, count = hashlib.sha256(), 0
    rows = _rows(model, part.after).filter(history_id__lte=part.last).order_by("history_id")
    for row in rows.values_list(*columns).iterator(chunk_size=CHUNK):
        digest.update(canonical(row) + b"\n")
        count += 1
    return Part(part.table, part.after, part.last, count, columns, digest.hexdigest())


def _broken(model: type[models.Model] | None, part: Part, known: int) -> str:
    """What is wrong with a sealed part, in French; empty when nothing is."""
    if part.after != known:
        return "les sceaux ne se suivent pas."
    if not part.count:
        return ""
    if model is None or not set(_columns(model)).issuperset(part.columns):
        return "la table ou une colonne scellée n’existe plus."
    now = _counted(model, part, part.columns)
    if now.count != part.count:
        missing = part.count - now.count
        return f"{abs(missing)} ligne(s) {'retirée(s)' if missing > 0 else 'ajoutée(s) après coup'}."
    return "" if now.digest == part.digest else "au moins une ligne a été modifiée."


def _label(model: type[models.Model] | None, part: Part) -> str:
    return str(model.instance_type._meta.verbose_name).capitalize() if model else part.table


def _rows(model: type[models.Model], after: int) -> models.QuerySet:
    return model._base_manager.filter(history_id__gt=after)


def _columns(model: type[models.Model]) -> tuple[str, ...]:
    return tuple(field.attname for field in model._meta.concrete_fields)


def _plain(value) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, Decimal | UUID):
        return str(value)
    if isinstance(value, bytes | memoryview):
        return bytes(value).hex()
    raise TypeError(f"no canonical text for {type(value).__name__}")
