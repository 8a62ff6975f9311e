"""Days written by their number alone, across or down a tally: « Mars 2022 », then 1, 2, 3…"""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import pairwise

from complaints.imports.tally_columns import months_named
from core.base.months import month_name
from core.importing.words import plain
from core.sheets.reading.errors import SpreadsheetError
from core.sheets.reading.model import Cell, Sheet, Workbook

LEAST = 5  # numbers that follow each other
NO_MONTH = (
    "Les jours sont écrits par leur numéro, et rien ne dit de quel mois : écrivez « Mars 2022 » au-dessus du tableau, "
    "ou les dates entières."
)
_DAY = re.compile(r"(?:(?:lun|mar|mer|jeu|ven|sam|dim)\w*\.? |[lmjvsd]\.? )?(\d{1,2})(?:er)?")
_HEADS_DAYS = re.compile(r"(?:jours?|dates?)(?: du mois)?")
_BESIDE = re.compile(
    r"(?:jours?|dates?|themes?|thematiques?|motifs?|objets?|sujets?|natures?|can(?:al|aux)|lieux?|mois|total\w*)"
)


def with_months(book: Workbook) -> Workbook:
    """The workbook with the month of such days; raises SpreadsheetError where none is named."""
    return replace(book, sheets=[sheet if sheet.is_lines else _dated(sheet) for sheet in book.sheets])


def _dated(sheet: Sheet) -> Sheet:
    runs = [run for line in [*_lines(sheet), *_columns(sheet)] if len(run := _run(line)) >= LEAST]
    if not runs:
        return sheet
    values, texts = [list(row) for row in sheet.values], dict(sheet.texts)
    for run in runs:
        first = run[0][0]
        last = _month_above(sheet, first)
        if last is None:
            raise SpreadsheetError(NO_MONTH, sheet.name, first.address)
        for cell, number in run:
            if number <= last.day:
                values[cell.row - 1][cell.column - 1] = f"{number} {month_name(last.month)} {last.year}"
                texts.pop((cell.row, cell.column), None)
    return replace(sheet, values=values, texts=texts)


def _lines(sheet: Sheet) -> Iterator[list[Cell]]:
    """The filled cells of each row that no total begins, less the words that stand beside days in a heading."""
    for row in sheet.rows:
        told = [cell for cell in row if cell.text]
        if told and not plain(told[0].text).startswith("total"):
            yield [cell for cell in told if not _BESIDE.fullmatch(plain(cell.text))]


def _columns(sheet: Sheet) -> Iterator[list[Cell]]:
    """The filled cells below each « Jour », down to the first that is no number."""
    for cell in sheet.filled():
        if _HEADS_DAYS.fullmatch(plain(cell.text)):
            below = [sheet.cell(row, cell.column) for row in range(cell.row + 1, sheet.row_count + 1)]
            ends = (place for place, one in enumerate(below) if one.text and not _number(one))
            yield [one for one in below[: next(ends, len(below))] if one.text]


def _run(cells: list[Cell]) -> list[tuple[Cell, int]]:
    """The days of cells, where each is one and they go forward."""
    numbers = [_number(cell) for cell in cells]
    goes_on = all(0 < before < after for before, after in pairwise(numbers))
    return list(zip(cells, numbers, strict=True)) if goes_on and all(numbers) else []


def _number(cell: Cell) -> int:
    """The day of a month that a cell writes; 0 for none."""
    found = _DAY.fullmatch(plain(cell.text))
    return int(found[1]) if found and 1 <= int(found[1]) <= 31 else 0


def _month_above(sheet: Sheet, first: Cell) -> date | None:
    """The last day of the month named the nearest above, else by the words before the table or its name."""
    rows = [[cell.text for cell in row] for row in list(sheet.rows)[: first.row]]
    texts = [text for row in reversed(rows) for text in row if text]
    return next((day for text in (*texts, sheet.lead, sheet.name) for day in months_named(text)), None)
