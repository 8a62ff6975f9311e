"""Figures added up from January on, month after month: told by their growth, then parted."""

from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from indicators.services.values import Figure

LEAST_GROWN = 5


def only_grow(figures: dict[int, Figure]) -> bool:
    """Whether each month holds those before it, by its size: twelve months of 100 end with 1 200."""
    values = [figure.value for _month, figure in sorted(figures.items()) if figure.value]
    is_growing = len(values) >= LEAST_GROWN and all(one < other for one, other in pairwise(values))
    return is_growing and values[-1] > values[0] * len(values) * Decimal("0.6")


def parted(figures: dict[int, Figure]) -> dict[int, Figure]:
    """The part of each month out of figures added up from January on."""
    own = dict(figures)
    for before, month in pairwise(sorted(figures)):
        one, other = figures[before].value, figures[month].value
        if one is not None and other is not None:
            own[month] = replace(figures[month], value=other - one)
    return own
