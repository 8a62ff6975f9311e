"""What becomes of each line of a file: recorded, already there, said twice, refused or left out, and why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from core.enums import ImportState
from core.errors import UserError
from core.imports.problems import ERROR, WARNING, Problem
from core.imports.words import plain
from core.spreadsheets.addresses import address_of
from surveys.imports.forms import ReadForm, shown
from surveys.imports.headings import DATE, NUMBER, SCENARIO, Column
from surveys.imports.keys import key_of
from surveys.imports.plan import CHANGED, CREATED, LEFT, REFUSED, UNCHANGED, PlannedForm
from surveys.imports.table import Table
from surveys.models import Campaign, Scenario
from surveys.services.intake import check_day

_SENT_WHEN_DONE = {"submitdate", "date de soumission", "date submitted"}


@dataclass(frozen=True)
class Known:
    """A form that the campaign already has."""

    answers: Mapping[str, Any]
    withdrawn_at: datetime | None
    source_state: str | None

    @property
    def was_undone(self) -> bool:
        """Set aside because the import it came with was undone."""
        return self.withdrawn_at is not None and self.source_state == ImportState.UNDONE


@dataclass
class Fates:
    """Settles the lines of a table, one after the other."""

    campaign: Campaign
    table: Table
    columns: Sequence[Column]
    scenarios: Mapping[str, Scenario]
    known: Mapping[UUID, Known] = field(default_factory=dict)
    _first: dict[UUID, ReadForm] = field(default_factory=dict)

    def keys_of(self, reads: Sequence[ReadForm]) -> list[UUID]:
        return [self._key(read) for read in reads]

    def settle(self, reads: Sequence[ReadForm]) -> list[PlannedForm]:
        return [self._settle(read) for read in reads]

    def _settle(self, read: ReadForm) -> PlannedForm:
        key = self._key(read)
        first = self._first.setdefault(key, read)
        if first is not read:
            return PlannedForm(read, key, self._said_twice(read, first))
        status = self._already_there(read, key) or self._refused(read)
        if status:
            return PlannedForm(read, key, status)
        return PlannedForm(read, key, CHANGED if key in self.known else CREATED, self._scenario(read))

    def _key(self, read: ReadForm) -> UUID:
        return key_of(self.campaign.pk, read.number, self.table.headings, read.line)

    def _said_twice(self, read: ReadForm, first: ReadForm) -> str:
        row = first.line.number
        if not read.number:
            message = f"Cette ligne est identique à la ligne {row} : elle n’est comptée qu’une fois."
        elif read.line.cells == first.line.cells:
            message = f"Le formulaire n° {shown(read.number)} est déjà à la ligne {row} : il n’est compté qu’une fois."
        else:
            message = f"Le numéro {shown(read.number)} est déjà celui de la ligne {row}, avec d’autres réponses."
            self._tell(read, NUMBER, message, ERROR)
            return REFUSED
        self._tell(read, NUMBER, message, WARNING)
        return LEFT

    def _already_there(self, read: ReadForm, key: UUID) -> str:
        """Unchanged for a form the campaign has, whatever the file now says; empty where there is something to do."""
        known = self.known.get(key)
        if known is None or known.was_undone:
            return ""
        if known.withdrawn_at is not None:
            self._tell(read, NUMBER, f"{self._name(read)} a été écarté : il le reste.", WARNING)
        elif not read.has_error and dict(known.answers) != read.answers:
            message = f"{self._name(read)} est déjà enregistré avec d’autres réponses : il n’est pas modifié."
            self._tell(read, NUMBER, message, WARNING)
        read.problems[:] = [problem for problem in read.problems if problem.level == WARNING]
        return UNCHANGED

    def _refused(self, read: ReadForm) -> str:
        if read.has_error:
            return REFUSED
        if read.is_unfinished:
            return self._without_day(read)
        if not read.answers:
            self._tell(read, NUMBER, "Cette ligne n’a aucune réponse : elle est laissée de côté.", WARNING)
            return LEFT
        try:
            check_day(self.campaign, read.day)
        except UserError as error:
            self._tell(read, DATE, error.message, ERROR)
            return REFUSED
        return ""

    def _without_day(self, read: ReadForm) -> str:
        """Some tools date a form when it is sent: without a day it was begun and not finished."""
        column = self._column(DATE)
        if column and plain(column.heading.text) in _SENT_WHEN_DONE:
            self._tell(read, DATE, "Ce formulaire n’a pas été terminé : il est laissé de côté.", WARNING)
            return LEFT
        self._tell(read, DATE, "La date manque.", ERROR)
        return REFUSED

    def _scenario(self, read: ReadForm) -> Scenario | None:
        if not read.scenario:
            return None
        found = self.scenarios.get(plain(read.scenario))
        if found is None:
            message = f"Aucun scénario de la campagne ne s’appelle « {shown(read.scenario)} »."
            self._tell(read, SCENARIO, message, WARNING)
        return found

    def _name(self, read: ReadForm) -> str:
        return f"Le formulaire n° {shown(read.number)}" if read.number else "Ce formulaire"

    def _tell(self, read: ReadForm, target: str, message: str, level: str) -> None:
        column = self._column(target)
        address = address_of(read.line.number, column.heading.column if column else 1)
        read.problems.append(Problem(level, self.table.sheet, address, message))

    def _column(self, target: str) -> Column | None:
        return next((column for column in self.columns if column.target == target), None)
