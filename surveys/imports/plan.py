"""What an imported file becomes: each column with its question, each line with what recording would do of it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from uuid import UUID

from core.errors import UserError
from core.imports.problems import ERROR, WARNING, Problem
from core.imports.words import plain
from surveys.enums import Channel
from surveys.imports.forms import LabelChoice, ReadForm
from surveys.imports.headings import CHOSEN, PROPOSED, REMEMBERED, TECHNICAL, UNKNOWN, Column, key_of
from surveys.imports.table import Table
from surveys.models import Scenario
from surveys.services.imports import ToWrite
from surveys.services.intake import Form

CREATED, CHANGED, UNCHANGED, REFUSED, LEFT = "created", "changed", "unchanged", "error", "left"
MOST_EXAMPLES = 3


@dataclass
class PlannedForm:
    """A line of the file and what becomes of it."""

    read: ReadForm
    key: UUID
    status: str
    scenario: Scenario | None = None

    @property
    def row(self) -> int:
        return self.read.line.number


@dataclass(frozen=True)
class PlannedColumn:
    """A column with a few of its cells, for the page where a person decides."""

    column: Column
    letter: str
    examples: Sequence[str]
    becomes: str

    @property
    def stands_out(self) -> bool:
        return self.column.status in (UNKNOWN, PROPOSED)


@dataclass(frozen=True)
class PlannedPlace:
    """A place named in the file; `place_id` is None when it would be created."""

    text: str
    place_id: int | None
    forms: int


@dataclass
class Plan:
    """The whole file: columns, lines, places, counts, what stands in the way of recording it."""

    table: Table
    columns: list[Column]
    forms: list[PlannedForm]
    places: list[PlannedPlace]
    problems: list[Problem]
    ignores_errors: bool = False
    default_day: date | None = None
    needs_day: bool = False
    uses_codes: bool = False

    @cached_property
    def counts(self) -> dict[str, int]:
        total = Counter(form.status for form in self.forms)
        return {name: total[name] for name in (CREATED, CHANGED, UNCHANGED)}

    @cached_property
    def refused(self) -> list[PlannedForm]:
        return [form for form in self.forms if form.status == REFUSED]

    @cached_property
    def errors(self) -> list[Problem]:
        return [problem for problem in self._all if problem.level == ERROR]

    @cached_property
    def warnings(self) -> list[Problem]:
        return [problem for problem in self._all if problem.level == WARNING]

    @cached_property
    def _all(self) -> list[Problem]:
        return [*self.problems, *(problem for form in self.forms for problem in form.read.problems)]

    @property
    def file_errors(self) -> list[Problem]:
        """Errors that leaving lines aside does not mend."""
        return [problem for problem in self.problems if problem.level == ERROR]

    @property
    def undecided(self) -> list[Column]:
        return [column for column in self.columns if column.needs_decision]

    @cached_property
    def unknown_labels(self) -> list[tuple[LabelChoice, int]]:
        """Labels that no answer of their question matches, each once, with how many lines have it."""
        found: Counter[str] = Counter()
        first: dict[str, LabelChoice] = {}
        for form in self.forms:
            for label in form.read.unknown_labels:
                found[label.key] += 1
                first.setdefault(label.key, label)
        return [(first[key], number) for key, number in found.most_common()]

    @property
    def new_places(self) -> list[PlannedPlace]:
        return [place for place in self.places if place.place_id is None]

    @property
    def to_create(self) -> list[PlannedForm]:
        return [form for form in self.forms if form.status == CREATED]

    @property
    def to_take_back(self) -> list[PlannedForm]:
        """Forms that an undone import had set aside, found again in this file."""
        return [form for form in self.forms if form.status == CHANGED]

    @property
    def changes_nothing(self) -> bool:
        return not (self.counts[CREATED] or self.counts[CHANGED])

    @property
    def is_ready(self) -> bool:
        return not self.undecided and not self.file_errors and (self.ignores_errors or not self.errors)

    def require_ready(self) -> None:
        """Raise UserError on what stands in the way of recording."""
        if self.undecided:
            names = ", ".join(f"« {column.heading.text or column.heading.column} »" for column in self.undecided)
            raise UserError(f"Décidez d’abord de ce que deviennent ces colonnes : {names}.")
        if self.file_errors:
            raise UserError(f"Rien n’est enregistré : {self.file_errors[0].message}")
        if self.errors and not self.ignores_errors:
            raise UserError("Rien n’est enregistré : corrigez le fichier, ou laissez de côté les lignes en erreur.")
        if not self.forms:
            raise UserError("Aucune ligne de ce fichier n’est à reprendre.")

    def to_remember(self) -> dict[str, str]:
        """The columns that a person or the remembered choices decided, or that were proposed and accepted."""
        kept = {CHOSEN, PROPOSED, REMEMBERED}
        return {key_of(c.heading.text): c.target for c in self.columns if c.status in kept and c.heading.text}

    def to_write(self) -> ToWrite:
        """What the service records."""
        kept = [*self.to_create, *self.to_take_back]
        used = {plain(form.read.place) for form in kept if form.read.place}
        return ToWrite(
            forms=[_intake_form(form) for form in self.to_create],
            taken_back={form.key: _intake_form(form) for form in self.to_take_back},
            place_of={form.key: plain(form.read.place) for form in kept if form.read.place},
            known_places={plain(p.text): p.place_id for p in self.places if p.place_id is not None},
            new_places={plain(p.text): p.text for p in self.new_places if plain(p.text) in used},
            remembered=self.to_remember(),
        )

    def columns_shown(self, labels: Mapping[str, str], letters) -> list[PlannedColumn]:
        """The columns with examples, those to decide first."""
        shown = [
            PlannedColumn(
                column,
                letters(column.heading.column),
                _examples(self.table, index),
                labels.get(column.target, ""),
            )
            for index, column in enumerate(self.columns)
        ]
        return sorted(shown, key=lambda one: (not one.stands_out, one.column.status == TECHNICAL))


def _intake_form(form: PlannedForm) -> Form:
    read = form.read
    return Form(
        key=form.key,
        answers=read.answers,
        channel=Channel.FILE,
        answered_on=read.day,
        language=read.language,
        scenario=form.scenario,
        tester=read.tester,
        duration=read.duration,
        number=read.number,
    )


def _examples(table: Table, index: int) -> list[str]:
    found: dict[str, None] = {}
    for text in table.column(index):
        if text:
            found.setdefault(text if len(text) <= 40 else f"{text[:40]}…")
        if len(found) == MOST_EXAMPLES:
            break
    return list(found)
