"""The results of a campaign as figures: one line per criterion, for the whole and for each cut."""

from collections.abc import Iterator, Sequence

from core.base.figures import RATE
from core.sheets.writing import Column, FigureCell
from surveys.results import CriterionRow, Cut, Results
from surveys.rules.disclosure import HIDDEN

COLUMNS = (
    Column("Découpe", 16),
    Column("Groupe", 30),
    Column("Critère", 50),
    Column("Satisfaits ou oui", 12),
    Column("Réponses", 12),
    Column("Non concernés", 14),
    Column("Retours", 12),
    Column("Part", 10),
    Column("Intervalle, de", 14),
    Column("Intervalle, à", 14),
    Column("Significatif", 12),
)
CUTS = (("place", "Lieu"), ("channel", "Canal"), ("month", "Mois"))


def rows(results: Results) -> Iterator[list]:
    """Withheld percentages stay empty; the counts they are made of stand beside."""
    yield from _lines("Ensemble", "Ensemble", results.rows)
    for axis, label in CUTS:
        for cut in results.cuts(axis):
            yield from _lines(label, cut.label, cut.rows)


def _lines(cut: str, group: str, found: Sequence[CriterionRow] | Cut) -> Iterator[list]:
    for row in found:
        yield [
            cut,
            group,
            row.criterion,
            *((HIDDEN,) * 3 if row.is_hidden else (row.satisfied, row.answered, row.not_concerned)),
            row.returns,
            _rate(row.rate),
            _rate(row.low),
            _rate(row.high),
            row.significant,
        ]


def _rate(value) -> FigureCell | None:
    return None if value is None else FigureCell(value, RATE)
