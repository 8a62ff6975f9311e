"""How figures are printed and typed in French: `98,7 %`, `2,4 jours`, `1 234`, `sans objet`, `≥ 95 %`.

A rate is a ratio everywhere in Python (0.987) and a percentage only on a page. The space inside a figure is U+202F.
"""

import re
from decimal import ROUND_HALF_UP, Decimal

from core.base.errors import UserError
from core.base.numerals import Numeral, Writing, numeral_at

RATE, DAYS, COUNT = "rate", "days", "count"
NARROW = "\u202f"
MINUS = "\u2212"
NOTHING = "sans objet"
SIGNS = {">=": "≥", "<=": "≤", "<": "<", ">": ">"}

_MOST_DIGITS = 6
_UNITS = {
    RATE: re.compile(r"%$"),
    DAYS: re.compile(r"(j|j\.|jours?|jo|jours?\s?ouvrés?)$", re.IGNORECASE),
    COUNT: re.compile(r"$^"),
}


def format_figure(value, measure: str = COUNT, digits: int = 1, *, keep_zero: bool = False) -> str:
    """The figure with its unit; None reads « sans objet », a rate is given as a ratio.

    `keep_zero` writes every decimal (0,0 %), where figures are read one beside the other.
    """
    if value is None:
        return NOTHING
    number = _decimal(value)
    if measure == RATE:
        return f"{_percentage(number, digits, keep_zero)}{NARROW}%"
    text = format_number(number, digits, keep_zero)
    if measure == DAYS:
        return f"{text}{NARROW}{_plural('jour', _rounded(number, digits))}"
    return text


def format_number(value, digits: int = 1, keep_zero: bool = False) -> str:
    """A number with decimal comma, thousands apart, no useless zero unless asked for."""
    rounded = _rounded(_decimal(value), digits)
    whole, _, decimals = f"{abs(rounded):,f}".partition(".")
    text = whole.replace(",", NARROW)
    decimals = decimals if keep_zero else decimals.rstrip("0")
    sign = MINUS if rounded < 0 else ""
    return f"{sign}{text},{decimals}" if decimals else f"{sign}{text}"


def format_target(direction: str, value, measure: str, digits: int = 1) -> str:
    """A target in words of the trade: `≥ 95 %`, `< 10 jours`; without direction or value, « sans cible »."""
    if value is None or direction not in SIGNS:
        return "sans cible"
    return f"{SIGNS[direction]}{NARROW}{format_figure(value, measure, digits)}"


def format_difference(value, measure: str = COUNT, digits: int = 1) -> str:
    """A change between two figures, signed; two rates differ by points: `+1,2 point`."""
    if value is None:
        return NOTHING
    number = _decimal(value) * (100 if measure == RATE else 1)
    rounded = _rounded(number, digits)
    sign = "+" if rounded > 0 else ""
    unit = {RATE: "point", DAYS: "jour"}.get(measure)
    tail = f"{NARROW}{_plural(unit, rounded)}" if unit else ""
    return f"{sign}{format_number(number, digits)}{tail}"


def parse_figure(text: str, measure: str) -> Decimal | None:
    """The figure a person typed, None when blank; a rate typed `98,7` or `98,7 %` is the ratio 0.987."""
    typed = (text or "").strip()
    if not typed:
        return None
    bare = _UNITS[measure].sub("", typed).strip()
    numeral = numeral_at(bare, writing=Writing.FRENCH)
    if numeral is None or numeral.end < len(bare) or _is_foreign(numeral, bare):
        raise UserError(_refusal(typed, measure))
    if measure == RATE:
        return _typed_rate(numeral.decimals, typed, has_sign=bare != typed)
    if numeral.other is not None:
        raise UserError(f"« {typed} » se lit de deux façons : écrivez la virgule, et pas de point.")
    return numeral.value


def _is_foreign(numeral: Numeral, typed: str) -> bool:
    """Thousands parted by points or commas: a form asks for the writing that it prints."""
    return numeral.told == Writing.DOTTED or (numeral.told == Writing.ENGLISH and "," in typed)


def _typed_rate(number: Decimal, typed: str, *, has_sign: bool) -> Decimal:
    if not has_sign and 0 < abs(number) <= 1:
        raise UserError(f"« {typed} » se lit de deux façons : écrivez le signe %, par exemple « 98,7 % ».")
    return (number / 100).quantize(Decimal("0.000001"), ROUND_HALF_UP)


def _refusal(text: str, measure: str) -> str:
    example = {RATE: "98,7 %", DAYS: "2,4 jours", COUNT: "1 234"}[measure]
    shown = text if len(text) <= 40 else f"{text[:40]}…"
    return f"« {shown} » n’est pas un nombre : écrivez par exemple « {example} »."


def _percentage(ratio: Decimal, digits: int, keep_zero: bool) -> str:
    """Never « 100 % » for 99,97 %, nor « 0 % » for 0,02 %: digits are added until the figure is honest."""
    percent = ratio * 100
    for more in range(digits, _MOST_DIGITS):
        rounded = _rounded(percent, more)
        if rounded not in (0, 100) or rounded == percent:
            return format_number(percent, more, keep_zero)
    return format_number(percent, _MOST_DIGITS, keep_zero)


def _rounded(number: Decimal, digits: int) -> Decimal:
    return number.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)


def _decimal(value) -> Decimal:
    return value if isinstance(value, Decimal) else Decimal(str(value))


def _plural(word: str, number: Decimal) -> str:
    """French plural: from two on, whatever the sign."""
    return f"{word}s" if abs(number) >= 2 else word
