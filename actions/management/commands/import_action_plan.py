"""Import action plans: `manage.py import_action_plan FILE --unit 02 [--sheet NAME] [--effective-on 2016-10-07]`."""

import json
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from django.core.files import File
from django.db import transaction
from django.utils import timezone

from actions.imports.document import Document
from actions.imports.plan import Planned
from actions.imports.planning import plan_of
from actions.imports.reading import read_document, recognised
from actions.models import PlanImport
from actions.services import imports
from core.commands import FrenchCommand, parse_date
from core.enums import ImportState
from core.errors import UserError
from core.imports import flow
from core.imports.problems import Problem
from core.spreadsheets.errors import SpreadsheetError
from core.words import changes_in_words
from organisations.models import Unit


class Command(FrenchCommand):
    help = "Importe les plans d’actions d’un site (.xlsx, .ods, .xls, .csv ou texte)."

    def add_arguments(self, parser):
        parser.add_argument("file", metavar="FICHIER", type=Path)
        parser.add_argument("--unit", required=True, help="code du site")
        parser.add_argument("--sheet", default="", help="feuille à lire ; toutes, sans ce paramètre")
        parser.add_argument("--effective-on", default="", help="jour d’effet ; la date « màj » du document sinon")
        parser.add_argument("--dry-run", action="store_true", help="dit ce qui serait écrit, n’écrit rien")
        parser.add_argument("--format", choices=["text", "json"], default="text")

    def handle(self, *, file: Path, unit: str, sheet: str, effective_on: str, dry_run: bool, format: str, **options):  # noqa: A002
        site = Unit.objects.sites().filter(code=unit).first()
        if site is None:
            raise UserError(f"Aucun site n’a le code « {unit} ».")
        day = _effective_day(effective_on)
        document = _document(file, sheet)
        planned = plan_of(document, site=site, effective_on=day)
        is_refused = bool(planned.errors) or not any(plan.kept for plan in planned.kept)
        if not dry_run and not is_refused and not planned.changes_nothing:
            _record(document, file, site=site, sheet=sheet, day=day)
        self._print(planned, format, nothing=is_refused)
        if is_refused:
            raise UserError(f"{file.name} : {_refusal(planned)}")

    def _print(self, planned: Planned, format: str, *, nothing: bool) -> None:  # noqa: A002
        counts = dict.fromkeys(planned.counts, 0) if nothing else planned.counts
        if format == "json":
            content = counts | {"errors": _places(planned.errors), "warnings": _places(planned.warnings)}
            self.stdout.write(json.dumps(content, ensure_ascii=False, indent=1))
            return
        self.stdout.write(changes_in_words(**counts, ending="ée"))
        for problem in (*planned.errors, *planned.warnings):
            self.stdout.write(problem.placed)


def _effective_day(text: str) -> date | None:
    day = parse_date(text, "--effective-on") if text else None
    if day and day > timezone.localdate():
        raise UserError(f"--effective-on : le {day:%d/%m/%Y} n’est pas encore venu.")
    return day


def _document(file: Path, sheet: str) -> Document:
    try:
        return recognised(read_document(file, name=file.name), sheet=sheet)
    except SpreadsheetError as error:
        raise UserError(flow.placed(error)) from error
    except OSError as error:
        raise UserError(f"« {file.name} » : le fichier ne peut pas être ouvert.") from error


@transaction.atomic
def _record(document: Document, file: Path, *, site: Unit, sheet: str, day: date | None) -> None:
    """Keep the file too, so that the import can be undone in the browser."""
    record = PlanImport(
        site=site, sheet=sheet, effective_on=day, state=ImportState.PREVIEW, preview={"document": document.to_json()}
    )
    with file.open("rb") as content:
        flow.keep(record, File(content, name=file.name), by=None)
    imports.commit(record, lambda: plan_of(document, site=site, effective_on=day).to_write(), by=None)


def _places(problems: Iterable[Problem]) -> list[dict]:
    return [{"sheet": one.sheet, "cell": one.cell, "message": one.message} for one in problems]


def _refusal(planned: Planned) -> str:
    """One sentence with its place, and how many more there are."""
    if not planned.errors:
        return "aucune ligne n’est à reprendre dans ce document."
    more = len(planned.errors) - 1
    plural = "s" if more > 1 else ""
    return planned.errors[0].placed + (f" (et {more} autre{plural} erreur{plural})" if more else "")
