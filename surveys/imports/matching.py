"""Which form of the campaign a line is: by its number inside its lot, else by its content; each line is one person.

Two halls, or two tools, both number from 1: another answer under a known number is asked about, once for the table.
"""

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from core.base.enums import ImportState
from core.importing.asks import Ask, Given, Option, settle
from core.importing.tables.personal import PERSONAL
from core.importing.words import plain
from surveys.enums import NOT_CONCERNED, Channel
from surveys.imports.answers import ReadForm
from surveys.imports.columns import CROSS, DATE, NUMBER
from surveys.imports.words import text_of_raw
from surveys.models import Campaign, Response
from surveys.rules.answers import Definition

NAMESPACE = uuid5(NAMESPACE_URL, "urn:qualepref:surveys:import")
OTHER, CORRECTED, KEPT = "other", "corrected", "kept"
_LOTS = (
    Option(OTHER, "un autre lot : ce sont d’autres formulaires, à ajouter"),
    Option(CORRECTED, "les mêmes formulaires, corrigés depuis : remplacer leurs réponses"),
    Option(KEPT, "les mêmes formulaires : garder ceux qui sont enregistrés"),
)


@dataclass(frozen=True)
class StoredForm:
    """A form that the campaign already has."""

    key: UUID
    number: str
    channel: str
    day: date
    answers: Mapping[str, Any]
    withdrawn_at: datetime | None
    source_id: int | None
    source_state: str | None

    @property
    def was_undone(self) -> bool:
        """Set aside because the import it came with was undone."""
        return self.withdrawn_at is not None and self.source_state == ImportState.UNDONE


@dataclass
class FormMatch:
    """What a line is: its key, the form it is already (None: a new one), and whether that one says something else."""

    key: UUID
    known: StoredForm | None = None
    differs: bool = False
    twin: ReadForm | None = None  # the line of the file that is the same form
    lot: Ask | None = None  # the question about its number


@dataclass
class Matching:
    """Matches the lines of a file with the forms of a campaign: one query, whatever the number of lines."""

    campaign: Campaign
    definition: Definition
    given: Given
    asks: list[Ask] = field(default_factory=list)
    _taken: dict[UUID, ReadForm] = field(default_factory=dict)  # the first line of each numbered form
    _alike: Counter[str] = field(default_factory=Counter)  # lines of the same content, whatever their table

    def match(self, reads: Sequence[ReadForm]) -> list[FormMatch]:
        """A match for each line, in order."""
        found: dict[int, FormMatch] = {}
        tables: dict[str, list[ReadForm]] = defaultdict(list)
        for read in reads:
            tables[read.row.table.name].append(read)
        for name, lines in tables.items():
            own = self._of_our_list(lines)
            rest = [read for read in lines if id(read) not in own]
            found |= own | self._numbered(name, [read for read in rest if read.number])
            found |= self._unnumbered([read for read in rest if not read.number])
        return [found[id(read)] for read in reads]

    @cached_property
    def stored(self) -> list[StoredForm]:
        fields = ("key", "number", "channel", "answered_on", "answers", "withdrawn_at", "source", "source__state")
        rows = Response.objects.filter(campaign=self.campaign).order_by("pk")
        return [StoredForm(*row) for row in rows.values_list(*fields).iterator()]

    @cached_property
    def by_key(self) -> dict[UUID, StoredForm]:
        return {form.key: form for form in self.stored}

    @cached_property
    def conditional(self) -> set[str]:
        return {item.code for item in self.definition if item.shown_if}

    def twins(self, reads: Iterable[ReadForm]) -> int:
        """How many of these new lines say what forms received another way say, on the same day."""
        fresh = Counter(_content(read.day, read.answers) for read in reads)
        others = (form for form in self.stored if form.source_id is None and form.withdrawn_at is None)
        return (fresh & Counter(_content(form.day, form.answers) for form in others)).total() if fresh else 0

    # Our own list, brought back -----------------------------------------------------------------------------------
    def _of_our_list(self, lines: Sequence[ReadForm]) -> dict[int, FormMatch]:
        """Lines that tell the channel of a form: those that the campaign has say the same day and the same answers."""
        known: dict[tuple, list[StoredForm]] = defaultdict(list)
        if any(read.channel in Channel.values for read in lines):
            for form in self.stored:
                if form.withdrawn_at is None:
                    known[form.channel, form.number, form.day].append(form)
        found = {}
        for read in lines:
            rows = known.get((read.channel, read.number, read.day), [])
            same = next((form for form in rows if self._agrees(read, form)), None)
            if same:
                rows.remove(same)
                found[id(read)] = FormMatch(same.key, same)
        return found

    def _agrees(self, read: ReadForm, form: StoredForm) -> bool:
        """Whether a form says what the line says, apart from what the file does not tell."""
        if DATE in read.row.by_role and read.day not in (None, form.day):
            return False
        codes = {code.partition(CROSS)[0] for code in read.row.by_role} - read.masked - read.asked
        return self._essence(read.answers, codes) == self._essence(form.answers, codes)

    def _essence(self, answers: Mapping[str, Any], codes: set[str]) -> dict[str, Any]:
        """« Non concerné » after a condition says no more than nothing."""
        return {
            code: answer
            for code, answer in answers.items()
            if code in codes and not (answer == NOT_CONCERNED and code in self.conditional)
        }

    # With a number ------------------------------------------------------------------------------------------------
    def _numbered(self, name: str, lines: Sequence[ReadForm]) -> dict[int, FormMatch]:
        if not lines:
            return {}
        lot = _digest(lines[0])
        own = {id(read): self._key("l", lot, read.number) for read in lines}
        found = self._as_before(name, lines, own)
        if found is None:  # another lot under the same numbers
            found = {id(read): self._known(read, own[id(read)], self.by_key.get(own[id(read)])) for read in lines}
            self._ask_lot(name, [read for read in lines if found[id(read)].differs], found, _LOTS[1:])
        for read in lines:
            twin = self._taken.setdefault(found[id(read)].key, read)
            found[id(read)].twin = twin if twin is not read else None
        return found

    def _as_before(self, name: str, lines: Sequence[ReadForm], own: dict[int, UUID]) -> dict[int, FormMatch] | None:
        """The forms of those numbers; None when the file is surely, or is said to be, another lot."""
        if any(key in self.by_key for key in own.values()):
            return None
        found = {id(read): self._by_number(read) for read in lines}
        if any(self._clashes(read, found[id(read)].key) for read in lines):
            return None
        doubtful = [read for read in lines if found[id(read)].differs]
        return None if self._ask_lot(name, doubtful, found, _LOTS) == OTHER else found

    def _ask_lot(self, name: str, reads: list[ReadForm], found: dict[int, FormMatch], options: Sequence[Option]) -> str:
        """The answer about forms that differ from those recorded, if any."""
        ask = self._lot(name, reads, options) if reads else None
        for read in reads:
            found[id(read)].lot = ask
        return ask.value if ask else ""

    def _clashes(self, read: ReadForm, key: UUID) -> bool:
        """Whether another table of the file has that number with other answers: each table is a lot of its own."""
        other = self._taken.get(key)
        return other is not None and (other.answers, other.day) != (read.answers, read.day)

    def _by_number(self, read: ReadForm) -> FormMatch:
        """The form of that number: the one that says the same, whatever its lot, else the first recorded under it."""
        there = self.by_number.get(read.number, [])
        known = next((form for form in there if self._agrees(read, form)), there[0] if there else None)
        return self._known(read, known.key if known else self._key("n", read.number), known)

    def _known(self, read: ReadForm, key: UUID, known: StoredForm | None) -> FormMatch:
        differs = bool(known and known.withdrawn_at is None and not read.has_error and not self._agrees(read, known))
        return FormMatch(key, known, differs)

    @cached_property
    def by_number(self) -> dict[str, list[StoredForm]]:
        found: dict[str, list[StoredForm]] = defaultdict(list)
        for form in self.stored:
            if form.number and form.channel == Channel.FILE:
                found[form.number].append(form)
        return found

    def _lot(self, name: str, doubtful: Sequence[ReadForm], options: Sequence[Option]) -> Ask:
        number = len(doubtful)
        what = f"{number} lignes portent" if number > 1 else "Une ligne porte"
        ask = settle(
            self.given,
            f"lot:{name}",
            f"{what} le numéro d’un formulaire déjà enregistré avec d’autres réponses. Qu’est-ce que ce fichier ?",
            options,
            places=[read.row.place(NUMBER) for read in doubtful],
            is_remembered=False,
        )
        self.asks.append(ask)
        return ask

    # Without a number: three people who answer the same thing the same day are three people -----------------------
    def _unnumbered(self, lines: Sequence[ReadForm]) -> dict[int, FormMatch]:
        found = {}
        for read in lines:
            content = _digest(read)
            key = self._key("c", content, str(self._alike[content]))
            self._alike[content] += 1
            found[id(read)] = FormMatch(key, self.by_key.get(key))
        return found

    def _key(self, *parts: str) -> UUID:
        return uuid5(NAMESPACE, "|".join((str(self.campaign.pk), *parts)))


def _digest(read: ReadForm) -> str:
    """The content of a line: every cell but those that tell who answered, the day with its hour."""
    row = read.row
    values = row.facing.line(row.number)
    pairs = [
        (plain(column.heading) or str(column.number), text_of_raw(values[column.number - 1]))
        for column in row.table.columns
        if column.evidence != PERSONAL and column.code != DATE and column.number <= len(values)
    ]
    told = sorted(
        [*((heading, plain(text) or text) for heading, text in pairs if text), (DATE, f"{read.day} {read.hour}")]
    )
    return hashlib.sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()


def _content(day: date | None, answers: Mapping[str, Any]) -> tuple[date | None, str]:
    return day, json.dumps(answers, sort_keys=True)
