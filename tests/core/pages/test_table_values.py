"""Rows of an exported list: values of one query, or objects where a cell needs one; the same cells, query for query."""

from decimal import Decimal

import pytest
from django.db import connection
from django.db.models import F
from django.test.utils import CaptureQueriesContext

from core.pages.table_values import Source, rows_of
from indicators.enums import Measure
from indicators.models import PastResult
from tests.indicators.factories import IndicatorFactory, PastResultFactory
from tests.organisations.factories import PrefectureFactory

pytestmark = pytest.mark.django_db

COLUMNS = {
    "a number": Source("value"),
    "a key": Source("pk"),
    "the key of another": Source("site_id"),
    "through another": Source("indicator__label"),
    "a choice": Source("indicator__measure"),
    "an annotation": Source("told"),
    "a related object": Source("site"),
    "one further": Source("indicator__engagement__module"),
    "a broken path": Source("indicator__engagement__code"),
    "made of values": Source(reads=("value", "indicator__measure"), made=lambda value, measure: (measure, value)),
    "made of what is shown": Source("value", ("indicator__measure",), lambda value, measure: (measure, value)),
}
OBJECTS = {
    "a method": Source("indicator__get_measure_display"),
    "the row": Source(made=lambda record: record.pk),
    "a property read": Source(reads=("indicator__get_measure_display",), made=lambda label: label),
    "many": Source(reads=("indicator__targets",), made=lambda targets: targets.count()),
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
