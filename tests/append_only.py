"""Lets the flush between transactional tests empty the append-only tables; everywhere else the triggers stay."""

import pytest
from django.test import TransactionTestCase

from core.record import triggers


@pytest.fixture(scope="session", autouse=True)
def _flush_past_triggers():
    flush = TransactionTestCase._fixture_teardown

    def without_triggers(self):
        with triggers.suspended():
            flush(self)

    TransactionTestCase._fixture_teardown = without_triggers
    yield
    TransactionTestCase._fixture_teardown = flush
