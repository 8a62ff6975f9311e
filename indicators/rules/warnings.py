"""What a reader must be told beside a yearly reading: a suspicious month, a thin base, counts that lack."""

from collections.abc import Sequence
from decimal import Decimal

from core.base.figures import format_figure
from core.base.months import month_name
from indicators.enums import Measure, YearRule
from indicators.rules.months import Month
from indicators.rules.readings import YearReading, read_year

SUSPICIOUS_FALL = Decimal("0.5")
TIMES_THE_USUAL = 10
FEW_MONTHS = 2
ENOUGH_TO_COMPARE = 3


def warn(months: Sequence[Month], reading: YearReading, *, measure: str, rule: str) -> list[dict]:
    """Warnings {code, month or None, message}, in the order of the months."""
    found = [_without(months, reading, month, measure, rule) for month in suspicious_months(months, measure)]
    found += [_partial(month) for month in months if month.parts_missing]
    if reading.rule != rule and reading.value is not None:
        found.append(_warning("no_counts", "Effectifs absents pour certains mois : moyenne des mois, non pondérée."))
    if 0 < len(reading.used) <= FEW_MONTHS and rule in {YearRule.WEIGHTED, YearRule.MEAN}:
        plural = "s" if len(reading.used) > 1 else ""
        found.append(_warning("few_months", f"Lecture faite sur {len(reading.used)} mois mesuré{plural} seulement."))
    return found


def suspicious_months(months: Sequence[Month], measure: str) -> list[Month]:
    """Months out of character with the others: a rate far below the usual, or ten times the usual figure."""
    measured = [(month, month.value) for month in months if month.is_measured and month.value is not None]
    if len(measured) < ENOUGH_TO_COMPARE:
        return []
    return [
        month
        for month, value in measured
        if is_out_of_character(value, [other for one, other in measured if one is not month], measure)
    ]


def is_out_of_character(value: Decimal, others: Sequence[Decimal], measure: str) -> bool:
    """Whether a value is far from the median of the others (rate: half of it lost; otherwise ten times as much)."""
    usual = median(others)
    if measure == Measure.RATE:
        return usual - value >= SUSPICIOUS_FALL
    return usual > 0 and value >= TIMES_THE_USUAL * usual


def median(values: Sequence[Decimal]) -> Decimal:
    """The middle value, or the mean of the two in the middle; `values` is not empty."""
    ordered = sorted(values)
    middle = len(ordered) // 2
    if len(ordered) % 2:
        return ordered[middle]
    return (ordered[middle - 1] + ordered[middle]) / 2


def _without(months, reading, suspect: Month, measure: str, rule: str) -> dict:
    """« 97,2 % sans août, 0,0 % »: the reading as it would be without the suspicious month."""
    others = read_year([month for month in months if month is not suspect], rule)
    message = (
        f"{_one_digit(others.value, measure)} sans {month_name(suspect.month)}, {_one_digit(suspect.value, measure)}"
    )
    return _warning("suspicious_month", message, suspect.month)


def _one_digit(value: Decimal | None, measure: str) -> str:
    """A figure with its first decimal even where it is 0, so that the two of a pair read alike."""
    return format_figure(value, measure, keep_zero=True)


def _partial(month: Month) -> dict:
    services = "service n’a" if month.parts_missing == 1 else "services n’ont"
    message = f"{month_name(month.month).capitalize()} : {month.parts_missing} {services} pas saisi."
    return _warning("partial_month", message, month.month)


def _warning(code: str, message: str, month: int | None = None) -> dict:
    return {"code": code, "month": month, "message": message}
