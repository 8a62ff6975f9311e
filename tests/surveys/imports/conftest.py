"""The ready questionnaires, campaigns that follow them, and files made on the spot."""

import csv
import io
from datetime import date
from pathlib import Path

import pytest
from django.core.files import File
from openpyxl import Workbook as XlsxWorkbook

from core.importing import engine
from core.importing.asks import Given
from core.sheets.reading.bounded import read
from demo.files import DATA
from surveys.enums import Kind
from surveys.imports.survey_file import SurveyFile
from surveys.models import Questionnaire, SurveyImport
from surveys.services import questionnaire_loading
from tests.surveys.factories import SurveyCampaignFactory

SATISFACTION = DATA / "clu_2022_enquete_satisfaction.csv"
CALLS = DATA / "clu_2022_appels_mystere.csv"
COURTESY = "la courtoisie des agents en contact avec le public"
WAITING = "le délai d’attente"


@pytest.fixture
def questionnaires(db):
    questionnaire_loading.load(questionnaire_loading.SHIPPED)


@pytest.fixture
def campaign(questionnaires):
    return SurveyCampaignFactory(code="enquete-2021", questionnaire=Questionnaire.objects.get(code="satisfaction"))


@pytest.fixture
def calls(questionnaires):
    return SurveyCampaignFactory(
        code="appels-2021", kind=Kind.MYSTERY, questionnaire=Questionnaire.objects.get(code="mystere-appels"),
        starts_on=date(2021, 5, 10), ends_on=date(2021, 5, 21), significance_threshold=4,
    )  # fmt: skip


@pytest.fixture
def write(tmp_path):
    """Write a file of lines; cells are separated by `sep`, in an encoding, under a name."""

    def written(*lines, sep=";", encoding="utf-8", name="enquete.csv") -> Path:
        path = tmp_path / name
        content = io.StringIO()
        csv.writer(content, delimiter=sep).writerows(lines)
        path.write_bytes(content.getvalue().encode(encoding))
        return path

    return written


@pytest.fixture
def write_xlsx(tmp_path):
    def written(*lines, name="enquete.xlsx", sheet="Réponses", before=()) -> Path:
        workbook = XlsxWorkbook()
        workbook.active.title = sheet
        for line in (*before, *lines):
            workbook.active.append(line)
        path = tmp_path / name
        workbook.save(path)
        return path

    return written


def planned(campaign, path, given=None):
    """The plan of a file for a campaign, with answers."""
    return SurveyFile(SurveyImport(campaign=campaign), Given(given or {})).plan(read(path, name=path.name))


def recorded(campaign, path, given=None, *, by=None):
    """Record a file as its plan shows it."""
    record = SurveyImport(campaign=campaign, choices=given or {})
    book = read(path, name=path.name)
    plan = engine.plan_book(SurveyFile, record, book)
    with path.open("rb") as content:
        return engine.record_at_once(SurveyFile, record, File(content, name=path.name), book=book, plan=plan, by=by)


def answers(plan):
    """The answers of the forms of a plan."""
    return [form["answers"] for form in plan.reading["forms"]]


def fates(plan):
    return [line.fate.value for line in plan.lines]


def asked(plan):
    """The codes of the open questions."""
    return [ask.code for ask in plan.open_asks]


def messages(problems) -> list[str]:
    return [f"{problem.place.cell} {problem.message}".replace("\u202f", " ") for problem in problems]


def left_out(plan) -> set[str]:
    """Why cells are not taken."""
    return set(plan.accounts.reasons)
