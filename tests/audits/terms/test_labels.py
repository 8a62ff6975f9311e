"""Three years to the day, eighteen months to the day or the last of the month; the state of each day."""

from datetime import date, timedelta

import pytest

from audits.terms import labels


@pytest.mark.parametrize(
    ("obtained_on", "valid_until", "follow_up_due_on"),
    [
        (date(2020, 2, 11), date(2023, 2, 11), date(2021, 8, 11)),
        (date(2020, 2, 29), date(2023, 2, 28), date(2021, 8, 29)),
        (date(2021, 8, 31), date(2024, 8, 31), date(2023, 2, 28)),
        (date(2022, 8, 30), date(2025, 8, 30), date(2024, 2, 29)),
        (date(2020, 12, 31), date(2023, 12, 31), date(2022, 6, 30)),
    ],
)
def test_a_label_ends_the_same_day_three_years_later_and_is_followed_up_at_eighteen_months(
    obtained_on, valid_until, follow_up_due_on
):
    assert labels.valid_until(obtained_on) == valid_until
    assert labels.follow_up_due_on(obtained_on) == follow_up_due_on


@pytest.mark.parametrize(
    ("on", "state"),
    [
        (date(2020, 2, 10), "preparing"),
        (date(2020, 2, 11), "valid"),
        (date(2021, 8, 11), "valid"),
        (date(2021, 8, 12), "follow_up_overdue"),
        (date(2023, 2, 11), "follow_up_overdue"),
        (date(2023, 2, 12), "expired"),
    ],
)
def test_the_state_of_each_day_without_follow_up(on, state):
    assert labels.state_on(on, obtained_on=date(2020, 2, 11)) == state


@pytest.mark.parametrize(
    ("on", "state"),
    [
        (date(2021, 8, 12), "follow_up_overdue"),
        (date(2021, 11, 14), "follow_up_overdue"),
        (date(2021, 11, 15), "valid"),
        (date(2023, 2, 11), "valid"),
        (date(2023, 2, 12), "expired"),
    ],
)
def test_a_follow_up_done_late_makes_the_label_valid_again(on, state):
    done = date(2021, 11, 15)
    assert labels.state_on(on, obtained_on=date(2020, 2, 11), follow_up_done_on=done) == state


def test_nothing_is_prepared_before_its_preparation_begins():
    states = [
        labels.state_on(date(2019, 1, 1) + timedelta(days=days), obtained_on=None, prepared_from=date(2019, 1, 2))
        for days in (0, 1)
    ]
    assert states == ["none", "preparing"]


def test_a_follow_up_planned_after_its_due_day_is_said_so():
    assert labels.why_planned_late(date(2020, 2, 11), date(2021, 12, 31)) == (
        "l’audit de suivi est prévu jusqu’au 31/12/2021, après son échéance du 11/08/2021 (18 mois après l’obtention)"
    )
    assert labels.why_planned_late(date(2020, 2, 11), date(2021, 8, 11)) == ""
    assert labels.why_planned_late(date(2020, 2, 11), None) == ""
