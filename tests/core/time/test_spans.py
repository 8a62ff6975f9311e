"""The end of a span of months or days, as Python and both databases compute it."""

from datetime import date

import pytest
from django.db.models import Value

from core.models import HolidayZone
from core.time.spans import SpanAfter, span_after

SPANS = [
    ("2026-08-31", 6, 0, "2027-02-28"), ("2023-08-31", 6, 0, "2024-02-29"), ("2024-02-29", 36, 0, "2027-02-28"),
    ("2026-01-31", 1, 0, "2026-02-28"), ("2026-11-30", 0, 30, "2026-12-30"), ("2026-11-30", 2, 30, "2027-01-30"),
    ("2026-11-30", 0, 0, "2026-11-30"), ("9999-12-31", 12, 0, "9999-12-31"), ("9999-12-30", 0, 900, "9999-12-31"),
    ("9990-05-05", 32767, 0, "9999-12-31"),
]  # fmt: skip


@pytest.mark.django_db
@pytest.mark.both
@pytest.mark.parametrize(("day", "months", "days", "end"), SPANS)
def test_a_span_ends_the_same_day_in_python_and_in_the_database(day, months, days, end):
    start, ends = date.fromisoformat(day), date.fromisoformat(end)
    assert span_after(start, months, days) == ends
    computed = SpanAfter(Value(start), Value(months), Value(days))
    zone = HolidayZone.objects.create(code="essai", name="Essai")
    assert HolidayZone.objects.annotate(end=computed).get(pk=zone.pk).end == ends
