"""Numbers, rates and durations as people write them in a cell, with account of the whole cell.

What is not the number is kept in `rest`, to become a comment; where two readings are possible, `doubt` says so and the
import asks. Nothing is swallowed: `95 % (fermé le 15)` is 95 % with a comment, `48 heures` is not 48 days.
"""

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from core.base.numerals import LONGEST, Numeral, Writing, WritingFound, numeral_at, spelt, writing_of
from core.importing.units import TIMES, Measure, Unit, folded, in_days, measure_at

__all__ = ["Number", "Unit", "Writing", "WritingFound", "read_number", "spelt", "to_days", "writing_of"]

TWO_NUMBERS = "deux nombres sont écrits."
SIX_DECIMALS = Decimal("0.000001")
_CLOSE = Decimal("0.006")  # a rate printed without decimals and its counts


@dataclass(frozen=True, slots=True)
class Number:
    """A number read. `value` is a ratio when `unit` is PERCENT; `counts` are a numerator and a denominator."""

    value: Decimal
    unit: Unit = Unit.NONE
    unit_words: str = ""
    counts: tuple[Decimal, Decimal] | None = None
    rest: str = ""
    is_written_percent: bool = False
    bound: str = ""
    doubt: str = ""
    other: Decimal | None = None


@dataclass(frozen=True, slots=True)
class _Text:
    """A text, and the same without capitals nor accents, whose places are the same."""

    written: str
    plain: str
    writing: Writing | None

    def numeral(self, start: int) -> Numeral | None:
        while self.plain[start : start + 1] == " ":
            start += 1
        return numeral_at(self.written, start, writing=self.writing)


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
_STATE = re.compile(
    r"\b(?:conge|ferm|covid|panne|greve|vacance|suspen|indisponib|absen|arret|travaux|confin|demenag|formation|ferie)"
)
_AND_HALF = re.compile(r" ?(?:et demie?|½|1/2)(?![a-z0-9/])")
_RATE_IN_REST = re.compile(r"(?:=|soit|ou)? ?(?P<rate>\d{1,3}(?:[.,]\d{1,4})?) ?%")
_SECOND = re.compile(r"(?:(?:puis|et|ou|ensuite) )?\d+(?:[.,]\d+)?(?: (?!\d)|$)")
_OUT_OF = re.compile(r"sur \d")
_OF = re.compile(r" ?(?:/| sur (?=\d)) ?")
_TO = re.compile(r" ?(?:[-/]| a | ou | et ) ?")
_CLOCK = re.compile(r"(?P<first>\d{1,3}):(?P<second>[0-5]\d)(?::(?P<third>[0-5]\d))?(?![\d:])")
_MIN = r"(?:min(?:utes?)?|mn)"
_HOURS = re.compile(rf"(?P<hours>\d{{1,4}}) ?(?:h|heures?)(?: et)? ?(?P<minutes>[0-5]?\d)(?: ?{_MIN})?(?![a-z0-9])")
_MINUTES = re.compile(
    rf"(?P<minutes>\d{{1,4}}) ?(?:{_MIN}|')(?: et)? ?(?P<seconds>[0-5]?\d)"
    r"(?: ?(?:s(?:ec(?:ondes?)?)?|''|\"))?(?![a-z0-9])"
)
_FOOTNOTE = re.compile(r"[ *†‡°¹²³⁴-⁹]*(?:\(\d\) *)?$")
_WRAPPED = re.compile(r"[(\[]([^()\[\]]*)[)\]]$")
_COUNTS_IN_REST = re.compile(r"(?:soit )?(?P<n>\d{1,9}) ?(?:/|sur) ?(?P<d>\d{1,9})(?![\d/.,-])(?P<after>.*)")


def read_number(text: str, *, writing: Writing | None = None) -> Number | None:
    """The number of a cell, in the writing settled for its column (None: not settled). None where there is none."""
    written = text.strip()
    if not written or len(written) > LONGEST:
        return None
    numeral = numeral_at(written, writing=writing)
    if numeral and numeral.end == len(written) and numeral.other is None:  # as most cells are
        return Number(numeral.value)
    read = _Text(written, folded(written), writing)
    found = _beginning(read)
    return found if found is not None else _within(read)


def to_days(number: Number, *, hours_per_day: Decimal | None = None) -> Decimal | None:
    """A duration in calendar days (« 2 semaines » is 14); None for hours without their day, and for what is none."""
    return in_days(number.value, number.unit, hours_per_day)


def _beginning(text: _Text) -> Number | None:
    """A number at the beginning, after the words of a bound."""
    if _NO_NUMBER.match(text.plain):
        return None
    bound, start = "", 0
    if found := _BOUND.match(text.plain):
        bound = next(sign for place, (sign, _) in enumerate(_BOUNDS) if found[f"b{place}"])
        start = found.end()
    if text.plain.startswith(("(", "[")):
        wrapped = _WRAPPED.match(text.written)
        inner = read_number(wrapped[1], writing=text.writing) if wrapped else None
        return inner and replace(inner, doubt=inner.doubt or _asks(text, "entre parenthèses, est-il négatif ?"))
    for reading in (_duration, _pair, _range, _single):
        number = reading(text, start)
        if number is not None:
            return replace(number, bound=bound)
    return None


def _within(text: _Text) -> Number | None:
    """« Panne : 93 % »: the only percentage of a text that begins with words, always to be asked."""
    if text.plain.count("%") != 1:
        return None
    found = re.search(r"(?<![\w.,/-])[0-9][0-9.,]{0,12} ?%", text.plain)
    number = _single(text, found.start()) if found else None
    if found is None or number is None:
        return None
    before = text.written[: found.start()].rstrip(" :=(-–—")
    rest = " ".join(part for part in (before, number.rest.rstrip(")")) if part)
    return replace(number, rest=rest, doubt=number.doubt or _asks(text, "le nombre est-il la valeur de la case ?"))


def _duration(text: _Text, start: int) -> Number | None:
    """« 1h30 », « 12 min 30 », « 0:45 »."""
    if found := _CLOCK.match(text.plain, start):
        hours, minutes, seconds = int(found["first"]), int(found["second"]), int(found["third"] or 0)
        value = Decimal(hours) + Decimal(minutes * 60 + seconds) / 3600
        doubt = "" if found["third"] else _asks(text, "heures et minutes, ou minutes et secondes ?")
        return _ended(text, found.end(), Number(value, Unit.HOURS, doubt=doubt))
    if found := _HOURS.match(text.plain, start):
        return _ended(text, found.end(), Number(int(found["hours"]) + Decimal(int(found["minutes"])) / 60, Unit.HOURS))
    if found := _MINUTES.match(text.plain, start):
        value = int(found["minutes"]) + Decimal(int(found["seconds"])) / 60
        return _ended(text, found.end(), Number(value, Unit.MINUTES))
    return None


def _pair(text: _Text, start: int) -> Number | None:
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
        doubt = _asks(text, f"est-ce une note sur {spelt(second.value)} ?")
        return _ended(text, second.end, Number(first.value, Unit.MARK, counts=counts, doubt=doubt))
    number = Number(_ratio(*counts), Unit.PERCENT, counts=counts, doubt=_doubt_of_counts(text, *counts))
    return _ended(text, second.end, number)


def _doubt_of_counts(text: _Text, part: Decimal, whole: Decimal) -> str:
    if whole == 0:
        return _asks(text, "aucun cas ?")
    return "" if 0 <= part <= whole else _asks(text, "la partie dépasse le tout.")


def _range(text: _Text, start: int) -> Number | None:
    """« 90 à 95 % », « 5-6 »: two values, of which neither is chosen."""
    first = text.numeral(start)
    if first is None:
        return None
    unit = measure_at(text.written, text.plain, first.end)
    ends = [first.end] + ([unit.end] if unit and unit.unit not in (Unit.NONE, Unit.OTHER) else [])
    for end in ends:
        joint = _TO.match(text.plain, end)
        second = text.numeral(joint.end()) if joint else None
        if second and not text.written[second.end :].startswith(("/", "-")):
            measure = measure_at(text.written, text.plain, second.end)
            if measure is not None:
                own = unit if unit and unit.unit not in (Unit.NONE, Unit.OTHER) else measure
                number = _measured(first, own, doubt=_asks(text, TWO_NUMBERS))
                is_same = measure.unit in (own.unit, Unit.NONE)
                return _ended(
                    text, measure.end, replace(number, other=_measured(second, own).value if is_same else None)
                )
    return None


def _single(text: _Text, start: int) -> Number | None:
    numeral = text.numeral(start)
    if numeral is None or re.match(r"[*]?[-/.]\d", text.plain[numeral.end :]):
        return None
    end = numeral.end + (text.plain[numeral.end : numeral.end + 1] == "*")
    measure = measure_at(text.written, text.plain, end)
    if measure is None:
        return None
    doubt = measure.doubt
    if numeral.other is not None and measure.unit != Unit.PERCENT:
        doubt = _asks(text, f"{spelt(numeral.value)} ou {spelt(numeral.other)} ?")
    number = _measured(numeral, measure, doubt=doubt)
    end = measure.end
    if half := _AND_HALF.match(text.plain, end):
        number, end = replace(number, value=number.value + Decimal("0.5")), half.end()
    return _ended(text, end, number)


def _measured(numeral: Numeral, measure: Measure, *, doubt: str = "") -> Number:
    """The value in its unit: a ratio for a percentage."""
    if measure.unit == Unit.PERCENT:
        value = (numeral.decimals * measure.by / 100).quantize(SIX_DECIMALS)
        return Number(value, measure.unit, is_written_percent=True, doubt=doubt)
    other = None if numeral.other is None else numeral.other * measure.by
    return Number(numeral.value * measure.by, measure.unit, measure.words, doubt=doubt, other=other)


def _ended(text: _Text, end: int, number: Number) -> Number:
    """The number with what follows it: a note mark, counts, words to keep, or a second number to ask about."""
    tail, plain = text.written[end:].strip(), text.plain[end:].strip()
    if _FOOTNOTE.fullmatch(tail):
        return _with_words_judged(text, number, "")
    wrapped = _WRAPPED.fullmatch(tail)
    is_apart = bool(wrapped) or tail[0] in "([;:,-–—\n" or "\n" in text.written[end : end + 2]
    rest = (wrapped[1] if wrapped else tail.lstrip(" ;:,-–—.")).strip()
    if number.unit == Unit.PERCENT and number.counts is None and (counts := _COUNTS_IN_REST.fullmatch(folded(rest))):
        return _with_counts(text, number, counts, rest)
    if number.counts and not number.is_written_percent and (rate := _RATE_IN_REST.fullmatch(folded(rest))):
        return _with_rate(text, number, Decimal(rate["rate"].replace(",", ".")) / 100)
    number = replace(number, rest=rest)
    if re.match(r"[.,][a-z]", plain) and text.plain[end : end + 1] != " ":  # « 96,l % », read by a machine
        return replace(number, doubt=number.doubt or _asks(text, "est-ce bien le nombre ?"))
    if second := _second_value(text, number, folded(rest)):
        return replace(number, doubt=number.doubt or second)
    return _with_words_judged(text, number, "" if is_apart else plain)


def _with_counts(text: _Text, number: Number, found: re.Match[str], rest: str) -> Number:
    """« 98 % (12/13) »: the counts, which must say the same rate."""
    counts = (Decimal(found["n"]), Decimal(found["d"]))
    doubt = _doubt_of_counts(text, *counts)
    if not doubt and abs(_ratio(*counts) - number.value) > _CLOSE:
        doubt = _asks(
            text, f"{found['n']}/{found['d']} fait {spelt((_ratio(*counts) * 100).quantize(Decimal('0.1')))} %."
        )
    after = rest[found.start("after") :].strip(" ;:,-–—.")
    return replace(number, counts=counts, rest=after, doubt=number.doubt or doubt)


def _with_rate(text: _Text, number: Number, rate: Decimal) -> Number:
    """« 12/13 (92 %) »: the rate of the counts, told again."""
    is_same = abs(rate - number.value) <= _CLOSE
    doubt = (
        "" if is_same else _asks(text, f"les nombres font {spelt((number.value * 100).quantize(Decimal('0.1')))} %.")
    )
    return replace(number, is_written_percent=True, doubt=number.doubt or doubt)


def _second_value(text: _Text, number: Number, rest: str) -> str:
    """Another figure of the same unit among the words, or nothing but a figure: which one is the value?"""
    bare = numeral_at(rest)
    if (bare and bare.end == len(rest)) or _OUT_OF.match(rest):
        return _asks(text, TWO_NUMBERS)
    if number.unit in (Unit.NONE, Unit.OTHER):
        is_two = number.counts is None and (_SECOND.match(rest) or _RATE_IN_REST.search(rest))
        return _asks(text, TWO_NUMBERS) if is_two else ""
    for found in re.finditer(r"(?<![\w.,/])\d", rest):
        numeral = numeral_at(rest, found.start())
        measure = measure_at(rest, rest, numeral.end) if numeral else None
        is_more = measure and found.start() == 0 and {measure.unit, number.unit} <= TIMES  # 12 j 4 h
        if measure and (is_more or measure.unit == number.unit):
            return _asks(text, TWO_NUMBERS)
    return ""


def _with_words_judged(text: _Text, number: Number, attached: str) -> Number:
    """« 12 jours de fermeture », « 45 congés »: the words say why there is no value; not so after a per cent sign."""
    words = f"{folded(number.unit_words)} {attached}"
    is_state = _STATE.search(words) and (not number.is_written_percent or re.match(r"(?:de|d'|des)\b", attached))
    if is_state and not number.doubt:
        return replace(number, doubt=_asks(text, "est-ce une valeur, ou la raison pour laquelle il n’y en a pas ?"))
    return number


def _ratio(part: Decimal, whole: Decimal) -> Decimal:
    return (part / whole).quantize(SIX_DECIMALS) if whole else Decimal(0)


def _asks(text: _Text, question: str) -> str:
    shown = " ".join(text.written.split())
    return f"« {shown if len(shown) <= 60 else shown[:60] + '…'} » : {question}"
