"""The unit of an indicator that the catalogue does not know yet, told from its words, its target, its figures."""

import re
from decimal import Decimal

from core.imports.words import plain
from core.spreadsheets.model import Cell
from indicators.enums import Measure
from indicators.imports.figures import DAYS, PER_MONTH, PERCENT, figure_of
from indicators.imports.source_rows import SourceRow

# In this order, in the plain spelling of the label. « Taux de réponse dans le délai de… » is a rate.
_LABELS = (
    (Measure.RATE, re.compile(r"((taux|part|pourcentage|proportion)\b|%).*|.*(\btaux|\bsatisfaction|%)( .*)?")),
    (Measure.DAYS, re.compile(r"(delais?|duree|temps)\b.*")),
    (Measure.COUNT, re.compile(r"(nombres?|nb|nbre|volume|effectifs?|total)\b.*|.*\bpar mois\b.*|connexions?\b.*")),
)
_UNIT_WORDS = {"taux": Measure.RATE, "%": Measure.RATE, "pourcentage": Measure.RATE, "nombre": Measure.COUNT}


def unit_in_words(row: SourceRow) -> Measure | None:
    """What the words of the row say, None if they say nothing."""
    words = plain(row.unit_words)
    if words:
        return _UNIT_WORDS.get(words) or (Measure.DAYS if re.match(r"j(ours?)?\b", words) else None)
    label = plain(row.label)
    return next((unit for unit, pattern in _LABELS if pattern.fullmatch(label)), None)


def unit_of(row: SourceRow) -> Measure:
    """The likeliest unit: words, then target, then figures; a plain number is a count."""
    return unit_in_words(row) or _unit_of_target(row.target) or _unit_of_figures(row)


def _unit_of_target(target: Cell | None) -> Measure | None:
    text = target.text if target else ""
    if "%" in text:
        return Measure.RATE
    return Measure.DAYS if re.search(r"\d\s*(j|jours?)\b", text.casefold()) else None


def _unit_of_figures(row: SourceRow) -> Measure:
    figures = [figure for cell in row.months.values() if (figure := figure_of(cell))]
    units = {figure.unit for figure in figures}
    if PERCENT in units:
        return Measure.RATE
    if DAYS in units or "delai" in plain(row.label):
        return Measure.DAYS
    if PER_MONTH in units or not figures:
        return Measure.COUNT
    are_ratios = all(figure.value <= 1 for figure in figures)
    return Measure.RATE if are_ratios and any(figure.value % Decimal(1) for figure in figures) else Measure.COUNT
