"""The import of training: what a file holds is known by its headings, then read by the table of that kind."""

from typing import Any

from django.urls import reverse

from core.importing.asks import Given, Option, settle
from core.importing.dates import DateOrder
from core.importing.kind import FileImport, Noun
from core.importing.layout import Layout
from core.importing.plan import Plan
from core.importing.tables.recognise import recognise
from core.importing.tables.roles import LEFT_UNREAD
from core.importing.tables.wanted import DATES
from core.record import history
from core.sheets.reading.model import Workbook
from organisations.permissions import Permission
from training.imports.agents import AgentsTable
from training.imports.agreements import AgreementsTable
from training.imports.base import TrainingTable, themes_for
from training.imports.sessions import SessionsTable
from training.models import TrainingImport

TABLES: tuple[type[TrainingTable], ...] = (AgentsTable, SessionsTable, AgreementsTable)
KIND = "kind"


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
        self.table: TrainingTable | None = None

    def plan(self, book: Workbook) -> Plan:
        themes = themes_for(self.record.unit)
        tables = [table(self.record, self.given, themes) for table in TABLES]
        layouts = [
            recognise(book, one.columns, given=Given(), technical=one.technical, is_table=one.is_table)
            for one in tables
        ]
        scores = [table.score(_codes(layout)) for table, layout in zip(tables, layouts, strict=True)]
        best = max(scores)
        held = [table for table, score in zip(tables, scores, strict=True) if score == best]
        ask = settle(
            self.given,
            KIND,
            "Que contient ce fichier ?",
            [Option(table.file_kind, table.label) for table in tables],
            found=held[0].file_kind if len(held) == 1 else "",
            proposed=held[0].file_kind,
        )
        self.table = next(table for table in tables if table.file_kind == (ask.value or held[0].file_kind))
        self.table.given = _day_first(self.given, layouts[tables.index(self.table)])
        plan = self.table.plan(book)
        plan.asks.insert(0, ask)
        plan.reading = {"kind": self.table.file_kind, **plan.reading}  # type: ignore[dict-item]
        return plan

    def hold(self) -> None:
        history.lock(self.record.unit)

    def write(self, plan: Plan, *, by: Any, reason: str) -> None:
        if self.table is not None:
            lines = [line.content.extra for line in plan.kept if line.content.extra is not None]
            self.table.record_lines(lines, by=by, reason=reason)

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


def _codes(layout: Layout) -> set[str]:
    """The roles that a file has for a table, without any answer."""
    return {column.code for one in layout.tables for column in one.columns} - {"", LEFT_UNREAD}


def _day_first(given: Given, layout: Layout) -> Given:
    """In these tables the day comes before the month, unless a date of the file says otherwise: shown, changeable."""
    asks = (ask for table in layout.tables for column in table.columns for ask in column.settings)
    usual = {ask.code: str(DateOrder.DAY_MONTH) for ask in asks if ask.is_open and ask.code.endswith(f":{DATES}")}
    return Given(given.chosen, {**usual, **given.remembered})
