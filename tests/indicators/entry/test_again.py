"""A figure saved again, erased, or sent when the session has ended."""

from decimal import Decimal

import pytest

from indicators.models import Value
from tests.indicators.entry.conftest import HTMX, SCRIPT, cell, counts, entry, shown
from tests.indicators.factories import ValueFactory

pytestmark = pytest.mark.django_db


def test_the_same_figure_saved_twice_is_no_conflict(client, head, assignment):
    for _ in range(2):
        response = client.post(cell(assignment), counts("148", "150"), headers=SCRIPT)
        assert (response.status_code, response.json()["fields"]) == (200, {"version": "1"})
    assert Value.history.count() == 1


def test_whoever_does_not_tell_the_version_overwrites_nothing(client, head, assignment):
    ValueFactory(indicator=assignment.indicator, unit=assignment.unit, year=2026, month=10, value=Decimal("0.9"))
    response = client.post(cell(assignment), counts("148", "150", version=""), headers=SCRIPT)
    assert (response.status_code, response.json()["outcome"]) == (409, "conflict")
    assert Value.objects.get().value == Decimal("0.9")


def test_what_was_typed_in_the_wrong_cell_is_erased_and_to_be_entered_again(client, head, assignment):
    client.post(cell(assignment), counts("148", "150"), headers=SCRIPT)
    response = client.post(cell(assignment), {"erase": "1", "version": "1"}, headers=SCRIPT)
    assert (response.json()["entered"], "à saisir" in shown(response)) == (False, True)
    value = Value.objects.get()
    assert (value.state, value.value, value.numerator) == ("missing", None, None)
    assert Value.history.first().history_change_reason == "Saisie effacée"
    assert "0 sur 1" in client.get(entry()).text


def test_a_figure_drops_the_reason_of_the_state_before_it(client, head, assignment):
    client.post(cell(assignment), {"state": "closed", "reason": "Travaux", "version": "0"}, headers=SCRIPT)
    client.post(cell(assignment), counts("148", "150", version="1", reason="Travaux"), headers=SCRIPT)
    client.post(cell(assignment), {"state": "no_case", "reason": "Travaux", "version": "2"}, headers=SCRIPT)
    told = list(Value.history.order_by("history_id").values_list("state", "reason"))
    assert told == [("closed", "Travaux"), ("measured", ""), ("no_case", "")]


def test_a_zero_too_many_in_both_counts_is_asked_about(client, head, assignment):
    for month in (7, 8, 9):
        ValueFactory(
            indicator=assignment.indicator, unit=assignment.unit, year=2026, month=month,
            value=Decimal("0.942029"), numerator=65, denominator=69,
        )  # fmt: skip
    response = client.post(cell(assignment), counts("650", "690"), headers=SCRIPT)
    assert (response.status_code, response.json()["outcome"]) == (422, "question")
    assert "Numérateur 650, d’habitude autour de 65. Un zéro de trop ? Est-ce exact ?" in response.json()["sentence"]
    assert not Value.objects.filter(month=10).exists()


def test_a_count_that_no_month_can_have_is_refused(client, head, assignment):
    response = client.post(cell(assignment), counts("99999999999", "99999999999"), headers=SCRIPT)
    assert (response.json()["outcome"], response.json()["field"]) == ("refused", "numerator")


def test_a_session_that_ended_is_told_to_the_script(client, assignment):
    for headers in (SCRIPT, HTMX):
        response = client.post(cell(assignment), counts("148", "150"), headers=headers)
        assert (response.status_code, response["X-Session"]) == (401, "ended")
        assert response.json()["outcome"] == "session"


def test_large_counts_are_printed_by_thousands(client, head, assignment):
    text = shown(client.post(cell(assignment), counts("1837", "1868"), headers=SCRIPT))
    assert "(1\u202f837 sur 1\u202f868)" in text
