"""Headings that are doubtful, hidden or not there: a question, an error, or a role that a person gives."""

import pytest

from indicators.models import Assignment
from tests.indicators.imports.grids import (
    CALLS,
    DAYS,
    DELAY,
    LAST_RATES,
    MONTHS,
    RATES,
    asked,
    full,
    inter,
    is_accounted,
    months,
    planned,
    sheet,
    simple,
    workbook,
)
from tests.indicators.imports.shapes import COUNTS, NO, TITLE, UP

pytestmark = pytest.mark.django_db


def test_a_month_whose_heading_is_not_understood_is_an_error_within_and_a_question_at_the_end(site):
    notice, rows = (
        sheet([["Lisez-moi"]], name="Notice"),
        [["Indicateur", "Janv", "Période B", *MONTHS[2:]], [CALLS, *RATES]],
    )
    within = planned(site, workbook(notice, sheet(rows)))
    assert [problem.message for problem in within.errors] == [
        "Le mois de février manque entre deux mois lus : son titre n’est pas compris."
    ]
    assert asked(planned(site, [["Indicateur", "Période A", *MONTHS[1:]], [CALLS, *RATES]])) == ["role:2023:B"]


def test_a_column_can_be_given_its_role_and_its_month(site):
    rows = [["Indicateur", "Période A", *MONTHS[1:]], [CALLS, *RATES]]
    answers = {"role:2023:B": "actual", "set:2023:B:period": "01"}
    assert months(planned(site, rows, answers=answers), CALLS) == full(RATES)


def test_two_januaries_are_an_error_until_one_is_left_unread(site):
    rows = [["Indicateur", "Janv", "Janvier", *MONTHS[1:]], [CALLS, 0.1, *RATES]]
    assert [problem.place.cell for problem in planned(site, rows).errors] == ["C1"]
    plan = planned(site, rows, answers={"role:2023:B": "-"})
    assert (plan.errors, months(plan, CALLS)) == ([], full(RATES))


def test_a_sub_heading_that_says_nothing_is_asked_about_once_for_its_twelve_columns(site):
    rows = [TITLE, ["Indicateur", *inter(MONTHS, NO)], [None, *["Nb", "%"] * 12], [CALLS, *inter(COUNTS, RATES)]]
    plan = planned(site, rows)
    assert (asked(plan), months(plan, CALLS)) == (["role:2023:B"], full(RATES))
    assert plan.accounts.counts["asked"] == 12
    assert asked(planned(site, rows, answers={"role:2023:B": "numerator"})) == []


@pytest.mark.parametrize("rows", [[], [["Bonjour"]], [["Mai", "Juin"], ["a", 1]], [["Indicateur", 1, 2], ["a", 3, 4]]])
def test_a_file_without_a_grid_is_one_error(site, rows):
    plan = planned(site, rows)
    assert [problem.message.startswith("Aucun tableau de mois n’a été trouvé") for problem in plan.errors] == [True]
    assert is_accounted(plan)


def test_hidden_sheets_and_notices_are_left_out_and_said_and_can_be_read(site):
    book = workbook(
        sheet([["Lisez-moi"]], name="Notice"),
        sheet(simple([CALLS, *RATES])),
        sheet(simple([DELAY, *DAYS]), name="2023 bis", is_hidden=True),
    )
    plan = planned(site, book)
    assert [problem.place.sheet for problem in plan.warnings] == ["Notice", "2023 bis"]
    assert months(planned(site, book, answers={"sheet:2023 bis": "yes"}), DELAY) == full(DAYS)


def test_hidden_rows_are_asked_about(site):
    rows = simple([CALLS, *LAST_RATES], [CALLS, *RATES])
    plan = planned(site, rows, hidden_rows=[2])
    assert (asked(plan), months(plan, CALLS)) == (["file:hidden"], full(RATES))


def test_an_orientation_can_be_imposed(site):
    plan = planned(site, [TITLE, *UP], answers={"axis:2023": "columns"})
    assert [problem.message.startswith("Aucun tableau") for problem in plan.errors] == [True]


def test_the_services_of_different_rows_are_no_sites(site):
    rows = [TITLE, ["Service", "Indicateur", *MONTHS], ["Standard", CALLS, *RATES], ["Courrier", DELAY, *DAYS]]
    plan = planned(site, rows)
    assert (asked(plan), months(plan, CALLS), Assignment.objects.count()) == ([], full(RATES), 0)
