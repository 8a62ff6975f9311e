"""How long replies take, in words and in the middle."""

from datetime import timedelta

import pytest

from surveys.rules.delays import Delays, summed, words


@pytest.mark.parametrize(
    ("delay", "said"),
    [
        (None, ""),
        (timedelta(seconds=0), "moins d’une minute"),
        (timedelta(seconds=59), "moins d’une minute"),
        (timedelta(seconds=60), "1\u202fmin"),
        (timedelta(minutes=59, seconds=59), "59\u202fmin"),
        (timedelta(hours=1), "1\u202fh\u202f00"),
        (timedelta(hours=23, minutes=59), "23\u202fh\u202f59"),
        (timedelta(days=1), "1\u202fjour"),
        (timedelta(days=12, hours=5), "12\u202fjours"),
    ],
)
def test_a_delay_is_told_in_the_unit_that_suits_it(delay, said):
    assert words(delay) == said


def test_a_message_without_reply_counts_among_those_sent_only():
    minutes = [timedelta(minutes=number) for number in (1, 2, 30)]
    assert summed([*minutes, None]) == Delays(4, 3, timedelta(minutes=2), timedelta(minutes=30))
    assert summed([None, None]) == Delays(2, 0, None, None)
    assert (summed([]).middle_words, summed(minutes).longest_words) == ("", "30\u202fmin")
