"""Where crosses, colours, timetables or other columns say the status or the deadline of an action."""

from datetime import date

import pytest

from actions.enums import Status
from actions.imports.roles import ACTION, FINDING
from actions.models import Action
from core.sheets.reading.model import Marks, Sheet, Workbook
from core.sheets.reading.tagged import DATE
from tests.actions.imports.conftest import TITLE, planned, read
from tests.actions.imports.layouts import FIRST, HEADINGS, rows_of, told

pytestmark = pytest.mark.django_db


def test_two_columns_that_contradict_are_a_question_and_two_that_agree_are_none(site):
    headings = ["Constat", "Action", "Échéance", "Délais", "Avancement", "Statut"]
    rows = [["Hall", "Peindre", "30/06/2023", "", "100%", "Clos"], ["Bruit", "Isoler", "", "2024", "20%", "Abandonné"]]
    assert told(read([[TITLE], headings, *rows], site=site)) == [("done", "30/06/2023"), ("abandoned", "2024")]
    rows[1] = ["Bruit", "Isoler", "31/12/2023", "2024", "50%", "Clos"]
    plan = read([[TITLE], headings, *rows], site=site)
    assert [(ask.code, ask.proposed) for ask in plan.open_asks] == [("status:Plan", "F"), ("deadline:Plan", "C>D")]
    plan = read([[TITLE], headings, *rows], {"status:Plan": "E", "deadline:Plan": "C>D"}, site=site)
    assert (plan.open_asks, told(plan)[1], plan.lines[1].content.first.text) == ([], ("ongoing", "2024"), "31/12/2023")


def test_crosses_under_headings_that_are_statuses_say_them(site):
    headings = ["Constat", "Action", "À faire", "En cours", "Fait"]
    rows = [["Hall", "Peindre", "", "x", ""], ["Bruit", "Isoler", "", "", "X"], ["Vent", "Fermer", "x", "", ""]]
    assert [status for status, _ in told(read([[TITLE], headings, *rows], site=site))] == ["ongoing", "done", "todo"]


def test_the_title_of_a_table_that_says_a_state_is_asked(site):
    head = ["Action", "Pilote", "Échéance"]
    rows = [
        ["Actions réalisées"],
        head,
        ["Peindre", "RQ", "2022"],
        [],
        ["Actions à venir"],
        head,
        ["Isoler", "RQ", "2024"],
    ]
    (ask,) = read(rows, site=site).open_asks
    assert (ask.text, ask.proposed, ask.as_json()["cells"]) == ("Actions réalisées", "done", ["3"])


def test_a_day_of_completion_without_its_year_is_kept_in_words(site):
    rows = [
        [TITLE],
        ["Constat", "Action", "État"],
        ["Hall", "Peindre", "fait le 12/3"],
        ["Bruit", "Isoler", "fait le 12/3/2023"],
    ]
    found = [(one.content.status, one.content.done_on, one.content.comment) for one in read(rows, site=site).lines]
    assert found == [("done", None, "fait le 12/3"), ("done", date(2023, 3, 12), "")]


def test_a_follow_up_that_tells_a_story_is_asked_once_and_kept_as_a_comment(site):
    story = "12/03 : devis demandé au fournisseur, relance prévue"
    rows = [[TITLE], ["Constat", "Action", "Suivi"], ["Hall", "Peindre", story], ["Bruit", "Isoler", story]]
    plan = read(rows, site=site)
    assert [ask.code for ask in plan.open_asks] == ["story:Plan:C"]
    plan = read(rows, {"story:Plan:C": "ongoing"}, site=site)
    assert [(one.content.status, one.content.comment) for one in plan.lines] == [("ongoing", story)] * 2


def test_colours_that_stand_for_a_status_are_asked_with_what_the_legend_says(site):
    fills = {(2, 1): "00B050", (4, 1): "00B050", (4, 2): "00B050", (5, 1): "FF0000", (5, 2): "FF0000"}
    rows = [[TITLE], ["Vert : réalisé"], ["Constat", "Action", "Pilote"], ["Hall", "Peindre", "RQ"]]
    rows.append(["Vent", "Fermer", ""])
    plan = read(rows, site=site, marks={place: Marks(fill=fill) for place, fill in fills.items()})
    assert [(ask.text, ask.proposed) for ask in plan.open_asks] == [
        ("couleur vert (#00B050)", "done"),
        ("couleur rouge (#FF0000)", ""),
    ]


@pytest.mark.parametrize(
    ("title", "heads", "crossed", "deadline"),
    [
        ("Plan 2024", "JFMAMJJASOND", (1, 2), "de février à mars 2024"),  # nothing under « N »
        ("Plan 2023-2024", "SONDJFMAMJ", (3, 4), "de décembre 2023 à janvier 2024"),
        ("Plan 2023", "JFMAMJJASOND" * 2, (11, 12), "de décembre 2023 à janvier 2024"),
        ("Plan 2023-2024", ["nov", "déc", "janv", "févr"], (1, 2), "de décembre 2023 à janvier 2024"),
        ("Plan", ["T4 2023", "T1 2024", "T2 2024"], (0, 1), "de octobre 2023 à mars 2024"),
    ],
)
def test_the_year_of_a_timetable_grows_where_its_months_begin_again(site, title, heads, crossed, deadline):
    crosses = ["x" if at in crossed else "" for at in range(len(heads))]
    rows = [[title], ["Action", "Pilote", *heads], ["Peindre", "RQ", *crosses]]
    assert [said for _, said in told(read(rows, site=site))] == [deadline]


def test_crosses_or_colours_under_months_are_a_period(site):
    headings = ["Action", "Pilote", "Janv", "Févr", "Mars", "Avr"]
    rows = [["Échéancier 2023"], headings, ["Peindre", "RQ", "", "x", "x", ""], ["Isoler", "RQ", "", "", "", ""]]
    plan = read(rows, site=site, marks={(4, 6): Marks(fill="00B050")})
    assert [deadline for _, deadline in told(plan)] == ["de février à mars 2023", "avril 2023"]


@pytest.mark.parametrize(
    ("headings", "deadline"),
    [
        (["janv-27", "févr-27", "mars-27"], "de janvier à février 2027"),
        (["J", "F", "M"], "de janvier à février 2023"),
        (["T1 2027", "T2 2027", "T3 2027"], "de janvier à juin 2027"),
        ([DATE + "2027-01-01", DATE + "2027-02-01", DATE + "2027-03-01"], "de janvier à février 2027"),
    ],
)
def test_a_timetable_names_its_months_or_quarters_in_any_writing(site, headings, deadline):
    headings = ["Action", "Pilote", *headings, "État"]
    plan = read([["Échéancier 2023"], headings, ["Peindre", "RQ", "x", "x", "", "À faire"]], site=site)
    assert (told(plan), plan.open_asks) == ([("todo", deadline)], [])


def test_while_a_column_is_asked_what_it_may_say_stays_undecided_at_its_cells(site):
    rows = [[TITLE], ["Ce qui ne va pas", "Action", "Pilote"], ["Attente", "Ouvrir", "RQ"]]
    plan = read(rows, site=site)
    (ask,) = plan.open_asks
    assert (ask.code, ask.as_json()["cells"], plan.errors) == ("role:Plan:A", ["A2:A3"], [])
    assert [(line.fate, line.content.status) for line in plan.lines] == [("asked", "")]
    assert [(one["finding"], one["text"], one["status"]) for one in plan.reading["actions"]] == [("", "Ouvrir", None)]
    plan = read(rows, {ask.code: FINDING}, site=site)
    assert [(one["finding"], one["status"]) for one in plan.reading["actions"]] == [("Attente", "todo")]


def test_totals_and_legends_below_a_plan_are_left_out(site):
    headings = ["N°", "Constat", "Action", "Statut"]
    rows = [["1", "Attente", "Ouvrir", "Fait"], ["Total", "1 constat", "1 action", "1 fait"], [], ["Légende : vert"]]
    plan = read([[TITLE], headings, *rows], site=site)
    assert ([line.label for line in plan.lines], plan.errors, plan.open_asks) == (["Ouvrir"], [], [])
    assert dict(plan.accounts.reasons) == {"ligne de total": 4, "légende": 1}


def test_a_finding_alone_on_its_line_is_that_of_the_actions_below(site):
    rows = rows_of(
        site,
        [TITLE],
        ["Constat", "Action", "Pilote"],
        ["Hall sombre", "Peindre", "RQ"],
        ["Attente"],
        ["", "Ouvrir un guichet", "BRH"],
        ["", "Afficher l’attente", "RQ"],
    )
    assert [(row.finding, row.text(FINDING), row.section, row.at(FINDING).cell) for row in rows] == [
        (1, "Hall sombre", "", "A3"),
        (2, "Attente", "", "A4"),
        (2, "Attente", "", "A4"),
    ]


def test_an_empty_status_with_a_colour_of_its_own_is_asked(site):
    rows = [[TITLE], ["Constat", "Action", "Statut"], ["Hall", "Peindre", "Fait"], ["Attente", "Ouvrir", ""]]
    (ask,) = read(rows, site=site, marks={(4, 3): Marks(fill="00B050")}).open_asks
    assert (ask.question, ask.as_json()["cells"]) == ("Que veut dire « couleur vert (#00B050) » ?", ["C4"])


@pytest.mark.parametrize(
    ("headings", "line", "asked", "cell"),
    [
        (["Constat", "Action", "Commentaire"], ["Hall", "Peindre", "Fait le 12/11/2015"], "Fait le 12/11/2015", "C3"),
        (["Constat", "Action", "Pilote"], ["Hall", "Peindre (FAIT)", "RQ"], "FAIT", "B3"),
        (["Constat", "Action", "Pilote"], ["Hall", "ABANDONNÉ : peindre", "RQ"], "ABANDONNÉ", "B3"),
        (["Constat", "Action", "Échéance"], ["Hall", "Peindre", "Fait"], "Fait", "C3"),
        (["Constat", "Action", "État (0 à 4)"], ["Hall", "Peindre", 4], "4", "C3"),
        (["Constat", "Action", "État"], ["Hall", "Peindre", 1], "1", "C3"),
        (["Constat", "Action", "Échéance", "État"], ["Hall", "Peindre", "30/06/2017", "Reporté au 31/03/2017"],
         "31/03/2017", "D3"),
    ],
)  # fmt: skip
def test_a_state_that_stands_elsewhere_or_is_written_otherwise_is_asked(site, headings, line, asked, cell):
    plan = read([[TITLE], headings, line], site=site)
    assert [(ask.text, ask.as_json()["cells"]) for ask in plan.open_asks] == [(asked, [cell])]


def test_the_service_that_was_audited_is_no_responsible_beside_another(site):
    plan = read([[TITLE], ["Action", "Pilote", "Service audité"], ["Peindre", "RQ", "BRH"]], site=site)
    assert [ask.code for ask in plan.open_asks] == ["role:Plan:C"]


def test_a_sub_action_stands_under_the_action_above_it_without_a_merge(site):
    headings = ["Constat", "Action", "Sous-action", "Pilote"]
    rows = rows_of(site, [TITLE], headings, ["Hall", "Rénover", "Peindre", "RQ"], ["", "", "Isoler", "RQ"])
    assert [row.text(ACTION) for row in rows] == ["Rénover – Peindre", "Rénover – Isoler"]


def test_one_american_date_asks_the_order_of_all(site):
    rows = [[TITLE], ["Action", "Pilote", "Échéance"]]
    rows += [["Peindre", "RQ", "06/30/2027"], ["Ouvrir", "RQ", "03/04/2027"]]
    (ask,) = read(rows, site=site).open_asks
    assert (ask.as_json()["cells"], ask.proposed) == (["C3:C4"], "mdy")
    plan = read(rows, {ask.code: "mdy"}, site=site)
    days = [line.content.deadline.latest for line in plan.lines]
    assert (plan.open_asks, days) == ([], [date(2027, 6, 30), date(2027, 3, 4)])


def test_a_day_further_than_a_plan_looks_is_asked(site):
    plan = read([[TITLE], ["Action", "Pilote", "Échéance"], ["Peindre", "RQ", "30/06/2072"]], site=site)
    assert [(ask.text, ask.as_json()["cells"]) for ask in plan.open_asks] == [("30/06/2072", ["C3"])]


@pytest.mark.parametrize("headings", [[HEADINGS], []])
def test_the_tables_of_a_document_are_one_plan_once_they_are_chosen(site, headings):
    sheets = [
        Sheet("Tableau 1", [HEADINGS, [*FIRST[:6], "vu"]]),
        Sheet("Tableau 2", [*headings, ["15", "Hall", "Peindre", "RQ", "2017", "fait", "vu"]]),
        Sheet("Texte", [[TITLE]], is_lines=True),
    ]
    book = Workbook("plan.docx", sheets, kind="docx")
    (ask,) = planned(book, site).open_asks
    assert (ask.code, ask.proposed) == ("tables", "Tableau 1+Tableau 2")
    for answer, texts in ((ask.proposed, ["Former", "Peindre"]), ("Tableau 1", ["Former"])):
        plan = planned(book, site, {ask.code: answer})
        assert ([one.title for one in plan.extra["plans"]], plan.open_asks, plan.errors) == ([TITLE], [], [])
        assert [line.label for line in plan.lines] == texts


def test_a_postponement_told_by_the_status_is_a_promise_changed_once(site, workbook, run):
    headings = ("Constat", "Action", "Échéance", "Statut")
    run(workbook(("Hall", "Peindre", "31/03/2024", "Reporté au 30/09/2024"), headings=headings))
    action = Action.objects.get()
    assert (action.status, action.deadline_latest) == (Status.POSTPONED, date(2024, 9, 30))
    assert (action.promised_latest, action.move_count, action.history.count()) == (date(2024, 3, 31), 1, 2)


@pytest.mark.parametrize(
    ("days", "outcome"),
    [
        (["30/06/2023", "15/09/2023", "31/12/2023", "01/02/2024", "31/02/2027"], "error"),
        (["fin 2023", "2026-13-01"], "ask"),
    ],
)
def test_an_impossible_day_is_an_error_among_days_and_a_question_among_words(site, days, outcome):
    rows = [[f"Constat {number}", f"Action {number}", day] for number, day in enumerate(days)]
    plan = read([[TITLE.replace("2015", "2020")], ["Constat", "Action", "Échéance"], *rows], site=site)
    places = [one.place.cell for one in plan.errors] or [ask.places[0].cell for ask in plan.open_asks]
    assert (bool(plan.errors), places) == (outcome == "error", [f"C{len(days) + 2}"])
