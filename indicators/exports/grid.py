"""The grid of a year as a file in the layout the services know; sent back, it changes nothing."""

import tempfile
from collections.abc import Iterable, Sequence
from itertools import groupby

import xlsxwriter
from django.http import FileResponse

from core.exports import FORMATS, Column, Figure
from core.exports import respond as respond_flat
from core.exports.cells import cell_of
from core.exports.response import file_name
from core.figures import format_target
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
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def respond(format: str, readings: Sequence[Reading], *, site: Unit, year: int):  # noqa: A002
    """The file as a download."""
    name = f"grille-{site.code}-{year}"
    if format != "xlsx":
        return respond_flat(format, [Column(head) for head in HEADS], rows(readings), name)
    return FileResponse(
        workbook(readings, site=site, year=year),
        content_type=_XLSX,
        headers={"Content-Disposition": f'attachment; filename="{file_name(name, "xlsx")}"'},
    )


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
    target = tempfile.SpooledTemporaryFile(max_size=1024 * 1024)  # noqa: SIM115 the response closes it
    book = xlsxwriter.Workbook(target, _OPTIONS)
    sheet = book.add_worksheet(f"Indicateurs {year}")
    formats = _formats(book)
    _write_heads(sheet, formats, site, year)
    lines = list(rows(readings))
    for index, line in enumerate(lines, start=FIRST_ROW):
        for column, value in enumerate(line[1:], start=1):
            _write(sheet, index, column, value, formats)
    _write_families(sheet, formats, lines)
    sheet.freeze_panes(FIRST_ROW, 2)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    book.close()
    target.seek(0)
    return target


def _formats(book) -> dict:
    base = {"border": 1, "valign": "vcenter", "text_wrap": True}
    return {
        "title": book.add_format({"bold": True, "font_size": 14}),
        "head": book.add_format({**base, "bold": True, "align": "center", "bg_color": "#E8EDFF"}),
        "text": book.add_format(base),
        "rate": book.add_format({**base, "num_format": "0.0%", "align": "center"}),
        "number": book.add_format({**base, "align": "center"}),
    }


def _write_heads(sheet, formats: dict, site: Unit, year: int) -> None:
    sheet.write_string(0, 0, "Tableau de bord – engagements et indicateurs associés avec objectifs", formats["title"])
    sheet.write_string(1, 0, cell_of(site.name))
    for column, head in enumerate(HEADS):
        if len(BEFORE) <= column < len(BEFORE) + len(MONTHS):
            sheet.write_string(3, column, head, formats["head"])
        else:
            sheet.merge_range(2, column, 3, column, head, formats["head"])
        sheet.set_column(column, column, WIDTHS.get(column, 8))
    sheet.merge_range(2, len(BEFORE), 2, len(BEFORE) + len(MONTHS) - 1, f"ANNÉE {year}", formats["head"])


def _write_families(sheet, formats: dict, lines: list[list]) -> None:
    index = FIRST_ROW
    for family, group in groupby(lines, key=lambda line: line[0]):
        height = len(list(group))
        if height > 1:
            sheet.merge_range(index, 0, index + height - 1, 0, cell_of(family), formats["head"])
        else:
            sheet.write_string(index, 0, cell_of(family), formats["head"])
        index += height


def _write(sheet, row: int, column: int, value, formats: dict) -> None:
    value = cell_of(value)
    if isinstance(value, Figure):
        sheet.write_number(row, column, value.value, formats["rate" if value.is_rate else "number"])
    elif value in (None, ""):
        sheet.write_blank(row, column, None, formats["text"])
    else:
        sheet.write_string(row, column, value, formats["text"])


def _figure(value, measure: str):
    return "-" if value is None else Figure(value, measure)


def _target(reading: Reading):
    if reading.target_value is None:
        return "-"
    measure = reading.indicator.measure
    if measure == Measure.RATE and reading.target_direction == Direction.AT_LEAST:
        return Figure(reading.target_value, measure)
    return format_target(reading.target_direction, reading.target_value, measure).replace("\u202f", " ")


def _month(row: dict | None, measure: str):
    if row is None or row["state"] == ValueState.MISSING:
        return None
    if row["state"] == ValueState.MEASURED:
        return Figure(decimal_or_none(row["value"]), measure)
    if row["state"] == ValueState.NO_CASE:
        return "-"
    return state_in_words(row["state"], row.get("reason", ""))
