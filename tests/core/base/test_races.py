"""A constraint that refuses what a service let pass: asked again, then one sentence."""

import pytest
from django.db import IntegrityError

from core.base.errors import UserError
from core.base.races import RACED, settled


def refusing(times: int):
    calls = []

    def write():
        calls.append(1)
        if len(calls) <= times:
            raise IntegrityError("UNIQUE")
        return len(calls)

    return write, calls


def test_the_second_of_two_creators_is_asked_again_and_answered_as_a_moment_later():
    write, _calls = refusing(1)
    assert settled(write) == 2


def test_what_is_refused_again_is_said_in_one_sentence():
    write, calls = refusing(9)
    with pytest.raises(UserError) as refused:
        settled(write)
    assert (refused.value.message, len(calls)) == (RACED, 2)


def test_a_write_that_must_not_be_repeated_is_tried_once():
    write, calls = refusing(1)
    with pytest.raises(UserError):
        settled(write, tries=1)
    assert len(calls) == 1
