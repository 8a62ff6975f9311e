"""The indicators in the annual report: a chapter with a table per family and charts, and the grid in annex."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from core import charts, registries
from core.figures import format_figure, format_target
from core.states import mark_of
from indicators.enums import Measure, ValueState
from indicators.models import Indicator, Reading
from indicators.rules.months import MONTH_NAMES, Month
from indicators.rules.readings import read_year
from organisations.models import Unit

ENOUGH_FOR_A_CHART = 4
SHORT_MONTHS = ("Janv.", "Févr.", "Mars", "Avr.", "Mai", "Juin", "Juil.", "Août", "Sept.", "Oct.", "Nov.", "Déc.")


@dataclass(frozen=True)
class Line:
    """An indicator as the report prints it."""

    reading: Reading
    months: Sequence[Month]
    other: str

    @property
    def indicator(self) -> Indicator:
        return self.reading.indicator

    @property
    def value(self) -> str:
        return format_figure(self.reading.value, self.indicator.measure)

    @property
    def target(self) -> str:
        return format_target(self.reading.target_direction, self.reading.target_value, self.indicator.measure)

    @property
    def previous(self) -> str:
        value = self.reading.previous_value
        return "–" if value is None else format_figure(value, self.indicator.measure)

    @property
    def comments(self) -> list[str]:
        """Comments and reasons of the year, each once, in the order of the months."""
        texts = [m.comment for m in self.months] + [m.reason for m in self.months if len(m.reason.split()) > 1]
        return list(dict.fromkeys(text for text in texts if text))

    @property
    def chart(self) -> str:
        """The curve of the year; empty where too few months were measured for a curve to tell anything."""
        if self.reading.measured_months < ENOUGH_FOR_A_CHART:
            return ""
        points = [(SHORT_MONTHS[m.month - 1], m.value, str(m.state)) for m in self.months]
        return charts.line_chart(
            points,
            measure=self.indicator.measure,
            title=f"{self.indicator.label} en {self.reading.year}",
            target=self.reading.target_value,
            target_direction=self.reading.target_direction,
        )

    @property
    def cells(self) -> list[str]:
        return [cell_text(month, self.indicator.measure) for month in self.months]


def cell_text(month: Month, measure: str) -> str:
    """A month in a narrow cell: the figure without its unit, or the letters of its state."""
    if not month.is_measured:
        return mark_of(month.state)
    text = format_figure(month.value, measure)
    return text if measure == Measure.RATE else text.split("\u202fjour")[0]


def chapter(site: Unit, year: int) -> Mapping:
    """The context of the chapter: families with their lines, and the sentences that sum the year up."""
    lines = _lines(site, year)
    return {
        "families": [(family, list(group)) for family, group in groupby(lines, key=lambda line: line.indicator.family)],
        "sentences": sentences(lines, site, year),
        "suspended": _suspended(lines),
    }


def annex(site: Unit, year: int) -> Mapping:
    """The context of the annex: the twelve months of every indicator, as the services know them."""
    lines = _lines(site, year)
    used = {str(month.state) for line in lines for month in line.months if not month.is_measured}
    return {
        "months": SHORT_MONTHS,
        "families": [(family, list(group)) for family, group in groupby(lines, key=lambda line: line.indicator.family)],
        "legend": [(mark_of(state), str(ValueState(state).label).lower()) for state in ValueState if state in used],
    }


def sentences(lines: Sequence[Line], site: Unit, year: int) -> list[str]:
    """What the year comes to, in sentences built from the rows."""
    if not lines:
        return [f"Aucun indicateur n’est suivi à {site} en {year}."]
    measured = [line for line in lines if line.reading.value is not None]
    told = [f"{_count(len(lines), 'indicateur')} suivis en {year}, dont {len(measured)} mesurés au moins un mois."]
    met = [line for line in measured if line.reading.target_met]
    missed = [line for line in measured if line.reading.target_met is False]
    if met or missed:
        told.append(f"{_count(len(met), 'cible')} atteinte{_s(len(met))} sur {len(met) + len(missed)}.")
    told += [_missed(line) for line in missed]
    told += [f"{line.indicator.label} : {w['message']}." for line in measured for w in line.reading.warnings
             if w["code"] == "suspicious_month"]  # fmt: skip
    return told


def _missed(line: Line) -> str:
    return f"Cible manquée : {line.indicator.label}, {line.value} pour une cible de {line.target}."


def _lines(site: Unit, year: int) -> list[Line]:
    lines = []
    for reading in Reading.objects.for_dashboard(site.pk, year):
        months = [Month.from_json(row) for row in reading.months]
        lines.append(Line(reading, months, _other(reading, months)))
    return lines


def _other(reading: Reading, months: Sequence[Month]) -> str:
    other = read_year(months, reading.indicator.year_rule).other
    text = "" if other is None else format_figure(other, reading.indicator.measure)
    return "" if text == format_figure(reading.value, reading.indicator.measure) else text


def _suspended(lines: Sequence[Line]) -> list[str]:
    """« mars, avril, mai et juin » where some indicator was suspended, for the note under the tables."""
    months = {m.month for line in lines for m in line.months if m.state == ValueState.SUSPENDED}
    return [MONTH_NAMES[month - 1] for month in sorted(months)]


def _count(number: int, word: str) -> str:
    return f"{number} {word}{_s(number)}"


def _s(number: int) -> str:
    return "s" if number > 1 else ""


def register() -> None:
    """Register the chapter and its annex with the annual report."""
    registries.report_sections.register(
        registries.ReportSection(
            code="indicators",
            title="Les indicateurs de la démarche qualité",
            position=500,
            context=chapter,
            template="indicators/report/chapter.html",
        )
    )
    registries.report_sections.register(
        registries.ReportSection(
            code="indicators-grid",
            title="Annexe : tableau de bord des douze mois",
            position=900,
            context=annex,
            template="indicators/report/annex.html",
        )
    )
