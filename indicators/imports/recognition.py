"""From a workbook to a grid: finds the tables, the year, the rows, the indicators; says all that is wrong at once."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from core.imports.problems import ERROR, WARNING, Problem
from core.spreadsheets.model import Sheet, Workbook
from indicators.imports.columns import LABEL
from indicators.imports.grid import AMBIGUOUS, IGNORED, MATCHED, CatalogueEntry, Grid, GridMatch, GridRow, unique_keys
from indicators.imports.layout import Layout, column_heading, duplicate_months, find_layouts, searched_columns
from indicators.imports.matching import RowMatch, match_rows
from indicators.imports.readings import read_mean, read_months, read_previous, read_target, reader_of
from indicators.imports.source_rows import SourceRow, source_rows
from indicators.imports.units import unit_of
from indicators.imports.unnamed_columns import name_columns
from indicators.imports.years import YearReading, settle_year

NO_GRID = (
    "Aucune grille d'indicateurs n'a été trouvée dans le fichier : il faut une ligne d'en-tête avec les mois "
    "(« Janv », « Févr »… ou « 01/2020 »), une colonne par mois et une ligne par indicateur."
)


MOST_ROWS = 1_000


@dataclass
class _Found:
    """The grids of a file while they are being recognised."""

    layouts: list[Layout] = field(default_factory=list)
    years: list[YearReading] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def recognise(
    workbook: Workbook, *, year: int, catalogue: Sequence[CatalogueEntry], remembered: Mapping[str, str] | None = None
) -> Grid:
    """The grid of `year` in a workbook, matched with the catalogue.

    `remembered` maps row keys (`words.row_key`) to the codes a person chose earlier, "" to leave the row out.
    Never raises on what the file holds: `Grid.problems` says it.
    """
    found = _find(workbook, year)
    layouts = [layout for layout, reading in zip(found.layouts, found.years, strict=True) if reading.is_chosen]
    rows = [row for layout in layouts for row in source_rows(layout)]
    if len(rows) > MOST_ROWS:
        found.problems.append(_too_long(rows))
        rows = []
    grid_rows, problems = _understand(rows, catalogue, remembered or {})
    years = [reading.year for reading in found.years if reading.year is not None]
    return Grid(
        rows=tuple(grid_rows),
        problems=tuple(found.problems + problems),
        sheets_read=tuple(dict.fromkeys(layout.sheet.name for layout in layouts)),
        year_found=year if year in years else next(iter(years), None),
        headers=tuple(layout.as_header() for layout in layouts),
    )


def _find(workbook: Workbook, year: int) -> _Found:
    found = _Found()
    for sheet in workbook.sheets:
        layouts = [] if sheet.is_hidden else find_layouts(sheet, year=year)
        found.layouts += layouts
        if not layouts and sheet.row_count:
            found.problems.append(_sheet_left_out(sheet))
    if not found.layouts:
        found.problems = [Problem(ERROR, "", "", NO_GRID)]
    found.years = [settle_year(layout, year=year) for layout in found.layouts]
    found.problems += _year_problems(found, year)
    for layout, reading in zip(found.layouts, found.years, strict=True):
        if reading.is_chosen:
            name_columns(layout)
            found.problems += _heading_problems(layout)
    return found


def _too_long(rows: list[SourceRow]) -> Problem:
    message = (
        f"La grille compte {len(rows)} lignes ; une grille d'indicateurs en a {MOST_ROWS} au plus. "
        "Vérifiez que vous avez choisi le bon fichier."
    )
    return Problem(ERROR, rows[0].sheet, rows[0].label_address, message)


def _sheet_left_out(sheet: Sheet) -> Problem:
    reason = "est masquée" if sheet.is_hidden else "ne contient pas de grille d'indicateurs"
    return Problem(WARNING, sheet.name, "", f"La feuille « {sheet.name} » {reason} ; elle n'est pas lue.")


def _year_problems(found: _Found, year: int) -> list[Problem]:
    """A sheet of another year is an error, unless another sheet is of the year chosen: it is then left out."""
    has_chosen = any(reading.is_chosen and reading.year == year for reading in found.years)
    problems = []
    for layout, reading in zip(found.layouts, found.years, strict=True):
        if reading.is_chosen or not has_chosen:
            problems += reading.problems
        else:
            sentence = f"La feuille « {layout.sheet.name} » est de {reading.year} ; elle n'est pas lue."
            problems.append(Problem(WARNING, layout.sheet.name, reading.cell, sentence))
    return problems


def _heading_problems(layout: Layout) -> list[Problem]:
    name = layout.sheet.name
    problems = [
        Problem(
            ERROR,
            name,
            addresses[1],
            f"Deux colonnes portent le mois {_of(month)} : {' et '.join(addresses)}. Corrigez l'un des deux en-têtes.",
        )
        for month, addresses in duplicate_months(layout)
    ]
    if LABEL not in layout.roles:
        message = f"La feuille « {name} » n'a pas de colonne avec les libellés des indicateurs. Ajoutez-la."
        problems.append(Problem(ERROR, name, "", message))
    return problems + _unread_columns(layout)


def _of(month: str) -> str:
    """« de mars », « d’avril »."""
    return f"d’{month}" if month[0] in "ao" else f"de {month}"


def _unread_columns(layout: Layout) -> list[Problem]:
    taken = layout.month_columns | set(layout.roles.values())
    problems = []
    for column in searched_columns(layout.sheet):
        heading = column_heading(layout, column)
        if column not in taken and heading:
            cell = layout.sheet.cell(layout.month_row, column)
            message = f"La colonne « {heading[:60]} » n'est pas lue."
            problems.append(Problem(WARNING, layout.sheet.name, cell.address, message))
    return problems


def _understand(
    rows: list[SourceRow], catalogue: Sequence[CatalogueEntry], remembered: Mapping[str, str]
) -> tuple[list[GridRow], list[Problem]]:
    keys = unique_keys((row.family, row.label, row.engagement) for row in rows)
    matches = match_rows(rows, keys, catalogue, remembered)
    for row, match in zip(rows, matches, strict=True):
        _leave_out(row, match)
    problems = _settle_duplicates(rows, matches)
    grid_rows = []
    for row, key, match in zip(rows, keys, matches, strict=True):
        grid_row, row_problems = _grid_row(row, key, match)
        grid_rows.append(grid_row)
        problems += row_problems
    return grid_rows, problems


def _leave_out(row: SourceRow, match: RowMatch) -> None:
    """Totals, notes and rows without a label are shown as ignored, unless the catalogue knows them."""
    if match.match.kind == MATCHED:
        return
    if row.is_total or not row.label:
        match.match = GridMatch(IGNORED)
    elif row.is_bare:
        match.match = GridMatch(IGNORED, None, match.match.score, match.match.candidates)
        match.doubts.append("la ligne n'a ni engagement, ni objectif, ni valeur ; elle n'est pas reprise")


def _settle_duplicates(rows: list[SourceRow], matches: list[RowMatch]) -> list[Problem]:
    """Two rows for one indicator: the one that has its very words keeps it; failing that, an error names both."""
    by_code: dict[str, list[int]] = defaultdict(list)
    for index, match in enumerate(matches):
        if match.entry:
            by_code[match.entry.code].append(index)
    problems = []
    for indexes in by_code.values():
        exact = [index for index in indexes if matches[index].is_exact]
        if len(indexes) > 1 and len(exact) == 1:
            for index in set(indexes) - set(exact):
                _make_ambiguous(matches[index])
        elif len(indexes) > 1:
            problems.append(_matched_twice([rows[index] for index in indexes], matches[indexes[0]]))
    return problems


def _make_ambiguous(match: RowMatch) -> None:
    match.match = GridMatch(AMBIGUOUS, None, match.match.score, match.match.candidates)
    match.entry = None
    match.doubts = []


def _matched_twice(rows: list[SourceRow], match: RowMatch) -> Problem:
    label = match.entry.label if match.entry else ""
    has_sheets = len({row.sheet for row in rows}) > 1
    places = [f"{row.row_number} de la feuille « {row.sheet} »" if has_sheets else str(row.row_number) for row in rows]
    message = (
        f"L'indicateur « {label} » correspond à plusieurs lignes : {' et '.join(places)}. "
        "Gardez une seule de ces lignes, ou précisez leurs libellés."
    )
    return Problem(ERROR, rows[1].sheet, rows[1].label_address, message)


def _grid_row(row: SourceRow, key: str, match: RowMatch) -> tuple[GridRow, list[Problem]]:
    entry = match.entry
    unit = entry.unit if entry else unit_of(row).value
    reader = reader_of(row, unit)
    cells, problems = read_months(row, reader)
    target, target_problems = read_target(row, reader, entry.direction or None if entry else None)
    previous, previous_problems = read_previous(row, reader)
    problems += target_problems + previous_problems
    if match.match.kind == IGNORED:
        problems = _nameless(row, problems)
    problems += _doubts(row, match)
    return (
        GridRow(
            sheet=row.sheet,
            row_number=row.row_number,
            key=key,
            family=row.family,
            label=row.label,
            engagement=row.engagement,
            unit=unit,
            target=target,
            previous=previous,
            cells=cells,
            printed_mean=read_mean(row, reader),
            comment=row.comment,
            match=match.match,
        ),
        problems,
    )


def _nameless(row: SourceRow, problems: list[Problem]) -> list[Problem]:
    """The cells of a row left out are nobody's problem; figures without a label are."""
    if row.label:
        return []
    message = f"La ligne {row.row_number} a des valeurs mais pas de libellé ; elle n'est pas reprise."
    return [Problem(WARNING, row.sheet, row.label_address, message)]


def _doubts(row: SourceRow, match: RowMatch) -> list[Problem]:
    sentences = [f"Ligne {row.row_number} : {doubt}. Vérifiez." for doubt in match.doubts]
    if match.match.kind == AMBIGUOUS:
        sentences.append(
            f"Ligne {row.row_number} : « {row.label} » ressemble à plusieurs indicateurs ou à un seul, sans certitude. "
            "Choisissez lequel."
        )
    return [Problem(WARNING, row.sheet, row.label_address, sentence) for sentence in sentences]
