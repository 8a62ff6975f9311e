"""The préfecture of the Aisne, and its referential of the time."""

import json
from pathlib import Path

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse

from actions.imports.kind import PlanFile
from actions.models import PlanImport
from core import jobs
from core.importing.asks import Ask, Given
from core.importing.plan import SKIP_ERRORS, Plan
from core.sheets.reading.model import MergedRange, Sheet, Workbook
from organisations.enums import Role
from tests.core.importing import driving
from tests.organisations.factories import PrefectureFactory, ServiceFactory, user_with

DATA = Path(__file__).parents[2] / "data"
AISNE = DATA / "aisne_2016_plan_actions.xlsx"
PLAN_2019 = DATA / "plan_actions_2019.txt"
HEADINGS = ("Engagements", "Constat", "Responsable", "Échéance", "Réalisation de l’action", "Commentaire")
ROW = ("1 – Accueil", "Affichage à revoir", "SIDSIC", "15/11/15", "FAIT", "Fait le 03/11/2015")
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


@pytest.fixture
def referent(client, site):
    user = user_with(Role.QUALITY_REFERENT, site, first_name="Rémi", last_name="Quentin")
    client.force_login(user)
    return user


@pytest.fixture
def send(client, site, referent, workbook):
    """Send rows, a file or a text, read them as the worker does, and return the import."""

    def send(*rows, file=None, text="", day="", **options) -> PlanImport:
        data = {"site": site.pk, "text": text, "effective_on": day}
        if not text:
            path = file or workbook(*rows, **options)
            data["file"] = SimpleUploadedFile(path.name, path.read_bytes())
        response = client.post(reverse("actions:import-upload", args=[site.code]), data)
        assert response.status_code == 302, response.context_data["form"].errors
        record = PlanImport.objects.order_by("-pk").first()
        assert response.url == reverse("core:job", args=[record.job.uuid])
        jobs.run_now(record.job)
        return PlanImport.objects.select_related("site").get(pk=record.pk)

    return send


def page(client, record) -> str:
    return driving.Driver(client, PlanFile).page(record)


def act(client, name: str, record, **answers) -> str:
    """Press a button; `answers`: code of an ask → its answer."""
    data = {name_of(code): value for code, value in answers.items()}
    if name == "commit":
        data["seen"] = driving.seen(page(client, record))
    return driving.Driver(client, PlanFile).act(record, name, **data)


def name_of(code: str) -> str:
    return code if code == SKIP_ERRORS else Ask(code, "", ()).name


def read(rows, given=None, *, site, merged=(), **options) -> Plan:
    """The plan of a sheet of values, or of the lines of a text, with the answers given."""
    sheet = Sheet("Plan", [list(row) for row in rows], [MergedRange(*block) for block in merged], **options)
    return planned(Workbook("plan.xlsx", [sheet]), site, given)


def planned(book: Workbook, site, given=None) -> Plan:
    record = PlanImport(site=site)
    return PlanFile(record, Given(given or {})).plan(book)


def entries_of(plan: Plan) -> list:
    """The lines of a plan as they were read."""
    return [line.content.entry for line in plan.lines]
