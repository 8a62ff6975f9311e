"""How the rates of a row are written, 98,7 or 0,987, settled for the whole row before any cell is read."""

import re
from bisect import bisect_right
from decimal import Decimal

from core.importing.asks import Option
from core.importing.numbers import Number, Unit, spelt
from core.importing.periods.roles import PREVIOUS, TARGET
from core.importing.places import ReadPlace
from core.importing.words import plain
from indicators.imports.context import Context
from indicators.imports.rows import FileRow, number_of
from indicators.imports.units import IN_PERCENTS

RATIO, POINTS, MIXED = "ratio", "points", "mixed"
FAR = Decimal(30)  # times its target: a rate so far from it is in another writing
_OVERSHOT = Decimal("1.3")  # what a ratio of too many may come to
_SCALES = (Option(RATIO, "0,8 veut dire 80 %"), Option(POINTS, "0,8 veut dire 0,8 %"))


def says_percents(row: FileRow) -> bool:
    """« % » in the unit column, « (en %) » in the label: the figures are in percents, whatever they are."""
    return bool(IN_PERCENTS.fullmatch(plain(row.unit))) or re.search(r"\ben %|[(\[]\s*%\s*[)\]]", row.label) is not None


def settle_scale(row: FileRow, context: Context, *, is_new: bool, is_low_good: bool) -> str:
    """By the unit, then by the figures, then by the target; asked (empty) when they do not agree."""
    if says_percents(row):
        return POINTS
    numbers = [number for fact in row.facts().values() if (number := number_of(fact.cell, context.writing))]
    values = sorted(abs(number.value) for number in numbers if number.unit == Unit.NONE and number.value)
    if not values or plain(row.unit) in ("ratio", "fraction"):
        return RATIO
    told = _told_by(values, row, context, is_new=is_new, is_low_good=is_low_good)
    return told or _asked(values, row, context)


def _told_by(values: list[Decimal], row: FileRow, context: Context, *, is_new: bool, is_low_good: bool) -> str:
    """What figures say, in order; empty when they may be read in two ways."""
    first = bisect_right(values, 1)
    under, above = values[:first], values[first:]
    if above and (len(above) * 2 >= len(values) or above[0] > FAR * under[-1]):
        return MIXED
    if above:
        return RATIO if above[-1] <= _OVERSHOT else ""  # 102 % among 98 %: an error at its cell
    if is_new and all(value * 10 % 1 == 0 for value in values):
        return ""
    return RATIO if _is_ratio(row, context, values[len(values) // 2], is_low_good=is_low_good) else ""


def _asked(values: list[Decimal], row: FileRow, context: Context) -> str:
    shown = ", ".join(spelt(value) for value in values[:2] + values[-1:])
    question = f"« {row.label} » : {shown}… Comment ces taux sont-ils écrits ?"
    code = f"scale:{row.key}"
    answer = context.ask_cell(code, question, _SCALES, row.place, POINTS)
    if not answer:
        context.waiting |= {fact.place: code for fact in row.facts().values()}
    return answer


def _is_ratio(row: FileRow, context: Context, median: Decimal, *, is_low_good: bool) -> bool:
    """Whether figures under 1 are surely ratios: beside their target, and like the other rates of the file."""
    beside = _beside(row, context)
    marked = [number.value for number in beside if number.unit == Unit.PERCENT]
    marked += [number.value / 100 for number in beside if number.unit == Unit.NONE and number.value > 1]
    if marked:
        return all(1 / FAR < median / value < FAR for value in marked)
    return not context.points and not (is_low_good and not beside)


def _beside(row: FileRow, context: Context) -> list[Number]:
    """The target and last year's result, where they are numbers other than 0."""
    cells = [cell for role in (TARGET, PREVIOUS) if (cell := row.texts.get(role)) is not None]
    return [number for cell in cells if (number := number_of(cell, context.writing)) and number.value]


def small(value: Decimal, row: FileRow, context: Context, place: ReadPlace) -> Decimal | None:
    """0,9 among 97 and 98 may be 0,9 % or 90 %; None while it is asked."""
    question = f"« {spelt(value)} » parmi des pourcentages ({row.label}) ?"
    answer = context.ask_cell(f"scale:{row.key}:small", question, _SCALES, place, POINTS)
    return {RATIO: value, POINTS: value / 100}.get(answer)
