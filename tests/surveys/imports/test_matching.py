"""Each line is one person: lines alike, numbers of another lot, the same file again, our own list brought back."""

import pytest
from openpyxl import load_workbook

from core.sheets.reading.errors import SpreadsheetError
from core.sheets.writing import respond
from surveys.exports import forms as listing
from surveys.models import Response
from surveys.results.reading import questions_of
from surveys.services import intake
from tests.core.page_checks import downloaded
from tests.organisations.factories import UserFactory
from tests.surveys.factories import ResponseFactory
from tests.surveys.imports.conftest import COURTESY, WAITING, asked, fates, left_out, messages, planned, recorded

HEAD = ["N°", "Date", COURTESY, WAITING]
FIRST = [["1", "13/09/2021", "Satisfait", "Satisfait"], ["2", "14/09/2021", "Peu satisfait", "Satisfait"]]
OTHER = [["1", "13/09/2021", "Très satisfait", "Satisfait"], ["2", "15/09/2021", "Satisfait", "Satisfait"]]
LOT = "lot:Feuille 1"


def test_people_who_answer_the_same_thing_the_same_day_are_as_many_forms(campaign, write, write_xlsx):
    lines = [["13/09/2021", "Satisfait", "Satisfait"]] * 3
    path = write(HEAD[1:], *lines)
    recorded(campaign, path)
    assert Response.objects.count() == 3
    assert fates(planned(campaign, path)) == ["unchanged"] * 3
    assert fates(planned(campaign, write(HEAD[1:], *lines, lines[0]))) == ["unchanged"] * 3 + ["created"]


def test_the_hour_tells_two_people_apart_from_one_file_to_the_next(campaign, write):
    head = ["Horodateur", COURTESY]
    recorded(campaign, write(head, ["13/09/2021 09:00:00", "Satisfait"]))
    plan = planned(campaign, write(head, ["13/09/2021 10:30:00", "Satisfait"], ["13/09/2021 09:00:00", "Satisfait"]))
    assert fates(plan) == ["created", "unchanged"]


def test_the_same_file_again_proposes_nothing(campaign, write):
    path = write(HEAD, *FIRST)
    recorded(campaign, path)
    plan = planned(campaign, path)
    assert (plan.changes_nothing, plan.warnings, asked(plan)) == (True, [], [])


def test_a_number_known_with_other_answers_is_asked_once_for_the_table(campaign, write):
    recorded(campaign, write(HEAD, *FIRST))
    path = write(HEAD, *OTHER)
    plan = planned(campaign, path)
    assert (asked(plan), fates(plan), plan.changes_nothing) == ([LOT], ["asked", "asked"], False)
    assert fates(planned(campaign, path, {LOT: "kept"})) == ["left_out", "left_out"]
    assert left_out(planned(campaign, path, {LOT: "kept"})) == {"formulaire déjà enregistré, gardé tel quel (choisi)"}


def test_another_lot_adds_its_forms_and_is_known_when_it_comes_again_longer(campaign, write):
    recorded(campaign, write(HEAD, *FIRST))
    recorded(campaign, write(HEAD, *OTHER), {LOT: "other"})
    assert sorted(Response.objects.values_list("number", flat=True)) == ["1", "1", "2", "2"]
    recorded(campaign, write(HEAD, *FIRST, ["3", "16/09/2021", "Satisfait", "Satisfait"]))
    plan = planned(campaign, write(HEAD, *OTHER, ["3", "17/09/2021", "Peu satisfait", "Satisfait"]))
    assert (asked(plan), fates(plan)) == ([], ["unchanged", "unchanged", "created"])


def test_forms_corrected_since_are_written_again_with_their_history(campaign, write):
    recorded(campaign, write(HEAD, *FIRST))
    recorded(campaign, write(HEAD, OTHER[0], FIRST[1]), {LOT: "corrected"})
    row = Response.objects.get(number="1")
    assert (row.answers["courtoisie"], Response.objects.count(), row.history.count()) == ("very_satisfied", 2, 1)


def test_two_halls_that_number_from_one_in_two_sheets_are_two_lots(campaign, write_xlsx):
    path = write_xlsx(HEAD, *FIRST, sheet="Hall A")
    workbook = load_workbook(path)
    for name, lines in (("Hall B", OTHER), ("Copie du hall A", FIRST)):
        sheet = workbook.create_sheet(name)
        for line in (HEAD, *lines):
            sheet.append(line)
    workbook.save(path)
    plan = planned(campaign, path)
    assert (asked(plan), fates(plan)) == ([], ["created"] * 4 + ["left_out"] * 2)
    recorded(campaign, path)
    assert (Response.objects.count(), fates(planned(campaign, path))[:4]) == (4, ["unchanged"] * 4)


def test_lines_alike_in_two_sheets_are_as_many_people(campaign, write_xlsx):
    path = write_xlsx(HEAD[1:], FIRST[0][1:])
    workbook = load_workbook(path)
    workbook.copy_worksheet(workbook.active)
    workbook.save(path)
    recorded(campaign, path)
    assert Response.objects.count() == 2


def test_in_one_table_a_number_said_twice_counts_once_or_is_refused(campaign, write):
    plan = planned(campaign, write(HEAD, FIRST[0], FIRST[0]))
    assert (fates(plan), left_out(plan)) == (["created", "left_out"], {"formulaire déjà donné à la ligne 2"})
    plan = planned(campaign, write(HEAD, FIRST[0], OTHER[0]))
    assert messages(plan.errors) == ["A3 Le numéro 1 est déjà celui de la ligne 2, avec d’autres réponses."]


def test_a_form_set_aside_by_a_person_stays_so(campaign, write):
    path = write(HEAD, FIRST[0])
    recorded(campaign, path)
    intake.set_aside(Response.objects.get(), by=UserFactory(), reason="essai")
    plan = planned(campaign, path)
    assert fates(plan) == ["unchanged"]
    assert messages(plan.warnings) == ["A2 Le formulaire n° 1 a été écarté : il le reste."]


def test_lines_that_say_what_other_ways_in_already_said_are_pointed_out(campaign, write):
    ResponseFactory(campaign=campaign, answered_on="2021-09-13", answers={"courtoisie": "satisfied"}, channel="paper")
    path = write(HEAD, ["1", "13/09/2021", "Satisfait", ""], ["2", "13/09/2021", "Satisfait", ""])
    (warning,) = planned(campaign, path).warnings
    assert warning.message.startswith("Une ligne dit la même chose, le même jour, qu’un formulaire déjà reçu")


@pytest.mark.parametrize("form", ["csv", "xlsx", "ods"])
def test_the_list_of_forms_made_anonymous_is_refused_rather_than_counted_twice(campaign, tmp_path, form):
    for _ in range(6):
        ResponseFactory(campaign=campaign, answered_on="2021-09-13", answers={"courtoisie": "satisfied"}, channel="web")
    questions = questions_of(campaign)
    answer = respond(form, listing.columns(campaign, questions), listing.rows(campaign, questions), "liste")
    path = tmp_path / f"liste.{form}"
    path.write_bytes(downloaded(answer))
    with pytest.raises(SpreadsheetError, match="n’y sont pas repris"):
        planned(campaign, path)
