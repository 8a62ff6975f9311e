"""`manage.py import_indicators`: the real grid of Aix, again, undone, and bad input in one sentence."""

import json
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from django.core.management import CommandError, call_command

from core.importing import engine
from indicators.enums import CampaignState
from indicators.imports.gridfile import GridFile
from indicators.models import Assignment, GridImport, Indicator, PastResult, Reading, Target, Value
from organisations.enums import Role
from tests.indicators.factories import CampaignFactory
from tests.organisations.factories import SousPrefectureFactory, user_with

pytestmark = pytest.mark.django_db
DATA = Path(__file__).parents[1] / "data"
AIX = DATA / "aix_2020_tableau_de_bord.xlsx"
EXPECTED = json.loads((DATA / "expected.json").read_text())["aix_2020"]


@pytest.fixture
def site():
    return SousPrefectureFactory(code="13-aix", name="Aix")


@pytest.fixture
def run(capsys):
    def run(file, *options, year="2020", unit="13-aix") -> dict:
        capsys.readouterr()
        call_command("import_indicators", str(file), "--unit", unit, "--year", year, "--format", "json", *options)
        return json.loads(capsys.readouterr().out)

    return run


def counts(content: dict) -> tuple[int, int, int]:
    return content["created"], content["changed"], content["unchanged"]


def workbook(tmp_path, *rows, title="2020") -> Path:
    book = openpyxl.Workbook()
    book.active.title = title
    for row in rows:
        book.active.append(row)
    file = tmp_path / "grille.xlsx"
    book.save(file)
    return file


def test_the_grid_of_aix_gives_the_readings_expected(site, catalogue, run):
    assert counts(run(AIX)) == (239, 0, 0)
    readings = list(Reading.objects.for_dashboard(site.pk, 2020))
    assert [reading.mean and round(float(reading.mean), 6) for reading in readings] == [
        row["mean_of_measured_months"] for row in EXPECTED
    ]
    assert [reading.measured_months for reading in readings] == [row["measured_months"] for row in EXPECTED]


def test_targets_last_year_comments_and_states_come_with_it(site, catalogue, run):
    run(AIX)
    svi = Reading.objects.get(site=site, indicator__code="taux-appels-aboutis-svi")
    assert (svi.target_direction, svi.target_value, svi.target_met) == (">=", Decimal("0.9"), False)
    assert (svi.previous_value, svi.previous_target_met) == (Decimal("0.969"), True)
    assert list(PastResult.objects.filter(text="79/mois").values_list("value", flat=True)) == [Decimal("79")]
    assert set(Value.objects.filter(state="suspended").values_list("reason", flat=True)) == {"COVID"}
    commented = Value.objects.exclude(comment="").order_by("indicator__position", "month")
    assert [(value.month, value.comment[:9]) for value in commented if value.comment.startswith("1 courr")] == [
        (7, "1 courrie")
    ]


def test_the_site_enters_the_indicators_nobody_entered_yet(site, catalogue, run):
    run(AIX)
    assert set(Assignment.objects.values_list("site__code", "unit__code")) == {("13-aix", "13-aix")}
    assert Assignment.objects.count() == 20


def test_importing_again_changes_nothing(site, catalogue, run):
    run(AIX)
    history = Value.history.count()
    assert counts(run(AIX)) == (0, 0, 239)
    assert (Value.history.count(), GridImport.objects.count()) == (history, 1)


def test_a_dry_run_says_all_and_writes_nothing(site, catalogue, run):
    assert counts(run(AIX, "--dry-run")) == (239, 0, 0)
    assert (Value.objects.count(), Assignment.objects.count(), GridImport.objects.count()) == (0, 0, 0)


def test_the_import_is_undone_as_a_whole(site, catalogue, run):
    targets = Target.objects.count()
    run(AIX)
    engine.undo(GridFile, GridImport.objects.get(), by=user_with(Role.QUALITY_REFERENT, site))
    left = [model.objects.count() for model in (Value, Assignment, PastResult, Reading)]
    assert (left, Target.objects.count()) == ([0] * 4, targets)


def test_a_row_unknown_to_the_catalogue_becomes_an_indicator_of_the_site(site, catalogue, run, tmp_path):
    file = workbook(
        tmp_path, ["Famille", "Indicateur", "Janv", "Févr", "Mars"], ["Accueil", "Nombre de tablettes", 4, 5, 6]
    )
    assert counts(run(file)) == (3, 0, 0)
    made = Indicator.objects.get(owner=site)
    assert (made.label, made.measure, made.year_rule, made.family.name) == (
        "Nombre de tablettes",
        "count",
        "sum",
        "Accueil",
    )
    assert counts(run(file)) == (0, 0, 3)


@pytest.mark.parametrize(
    ("rows", "sheet", "cell", "words"),
    [
        ((["Indicateur", "Janv", "Févr", "Mars"], ["Taux d'appels aboutis", 0.9, "9870 %", 0.9]), "2020", "C2", "taux"),
        (
            (["Indicateur", "Janv", "Janvier", "Mars", "Avril"], ["Taux d'appels aboutis", 0.9, 0.9, 0.9, 0.9]),
            "2020",
            "C1",
            "janvier",
        ),
        (
            (["Indicateur", "Janv", "Févr", "Mars"], ["Taux d'appels aboutis", 0.9, "12/03/2020", 0.9]),
            "2020",
            "C2",
            "date",
        ),
    ],
)
def test_an_error_names_its_sheet_and_cell_and_nothing_is_written(
    site, catalogue, tmp_path, capsys, rows, sheet, cell, words
):
    file = workbook(tmp_path, *rows)
    with pytest.raises(CommandError) as refusal:
        call_command("import_indicators", str(file), "--unit", "13-aix", "--year", "2020", "--format", "json")
    content = json.loads(capsys.readouterr().out)
    assert counts(content) == (0, 0, 0)
    assert [(error["sheet"], error["cell"]) for error in content["errors"]] == [(sheet, cell)]
    assert words in content["errors"][0]["message"].lower()
    assert f"grille.xlsx : Feuille « {sheet} », cellule {cell} : " in str(refusal.value)
    assert Value.objects.count() == 0


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--unit", "inconnu", "--year", "2020"], "Aucun site n’a le code « inconnu »."),
        (["--unit", "13-aix", "--year", "1789"], "L’année 1789 n’est pas entre 2000 et 2100."),
    ],
)
def test_bad_parameters_are_refused_in_one_sentence(site, catalogue, options, words):
    with pytest.raises(CommandError, match=words):
        call_command("import_indicators", str(AIX), *options)


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7 nothing", b"PK\x03\x04 broken"])
def test_a_file_that_is_no_grid_is_refused_in_one_sentence(site, tmp_path, content):
    file = tmp_path / "grille.xlsx"
    file.write_bytes(content)
    with pytest.raises(CommandError, match=r"grille\.xlsx"):
        call_command("import_indicators", str(file), "--unit", "13-aix", "--year", "2020")


def test_a_file_that_is_not_there_is_refused_in_one_sentence(site):
    with pytest.raises(CommandError, match=r"absent\.xlsx"):
        call_command("import_indicators", "absent.xlsx", "--unit", "13-aix", "--year", "2020")


def test_a_closed_month_asks_for_a_reason(site, catalogue, run):
    CampaignFactory(site=site, year=2020, month=1, state=CampaignState.CLOSED)
    with pytest.raises(CommandError, match="1 question à décider, rien n’est enregistré") as asked:
        run(AIX)
    assert (asked.value.returncode, Value.objects.count()) == (3, 0)
    run(AIX, "--reason", "Reprise de la grille papier")
    assert Value.objects.filter(is_amendment=True).values_list("month", flat=True).distinct().get() == 1
    assert set(Value.history.filter(month=1).values_list("history_change_reason", flat=True)) == {
        "Reprise de la grille papier"
    }


def test_the_reading_is_printed_and_explained_and_its_answers_taken_back(site, catalogue, run, tmp_path, capsys):
    file = workbook(
        tmp_path,
        ["Indicateur", "Unité", "Janv", "Févr", "Mars"],
        ["Taux d'appels aboutis", "", "90 %", "fermé le 15", 95],
    )
    with pytest.raises(CommandError) as asked:
        run(file, "--dry-run", "--explain", str(tmp_path / "lecture.json"))
    content = json.loads(capsys.readouterr().out)
    assert asked.value.returncode == 3
    assert content["cells"]["filled"] == sum(content["cells"][name] for name in ("read", "left_out", "asked"))
    assert content["values"][0] == (
        {
            "label": "Taux d'appels aboutis",
            "month": 1,
            "state": "measured",
            "value": 0.9,
            "numerator": None,
            "denominator": None,
            "sheet": "2020",
            "cell": "C2",
        }
    )
    assert [ask["code"] for ask in content["asks"]] == ["word:state:ferme le 15"]
    answers = json.loads((tmp_path / "lecture.json").read_text())
    answers["answers"] = {"word:state:ferme le 15": "closed", "role:2020:E": "-"}
    (tmp_path / "lecture.json").write_text(json.dumps(answers))
    assert counts(run(file, "--layout", str(tmp_path / "lecture.json"))) == (2, 0, 0)
    assert list(Value.objects.order_by("month").values_list("state", flat=True)) == ["measured", "closed"]
