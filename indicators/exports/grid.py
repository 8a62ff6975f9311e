"""The grid of a year as a file in the layout the services know; sent back, it changes nothing."""

from collections.abc import Iterable, Sequence
from itertools import groupby

from core.base.figures import format_target
from core.sheets.writing import FORMATS, Column, FigureCell
from core.sheets.writing import respond as respond_flat
from core.sheets.writing.book import Book
from core.sheets.writing.response import download
from indicators.enums import Direction, Measure, ValueState
from indicators.models import Reading
from indicators.rules.words import decimal_or_none, state_in_words
from organisations.models import Unit

__all__ = ["FORMATS", "respond"]

MONTHS = ("Janv", "Févr", "Mars", "Avril", "Mai", "Juin", "Juil", "Août", "Sept", "Oct", "Nov", "Déc")
BEFORE = ("Famille", "Indicateur", "Engagement", "Résultats N-1", "Atteinte objectif N-1", "Objectifs annuels")
AFTER = ("Moyenne", "Commentaires")
HEADS = (*BEFORE, *MONTHS, *AFTER)
FIRST_ROW = 4
WIDTHS = {0: 22, 1: 48, 2: 11, 3: 13, 4: 13, 5: 13, 18: 11, 19: 40}
_BASE = {"border": 1, "valign": "vcenter", "text_wrap": True}
_STYLES = {
    "title": {"bold": True, "font_size": 14},
    "head": {**_BASE, "bold": True, "align": "center", "bg_color": "#E8EDFF"},
    "text": _BASE,
    "rate": {**_BASE, "num_format": "0.0%", "align": "center"},
    "number": {**_BASE, "align": "center"},
}


def respond(format: str, readings: Sequence[Reading], *, site: Unit, year: int):
    """The file as a download."""
    name = f"grille-{site.code}-{year}"
    if format != "xlsx":
        heads = [Column(f"{head} {year}" if head in MONTHS else head) for head in HEADS]  # nothing else says the year
        return respond_flat(format, heads, rows(readings), name)
    return download(workbook(readings, site=site, year=year), name, format)


def rows(readings: Iterable[Reading]) -> Iterable[list]:
    """One list of cells per indicator, in the order of `HEADS`."""
    for reading in readings:
        indicator = reading.indicator
        months = {row["month"]: row for row in reading.months}
        yield [
            indicator.family.name,
            indicator.label,
            indicator.engagement.short if indicator.engagement else "",
            _figure(reading.previous_value, indicator.measure),
            {True: "oui", False: "non", None: "-"}[reading.previous_target_met],
            _target(reading),
            *(_month(months.get(number), indicator.measure) for number in range(1, 13)),
            _figure(reading.value, indicator.measure),
            " ; ".join(dict.fromkeys(row["comment"] for row in reading.months if row.get("comment"))),
        ]


def workbook(readings: Sequence[Reading], *, site: Unit, year: int):
    """The XLSX with its title, its merged heads and families."""
    book = Book(is_streamed=False, styles=_STYLES)
    sheet = book.sheet(f"Indicateurs {year}")
    _write_heads(book, sheet, site, year)
    lines = list(rows(readings))
    for index, line in enumerate(lines, start=FIRST_ROW):
        for column, value in enumerate(line[1:], start=1):
            style = "text" if not isinstance(value, FigureCell) else "rate" if value.is_rate else "number"
            book.put(sheet, index, column, value, style)
    _write_families(book, sheet, lines)
    sheet.freeze_panes(FIRST_ROW, 2)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    return book.close()


def _write_heads(book: Book, sheet, site: Unit, year: int) -> None:
    book.put(sheet, 0, 0, "Tableau de bord – engagements et indicateurs associés avec objectifs", "title")
    book.put(sheet, 1, 0, site.name)
    for column, head in enumerate(HEADS):
        if len(BEFORE) <= column < len(BEFORE) + len(MONTHS):
            book.put(sheet, 3, column, head, "head")
        else:
            book.merge(sheet, (2, column, 3, column), head, "head")
        sheet.set_column(column, column, WIDTHS.get(column, 8))
    book.merge(sheet, (2, len(BEFORE), 2, len(BEFORE) + len(MONTHS) - 1), f"ANNÉE {year}", "head")


def _write_families(book: Book, sheet, lines: list[list]) -> None:
    index = FIRST_ROW
    for family, group in groupby(lines, key=lambda line: line[0]):
        height = len(list(group))
        book.merge(sheet, (index, 0, index + height - 1, 0), family, "head")
        index += height


def _figure(value, measure: str):
    return "-" if value is None else FigureCell(value, measure)


def _target(reading: Reading):
    if reading.target_value is None:
        return "-"
    measure = reading.indicator.measure
    if measure == Measure.RATE and reading.target_direction == Direction.AT_LEAST:
        return FigureCell(reading.target_value, measure)
    return format_target(reading.target_direction, reading.target_value, measure).replace("\u202f", " ")


def _month(row: dict | None, measure: str):
    if row is None or row["state"] == ValueState.MISSING:
        return None
    if row["state"] == ValueState.MEASURED:
        return FigureCell(decimal_or_none(row["value"]), measure)
    if row["state"] == ValueState.NO_CASE:
        return "-"
    return state_in_words(row["state"], row.get("reason", ""))
