"""Yearly readings: the summary rows kept up to date in the transaction that writes what they depend on."""

from collections import defaultdict
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from indicators.models import Assignment, Indicator, PastResult, Reading, Target, Value
from indicators.rules.months import Month, UnitPart, combine
from indicators.rules.readings import is_met, read_year
from indicators.rules.warnings import warn

FIELDS = (
    "months",
    "measured_months",
    "rule",
    "value",
    "weighted",
    "mean",
    "target_direction",
    "target_value",
    "target_met",
    "previous_value",
    "previous_target_met",
    "warnings",
    "refreshed_at",
)
KEY = ("site", "year", "indicator")


def refresh(indicator_id: int, site_id: int, year: int) -> None:
    """Recompute the reading of one indicator, and what the next year says of it."""
    refresh_many({(indicator_id, site_id, year)})


@transaction.atomic
def refresh_many(keys: Iterable[tuple[int, int, int]]) -> None:
    """Recompute the readings of (indicator, site, year) keys, in a constant number of queries per site and year.

    The rows are locked before the values are read: of two services that write at once, the second sees the first.
    """
    by_site_and_year = defaultdict(set)
    for indicator_id, site_id, year in keys:
        by_site_and_year[site_id, year].add(indicator_id)
    for (site_id, year), indicator_ids in sorted(by_site_and_year.items()):
        _refresh_year(site_id, year, indicator_ids)


def refresh_indicator(indicator_id: int) -> None:
    """Recompute every reading of an indicator: its rule, unit or targets changed."""
    refresh_many(Reading.objects.filter(indicator_id=indicator_id).values_list("indicator_id", "site_id", "year"))


def _refresh_year(site_id: int, year: int, indicator_ids: set[int]) -> None:
    indicators = Indicator.objects.in_bulk(indicator_ids)
    readings = _locked(site_id, year, indicators)
    parts = _parts(site_id, year, indicator_ids)
    units = _expected_units(site_id, year, indicator_ids)
    targets = Target.objects.filter(indicator_id__in=indicator_ids).binding(site_id, year)
    previous = previous_results(site_id, year, indicator_ids)
    for reading in readings:
        indicator = indicators[reading.indicator_id]
        months = [
            combine(
                month,
                parts.get((indicator.pk, month), ()),
                measure=indicator.measure,
                expected_units=units[indicator.pk],
            )
            for month in range(1, 13)
        ]
        _fill(reading, indicator, months)
        _compare(reading, targets.get(indicator.pk), previous.get(indicator.pk))
    # An upsert of rows that exist: bulk_update would build one CASE per field and row, two thirds of a refresh.
    Reading.objects.bulk_create(readings, update_conflicts=True, unique_fields=KEY, update_fields=FIELDS)
    _tell_next_year(readings)


def _locked(site_id: int, year: int, indicators: dict[int, Indicator]) -> list[Reading]:
    rows = Reading.objects.filter(site_id=site_id, year=year, indicator_id__in=indicators)
    existing = set(rows.values_list("indicator_id", flat=True))
    Reading.objects.bulk_create(
        [
            Reading(indicator=indicator, site_id=site_id, year=year, rule=indicator.year_rule)
            for pk, indicator in sorted(indicators.items())
            if pk not in existing
        ],
        ignore_conflicts=True,
    )
    return list(rows.select_for_update().order_by("pk"))


def _parts(site_id: int, year: int, indicator_ids: set[int]) -> dict[tuple[int, int], list[UnitPart]]:
    parts = defaultdict(list)
    rows = Value.objects.filter(site_id=site_id, year=year, indicator_id__in=indicator_ids).order_by("unit_id")
    fields = ("state", "value", "numerator", "denominator", "reason", "comment", "version", "is_amendment")
    for indicator_id, month, unit_id, *rest in rows.values_list("indicator_id", "month", "unit_id", *fields):
        parts[indicator_id, month].append(UnitPart(unit_id, *rest))
    return parts


def _expected_units(site_id: int, year: int, indicator_ids: set[int]) -> dict[int, int]:
    units: dict[int, int] = defaultdict(int)
    rows = Assignment.objects.filter(site_id=site_id, indicator_id__in=indicator_ids).overlapping(year)
    for indicator_id, _unit_id in set(rows.values_list("indicator_id", "unit_id")):
        units[indicator_id] += 1
    return units


def previous_results(site_id: int, year: int, indicator_ids: set[int]) -> dict[int, tuple]:
    """(value, target met) of the year before: from its months where known, else as published then."""
    past = PastResult.objects.filter(site_id=site_id, year=year - 1, indicator_id__in=indicator_ids)
    results = {row.indicator_id: (row.value, row.target_met) for row in past}
    readings = Reading.objects.filter(
        site_id=site_id, year=year - 1, indicator_id__in=indicator_ids, measured_months__gt=0
    )
    rows = readings.values_list("indicator_id", "value", "target_met")
    return results | {indicator_id: (value, met) for indicator_id, value, met in rows}


def _fill(reading: Reading, indicator: Indicator, months: list[Month]) -> None:
    year = read_year(months, indicator.year_rule)
    reading.months = [month.to_json() for month in months]
    reading.measured_months = len(year.used)
    reading.rule = year.rule
    reading.value, reading.weighted, reading.mean = year.value, year.weighted, year.mean
    reading.warnings = warn(months, year, measure=indicator.measure, rule=indicator.year_rule)
    reading.refreshed_at = timezone.now()


def _compare(reading: Reading, target: Target | None, previous: tuple | None) -> None:
    reading.target_direction = target.direction if target else ""
    reading.target_value = target.value if target else None
    reading.target_met = is_met(reading.value, reading.target_direction, reading.target_value)
    reading.previous_value, reading.previous_target_met = previous or (None, None)


def _tell_next_year(readings: list[Reading]) -> None:
    """The year after prints these readings as its N-1."""
    if not readings:
        return
    year, site_id = readings[0].year + 1, readings[0].site_id
    followers = list(
        Reading.objects.filter(site_id=site_id, year=year, indicator_id__in=[r.indicator_id for r in readings])
        .select_for_update()
        .order_by("pk")
    )
    previous = previous_results(site_id, year, {row.indicator_id for row in followers})
    for row in followers:
        row.previous_value, row.previous_target_met = previous.get(row.indicator_id, (None, None))
    Reading.objects.bulk_update(followers, ("previous_value", "previous_target_met"))
