"""Import by a command: what it prints, what it records, its exit codes."""

import json

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from indicators.models import GridImport
from organisations.models import ClosedDay
from tests.core.importing.closures import NOT_A_DAY, ClosuresCommand, ClosuresFile

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(site, tmp_path, capsys):
    """Run the command on a table: (exit code, what it printed, what it said on standard error)."""

    def run(*rows, options=()):
        file = tmp_path / "fermetures.csv"
        file.write_text("\n".join(";".join(row) for row in rows))
        code, said = 0, ""
        try:
            call_command(ClosuresCommand(), str(file), *options)
        except CommandError as error:
            code, said = error.returncode, str(error)
        return code, capsys.readouterr().out, said

    return run


def test_a_file_is_recorded_and_can_be_undone_in_the_browser(run, client, driver, referent):
    code, out, _ = run(("Jour", "Raison"), ("12/05/2026", "Pont"))
    assert (code, out.splitlines()) == (0, ["1 fermeture à créer.", "4 cellules : 4 lues."])
    assert ClosedDay.objects.get().label == "Pont"
    assert "tout est revenu comme avant" in driver.act(GridImport.objects.get(), "undo")
    assert ClosedDay.objects.count() == 0


def test_a_dry_run_writes_nothing(run):
    code, out, _ = run(("Jour", "Raison"), ("12/05/2026", "Pont"), options=("--dry-run", "--format", "json"))
    assert code == 0
    assert json.loads(out) == {
        "created": 1, "changed": 0, "unchanged": 0, "errors": [], "warnings": [], "asks": [], "left_out": [],
        "cells": {"filled": 4, "read": 4, "left_out": 0, "asked": 0}, "rows": [{"cell": "A2"}],
    }  # fmt: skip
    assert (ClosedDay.objects.count(), GridImport.objects.count()) == (0, 0)


def test_open_questions_write_nothing_and_exit_with_3(run):
    code, out, said = run(("Jour", "Pourquoi"), ("12/05/2026", "Pont"), options=("--format", "json"))
    told = json.loads(out)
    assert code == 3
    assert said.startswith("fermetures.csv : 1 question à décider, rien n’est enregistré.")
    assert told["asks"] == [
        {
            "code": "role:T:B",
            "sheet": "Feuille 1",
            "cells": ["B1"],
            "question": "Que contient la colonne « Pourquoi » ?",
            "options": [
                {"value": "day", "label": "Jour"},
                {"value": "label", "label": "Raison"},
                {"value": "-", "label": "non lu"},
            ],
        }
    ]
    assert told["cells"] == {"filled": 4, "read": 2, "left_out": 0, "asked": 2}
    assert ClosedDay.objects.count() == 0


def test_an_error_prints_its_place_writes_nothing_and_exits_with_1(run):
    rows = (("Jour", "Raison"), ("12/05/2026", "Pont"), ("31/02/2026", "Pont"))
    code, out, said = run(*rows, options=("--format", "json"))
    told = json.loads(out)
    assert (code, said) == (1, f"fermetures.csv : Feuille « Feuille 1 », cellule A3 : {NOT_A_DAY}")
    assert told["errors"] == [{"sheet": "Feuille 1", "cell": "A3", "message": NOT_A_DAY}]
    assert told["created"] == 0
    assert ClosedDay.objects.count() == 0


def test_a_file_that_cannot_be_opened_is_one_sentence_and_exit_code_1(run, site):
    with pytest.raises(CommandError, match="absent") as caught:
        call_command(ClosuresCommand(), "/nulle-part/absent.xlsx")
    assert caught.value.returncode == 1


def test_the_reading_is_written_changed_by_hand_and_given_back(run, tmp_path):
    reading = tmp_path / "lecture.json"
    rows = (("Jour", "Pourquoi"), ("12/05/2026", "Ravalement"))
    assert run(*rows, options=("--dry-run", "--explain", str(reading)))[0] == 3
    told = json.loads(reading.read_text())
    columns = told["layout"]["tables"][0]["columns"]
    assert [(one["column"], one["heading"], one["role"], one["source"]) for one in columns] == [
        ("A", "Jour", "day", "found"),
        ("B", "Pourquoi", "", "open"),
    ]
    assert [(ask["code"], ask["proposed"]) for ask in told["open"]] == [("role:T:B", "label")]
    answers = {"role:T:B": "label", "word:raison:ravalement": "Travaux"}
    reading.write_text(json.dumps(told | {"answers": told["answers"] | answers}))
    assert run(*rows, options=("--layout", str(reading)))[0] == 0
    assert ClosedDay.objects.get().label == "Travaux"


@pytest.mark.parametrize("content", ["", "[]", '{"answers": []}', '{"answers": {"a": 1}}', "[" * 100_000])
def test_a_file_that_is_no_reading_is_refused_in_words(run, tmp_path, content):
    reading = tmp_path / "lecture.json"
    reading.write_text(content)
    code, _, said = run(("Jour", "Raison"), options=("--layout", str(reading)))
    assert code == 1
    assert "lecture.json" in said


def test_a_file_already_recorded_changes_nothing_and_exits_with_0(run):
    rows = (("Jour", "Raison"), ("12/05/2026", "Pont"))
    run(*rows)
    code, out, _ = run(*rows)
    assert code == 0
    assert out.startswith("Rien ne change : tout ce que nous lisons dans ce fichier est déjà enregistré.")
    assert ClosuresFile.model.objects.count() == 1
