"""What is said of a file as a whole: its columns, how its answers were read, whether the campaign takes forms."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from core.imports.problems import ERROR, WARNING, Problem
from core.spreadsheets.addresses import address_of
from core.words import in_words
from surveys.imports.forms import Reader, shown
from surveys.imports.headings import PROPOSED, TARGET_LABELS, Column
from surveys.imports.plan import CHANGED, CREATED, PlannedForm
from surveys.imports.table import Table
from surveys.models import Campaign, Question, Response
from surveys.services.intake import refusal_of


def of_columns(table: Table, columns: Sequence[Column], questions: Sequence[Question]) -> Iterator[Problem]:
    """Columns that say the same thing, columns guessed, sheets not read, a table without question or without line."""
    labels = {question.code: question.label for question in questions} | TARGET_LABELS
    if not any(column.target in labels and not column.target.startswith("@") for column in columns):
        message = "Aucune colonne ne correspond à une question du questionnaire : indiquez ce que chacune contient."
        yield _at(table, None, ERROR, message)
    if not table.lines:
        yield _at(table, None, ERROR, "Le tableau n’a aucune ligne sous ses en-têtes.")
    first: dict[str, Column] = {}
    for column in columns:
        if not column.target:
            continue
        if first.setdefault(column.target, column) is not column:
            other = address_of(table.header_row, first[column.target].heading.column)
            message = f"Deux colonnes disent « {labels[column.target]} » : celle-ci et {other}. N’en gardez qu’une."
            yield _at(table, column, ERROR, message)
        elif column.status == PROPOSED:
            heading, label = shown(column.heading.text), labels[column.target]
            message = f"La colonne « {heading} » est lue comme « {label} » : vérifiez."
            yield _at(table, column, WARNING, message)
    for name in table.other_sheets:
        yield Problem(WARNING, name, "", f"La feuille « {name} » n’est pas lue.")


def of_unknown_columns(table: Table, columns: Sequence[Column]) -> list[Problem]:
    """For a command, which asks nobody: a column not recognised stops the import, so that no answer is lost unseen."""
    sentence = "La colonne « {} » n’est pas reconnue : --column dit ce qu’elle contient, ou la laisse."
    unknown = [column for column in columns if column.needs_decision]
    return [_at(table, column, ERROR, sentence.format(shown(column.heading.text))) for column in unknown]


def of_reading(table: Table, reader: Reader) -> Iterator[Problem]:
    """Answers read by their rank, forms without a day."""
    if reader.first_code:
        order = "1 = la moins bonne" if reader.is_reversed else "1 = la première du questionnaire"
        message = f"Des réponses sont des codes : ils sont lus dans l’ordre du questionnaire ({order}). Vérifiez."
        yield Problem(WARNING, table.sheet, reader.first_code, message)
    if reader.lacks_day and table.lines:
        day = in_words(reader.default_day)
        yield _at(table, None, WARNING, f"Le fichier ne donne pas la date des formulaires : ils sont datés du {day}.")


def of_twins(campaign: Campaign, table: Table, forms: Sequence[PlannedForm]) -> Iterator[Problem]:
    """Lines that say what a form received otherwise says, on the same day: is it the same paper, or our own export?"""
    fresh = Counter(_content(form.read.day, form.read.answers) for form in forms if form.status == CREATED)
    if not fresh:
        return
    rows = Response.objects.filter(campaign=campaign, source=None, answered_on__in={day for day, _answers in fresh})
    there = Counter(_content(*row) for row in rows.counted().values_list("answered_on", "answers").iterator())
    number = (fresh & there).total()
    if number:
        words = "lignes disent" if number > 1 else "ligne dit"
        message = (
            f"{number} {words} la même chose, le même jour, qu’un formulaire déjà reçu autrement (papier, tablette, "
            "lien). Vérifiez que ce fichier ne les reprend pas\u202f: ils compteraient deux fois."
        )
        yield _at(table, None, WARNING, message)


def _content(day: date | None, answers: Mapping) -> tuple[date | None, str]:
    return day, json.dumps(answers, sort_keys=True)


def of_campaign(campaign: Campaign, forms: Sequence[PlannedForm]) -> Iterator[Problem]:
    """A campaign that is not open takes nothing new."""
    if not campaign.is_open and any(form.status in (CREATED, CHANGED) for form in forms):
        yield Problem(ERROR, "", "", refusal_of(campaign).message)


def _at(table: Table, column: Column | None, level: str, message: str) -> Problem:
    cell = address_of(table.header_row, column.heading.column) if column else ""
    return Problem(level, table.sheet, cell, message)
