"""Import a survey file: `manage.py import_survey FILE --campaign CODE [--dry-run] [--format json]`."""

import json
from collections.abc import Sequence
from pathlib import Path

from django.core.files import File
from django.db import transaction

from core.commands import FrenchCommand, parse_date
from core.enums import ImportState
from core.errors import UserError
from core.imports import flow
from core.imports.problems import Problem
from core.spreadsheets.errors import SpreadsheetError
from core.spreadsheets.reading import read
from core.words import changes_in_words
from surveys.imports.headings import TARGET_LABELS, key_of
from surveys.imports.plan import Plan
from surveys.imports.planning import plan_of, table_of
from surveys.imports.problems import of_unknown_columns
from surveys.models import Campaign, Question, SurveyImport
from surveys.services import imports


class Command(FrenchCommand):
    help = "Importe les formulaires d’une campagne d’enquête (.csv, .xlsx, .ods ou .xls), de Sphinx, LimeSurvey…"

    def add_arguments(self, parser):
        parser.add_argument("file", metavar="FICHIER", type=Path)
        parser.add_argument("--campaign", required=True, help="code de la campagne")
        parser.add_argument("--dry-run", action="store_true", help="dit ce qui serait écrit, n’écrit rien")
        parser.add_argument(
            "--column", action="append", default=[], metavar="EN-TÊTE=CODE",
            help="ce que contient une colonne : code d’une question, @number, @date, @place… ou rien pour la laisser",
        )  # fmt: skip
        parser.add_argument("--reversed", action="store_true", help="le code 1 est le moins satisfait")
        parser.add_argument("--day", default="", help="date des formulaires, si le fichier ne la donne pas")
        parser.add_argument("--format", choices=["text", "json"], default="text")

    def handle(self, *, file: Path, campaign: str, dry_run: bool, format: str, **options):  # noqa: A002
        found = Campaign.objects.select_related("site", "questionnaire").filter(code=campaign).first()
        if found is None:
            raise UserError(f"Aucune campagne d’enquête n’a le code « {campaign} ».")
        choices = _choices(found, options["column"], options["reversed"], options["day"])
        plan = _plan(file, found, choices)
        errors = [*of_unknown_columns(plan.table, plan.columns), *plan.errors]
        if not dry_run and not errors:
            _record(plan, file, found, choices)
        self._print(plan, errors, format)
        if errors:
            raise UserError(f"{file.name} : {_refusal(errors)}")

    def _print(self, plan: Plan, errors: Sequence[Problem], format: str) -> None:  # noqa: A002
        counts = dict.fromkeys(plan.counts, 0) if errors else plan.counts
        content = counts | {
            "errors": [_place(problem) for problem in errors],
            "warnings": [_place(problem) for problem in plan.warnings],
        }
        if format == "json":
            self.stdout.write(json.dumps(content, ensure_ascii=False, indent=1))
            return
        self.stdout.write(changes_in_words(**counts))
        for problem in (*errors, *plan.warnings):
            self.stdout.write(problem.placed)


def _choices(campaign: Campaign, columns: Sequence[str], is_reversed: bool, day: str) -> dict:
    codes = set(Question.objects.filter(questionnaire=campaign.questionnaire_id).values_list("code", flat=True))
    chosen = {}
    for text in columns:
        heading, sign, target = text.rpartition("=")
        if not sign or (target and target not in codes and target not in TARGET_LABELS):
            raise UserError(f"--column : « {text} » ne se lit pas comme EN-TÊTE=CODE, le code d’une question.")
        chosen[key_of(heading)] = target
    kept = parse_date(day, "--day").isoformat() if day else ""
    return {"columns": chosen, "reversed": is_reversed, "day": kept}


def _plan(file: Path, campaign: Campaign, choices: dict) -> Plan:
    try:
        return plan_of(campaign, table_of(campaign, read(file, name=file.name)), choices)
    except SpreadsheetError as error:
        raise UserError(flow.placed(error)) from error
    except OSError as error:
        raise UserError(f"« {file.name} » : le fichier ne peut pas être ouvert.") from error


@transaction.atomic
def _record(plan: Plan, file: Path, campaign: Campaign, choices: dict) -> None:
    """Keep the file too, so that the import can be undone in the browser."""
    if plan.changes_nothing:
        return
    preview = {"table": plan.table.to_json()}
    record = SurveyImport(campaign=campaign, state=ImportState.PREVIEW, preview=preview, choices=choices)
    with file.open("rb") as content:
        flow.keep(record, File(content, name=file.name), by=None)
    imports.commit(record, plan.to_write(), by=None)


def _place(problem: Problem) -> dict:
    return {"sheet": problem.sheet, "cell": problem.cell, "message": problem.message}


def _refusal(errors: Sequence[Problem]) -> str:
    """One sentence with its place, and how many more there are."""
    more = len(errors) - 1
    others = f" (et {more} autre{'s' if more > 1 else ''} erreur{'s' if more > 1 else ''})" if more else ""
    return errors[0].placed + others
