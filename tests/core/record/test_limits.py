"""Counters of requests: so many per key and period, cleared with time, one statement in the usual case."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from core.models import RateLimit
from core.record import limits

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


def take(key="a", limit=2):
    return limits.take(key, limit=limit, period=HOUR)


@time_machine.travel(NOON, tick=False)
def test_so_many_requests_are_let_through_per_key_and_period():
    assert [take() for _ in range(4)] == [True, True, False, False]
    assert [take("b") for _ in range(3)] == [True, True, False]


@time_machine.travel(NOON, tick=False)
def test_a_limit_of_nothing_lets_nothing_through():
    assert take(limit=0) is False


def test_a_new_period_counts_from_nothing_and_clears_the_past():
    with time_machine.travel(NOON, tick=False) as clock:
        assert [take(), take(), take("b"), take()] == [True, True, True, False]
        clock.shift(HOUR)
        assert take() is True
    assert RateLimit.objects.get().count == 1


@time_machine.travel(NOON, tick=False)
def test_a_request_costs_one_update_once_the_period_is_begun(django_assert_num_queries):
    take()
    with django_assert_num_queries(1):
        take()


@time_machine.travel(NOON, tick=False)
def test_the_key_cannot_be_read_from_the_counter():
    take("secret")
    assert "secret" not in RateLimit.objects.get().key
