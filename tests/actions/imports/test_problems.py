"""Bad documents: one clear sentence each, with the sheet and the cell; nothing half-written."""

from datetime import date

import openpyxl
import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from actions.models import Finding, Plan, PlanImport
from tests.actions.imports.conftest import AISNE, HEADINGS, TITLE
from tests.organisations.factories import PrefectureFactory, ServiceFactory

pytestmark = pytest.mark.django_db


def first_error(printed: dict) -> tuple[str, str, str]:
    error = printed["errors"][0]
    return error["sheet"], error["cell"], error["message"]


@pytest.mark.parametrize(
    ("row", "cell", "message"),
    [
        (
            ("", "", "RQ", "15/11/15", "FAIT", ""),
            "B4",
            "La ligne 4 décrit une action sans constat : écrivez le constat, ou supprimez la ligne.",
        ),
        (
            ("", "Affichage", "RQ", "01/10/15", "", ""),
            "D4",
            "L’échéance « 01/10/15 » précède l’origine du plan, le 16/10/2015.",
        ),
        (
            ("", "Affichage", "RQ", "3e trim. 2015", "", ""),
            "D4",
            "L’échéance « 3e trim. 2015 » précède l’origine du plan, le 16/10/2015.",
        ),
        (
            ("", "Affichage", "RQ", "x" * 201, "", ""),
            "D4",
            "L’échéance dépasse 200 caractères : écrivez-la plus court.",
        ),
    ],
)
def test_a_row_that_cannot_be_taken_is_told_with_its_cell(site, workbook, refused, row, cell, message):
    sentence, printed = refused(workbook(row, ("", "Autre constat", "", "", "", "")))
    assert first_error(printed) == ("Plan", cell, message)
    assert sentence == f"plan.xlsx : Feuille « Plan », cellule {cell} : {message}"
    assert (printed["created"], printed["changed"], printed["unchanged"]) == (0, 0, 0)
    assert (Plan.objects.count(), PlanImport.objects.count()) == (0, 0)


@pytest.mark.parametrize("words", ["13-aix-accueil", "Accueil d’Aix", "SP AIX"])
def test_a_responsible_of_another_prefecture_stays_as_words(site, workbook, run, words):
    other = PrefectureFactory(code="13", sigle="SP AIX", name="Préfecture d’ailleurs")
    ServiceFactory(parent=other, code="13-aix-accueil", sigle="ACC", name="Accueil d’Aix")
    content = run(workbook(("", "Affichage", words, "", "", "")))
    assert (content["created"], content["errors"], content["asks"]) == (1, [], [])
    assert content["warnings"][0]["message"] == (
        f"« {words} » n’est ni une unité ni une personne connue : ces mots sont gardés."
    )


def test_a_sigle_that_services_bear_everywhere_is_nobody_s_fault(site, workbook, run):
    other = PrefectureFactory(code="13", sigle="PREF 13", name="Préfecture d’ailleurs")
    ServiceFactory(parent=other, sigle="BRH", name="Bureau des ressources humaines d’ailleurs")
    content = run(workbook(("", "Affichage", "BRH", "", "", "")))
    assert (content["created"], content["errors"]) == (1, [])


def test_five_thousand_rows_are_too_many(site, workbook, refused):
    rows = [("", f"Constat {number}", "", "", "", "") for number in range(5001)]
    _sentence, printed = refused(workbook(*rows))
    message = "Le fichier compte 5001 lignes ; 5000 au plus sont lues : vérifiez-le."
    assert first_error(printed) == ("Plan", "B5004", message)


def test_a_table_whose_headings_say_nothing_of_ours_is_asked(site, workbook, refused):
    row = ("1 – Accueil", "Affichage", "RQ", "15/11/15", "FAIT", "")
    sentence, printed = refused(workbook(row, row, headings=("aa", "bb", "cc", "dd", "ee", "ff")))
    assert sentence.startswith("plan.xlsx : ")
    assert {ask["code"].partition(":")[0] for ask in printed["asks"]} >= {"heading", "role"}


def test_a_note_beside_a_plan_is_left_out_and_said(site, tmp_path, run):
    book = openpyxl.Workbook()
    for row in ((TITLE,), HEADINGS, ("", "Affichage", "", "", "", "")):
        book.active.append(row)
    book.create_sheet("Note").append(("Lire avant usage",))
    book.save(tmp_path / "plan.xlsx")
    told = run(tmp_path / "plan.xlsx", "--dry-run")["left_out"]
    assert [(one["sheet"], one["cells"]) for one in told] == [("Note", ["A1"])]


def test_two_sheets_of_one_title_are_told(site, tmp_path, refused):
    book = openpyxl.load_workbook(AISNE)
    book["Audit externe 2015"]["A1"] = book["Audit interne 2015"]["A1"].value
    book.save(tmp_path / "plan.xlsx")
    _sentence, printed = refused(tmp_path / "plan.xlsx")
    message = "Les feuilles « Audit interne 2015 » et « Audit externe 2015 » portent le même titre : changez-en un."
    assert first_error(printed) == ("Audit externe 2015", "A1", message)


def test_a_table_without_rows_is_told(site, workbook, refused):
    _sentence, printed = refused(workbook())
    assert first_error(printed) == ("Plan", "A3", "Le tableau est vide : aucune ligne ne suit l’en-tête.")


def test_an_origin_to_come_is_refused(site, workbook, refused):
    _sentence, printed = refused(workbook(("", "Affichage"), title="Plan suite à l’audit interne du 16/10/2199"))
    assert first_error(printed) == ("Plan", "A1", "L’origine du plan, le 16/10/2199, est à venir.")


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (("--unit", "99"), "Aucun site n’a le code « 99 »."),
        (("--unit", "02-sidsic"), "Aucun site n’a le code « 02-sidsic »."),
        (("--unit", "02", "--effective-on", "07/10/2016"),
         "--effective-on : « 07/10/2016 » n’est pas une date ; écrivez-la comme 2016-05-04."),
        (("--unit", "02", "--effective-on", "2199-01-01"), "--effective-on : le 01/01/2199 n’est pas encore venu."),
    ],
)  # fmt: skip
def test_bad_parameters_are_refused_in_one_sentence(site, options, sentence):
    with pytest.raises(CommandError) as error:
        call_command("import_action_plan", str(AISNE), *options)
    assert str(error.value).startswith(sentence.split(" ; ")[0])
    assert Plan.objects.count() == 0


def test_a_sheet_that_does_not_exist_is_told_with_those_that_do(site, refused):
    sentence, _printed = refused(AISNE, "--sheet", "Audit")
    assert sentence == (
        "aisne_2016_plan_actions.xlsx : Feuille « Audit » : Le fichier n’a pas de feuille « Audit » : "
        "« Audit interne 2015 », « Retour d'expérience », « Audit externe 2015 »."
    )


def test_a_file_that_is_missing_is_told(site, refused, tmp_path):
    sentence, _printed = refused(tmp_path / "absent.xlsx")
    assert sentence == "absent.xlsx : Le fichier est introuvable. Déposez-le à nouveau."


def test_several_errors_are_counted(site, workbook, refused):
    rows = [("", f"Affichage {number}", "", "01/10/15", "", "") for number in range(3)]
    assert refused(workbook(*rows))[0].endswith("(et 2 autres erreurs)")
    assert refused(workbook(*rows[:2]))[0].endswith("(et 1 autre erreur)")


@pytest.mark.parametrize(
    ("row", "cell", "message"),
    [
        (
            ("", "Affichage", "", "bientôt", "", ""),
            "D4",
            "L’échéance « bientôt » n’est pas comprise : ses mots sont gardés, sans date.",
        ),
        (
            ("", "Affichage", "", "", "Abandonné", ""),
            "E4",
            "La raison n’est pas dite : une action abandonnée en demande une.",
        ),
        (
            ("", "Affichage", "DLP", "", "", ""),
            "C4",
            "« DLP » n’est ni une unité ni une personne connue : ces mots sont gardés.",
        ),
    ],
)
def test_what_is_only_doubtful_is_taken_and_told(site, workbook, run, row, cell, message):
    content = run(workbook(row))
    assert content["created"] == 1
    assert content["warnings"] == [{"sheet": "Plan", "cell": cell, "message": message}]


@pytest.mark.parametrize(
    ("updated", "message"),
    [
        ("màj 07/10/2199", "La date de mise à jour du 07/10/2199 est à venir : le plan prendra effet aujourd’hui."),
        ("màj 07/10/15", "La mise à jour du 07/10/2015 précède l’origine du plan, le 16/10/2015."),
    ],
)
def test_a_strange_day_of_update_is_told(site, workbook, run, updated, message):
    content = run(workbook(("", "Affichage"), updated=updated))
    assert content["warnings"] == [{"sheet": "Plan", "cell": "A1", "message": message}]


def test_an_older_document_and_actions_that_left_it_are_told(site, workbook, run):
    run(workbook(("", "Affichage", "SIDSIC"), ("", "Bilan", "", "fin 2016"), updated="màj 07/12/16"))
    content = run(workbook(("", "Affichage", "", "", "FAIT"), updated="màj 07/10/16"))
    assert content["warnings"] == [
        {"sheet": "Plan", "cell": "A1", "message": message}
        for message in (
            "Ce document est du 07/10/2016, plus ancien que le plan, mis à jour le 07/12/2016.",
            "1 action du plan n’est plus dans le document : elle reste telle quelle.",
        )
    ] + [
        {
            "sheet": "Plan",
            "cell": "B4",
            "message": "Modifiée dans l’application le 07/12/2016, après le 07/10/2016 : le changement prendra effet "
            "aujourd’hui.",
        }
    ]
    assert Plan.objects.get().updated_on == date(2016, 12, 7)


def test_an_engagement_under_the_wrong_section_is_doubted(site, referential, workbook, run):
    rows = (
        ("Module 1 : relation générale avec les usagers",),
        ("4 – CLU (comité local des usagers)", "Panel à élargir"),
    )
    said = [one["message"] for one in run(workbook(*rows))["warnings"]]
    assert said == [
        "Vérifiez l’engagement : le numéro 4 est celui de « Nous formons nos agents pour améliorer notre qualité de "
        "service »."
    ]


def test_what_is_added_to_a_younger_plan_takes_effect_now(site, workbook, run):
    run(workbook(("", "Affichage", "SIDSIC"), updated="màj 07/12/16"))
    content = run(workbook(("", "Affichage", "SIDSIC"), ("", "Bilan", "SIDSIC"), updated="màj 07/10/16"))
    assert content["created"] == 1
    assert "après le 07/10/2016 : le changement prendra effet aujourd’hui." in content["warnings"][-1]["message"]
    made = Finding.objects.get(text="Bilan").history.get().history_date
    assert timezone.localdate(made) == timezone.localdate()
