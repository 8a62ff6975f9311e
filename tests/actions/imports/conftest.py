"""The préfecture of the Aisne, and its referential of the time."""

import json
from pathlib import Path

import openpyxl
import pytest
from django.core.management import CommandError, call_command

from tests.factories import PrefectureFactory, ServiceFactory

DATA = Path(__file__).parents[2] / "data"
AISNE = DATA / "aisne_2016_plan_actions.xlsx"
PLAN_2019 = DATA / "plan_actions_2019.txt"
HEADINGS = ("Engagements", "Constat", "Responsable", "Échéance", "Réalisation de l’action", "Commentaire")
TITLE = "Plan d’actions suite à l’audit interne du 16/10/2015"


@pytest.fixture
def site(db):
    """The préfecture, with one of the services that its plans name."""
    prefecture = PrefectureFactory(code="02", name="Préfecture de l’Aisne")
    ServiceFactory(parent=prefecture, code="02-sidsic", sigle="SIDSIC", name="Systèmes d’information")
    return prefecture


@pytest.fixture
def referential(db):
    call_command("load_referential", "referential/data/qualipref-2-0.json", verbosity=0)


@pytest.fixture
def run(capsys):
    """The command in JSON."""

    def run(file, *options, unit="02") -> dict:
        capsys.readouterr()
        call_command("import_action_plan", str(file), "--unit", unit, "--format", "json", *options)
        return json.loads(capsys.readouterr().out)

    return run


@pytest.fixture
def refused(capsys):
    """What the command says on a document that it refuses: the sentence, and the list in JSON."""

    def refused(file, *options, unit="02") -> tuple[str, dict]:
        capsys.readouterr()
        with pytest.raises(CommandError) as error:
            call_command("import_action_plan", str(file), "--unit", unit, "--format", "json", *options)
        printed = capsys.readouterr().out
        return str(error.value), json.loads(printed) if printed else {}

    return refused


@pytest.fixture
def workbook(tmp_path):
    """A workbook of one sheet: a title, a « màj » day, the headings of the services, then the rows given."""

    def workbook(*rows, title=TITLE, updated="màj 07/10/16", headings=HEADINGS, name="plan.xlsx"):
        book = openpyxl.Workbook()
        sheet = book.active
        sheet.title = "Plan"
        for row in ((title,), (updated,), headings, *rows):
            sheet.append(row)
        file = tmp_path / name
        book.save(file)
        return file

    return workbook
