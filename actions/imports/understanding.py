"""From the words of a row to what they mean: status, deadline, responsibles, engagements, theme; and what is wrong."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from actions.enums import Status
from actions.imports.document import COMMENT, DEADLINE, ENGAGEMENT, RESPONSIBLE, STATUS, SourcePlan, SourceRow
from actions.imports.engagements import Book
from actions.imports.plan import PlannedRow
from actions.imports.responsibles import Directory
from actions.imports.statuses import done_day, status_of
from actions.imports.themes import theme_of
from core.fuzzy_dates import Kind, parse
from core.imports.problems import ERROR, WARNING, Problem
from core.imports.words import plain
from referential.models import Referential

LONGEST_DEADLINE = 200
LONGEST_SECTION = 300
REASONED = (Status.POSTPONED, Status.ABANDONED)


@dataclass(frozen=True)
class Context:
    """What the rows of one plan are read with."""

    plan: SourcePlan
    origin_on: date | None
    written_on: date
    today: date
    referential: Referential | None
    book: Book
    directory: Directory
    statuses: Mapping[str, str]  # words of a status → what a person said they mean
    engagements: Mapping[str, str]  # words of an engagement → its identifier, chosen by a person


def understand(source: SourceRow, context: Context) -> PlannedRow:
    """The row as it is understood; its problems say what is not."""
    row = PlannedRow(source)
    _read_status(row, context)
    _read_deadline(row, context)
    _read_responsibles(row, context)
    _read_place(row, context)
    row.theme = theme_of(row.finding_text, source.text(ENGAGEMENT), source.section)
    row.done_on = _done_on(row, context.today)
    return row


def _problem(row: PlannedRow, context: Context, level: str, column: str, message: str) -> None:
    row.problems.append(Problem(level, context.plan.sheet, row.source.cell(column), message))


def _read_status(row: PlannedRow, context: Context) -> None:
    text = row.source.text(STATUS)
    chosen = context.statuses.get(plain(text))
    row.status = Status(chosen) if chosen in Status.values else status_of(text)
    if row.status is None:
        message = f"« {_short(text)} » n’est pas un statut connu : FAIT, En cours, Reporté, Abandonné ou À faire."
        _problem(row, context, ERROR, STATUS, message)
    elif row.status in REASONED and not row.source.text(COMMENT):
        message = f"La raison n’est pas dite : une action {row.status.label.lower()} en demande une."
        _problem(row, context, WARNING, STATUS, message)


def _read_deadline(row: PlannedRow, context: Context) -> None:
    text = row.source.text(DEADLINE)
    row.deadline = deadline = parse(text, written_on=context.written_on)
    if len(text) > LONGEST_DEADLINE:
        message = f"L’échéance dépasse {LONGEST_DEADLINE} caractères : écrivez-la plus court."
        _problem(row, context, ERROR, DEADLINE, message)
    elif not deadline.is_known:
        message = f"L’échéance « {_short(text)} » n’est pas comprise : ses mots sont gardés, sans date."
        _problem(row, context, WARNING, DEADLINE, message)
    elif context.origin_on and deadline.latest and deadline.latest < context.origin_on:
        message = f"L’échéance « {_short(text)} » précède l’origine du plan, le {context.origin_on:%d/%m/%Y}."
        _problem(row, context, ERROR, DEADLINE, message)
    if deadline.kind == Kind.DONE and not row.source.text(STATUS):
        row.status = Status.DONE


def _read_responsibles(row: PlannedRow, context: Context) -> None:
    row.names = context.directory.names(row.source.text(RESPONSIBLE))
    for name in row.names:
        words = name.responsible.words
        if name.outside:
            message = f"« {words} » désigne « {name.outside} », qui n’est pas de cette préfecture."
            _problem(row, context, ERROR, RESPONSIBLE, message)
        elif not name.is_settled:
            message = f"« {words} » n’est ni une unité ni une personne connue : ces mots sont gardés."
            _problem(row, context, WARNING, RESPONSIBLE, message)


def _read_place(row: PlannedRow, context: Context) -> None:
    """The module and the engagements, in the referential of the plan."""
    if context.referential is None:
        return
    row.follows_referential = True
    text, book = row.source.text(ENGAGEMENT), context.book
    found = book.find(row.source.section, text, context.referential.pk)
    row.module, row.engagements = found.module, found.engagements
    chosen = context.engagements.get(plain(text), "")
    if text and chosen:
        row.engagements = tuple(one for one in book.engagements if str(one.pk) == chosen)
    elif text and not found.engagements:
        message = f"L’engagement « {_short(text)} » n’est pas dans {context.referential} : ses mots sont gardés."
        _problem(row, context, WARNING, ENGAGEMENT, message)
    elif found.doubt:
        _problem(row, context, WARNING, ENGAGEMENT, f"Vérifiez l’engagement : {found.doubt}.")


def _done_on(row: PlannedRow, today: date) -> date | None:
    """The day that the document tells, if it has come; none is invented."""
    if row.status != Status.DONE:
        return None
    day = done_day(row.source.text(STATUS), row.source.text(COMMENT))
    return day if day and day <= today else None


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= 80 else f"{words[:80]}…"
