"""What follows a number in a cell: a note mark, counts, words kept for a comment, or a second number to ask about."""

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from core.base.numerals import Numeral, Writing, numeral_at, spelt
from core.importing.units import TIMES, Unit, folded, measure_at

TWO_NUMBERS = "deux nombres sont écrits."
SIX_DECIMALS = Decimal("0.000001")
_CLOSE = Decimal("0.006")  # a rate printed without decimals and its counts
_STATE = re.compile(
    r"\b(?:conge|ferm|covid|panne|greve|vacance|suspen|indisponib|absen|arret|travaux|confin|demenag|formation|ferie)"
)
_RATE_IN_REST = re.compile(r"(?:=|soit|ou)? ?(?P<rate>\d{1,3}(?:[.,]\d{1,4})?) ?%")
_SECOND = re.compile(r"(?:(?:puis|et|ou|ensuite) )?\d+(?:[.,]\d+)?(?: (?!\d)|$)")
_OUT_OF = re.compile(r"sur \d")
_FOOTNOTE = re.compile(r"[ *†‡°¹²³⁴-⁹]*(?:\(\d\) *)?$")
WRAPPED = re.compile(r"[(\[]([^()\[\]]*)[)\]]$")
_COUNTS_IN_REST = re.compile(r"(?:soit )?(?P<n>\d{1,9}) ?(?:/|sur) ?(?P<d>\d{1,9})(?![\d/.,-])(?P<after>.*)")


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

    def doubted(self, doubt: str) -> "Number":
        """The same with a doubt, unless it has one already."""
        return replace(self, doubt=self.doubt or doubt)


@dataclass(frozen=True, slots=True)
class Text:
    """A text, and the same without capitals nor accents, whose places are the same."""

    written: str
    plain: str
    writing: Writing | None

    def numeral(self, start: int) -> Numeral | None:
        """The numeral there, spaces apart."""
        while self.plain[start : start + 1] == " ":
            start += 1
        return numeral_at(self.written, start, writing=self.writing)


def doubt_of_counts(text: Text, part: Decimal, whole: Decimal) -> str:
    if whole == 0:
        return asks(text, "aucun cas ?")
    return "" if 0 <= part <= whole else asks(text, "la partie dépasse le tout.")


def ended(text: Text, end: int, number: Number) -> Number:
    """The number with what follows it: a note mark, counts, words to keep, or a second number to ask about."""
    tail, plain = text.written[end:].strip(), text.plain[end:].strip()
    if _FOOTNOTE.fullmatch(tail):
        return _with_words_judged(text, number, "")
    wrapped = WRAPPED.fullmatch(tail)
    rest = (wrapped[1] if wrapped else tail.lstrip(" ;:,-–—.")).strip()
    if told := _told_again(text, number, rest):
        return told
    number = replace(number, rest=rest)
    if re.match(r"[.,][a-z]", plain) and text.plain[end : end + 1] != " ":  # « 96,l % », read by a machine
        return number.doubted(asks(text, "est-ce bien le nombre ?"))
    if second := _second_value(text, number, folded(rest).lstrip("\\|_ ")):
        return number.doubted(second)
    is_apart = bool(wrapped) or tail[0] in "([;:,-–—\n" or "\n" in text.written[end : end + 2]
    return _with_words_judged(text, number, "" if is_apart else plain)


def _told_again(text: Text, number: Number, rest: str) -> Number | None:
    """« 98 % (12/13) », « 12/13 (92 %) »: the counts of a rate, the rate of counts."""
    words = folded(rest)
    if number.unit == Unit.PERCENT and number.counts is None and (counts := _COUNTS_IN_REST.fullmatch(words)):
        return _with_counts(text, number, counts, rest)
    if number.counts and not number.is_written_percent and (rate := _RATE_IN_REST.fullmatch(words)):
        return _with_rate(text, number, Decimal(rate["rate"].replace(",", ".")) / 100)
    return None


def _with_counts(text: Text, number: Number, found: re.Match[str], rest: str) -> Number:
    """« 98 % (12/13) »: the counts, which must say the same rate."""
    counts = (Decimal(found["n"]), Decimal(found["d"]))
    doubt = doubt_of_counts(text, *counts)
    if not doubt and abs(ratio(*counts) - number.value) > _CLOSE:
        doubt = asks(
            text, f"{found['n']}/{found['d']} fait {spelt((ratio(*counts) * 100).quantize(Decimal('0.1')))} %."
        )
    after = rest[found.start("after") :].strip(" ;:,-–—.")
    return replace(number, counts=counts, rest=after).doubted(doubt)


def _with_rate(text: Text, number: Number, rate: Decimal) -> Number:
    """« 12/13 (92 %) »: the rate of the counts, told again."""
    number = replace(number, is_written_percent=True)
    if abs(rate - number.value) <= _CLOSE:
        return number
    return number.doubted(asks(text, f"les nombres font {spelt((number.value * 100).quantize(Decimal('0.1')))} %."))


def _second_value(text: Text, number: Number, rest: str) -> str:
    """Another figure of the same unit among the words, or nothing but a figure: which one is the value?"""
    bare = numeral_at(rest)
    if (bare and bare.end == len(rest)) or _OUT_OF.match(rest):
        return asks(text, TWO_NUMBERS)
    if number.unit in (Unit.NONE, Unit.OTHER):
        is_two = number.counts is None and bool(_SECOND.match(rest) or _RATE_IN_REST.search(rest))
    else:
        starts = (found.start() for found in re.finditer(r"(?<![\w.,/])\d", rest))
        is_two = any(_goes_on(rest, start, number.unit) for start in starts)
    return asks(text, TWO_NUMBERS) if is_two else ""


def _goes_on(rest: str, start: int, unit: Unit) -> bool:
    """Whether a number among the words is of the unit of the first one, or the end of a duration: « 12 j 4 h »."""
    numeral = numeral_at(rest, start)
    measure = measure_at(rest, rest, numeral.end) if numeral else None
    return measure is not None and (measure.unit == unit or (start == 0 and {measure.unit, unit} <= TIMES))


def _with_words_judged(text: Text, number: Number, attached: str) -> Number:
    """« 12 jours de fermeture », « 45 congés »: the words say why there is no value; not so after a per cent sign."""
    words = f"{folded(number.unit_words)} {attached}"
    is_state = _STATE.search(words) and (not number.is_written_percent or re.match(r"(?:de|d'|des)\b", attached))
    reason = "est-ce une valeur, ou la raison pour laquelle il n’y en a pas ?"
    return number.doubted(asks(text, reason)) if is_state else number


def ratio(part: Decimal, whole: Decimal) -> Decimal:
    return (part / whole).quantize(SIX_DECIMALS) if whole else Decimal(0)


def asks(text: Text, question: str) -> str:
    shown = " ".join(text.written.split())
    return f"« {shown if len(shown) <= 60 else shown[:60] + '…'} » : {question}"
