"""Results as plain values, for `manage.py survey_results --format json`: rates are ratios, nothing is rounded."""

from decimal import Decimal

from surveys.results.model import CriterionRow, Results


def rows_of(results: Results) -> list[dict]:
    """One object per criterion; a withheld percentage is null. A mystery campaign says yes, evaluated, tests."""
    names = ("yes", "evaluated", "tests") if results.campaign.is_mystery else ("satisfied", "answered", "returns")
    return [_row(row, names) for row in results]


def number(value: Decimal | None) -> float | int | None:
    """A figure for JSON: whole numbers without a point."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def _row(row: CriterionRow, names: tuple[str, str, str]) -> dict:
    criterion = row.criterion.replace("’", "'")  # as the files of other tools write it
    counts = dict(zip(names, (row.satisfied, row.answered, row.returns), strict=True))
    figures = {"rate": number(row.rate), "low": number(row.low), "high": number(row.high)}
    return {"criterion": criterion, **counts, **figures, "significant": row.significant}
