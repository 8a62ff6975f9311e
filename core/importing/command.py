"""Import by a command: the same plan as the page, said in words or as JSON, recorded when nothing is left to decide.

Exit code 0: recorded, or nothing to record; 3: questions are open; 1: refused. Nothing is half-written.
"""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, ClassVar

from django.core.files import File
from django.core.management.base import CommandError, CommandParser

from core.base.commands import FrenchCommand
from core.base.errors import UserError
from core.importing import engine, explaining, sentences
from core.importing.accounts import Accounts, ranges
from core.importing.file_told import ENCODING
from core.importing.kind import FileImport
from core.importing.layout import Layout
from core.importing.places import Problem, ReadPlace, error
from core.importing.plan import Plan
from core.models import AbstractImport
from core.sheets.reading.addresses import position_of
from core.sheets.reading.bounded import read
from core.sheets.reading.errors import SpreadsheetError
from core.sheets.reading.model import Workbook

ASKED = 3  # exit code: questions are open
MOST_SAID = 50


class ImportCommand(FrenchCommand):
    """A command gives `kind`, its arguments, `record_of(options)` and, where its options answer asks, `answers_of`."""

    kind: ClassVar[type[FileImport]]

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FICHIER", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="dit ce qui serait écrit, n’écrit rien")
        parser.add_argument("--explain", metavar="FICHIER", type=Path, help="écrit en JSON comment le fichier est lu")
        parser.add_argument("--layout", metavar="FICHIER", type=Path, help="reprend cette lecture et ses réponses")
        parser.add_argument("--format", choices=["text", "json"], default="text")

    def record_of(self, options: dict[str, Any]) -> AbstractImport:
        """The import, unsaved, with what it is about (site, year…). UserError for a wrong option."""
        raise NotImplementedError

    def answers_of(self, options: dict[str, Any]) -> dict[str, str]:
        """Ask code → value, said by the command's own options."""
        return {}

    def handle(self, *args: Any, **options: Any) -> None:
        file, record = options["file"], self.record_of(options)
        layout = options["layout"]
        record.choices = {**(explaining.answers_in(layout) if layout else {}), **self.answers_of(options)}
        book, plan = self._read(record, file)
        if options["explain"]:
            _write(options["explain"], explaining.explained(plan))
        if book is not None and plan.is_ready and not options["dry_run"]:
            with file.open("rb") as content:
                sent = File(content, name=file.name)
                engine.record_at_once(self.kind, record, sent, book=book, plan=plan, by=None)
        self._say(plan, options["format"])
        self._refuse_rest(plan, file)

    def _read(self, record: AbstractImport, file: Path) -> tuple[Workbook | None, Plan]:
        """The file and its plan; one that cannot be opened, or in which nothing is read, has a plan that says so."""
        book = None
        try:
            book = read(file, name=file.name, encoding=record.choices.get(ENCODING, ""))
            plan = engine.plan_book(self.kind, record, book)
            if plan.kept or plan.errors or plan.open_asks:
                return book, plan
            return book, replace(plan, problems=[*plan.problems, error("Aucune ligne n’est à reprendre.")])
        except SpreadsheetError as failure:
            row, column = position_of(failure.cell) if failure.cell else (0, 0)
            said = failure.message.removeprefix(f"« {file.name} » : ")  # each sentence of a command names its file
            problem = error(said[:1].upper() + said[1:], ReadPlace(failure.sheet or "", row, column))
        except OSError:
            problem = error("Le fichier ne peut pas être ouvert.")
        return book, Plan(Layout(), Accounts(), problems=[problem])

    def _say(self, plan: Plan, form: str) -> None:
        if form == "json":
            self.stdout.write(json.dumps(as_json(plan), ensure_ascii=False, indent=1))
            return
        for line in self._told(plan):
            self.stdout.write(line)

    def _told(self, plan: Plan) -> Iterator[str]:
        yield sentences.summary(self.kind.noun, plan)
        yield f"{sentences.account(plan)}."
        for problem in (*plan.errors, *plan.warnings):
            yield problem.placed
        for ask in plan.open_asks[:MOST_SAID]:
            where = f" ({', '.join(ranges(ask.places))})" if ask.places else ""
            yield f"À décider{where} : {ask.question} [{ask.code}]"
        for _, why, places in plan.accounts.left_out():
            yield f"Non repris : {', '.join(ranges(places)[:MOST_SAID])} : {why}"

    def _refuse_rest(self, plan: Plan, file: Path) -> None:
        """Leave with the code that says what is in the way."""
        blocking = plan.file_errors if plan.is_skipping else plan.errors
        if blocking:
            raise CommandError(f"{file.name} : {_with_more(blocking)}")
        if plan.open_asks:
            number = len(plan.open_asks)
            raise CommandError(
                f"{file.name} : {number} question{'s' if number > 1 else ''} à décider, rien n’est enregistré. "
                "Répondez dans l’application, ou avec --explain et --layout.",
                returncode=ASKED,
            )


def as_json(plan: Plan) -> dict[str, Any]:
    """The plan as `--format json` prints it; nothing is counted as written while something is in the way."""
    is_written = plan.is_ready or plan.changes_nothing
    return {
        **(plan.counts if is_written else dict.fromkeys(plan.counts, 0)),
        "errors": [problem.as_json() for problem in plan.errors],
        "warnings": [problem.as_json() for problem in plan.warnings],
        "asks": [ask.as_json() for ask in plan.open_asks],
        "left_out": plan.accounts.as_json(),
        "cells": plan.accounts.counts,
        **plan.reading,
    }


def _write(path: Path, content: dict[str, Any]) -> None:
    try:
        path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    except OSError as failure:
        raise UserError(f"« {path} » : ce fichier ne peut pas être écrit.") from failure


def _with_more(problems: list[Problem]) -> str:
    """One sentence with its place, and how many more there are."""
    more = len(problems) - 1
    plural = "s" if more > 1 else ""
    return problems[0].placed + (f" (et {more} autre{plural} erreur{plural})" if more else "")
