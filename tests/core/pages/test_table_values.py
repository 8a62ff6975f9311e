"""Rows of an exported list: values of one query, or objects where a cell needs one; the same cells, query for query."""

from decimal import Decimal

import pytest
from django.db import connection
from django.db.models import F
from django.test.utils import CaptureQueriesContext

from core.pages.table_values import ColumnSource, rows_of
from indicators.enums import Measure
from indicators.models import PastResult
from tests.indicators.factories import IndicatorFactory, PastResultFactory
from tests.organisations.factories import PrefectureFactory

pytestmark = pytest.mark.django_db

COLUMNS = {
    "a number": ColumnSource("value"),
    "a key": ColumnSource("pk"),
    "the key of another": ColumnSource("site_id"),
    "through another": ColumnSource("indicator__label"),
    "a choice": ColumnSource("indicator__measure"),
    "an annotation": ColumnSource("told"),
    "a related object": ColumnSource("site"),
    "one further": ColumnSource("indicator__engagement__module"),
    "a broken path": ColumnSource("indicator__engagement__code"),
    "made of values": ColumnSource(reads=("value", "indicator__measure"), made=lambda value, measure: (measure, value)),
    "made of what is shown": ColumnSource("value", ("indicator__measure",), lambda value, measure: (measure, value)),
}
OBJECTS = {
    "a method": ColumnSource("indicator__get_measure_display"),
    "the row": ColumnSource(made=lambda record: record.pk),
    "a property read": ColumnSource(reads=("indicator__get_measure_display",), made=lambda label: label),
    "many": ColumnSource(reads=("indicator__targets",), made=lambda targets: targets.count()),
}


@pytest.fixture
def results():
    """Two results, one of an indicator without engagement."""
    site = PrefectureFactory(name="Préfecture")
    for year, measure, value in ((2019, Measure.RATE, Decimal("0.98")), (2020, Measure.DAYS, None)):
        PastResultFactory(site=site, year=year, value=value, indicator=IndicatorFactory(measure=measure))
    return PastResult.objects.select_related("indicator__engagement__module", "site").annotate(
        told=F("indicator__code")
    ).order_by("year")  # fmt: skip


def cells(rows) -> list[list]:
    return [[value if value is None or isinstance(value, (int, tuple, Decimal)) else str(value) for value in row]
            for row in rows]  # fmt: skip


@pytest.mark.parametrize("name", [*COLUMNS, *OBJECTS])
def test_a_cell_is_the_same_from_values_and_from_objects(results, name):
    source = (COLUMNS | OBJECTS)[name]
    assert cells(rows_of(results, [source])) == cells(rows_of(results.distinct(), [source]))


def test_values_are_read_in_one_query_and_one_more_by_related_object(results):
    with CaptureQueriesContext(connection) as queries:
        rows = list(rows_of(results, list(COLUMNS.values())))
    assert (len(rows), len(queries)) == (2, 3)
    assert rows[0][4] == "Taux (%)"
    assert rows[0][6] == "Préfecture"
