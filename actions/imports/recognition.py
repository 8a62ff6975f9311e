"""From a workbook to its action plans: finds the tables, their titles and rows; says all that is wrong at once."""

from collections.abc import Iterable

from actions.imports.document import FINDING, Document, SourcePlan
from actions.imports.layout import Layout, find_layouts, text_of
from actions.imports.origins import origin_day, origin_of
from actions.imports.sheet_rows import read_rows
from actions.imports.statuses import status_of
from core.fuzzy_dates import parse
from core.imports.problems import ERROR, WARNING, Problem
from core.spreadsheets.model import Sheet, Workbook

MOST_ROWS = 1_000
LONGEST_TITLE = 300
EXPECTED = (
    "il faut une ligne d’en-tête avec une colonne « Constat » ou « Action » et deux autres parmi « Engagements », "
    "« Responsable », « Échéance », « Réalisation » et « Commentaire »"
)


def recognise(workbook: Workbook, *, sheet: str = "") -> Document:
    """The plans of a workbook, or those of the sheet named. Never raises on what the file holds."""
    if sheet and sheet not in {one.name for one in workbook.sheets}:
        names = ", ".join(f"« {one.name} »" for one in workbook.sheets)
        return Document(problems=(Problem(ERROR, sheet, "", f"Le fichier n’a pas de feuille « {sheet} » : {names}."),))
    chosen = [one for one in workbook.sheets if (one.name == sheet if sheet else not one.is_hidden)]
    plans, problems = [], []
    for one in chosen:
        layouts = find_layouts(one)
        if not layouts:
            problems += _without_header(one, is_alone=len(chosen) == 1)
        for layout in layouts:
            plan, found = _plan(layout)
            plans.append(plan)
            problems += found
    if not plans and not any(problem.level == ERROR for problem in problems):
        problems = [Problem(ERROR, "", "", f"Aucun plan d’actions n’a été trouvé dans le fichier : {EXPECTED}.")]
    return Document(tuple(plans), (*problems, *_twice(plans)))


def _plan(layout: Layout) -> tuple[SourcePlan, list[Problem]]:
    rows, problems = read_rows(layout)
    name = layout.sheet.name
    if len(rows) > MOST_ROWS:
        place = rows[MOST_ROWS].cell(FINDING)
        message = f"La feuille compte {len(rows)} lignes ; un plan en a {MOST_ROWS} au plus : vérifiez le fichier."
        rows, problems = [], [Problem(ERROR, name, place, message)]
    elif not rows and not problems:
        message = "Le tableau est vide : aucune ligne ne suit l’en-tête."
        problems.append(Problem(ERROR, name, layout.header_cell, message))
    plan = SourcePlan(
        sheet=name,
        title=layout.title[:LONGEST_TITLE],
        title_cell=layout.title_cell,
        origin=origin_of(layout.title),
        origin_on=origin_day(layout.title),
        updated_on=layout.updated_on,
        rows=tuple(rows),
    )
    return plan, problems


def _without_header(sheet: Sheet, *, is_alone: bool) -> list[Problem]:
    """A sheet that looks like a plan without its headings is an error; any other one is left out."""
    first = next((cell.address for row in sheet.rows for cell in row if text_of(cell)), "")
    if not first:
        return []
    if is_alone or _looks_like_a_plan(sheet):
        message = f"La feuille « {sheet.name} » n’a pas d’en-tête que nous reconnaissions : {EXPECTED}."
        return [Problem(ERROR, sheet.name, first, message)]
    message = f"La feuille « {sheet.name} » ne contient pas de plan d’actions ; elle n’est pas lue."
    return [Problem(WARNING, sheet.name, first, message)]


def _looks_like_a_plan(sheet: Sheet) -> bool:
    """At least two rows that hold a status or a deadline beside other words."""
    found = 0
    for row in sheet.rows:
        texts = [text for cell in row if (text := text_of(cell))]
        told = [text for text in texts if len(text) < 40 and (status_of(text) or _is_deadline(text))]
        found += bool(told) and len(texts) > len(told)
        if found >= 2:
            return True
    return False


def _is_deadline(text: str) -> bool:
    fuzzy = parse(text, events={})
    return bool(fuzzy.earliest or fuzzy.latest)


def _twice(plans: Iterable[SourcePlan]) -> list[Problem]:
    seen: dict[str, SourcePlan] = {}
    problems = []
    for plan in plans:
        other = seen.setdefault(plan.title.casefold(), plan)
        if other is not plan:
            message = f"Les feuilles « {other.sheet} » et « {plan.sheet} » portent le même titre : changez-en un."
            if other.sheet == plan.sheet:
                message = f"Deux plans de la feuille « {plan.sheet} » portent le même titre : changez-en un."
            problems.append(Problem(ERROR, plan.sheet, plan.title_cell, message))
    return problems
