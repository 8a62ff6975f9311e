"""The measure of an indicator that the catalogue does not know yet, told from its words, its target, its figures."""

import re

from core.importing.numbers import Number, Unit
from core.importing.words import plain
from indicators.enums import Measure

# In this order, in the plain spelling of the label. « Taux de réponse dans le délai de… » is a rate.
_LABELS = (
    (Measure.RATE, re.compile(r"((taux|part|pourcentage|proportion)\b|%).*|.*(\btaux|\bsatisfaction|%)( .*)?")),
    (Measure.DAYS, re.compile(r"(delais?|duree|temps)\b.*")),
    (Measure.COUNT, re.compile(r"(nombres?|nb|nbre|volume|effectifs?|total)\b.*|.*\bpar mois\b.*|connexions?\b.*")),
)
_UNIT_WORDS = {"taux": Measure.RATE, "ratio": Measure.RATE, "nombre": Measure.COUNT, "nb": Measure.COUNT}
IN_PERCENTS = re.compile(r"%|.*\b(en|unite) %.*|(en )?pour ?cent(age)?|points?")
_MARKS = re.compile(r".*\b(notes?|scores?)\b.*|.*\bsur (5|10|20|100)\b.*")


def measure_in_words(label: str, unit: str) -> Measure | None:
    """What the words of the row say, None if they say nothing."""
    words = plain(unit)
    if words:
        days = Measure.DAYS if re.match(r"j(ours?)?\b", words) else None
        return Measure.RATE if IN_PERCENTS.fullmatch(words) else _UNIT_WORDS.get(words) or days
    spelt = plain(label)
    return next((measure for measure, pattern in _LABELS if pattern.fullmatch(spelt)), None)


def is_mark(label: str) -> bool:
    """« Satisfaction (note sur 5) »: a mark, which no unit of the catalogue measures."""
    return _MARKS.fullmatch(plain(label)) is not None


def measure_of(label: str, unit: str, target: Number | None, numbers: list[Number]) -> Measure:
    """The likeliest measure: words, then target, then figures; a plain number is a count."""
    said = measure_in_words(label, unit) or (_MEASURES.get(target.unit) if target else None)
    return said or _measure_of_figures(label, numbers)


def _measure_of_figures(label: str, numbers: list[Number]) -> Measure:
    units = {number.unit for number in numbers}
    if Unit.PERCENT in units:
        return Measure.RATE
    if units & {Unit.DAYS, Unit.WEEKS, Unit.MONTHS} or "delai" in plain(label):
        return Measure.DAYS
    are_ratios = bool(numbers) and all(number.value <= 1 for number in numbers)
    return Measure.RATE if are_ratios and any(number.value % 1 for number in numbers) else Measure.COUNT


_MEASURES = {Unit.PERCENT: Measure.RATE, Unit.DAYS: Measure.DAYS, Unit.WEEKS: Measure.DAYS, Unit.MONTHS: Measure.DAYS}
