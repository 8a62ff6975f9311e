"""Import a grid: `manage.py import_indicators FILE --unit 13-aix --year 2020 [--dry-run] [--format json]`."""

import json
from dataclasses import asdict
from pathlib import Path

from django.core.files import File
from django.db import transaction

from core.commands import FrenchCommand
from core.enums import ImportState
from core.errors import UserError
from core.imports import flow
from core.imports.problems import Problem
from core.spreadsheets.errors import SpreadsheetError
from core.spreadsheets.reading import read
from core.words import changes_in_words
from indicators.imports.plan import IGNORE, Plan
from indicators.imports.planning import plan_of, recognise_for
from indicators.models import GridImport
from indicators.services import imports
from indicators.views.sites import FIRST_YEAR, LAST_YEAR
from organisations.models import Unit


class Command(FrenchCommand):
    help = "Importe la grille d’indicateurs d’un site et d’une année (.xlsx, .ods, .xls ou .csv)."

    def add_arguments(self, parser):
        parser.add_argument("file", metavar="FICHIER", type=Path)
        parser.add_argument("--unit", required=True, help="code du site")
        parser.add_argument("--year", required=True, type=int, help="année de la grille")
        parser.add_argument("--dry-run", action="store_true", help="dit ce qui serait écrit, n’écrit rien")
        parser.add_argument("--reason", default="", help="raison de la rectification, si un mois est clos")
        parser.add_argument("--format", choices=["text", "json"], default="text")

    def handle(self, *, file: Path, unit: str, year: int, dry_run: bool, reason: str, format: str, **options):  # noqa: A002
        site = Unit.objects.sites().filter(code=unit).first()
        if site is None:
            raise UserError(f"Aucun site n’a le code « {unit} ».")
        if not FIRST_YEAR <= year <= LAST_YEAR:
            raise UserError(f"L’année {year} n’est pas entre {FIRST_YEAR} et {LAST_YEAR}.")
        plan = _plan(file, site, year)
        is_refused = bool(plan.errors) or not plan.kept
        if not dry_run and not is_refused:
            _record(plan, file, site, year, reason)
        self._print(plan, format, nothing=is_refused)
        if is_refused:
            raise UserError(f"{file.name} : {_refusal(plan)}")

    def _print(self, plan: Plan, format: str, *, nothing: bool) -> None:  # noqa: A002
        counts = dict.fromkeys(plan.counts, 0) if nothing else plan.counts
        content = counts | {
            "errors": [_place(problem) for problem in plan.errors],
            "warnings": [_place(problem) for problem in plan.warnings],
        }
        if format == "json":
            self.stdout.write(json.dumps(content, ensure_ascii=False, indent=1))
            return
        self.stdout.write(changes_in_words(**counts, ending="ée"))
        for problem in (*plan.errors, *plan.warnings):
            self.stdout.write(problem.placed)


def _plan(file: Path, site: Unit, year: int) -> Plan:
    try:
        workbook = read(file, name=file.name)
    except SpreadsheetError as error:
        raise UserError(flow.placed(error)) from error
    except OSError as error:
        raise UserError(f"« {file.name} » : le fichier ne peut pas être ouvert.") from error
    return plan_of(recognise_for(site, year, workbook), site=site, year=year, by_default=IGNORE)


@transaction.atomic
def _record(plan: Plan, file: Path, site: Unit, year: int, reason: str) -> None:
    """Keep the file too, so that the import can be undone in the browser."""
    if plan.changes_nothing:
        return
    record = GridImport(site=site, year=year, state=ImportState.PREVIEW, preview={"grid": plan.grid.to_json()})
    with file.open("rb") as content:
        flow.keep(record, File(content, name=file.name), by=None)
    imports.commit(record, plan.to_write(), by=None, amendment_reason=reason)


def _place(problem: Problem) -> dict:
    row = asdict(problem)
    return {name: row[name] for name in ("sheet", "cell", "message")}


def _refusal(plan: Plan) -> str:
    """One sentence with its place, and how many more there are."""
    if not plan.errors:
        return "aucune ligne n’est à reprendre dans ce fichier."
    more = len(plan.errors) - 1
    others = f" (et {more} autre{'s' if more > 1 else ''} erreur{'s' if more > 1 else ''})" if more else ""
    return plan.errors[0].placed + others
