"""The import of training: what a file holds is known by its headings, then read by the table of that kind."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.urls import reverse

from core.base.digests import digest_of
from core.importing.accounts import Accounts
from core.importing.asks import Ask, Given, Option, settle
from core.importing.dates import DateOrder
from core.importing.kind import FileImport, Noun
from core.importing.layout import Layout
from core.importing.places import warning
from core.importing.plan import Plan
from core.importing.tables.closing import UNKNOWN_SHEET
from core.importing.tables.recognise import filled_cells, recognise
from core.importing.tables.roles import LEFT_UNREAD
from core.importing.tables.wanted import DATES
from core.importing.vocabulary import Words
from core.record import history
from core.sheets.reading.model import Workbook
from organisations.permissions import Permission
from training.imports.agents import AgentsTable
from training.imports.agreements import AgreementsTable
from training.imports.base import TrainingTable, themes_for
from training.imports.sessions import SessionsTable
from training.models import TrainingImport

TABLES: tuple[type[TrainingTable], ...] = (AgentsTable, SessionsTable, AgreementsTable)
KIND, EACH = "kind", "each"


class TrainingFile(FileImport[TrainingImport]):
    """Agents, sessions or agreements."""

    code = "training"
    namespace = "training"
    title = "Importer un suivi de formation"
    noun = Noun("ligne", "lignes", is_feminine=True)
    permission = seen_with = Permission.TRAINING_MANAGE
    model = TrainingImport
    related = ("unit__parent__parent",)
    word_labels = {"theme": "Thèmes", "situation": "Situations", "state": "États", "contract": "Contrats"}

    def __init__(self, record: TrainingImport, given: Given):
        super().__init__(record, given)
        self.parts: list[tuple[TrainingTable, Plan]] = []

    def plan(self, book: Workbook) -> Plan:
        themes = themes_for(self.record.unit)
        tables = [table(self.record, self.given, themes) for table in TABLES]
        layouts = [
            recognise(book, one.columns, given=Given(), technical=one.technical, is_table=one.is_table)
            for one in tables
        ]
        told = [_told_by_sheet(table, book, layout) for table, layout in zip(tables, layouts, strict=True)]
        ask = self._ask(tables, told)
        books = self._books(book, tables, told, ask)
        directory = tables[0].directory
        self.parts = []
        for table, layout, own in zip(tables, layouts, books, strict=True):
            if own.sheets:
                table.given, table.directory = _day_first(self.given, layout), directory
                self.parts.append((table, table.plan(own)))
        plan = _merged([part for _, part in self.parts], book)
        plan.asks.insert(0, ask)
        kinds = "+".join(table.file_kind for table, _ in self.parts)
        plan.reading = {"kind": kinds, **plan.reading}  # type: ignore[dict-item]
        return plan

    def _books(
        self, book: Workbook, tables: Sequence[TrainingTable], told: Sequence[Mapping[str, set[str]]], ask: Ask
    ) -> list[Workbook]:
        """What each table reads of the workbook: all of it, or its own sheets."""
        if ask.value == EACH:
            sheets = _kind_by_sheet(tables, told)
            return [_only(book, [name for name, kind in sheets.items() if kind is one]) for one in tables]
        kind = ask.value or ask.proposed
        return [book if one.file_kind == kind else _only(book, []) for one in tables]

    def _ask(self, tables: Sequence[TrainingTable], told: Sequence[Mapping[str, set[str]]]) -> Ask:
        """What the file contains: what its headings say, one kind or one for each sheet."""
        scores = [
            table.score(set().union(*said.values()) if said else set())
            for table, said in zip(tables, told, strict=True)
        ]
        best = max(scores)
        held = [table for table, score in zip(tables, scores, strict=True) if score == best]
        whole = {kind for kind in _kind_by_sheet(tables, told).values() if kind is not None}
        found = held[0].file_kind if len(held) == 1 else ""
        options = [Option(table.file_kind, table.label) for table in tables]
        if len(whole) > 1:
            options.append(Option(EACH, "plusieurs sortes, une par feuille"))
            found = EACH
        return settle(self.given, KIND, "Que contient ce fichier ?", options, found=found, proposed=held[0].file_kind)

    def hold(self) -> None:
        history.lock(self.record.unit)

    def write(self, plan: Plan, *, by: Any, reason: str) -> None:
        for table, part in self.parts:
            own = {id(line) for line in part.lines}
            kept = [line for line in plan.kept if id(line) in own]
            lines = [line.content.extra for line in kept if line.content.extra is not None]
            table.record_lines(lines, by=by, reason=reason)

    @classmethod
    def scope_key(cls, record: TrainingImport) -> str:
        return record.unit.code

    @classmethod
    def place(cls, record: TrainingImport) -> str:
        return str(record.unit)

    @classmethod
    def way(cls, record: TrainingImport) -> list[tuple[str, str]]:
        return [cls.leads_to(record)]

    @classmethod
    def upload_url(cls, record: TrainingImport) -> str:
        return reverse("training:import-upload", args=[record.unit.code])

    @classmethod
    def leads_to(cls, record: TrainingImport) -> tuple[str, str]:
        return "Suivi des formations", reverse("training:follow-up")


def _told_by_sheet(table: TrainingTable, book: Workbook, layout: Layout) -> dict[str, set[str]]:
    """The roles that each sheet has for a table, in its columns and its titles, without any answer."""
    titles = table.titles_of(book, layout)
    found: dict[str, set[str]] = {}
    for one in layout.tables:
        said = {column.code for column in one.columns} - {"", LEFT_UNREAD}
        said |= titles[one.name].values.keys() if one.name in titles else set()
        found.setdefault(one.sheet, set()).update(said)
    return found


def _kind_by_sheet(
    tables: Sequence[TrainingTable], told: Sequence[Mapping[str, set[str]]]
) -> dict[str, TrainingTable | None]:
    """The table whose every need a sheet meets best; None where it meets those of none."""
    found: dict[str, TrainingTable | None] = {}
    for sheet in dict.fromkeys(name for said in told for name in said):
        scores = [table.score(said.get(sheet, set())) for table, said in zip(tables, told, strict=True)]
        best = max(scores)
        found[sheet] = tables[scores.index(best)] if best[0] else None
    return found


def _only(book: Workbook, names: Sequence[str]) -> Workbook:
    return replace(book, sheets=[sheet for sheet in book.sheets if sheet.name in names], remarks=[])


def _merged(plans: Sequence[Plan], book: Workbook) -> Plan:
    """One plan of those of the sheets; a sheet that none of them reads is accounted for."""
    if len(plans) == 1:
        return plans[0]
    filled = Accounts(filled_cells(book), frozenset(sheet.name for sheet in book.sheets if sheet.is_lines))
    accounts = Accounts.merged([*(plan.accounts for plan in plans), filled])
    accounts.leave_out((cell for cell in accounts.unspoken), UNKNOWN_SHEET)
    layouts = [plan.layout for plan in plans]
    layout = Layout(
        tuple(table for one in layouts for table in one.tables),
        tuple(ask for one in layouts for ask in one.asks),
        tuple(dict.fromkeys(role for one in layouts for role in one.roles)),
        digest_of([one.signature for one in layouts]),
    )
    words = Words(plans[0].words.given, {key: word for plan in plans for key, word in plan.words.found.items()})
    rows = [row for plan in plans for row in plan.reading["rows"]]
    return Plan(
        layout,
        accounts,
        lines=[line for plan in plans for line in plan.lines],
        words=words,
        asks=list({ask.code: ask for plan in plans for ask in plan.asks}.values()),
        problems=[warning(remark.text) for remark in book.remarks] + [one for plan in plans for one in plan.problems],
        reading={"rows": rows},
    )


def _day_first(given: Given, layout: Layout) -> Given:
    """In these tables the day comes before the month, unless a date of the file says otherwise: shown, changeable."""
    asks = (ask for table in layout.tables for column in table.columns for ask in column.settings)
    usual = {ask.code: str(DateOrder.DAY_MONTH) for ask in asks if ask.is_open and ask.code.endswith(f":{DATES}")}
    return Given(given.chosen, {**usual, **given.remembered})
