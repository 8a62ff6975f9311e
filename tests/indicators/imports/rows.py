"""One row of a grid, and what its January says."""

from tests.indicators.imports.grids import (
    is_accounted,
    months,
    planned,
    simple,
)


def row(label, *values):
    return [label, *values, *["-"] * (12 - len(values))]


def first(site, label, *values, **options):
    """The plan of one row and its January."""
    plan = planned(site, simple(row(label, *values)), **options)
    assert is_accounted(plan)
    return plan, months(plan, label).get(1)
