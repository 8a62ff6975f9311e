"""Numbers, rates and durations as people write them in a cell, with account of the whole cell.

What is not the number is kept in `rest`, to become a comment; where two readings are possible, `doubt` says so and the
import asks. Nothing is swallowed: `95 % (fermé le 15)` is 95 % with a comment, `48 heures` is not 48 days.
"""

import re
from dataclasses import replace
from decimal import Decimal

from core.base.numerals import LONGEST, Numeral, Writing, WritingFound, numeral_at, spelt, writing_of
from core.importing.number_tails import (
    SIX_DECIMALS,
    TWO_NUMBERS,
    WRAPPED,
    Number,
    Text,
    asks,
    doubt_of_counts,
    ended,
    ratio,
)
from core.importing.units import Measure, Unit, folded, in_days, measure_at

__all__ = ["Number", "Unit", "Writing", "WritingFound", "read_number", "spelt", "to_days", "writing_of"]


_BOUNDS = (
    ("~", r"env(?:iron|\.)?|~|≈|±|autour de|pres de|a peu pres|vers|quasi(?:ment)?"),
    (">=", r"≥|>=|=>|au moins|minimum|mini|min\.?|a partir de"),
    ("<=", r"≤|<=|=<|au plus|au maximum|maximum|maxi|max\.?|jusqu'a"),
    (">", r">|plus de|\+ de|superieure? a|sup\.? a"),
    ("<", r"<|moins de|- de|inferieure? a|inf\.? a"),
    ("", r"=|soit|entre(?= )|de(?= \d)"),
)
_ANY_BOUND = "|".join(f"(?P<b{place}>{words})" for place, (_, words) in enumerate(_BOUNDS))
_BOUND = re.compile(rf" *(?:{_ANY_BOUND}) *(?=[-+0-9.,])")
_MONTH = r"(?:janv|fevr?|mars|avr|mai|juin|juil|aout|sept?|oct|nov|dec)"
_NO_NUMBER = re.compile(
    r" *(?:"
    r"\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}(?!\d)|"  # a date
    rf"\d{{1,2}}(?: ?er)? {_MONTH}|"
    r"\d+ ?(?:er|ere|eme|ieme|nd|nde|re)(?![a-z])|"  # a rank
    r"0\d(?:[ .-]\d\d){4}|"  # a telephone number
    r"\d{1,3}(?:\.\d{1,3}){3}"  # an address of a machine
    r")"
)
_AND_HALF = re.compile(r" ?(?:et demie?|½|1/2)(?![a-z0-9/])")
_OF = re.compile(r" ?(?:/| sur (?=\d)) ?")
_TO = re.compile(r" ?(?:[-/]| a | ou | et ) ?")
_CLOCK = re.compile(r"(?P<first>\d{1,3}):(?P<second>[0-5]\d)(?::(?P<third>[0-5]\d))?(?![\d:])")
_MIN = r"(?:min(?:utes?)?|mn)"
_HOURS = re.compile(rf"(?P<hours>\d{{1,4}}) ?(?:h|heures?)(?: et)? ?(?P<minutes>[0-5]?\d)(?: ?{_MIN})?(?![a-z0-9])")
_MINUTES = re.compile(
    rf"(?P<minutes>\d{{1,4}}) ?(?:{_MIN}|')(?: et)? ?(?P<seconds>[0-5]?\d)"
    r"(?: ?(?:s(?:ec(?:ondes?)?)?|''|\"))?(?![a-z0-9])"
)


def read_number(text: str, *, writing: Writing | None = None) -> Number | None:
    """The number of a cell, in the writing settled for its column (None: not settled). None where there is none."""
    written = text.strip()
    if not written or len(written) > LONGEST:
        return None
    numeral = numeral_at(written, writing=writing)
    if numeral and numeral.end == len(written) and numeral.other is None:  # as most cells are
        return Number(numeral.value)
    read = Text(written, folded(written), writing)
    found = _beginning(read)
    return found if found is not None else _within(read)


def to_days(number: Number, *, hours_per_day: Decimal | None = None) -> Decimal | None:
    """A duration in calendar days (« 2 semaines » is 14); None for hours without their day, and for what is none."""
    return in_days(number.value, number.unit, hours_per_day)


def _beginning(text: Text) -> Number | None:
    """A number at the beginning, after the words of a bound."""
    if _NO_NUMBER.match(text.plain):
        return None
    bound, start = "", 0
    if found := _BOUND.match(text.plain):
        bound = next(sign for place, (sign, _) in enumerate(_BOUNDS) if found[f"b{place}"])
        start = found.end()
    if text.plain.startswith(("(", "[")):
        wrapped = WRAPPED.match(text.written)
        inner = read_number(wrapped[1], writing=text.writing) if wrapped else None
        return inner and inner.doubted(asks(text, "entre parenthèses, est-il négatif ?"))
    for reading in (_duration, _pair, _range, _single):
        number = reading(text, start)
        if number is not None:
            return replace(number, bound=bound)
    return None


def _within(text: Text) -> Number | None:
    """« Panne : 93 % »: the only percentage of a text that begins with words, always to be asked."""
    if text.plain.count("%") != 1:
        return None
    found = re.search(r"(?<![\w.,/-])[0-9][0-9.,]{0,12} ?%", text.plain)
    number = _single(text, found.start()) if found else None
    if found is None or number is None:
        return None
    before = text.written[: found.start()].rstrip(" :=(-–—")
    rest = " ".join(part for part in (before, number.rest.rstrip(")")) if part)
    return replace(number, rest=rest).doubted(asks(text, "le nombre est-il la valeur de la case ?"))


def _duration(text: Text, start: int) -> Number | None:
    """« 1h30 », « 12 min 30 », « 0:45 »."""
    if found := _CLOCK.match(text.plain, start):
        hours, minutes, seconds = int(found["first"]), int(found["second"]), int(found["third"] or 0)
        value = Decimal(hours) + Decimal(minutes * 60 + seconds) / 3600
        doubt = "" if found["third"] else asks(text, "heures et minutes, ou minutes et secondes ?")
        return ended(text, found.end(), Number(value, Unit.HOURS, doubt=doubt))
    if found := _HOURS.match(text.plain, start):
        return ended(text, found.end(), Number(int(found["hours"]) + Decimal(int(found["minutes"])) / 60, Unit.HOURS))
    if found := _MINUTES.match(text.plain, start):
        value = int(found["minutes"]) + Decimal(int(found["seconds"])) / 60
        return ended(text, found.end(), Number(value, Unit.MINUTES))
    return None


def _pair(text: Text, start: int) -> Number | None:
    """« 12/13 », « 12 sur 13 »: counts; « 4,2/5 »: a mark."""
    first = text.numeral(start)
    joint = _OF.match(text.plain, first.end) if first else None
    second = text.numeral(joint.end()) if joint else None
    if first is None or second is None or text.plain[second.end : second.end + 1] in ("/", "-"):
        return None
    measure = measure_at(text.written, text.plain, second.end)
    if measure is None or measure.unit not in (Unit.NONE, Unit.OTHER):
        return None
    counts = (first.value, second.value)
    if any(count != count.to_integral_value() for count in counts):
        doubt = asks(text, f"est-ce une note sur {spelt(second.value)} ?")
        return ended(text, second.end, Number(first.value, Unit.MARK, counts=counts, doubt=doubt))
    number = Number(ratio(*counts), Unit.PERCENT, counts=counts, doubt=doubt_of_counts(text, *counts))
    return ended(text, second.end, number)


def _range(text: Text, start: int) -> Number | None:
    """« 90 à 95 % », « 5-6 »: two values, of which neither is chosen."""
    first = text.numeral(start)
    if first is None:
        return None
    unit = measure_at(text.written, text.plain, first.end)
    own = unit if unit and unit.unit not in (Unit.NONE, Unit.OTHER) else None
    ends = (first.end, own.end) if own else (first.end,)
    return next(filter(None, (_upper(text, first, own, end) for end in ends)), None)


def _upper(text: Text, first: Numeral, own: Measure | None, end: int) -> Number | None:
    """A range from its lower value, whose unit is its own or that of the upper one."""
    joint = _TO.match(text.plain, end)
    second = text.numeral(joint.end()) if joint else None
    if second is None or text.written[second.end :].startswith(("/", "-")):
        return None
    measure = measure_at(text.written, text.plain, second.end)
    if measure is None:
        return None
    unit = own or measure
    other = _measured(second, unit).value if measure.unit in (unit.unit, Unit.NONE) else None
    number = _measured(first, unit, doubt=asks(text, TWO_NUMBERS))
    return ended(text, measure.end, replace(number, other=other))


def _single(text: Text, start: int) -> Number | None:
    numeral = text.numeral(start)
    if numeral is None or re.match(r"[*]?[-/.]\d", text.plain[numeral.end :]):
        return None
    end = numeral.end + (text.plain[numeral.end : numeral.end + 1] == "*")
    measure = measure_at(text.written, text.plain, end)
    if measure is None:
        return None
    doubt = measure.doubt
    if numeral.other is not None and measure.unit != Unit.PERCENT:
        doubt = asks(text, f"{spelt(numeral.value)} ou {spelt(numeral.other)} ?")
    number = _measured(numeral, measure, doubt=doubt)
    end = measure.end
    if half := _AND_HALF.match(text.plain, end):
        number, end = replace(number, value=number.value + Decimal("0.5")), half.end()
    return ended(text, end, number)


def _measured(numeral: Numeral, measure: Measure, *, doubt: str = "") -> Number:
    """The value in its unit: a ratio for a percentage."""
    if measure.unit == Unit.PERCENT:
        value = (numeral.decimals * measure.by / 100).quantize(SIX_DECIMALS)
        return Number(value, measure.unit, is_written_percent=True, doubt=doubt)
    other = None if numeral.other is None else numeral.other * measure.by
    return Number(numeral.value * measure.by, measure.unit, measure.words, doubt=doubt, other=other)
