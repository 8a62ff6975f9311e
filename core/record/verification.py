"""Verification: what is shown is what was sealed. Each kind of breach has its sentence.

Rows sealed and their chain, numbers and instants of all rows, the number of seals, the present against the history, the
states sealed with it (answers of closed surveys), and the heads of the chain that were kept elsewhere.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from core.base.enums import BreachKind
from core.base.words import counted
from core.models import HistorySeal
from core.record import guards, present, seals
from core.record.seals import SealedPart

SETTLED_AFTER = timedelta(hours=1)  # no transaction lasts that long
SHORTEST_HEAD = 16
WHOLE = "aucune n’a été modifiée, retirée ni ajoutée après coup ; ce qui est affiché est ce qui a été scellé."


@dataclass(frozen=True)
class Breach:
    """Something that is no longer what was sealed, or cannot have been written as it says."""

    what: str
    sealed_at: datetime | None
    words: str
    kind: BreachKind = BreachKind.SEALED

    @property
    def text(self) -> str:
        place = f"{self.what}, sceau du {_day(self.sealed_at)}" if self.sealed_at else self.what
        return f"{place} : {self.words}"


@dataclass(frozen=True)
class Verification:
    """What reading all the history again found."""

    seals: int
    expected: int
    rows: int
    waiting: int
    breaches: list[Breach]

    @property
    def words(self) -> str:
        """The verdict in French: one sentence for each kind of breach."""
        under = f"{counted(self.seals, 'sceau', 'sceaux')} ({counted(self.expected, 'attendu')})"
        read = f"{counted(self.rows, 'ligne relue', 'lignes relues')} sous {under}"
        return f"{read} : {WHOLE}" if not self.breaches else f"{read} : {self._found}. {' '.join(self.sentences)}"

    @property
    def _found(self) -> str:
        return counted(len(self.breaches), "anomalie", "anomalies")

    @property
    def sentences(self) -> list[str]:
        """The first breach of each kind, and how many others there are."""
        found = []
        for kind in BreachKind:
            some = [breach for breach in self.breaches if breach.kind == kind]
            if some:
                others = f" ({counted(len(some) - 1, 'autre')} de cette sorte)" if len(some) > 1 else ""
                found.append(f"{kind.label} : {some[0].text.removesuffix('.')}{others}.")
        return found


def verify(
    *, heads: Sequence[str] = (), progress: Callable[[float, str], None] = lambda percent, step: None
) -> Verification:
    """Read everything again; `heads` are digests of seals that were kept elsewhere."""
    chain = list(HistorySeal.objects.order_by("sealed_at"))
    breaches, known = _chain(chain, progress)
    wanted = seals.expected()
    if wanted > len(chain):
        breaches.append(_missing_seals(wanted, len(chain)))
    progress(80, "Lignes récentes")
    for model in seals.histories():
        breaches += _numbers(model)
        if chain:
            breaches += _backdated(model, known[model._meta.db_table], None, chain[-1].sealed_at)
    breaches += _states(chain)
    progress(90, "Présent et historique")
    breaches += [Breach(_name(one.model), None, one.words, BreachKind.PRESENT) for one in present.drifts()]
    breaches += [Breach("Base de données", None, one.words, BreachKind.GUARD) for one in guards.faults()]
    breaches += _heads(heads, {seal.digest for seal in chain})
    waiting = sum(seals.rows_after(model, known[model._meta.db_table]).count() for model in seals.histories())
    return Verification(len(chain), wanted, sum(seal.row_count for seal in chain), waiting, breaches)


def heads_in(text: str) -> str:
    """A head as it was printed or mailed, spaces and dashes forgiven."""
    return re.sub(r"[\s\-…]", "", text).lower()


def seal_of_head(head: str) -> HistorySeal | None:
    """The seal whose digest begins so; None when there is none, or when too little of it is given."""
    plain = heads_in(head)
    if len(plain) < SHORTEST_HEAD or not re.fullmatch("[0-9a-f]+", plain):
        return None
    return HistorySeal.objects.filter(digest__startswith=plain).first()


def words_of_head(head: str) -> str:
    """Which seal has the head given, after the verdict; empty when none is given, or none has it."""
    made = seal_of_head(head) if head else None
    return (
        f" L’empreinte donnée est celle du sceau n° {made.pk} du {timezone.localtime(made.sealed_at):%d/%m/%Y}."
        if made
        else ""
    )


def _chain(chain: list[HistorySeal], progress) -> tuple[list[Breach], dict[str, int | None]]:
    """What is broken in the seals, and up to where each table is sealed."""
    models_of = {model._meta.db_table: model for model in seals.histories()}
    breaches: list[Breach] = []
    before, known = None, dict.fromkeys(models_of)
    for number, seal in enumerate(chain):
        progress(80 * number / len(chain), f"Sceau du {_day(seal.sealed_at)}")
        if seal.previous != (before.digest if before else "") or seal.digest != seals.seal_digest(seal):
            words = "un sceau manque ou a été remplacé."
            breaches.append(Breach("Chaîne des sceaux", seal.sealed_at, words, BreachKind.CHAIN))
        for part in seals.parts_of(seal):
            if not part.is_state:
                breaches += _of_part(models_of.get(part.table), part, known.get(part.table), seal, before)
                known[part.table] = part.last or None
        before = seal
    return breaches, known


def _of_part(
    model: type[models.Model] | None, part: SealedPart, known: int | None, seal: HistorySeal, before: HistorySeal | None
) -> Iterator[Breach]:
    if words := _broken(model, part, known or 0):
        yield Breach(_name(model.instance_type) if model else part.table, seal.sealed_at, words)
    if model and before and part.count:
        yield from _backdated(model, part.after, part.last, before.sealed_at)


def _broken(model: type[models.Model] | None, part: SealedPart, known: int) -> str:
    """What is wrong with a sealed part, in French; empty when nothing is."""
    if part.after != known:
        return "les sceaux ne se suivent pas."
    if not part.count:
        return ""
    if model is None or not set(seals.columns_of(model)).issuperset(part.columns):
        return "la table ou une colonne scellée n’existe plus."
    now = seals.counted(model, part, part.columns)
    if now.count != part.count:
        missing = part.count - now.count
        return f"{abs(missing)} ligne(s) {'retirée(s)' if missing > 0 else 'ajoutée(s) après coup'}."
    return "" if now.digest == part.digest else "au moins une ligne a été modifiée."


def _missing_seals(wanted: int, found: int) -> Breach:
    words = f"{counted(wanted, 'sceau attendu', 'sceaux attendus')}, {found} trouvé{'s' if found > 1 else ''}."
    return Breach("Nombre de sceaux", None, words, BreachKind.MISSING)


def _numbers(model: type[models.Model]) -> Iterator[Breach]:
    """Rows of a number that no database gives."""
    if number := model._base_manager.filter(history_id__lte=0).count():
        words = f"{counted(number, 'ligne')} d’un numéro nul ou négatif."
        yield Breach(_name(model.instance_type), None, words, BreachKind.NUMBER)


def _backdated(model: type[models.Model], after: int | None, last: int | None, at: datetime) -> Iterator[Breach]:
    """Rows written after a seal that say they were before it."""
    rows = seals.rows_after(model, after).filter(_before(model, at - SETTLED_AFTER))
    if number := (rows.filter(history_id__lte=last) if last else rows).count():
        words = f"{counted(number, 'ligne')} d’un instant antérieur au sceau du {_day(at)} qui les précède."
        yield Breach(_name(model.instance_type), None, words, BreachKind.BACKDATED)


def _before(model: type[models.Model], at: datetime) -> Q:
    """Written before that instant; or told of a day before it outside of any act, which no verb does."""
    instant = seals.instant_of(model)
    if instant == "history_date":
        return Q(history_date__lt=at)
    return Q(recorded_at__lt=at) | Q(history_date__lt=at, changeset=None, recorded_at__gt=F("history_date"))


def _states(chain: list[HistorySeal]) -> Iterator[Breach]:
    """States sealed that are no longer what they were."""
    now = seals.states()
    for seal in chain:
        for part in seals.parts_of(seal):
            state = now.get(part.table) if part.is_state else None
            if state and state.measure() != (part.count, part.digest):
                yield Breach(state.label, seal.sealed_at, state.broken, BreachKind.STATE)


def _heads(heads: Iterable[str], digests: set[str]) -> Iterator[Breach]:
    for head in heads:
        plain = heads_in(head)
        if len(plain) < SHORTEST_HEAD or not any(digest.startswith(plain) for digest in digests):
            words = f"aucun sceau ne porte l’empreinte {plain[:16]}… : la chaîne a été raccourcie ou refaite."
            yield Breach("Tête de la chaîne", None, words, BreachKind.HEAD)


def _name(model: type[models.Model]) -> str:
    return str(model._meta.verbose_name).capitalize()


def _day(instant: datetime) -> str:
    return f"{timezone.localtime(instant):%d/%m/%Y}"
