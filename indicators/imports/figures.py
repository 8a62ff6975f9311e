"""Numbers as people type them: `98,7 %`, `1 234`, `2 jours`, `79/mois`, `3,9 millions`."""

import re
from dataclasses import dataclass
from decimal import Decimal

from core.spreadsheets.model import Cell
from indicators.rules.plausibility import LARGEST_FIGURE

SIX_DECIMALS = Decimal("0.000001")
PERCENT, DAYS, PER_MONTH = "%", "jours", "/mois"

_SPACES = re.compile(r"(?<=\d)[\s\u00a0\u2009\u202f']+(?=\d{3}(?!\d))")
_FIGURE = re.compile(r"([+-]?)\s*(\d+(?:[.,]\d+)?|[.,]\d+)\s*(.*)", re.DOTALL)
_MULTIPLIERS = {"million": 1_000_000, "millions": 1_000_000, "milliers": 1_000, "mille": 1_000, "k": 1_000}
_DAYS = re.compile(r"(j|jr|jrs|jo|jours?)\.?(\s*(ouvr[ée]e?s?|ouvrables?|calendaires?|francs?))?")
_PER_MONTH = re.compile(r"(/|par)\s*mois")
_WORD = re.compile(r"[^\W\d_]{2,20}( [^\W\d_]{2,20}){0,2}")


@dataclass(frozen=True, slots=True)
class Figure:
    """A number read. `value` is a ratio when `unit` is PERCENT; `unit` may also be DAYS, PER_MONTH, a word or empty."""

    value: Decimal
    unit: str = ""
    is_typed: bool = False


def figure_of(cell: Cell) -> Figure | None:
    """The number a cell holds, or None. A number shown with `%` by its format is a ratio already."""
    value = cell.value
    if isinstance(value, bool) or cell.is_error:
        return None
    if isinstance(value, int | float | Decimal):
        number = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
        return _within_bounds(number, PERCENT if "%" in cell.text else "", is_typed=False)
    return figure_in(value) if isinstance(value, str) else None


def figure_in(text: str) -> Figure | None:
    """The number a text holds, or None if it says anything else."""
    found = _FIGURE.fullmatch(_SPACES.sub("", _tidy(text)))
    if found is None:
        return None
    sign, digits, rest = found.groups()
    multiplier, unit = _unit(rest.strip())
    if unit is None:
        return None
    number = Decimal(sign + digits.replace(",", ".")) * multiplier
    return _within_bounds(number / 100 if unit == PERCENT else number, unit, is_typed=True)


def quantised(number: Decimal) -> Decimal:
    """Six decimals, as stored."""
    return number.quantize(SIX_DECIMALS)


def spelt(number: Decimal) -> str:
    """In French: 2.360000 gives `2,36`."""
    text = f"{number:f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text).replace(".", ",")


def spelt_percent(ratio: Decimal) -> str:
    """0.987 gives `98,7 %`, with its narrow no-break space."""
    return f"{spelt(quantised(ratio) * 100)}\u202f%"


def _tidy(text: str) -> str:
    return text.strip().replace("−", "-").replace("–", "-").rstrip("*").strip()


def _unit(rest: str) -> tuple[int, str | None]:
    """The multiplier and unit that follow the digits; None for a text that is not a unit."""
    words = rest.casefold()
    first, _, others = words.partition(" ")
    multiplier = _MULTIPLIERS.get(first, 1)
    if multiplier > 1:
        words = others.strip()
    if words in ("", "%", "pour cent", "pourcent"):
        return multiplier, PERCENT if words else ""
    if _DAYS.fullmatch(words):
        return multiplier, DAYS
    if _PER_MONTH.search(words):
        return multiplier, PER_MONTH
    return multiplier, words if _WORD.fullmatch(words) else None


def _within_bounds(number: Decimal, unit: str, *, is_typed: bool) -> Figure | None:
    if not number.is_finite() or abs(number) > LARGEST_FIGURE:
        return None
    return Figure(quantised(number), unit, is_typed)
