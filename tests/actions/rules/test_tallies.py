"""Actions counted by status, in words with their unit."""

from datetime import date

import pytest

from actions.enums import Status
from actions.rules.tallies import StatusTally
from tests.actions.factories import ActionFactory

TODAY = date(2019, 10, 1)


def tally(*statuses: str, late: int = 0) -> StatusTally:
    actions = [ActionFactory.build(status=status) for status in statuses]
    for action in actions[:late]:
        action.deadline_latest = date(2019, 9, 30)
    return StatusTally.of(actions, TODAY)


@pytest.mark.parametrize(
    ("statuses", "late", "words", "brief"),
    [
        ((), 0, "aucune action", "–"),
        ((Status.DONE,), 0, "1 action : 1 réalisée", "1 sur 1"),
        ((Status.TODO,), 1, "1 action : 1 à faire, dont 1 en retard", "0 sur 1"),
        ((Status.DONE,), 1, "1 action : 1 réalisée", "1 sur 1"),
        (
            (Status.ONGOING, Status.DONE, Status.DONE, Status.ABANDONED, Status.ABANDONED, Status.POSTPONED),
            0,
            "6 actions : 2 réalisées, 1 en cours, 1 reportée et 2 abandonnées",
            "2 sur 6",
        ),
        ((Status.TODO, Status.TODO), 0, "2 actions : 2 à faire", "0 sur 2"),
    ],
)
def test_the_counts_say_what_is_counted(statuses, late, words, brief):
    found = tally(*statuses, late=late)
    assert (found.in_words, found.brief) == (words, brief)
