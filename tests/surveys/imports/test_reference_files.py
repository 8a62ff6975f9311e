"""The two files of 2022, through the command, against `expected.json`; then in the other shapes they may come in."""

import csv
import io
import json
from pathlib import Path

import pytest
from django.core.management import call_command
from openpyxl import Workbook as XlsxWorkbook

from surveys.models import Place, Response, SurveyImport
from surveys.results import for_campaign
from surveys.services import campaigns
from tests.surveys.imports.conftest import CALLS, SATISFACTION, planned

EXPECTED = json.loads((Path(__file__).parents[2] / "data" / "expected.json").read_text(encoding="utf-8"))


def run(name, *arguments) -> str:
    out = io.StringIO()
    call_command(name, *map(str, arguments), "--format", "json", stdout=out)
    return json.loads(out.getvalue())


def rows() -> list[list[str]]:
    return list(csv.reader(SATISFACTION.read_text(encoding="utf-8-sig").splitlines(), delimiter=";"))


def test_the_52_forms_give_the_published_percentages_and_withhold_the_point_numerique(campaign):
    content = run("import_survey", SATISFACTION, "--campaign", campaign.code)
    assert {name: content[name] for name in ("created", "changed", "unchanged", "errors")} == {
        "created": 52, "changed": 0, "unchanged": 0, "errors": [],
    }  # fmt: skip
    campaigns.close(campaign, by=None)
    found = run("survey_results", "--campaign", campaign.code)
    names = ("criterion", "satisfied", "answered", "returns")
    assert [[row[name] for name in names] for row in found] == [
        [row[name] for name in names] for row in EXPECTED["clu_2022_satisfaction"]
    ]
    published = [row["published_percent"] for row in EXPECTED["clu_2022_satisfaction"]]
    assert [row["rate"] and round(row["rate"] * 100 + 1e-9, 1) for row in found] == published
    assert [row["significant"] for row in found] == [True] * 14 + [False]


def test_the_17_calls_give_the_published_percentages(calls):
    assert run("import_survey", CALLS, "--campaign", calls.code)["created"] == 17
    campaigns.close(calls, by=None)
    found = run("survey_results", "--campaign", calls.code)
    expected = EXPECTED["clu_2022_mystery"]
    assert [[row["criterion"], row["yes"], row["evaluated"], row["tests"]] for row in found] == [
        [row["criterion"], row["yes"], row["evaluated"], row["calls"]] for row in expected
    ]
    assert [round(row["rate"] * 100, 1) for row in found] == [row["published_percent"] for row in expected]


def test_the_two_places_of_the_file_are_created_and_named(campaign):
    run("import_survey", SATISFACTION, "--campaign", campaign.code)
    assert [(cut.label, cut.returns) for cut in for_campaign(campaign).by_place] == [
        ("Accueil général bâtiment A", 24),
        ("Bureau de l'immigration et de l'intégration", 28),
    ]
    assert Place.objects.filter(site=campaign.site).count() == 2


def test_sending_the_file_again_changes_nothing(campaign):
    run("import_survey", SATISFACTION, "--campaign", campaign.code)
    again = run("import_survey", SATISFACTION, "--campaign", campaign.code)
    assert (again["created"], again["changed"], again["unchanged"], again["warnings"]) == (0, 0, 52, [])
    assert (Response.objects.count(), SurveyImport.objects.count()) == (52, 1)


def test_a_dry_run_writes_nothing(campaign):
    assert run("import_survey", SATISFACTION, "--campaign", campaign.code, "--dry-run")["created"] == 52
    assert (Response.objects.count(), SurveyImport.objects.count(), Place.objects.count()) == (0, 0, 0)


@pytest.mark.parametrize(
    ("encoding", "delimiter"), [("cp1252", ";"), ("utf-8", ","), ("utf-16", "\t"), ("utf-8-sig", ";")]
)
def test_any_usual_encoding_and_delimiter_is_the_same_file(campaign, tmp_path, encoding, delimiter):
    content = io.StringIO()
    csv.writer(content, delimiter=delimiter).writerows(rows())
    path = tmp_path / "sphinx.csv"
    path.write_bytes(content.getvalue().encode(encoding))
    run("import_survey", SATISFACTION, "--campaign", campaign.code)
    plan = planned(campaign, path)
    assert (plan.counts, plan.errors, plan.open_asks) == ({"created": 0, "changed": 0, "unchanged": 52}, [], [])


def test_a_workbook_is_the_same_file(campaign, tmp_path):
    workbook = XlsxWorkbook()
    workbook.active.append(["Enquête de satisfaction 2021"])
    workbook.active.append([])
    for row in rows():
        workbook.active.append(row)
    path = tmp_path / "sphinx.xlsx"
    workbook.save(path)
    run("import_survey", SATISFACTION, "--campaign", campaign.code)
    plan = planned(campaign, path)
    assert (plan.layout.tables[0].headings, plan.counts["unchanged"], plan.errors) == ((3, 3), 52, [])
