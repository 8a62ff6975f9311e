"""The ready questionnaires, campaigns that follow them, and files made on the spot."""

import csv
import io
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook as XlsxWorkbook

from core.spreadsheets.reading import read
from surveys.enums import Kind
from surveys.imports.planning import plan_of, table_of
from surveys.models import Questionnaire
from surveys.services import questionnaire_loading
from tests.survey_factories import SurveyCampaignFactory

DATA = Path(__file__).parents[3] / "reports" / "demo" / "data"
SATISFACTION = DATA / "clu_2022_enquete_satisfaction.csv"
CALLS = DATA / "clu_2022_appels_mystere.csv"


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


def planned(campaign, path, choices=None):
    """The plan of a file for a campaign."""
    return plan_of(campaign, table_of(campaign, read(path, name=path.name)), choices)


def messages(problems) -> list[str]:
    return [f"{problem.cell} {problem.message}" for problem in problems]
