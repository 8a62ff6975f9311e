"""The next check of a document: last check or version plus period, never for « à chaque changement »."""

from datetime import date

import pytest

from audits.terms.documents import CheckPeriod, next_check_on, state_on

ON = date(2026, 11, 29)


@pytest.mark.parametrize(
    ("period", "checked_on", "version_on", "expected"),
    [
        (CheckPeriod(months=6), date(2026, 5, 31), date(2020, 1, 1), date(2026, 11, 30)),
        (CheckPeriod(months=12), None, date(2024, 2, 29), date(2025, 2, 28)),
        (CheckPeriod(months=6), date(2026, 1, 1), date(2026, 6, 1), date(2026, 7, 1)),
        (CheckPeriod(days=15), date(2026, 11, 20), None, date(2026, 12, 5)),
        (CheckPeriod(on_change=True), date(2026, 1, 1), date(2026, 1, 1), None),
        (CheckPeriod(), date(2026, 1, 1), None, None),
        (CheckPeriod(months=6), None, None, None),
    ],
)
def test_the_next_check_counts_from_the_last_one_else_from_the_version(period, checked_on, version_on, expected):
    assert next_check_on(period, checked_on=checked_on, version_on=version_on) == expected


@pytest.mark.parametrize(
    ("next_on", "within", "state"),
    [
        (date(2026, 11, 28), 60, "overdue"),
        (date(2026, 11, 29), 0, "due"),
        (date(2026, 11, 30), 0, "up_to_date"),
        (date(2027, 1, 28), 60, "due"),
        (date(2027, 1, 29), 60, "up_to_date"),
        (None, 60, "undated"),
    ],
)
def test_the_due_day_itself_is_due(next_on, within, state):
    assert state_on(ON, next_on, within=within) == state


def test_the_ends_of_the_calendar_are_days_like_others():
    assert state_on(date.max, date.max, within=10**9) == "due"
    assert next_check_on(CheckPeriod(months=12), checked_on=date.max, version_on=None) == date.max
    assert next_check_on(CheckPeriod(days=400), checked_on=date.max, version_on=None) == date.max


def test_what_is_checked_at_each_change_is_up_to_date():
    assert state_on(ON, None, on_change=True) == "up_to_date"


@pytest.mark.parametrize(
    ("period", "words"),
    [
        (CheckPeriod(months=6), "semestrielle"),
        (CheckPeriod(months=60), "tous les 5 ans"),
        (CheckPeriod(months=7), "tous les 7 mois"),
        (CheckPeriod(days=15), "tous les 15 jours"),
        (CheckPeriod(on_change=True), "à chaque changement"),
        (CheckPeriod(), ""),
    ],
)
def test_a_period_in_words(period, words):
    assert str(period) == words
