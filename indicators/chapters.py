"""The indicators in the annual report: a chapter with a table per family and charts, and the grid in annex."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import groupby

from core.base import registries
from core.base.figures import format_figure, format_target
from core.base.months import MONTH_NAMES, SHORT_MONTH_NAMES, month_name
from core.pages import charts
from core.pages.states import mark_of
from indicators.enums import Measure, ValueState
from indicators.models import Family, Indicator, Reading
from indicators.rules.months import Month
from indicators.rules.readings import read_year
from organisations.models import Unit

ENOUGH_FOR_A_CHART = 4
COUNTS_LACK, OUT_OF_CHARACTER = "no_counts", "suspicious_month"  # codes of indicators.rules.warnings
HEADINGS = tuple(name.capitalize() for name in SHORT_MONTH_NAMES)


@dataclass(frozen=True)
class ChapterLine:
    """An indicator as the report prints it."""

    reading: Reading
    months: Sequence[Month]
    other: str
    before: Sequence[Month] = ()  # the months of last year
    among: Sequence[Decimal] = ()  # the figures and targets of its family that have its measure

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
    def previous_met(self) -> bool | None:
        """Whether last year’s figure met its target; None without a figure to judge."""
        return None if self.reading.previous_value is None else self.reading.previous_target_met

    @property
    def counts_lack(self) -> bool:
        """Whether the reading fell back on the mean of months: said once under the table, not under each indicator."""
        return any(warning["code"] == COUNTS_LACK for warning in self.reading.warnings)

    @property
    def warnings(self) -> list[str]:
        """What a reader must know of this indicator alone."""
        return [self._told(warning) for warning in self.reading.warnings if warning["code"] != COUNTS_LACK]

    @property
    def comments(self) -> list[str]:
        """Comments and reasons of the year, each once, in the order of the months."""
        texts = [m.comment for m in self.months] + [m.reason for m in self.months if len(m.reason.split()) > 1]
        return list(dict.fromkeys(text for text in texts if text))

    @property
    def is_drawn(self) -> bool:
        return self.reading.measured_months >= ENOUGH_FOR_A_CHART

    @property
    def chart(self) -> str:
        """The curve of the year; empty where too few months were measured for a curve to tell anything."""
        if not self.is_drawn:
            return ""
        return charts.small_chart(
            _points(self.months),
            measure=self.indicator.measure,
            title=f"{self.indicator.label} en {self.reading.year}",
            target=self.reading.target_value,
            target_direction=self.reading.target_direction,
            previous=_points(self.before),
            among=self.among,
        )

    @property
    def cells(self) -> list[str]:
        return [cell_text(month, self.indicator.measure) for month in self.months]

    def _told(self, warning: Mapping) -> str:
        """The words of a warning; those of a month out of character say the whole sentence."""
        if warning["code"] != OUT_OF_CHARACTER:
            return warning["message"]
        month = self.months[warning["month"] - 1]
        without = read_year([m for m in self.months if m is not month], self.indicator.year_rule).value
        measure = self.indicator.measure
        return (
            f"{month_name(month.month)} ({format_figure(month.value, measure)}) s’écarte des autres mois ; "
            f"sans ce mois, la lecture serait de {format_figure(without, measure)}."
        )


def _points(months: Iterable[Month]) -> list[tuple[str, Decimal | None, str]]:
    return [(HEADINGS[month.month - 1], month.value, str(month.state)) for month in months]


def cell_text(month: Month, measure: str) -> str:
    """A month in a narrow cell: the figure without its unit, or the letters of its state."""
    if not month.is_measured:
        return mark_of(month.state)
    text = format_figure(month.value, measure)
    return text if measure == Measure.RATE else text.split("\u202fjour")[0]


def chapter(site: Unit, year: int) -> Mapping:
    """The context of the chapter: families with their lines, and the sentences that sum the year up."""
    lines = _lines(site, year)
    told, missed = summary(lines, site, year), [line for line in lines if line.reading.target_met is False]
    lacking = f"Cible{_s(len(missed))} manquée{_s(len(missed))} : {' ; '.join(map(_missed, missed))}." if missed else ""
    return {
        "families": _by_family(lines),
        "summary": told,
        "missed": [(line, _missed(line)) for line in missed],
        "suspended": _suspended(lines),
        "brief": [told, lacking] if lines else [],
        "key_figures": _met(lines),
    }


def annex(site: Unit, year: int) -> Mapping:
    """The context of the annex: the twelve months of every indicator, as the services know them."""
    lines = _lines(site, year)
    used = {str(month.state) for line in lines for month in line.months if not month.is_measured}
    return {
        "is_landscape": True,
        "is_empty": not lines,
        "months": HEADINGS,
        "families": _by_family(lines),
        "legend": [(mark_of(state), str(ValueState(state).label).lower()) for state in ValueState if state in used],
    }


def summary(lines: Sequence[ChapterLine], site: Unit, year: int) -> str:
    """What the year comes to, in words built from the rows."""
    if not lines:
        return f"Aucun indicateur n’est suivi en {year} : {site}."
    measured = [line for line in lines if line.reading.value is not None]
    if not measured:
        return f"{_followed(lines, year)} ; aucun n’a été mesuré."
    told = f"{_followed(lines, year)}, dont {len(measured)} mesuré{_s(len(measured))} au moins un mois."
    judged = _judged(lines)
    met = sum(judged)
    return f"{told} {met} cible{_s(met)} atteinte{_s(met)} sur {len(judged)}." if judged else told


def _judged(lines: Sequence[ChapterLine]) -> list[bool]:
    """Whether each measured indicator that has a target met it."""
    found = [line.reading.target_met for line in lines if line.reading.value is not None]
    return [met for met in found if met is not None]


def _met(lines: Sequence[ChapterLine]) -> list[registries.KeyFigure]:
    judged = _judged(lines)
    words = f"cible{_s(sum(judged))} atteinte{_s(sum(judged))}"
    told = f"{len(lines)} indicateur{_s(len(lines))} suivi{_s(len(lines))}"
    return [registries.KeyFigure(f"{sum(judged)} sur {len(judged)}", words, told)] if judged else []


def _followed(lines: Sequence[ChapterLine], year: int) -> str:
    return f"{len(lines)} indicateur{_s(len(lines))} suivi{_s(len(lines))} en {year}"


def _missed(line: ChapterLine) -> str:
    return f"{line.indicator.label} : {line.value} pour une cible {line.target}"


def _by_family(lines: Sequence[ChapterLine]) -> list[tuple[Family, list[ChapterLine]]]:
    """The lines of each family, those of one measure drawn on one scale."""
    found = []
    for family, group in groupby(lines, key=lambda line: line.indicator.family):
        several = list(group)
        found.append((family, [replace(line, among=_among(line, several)) for line in several]))
    return found


def _among(line: ChapterLine, several: Sequence[ChapterLine]) -> list[Decimal]:
    beside = [one for one in several if one.indicator.measure == line.indicator.measure and one.is_drawn]
    values = [month.value for one in beside for month in (*one.months, *one.before)]
    return [value for value in (*values, *(one.reading.target_value for one in beside)) if value is not None]


def _lines(site: Unit, year: int) -> list[ChapterLine]:
    before = dict(Reading.objects.filter(site=site, year=year - 1).values_list("indicator", "months"))
    lines = []
    for reading in Reading.objects.for_dashboard(site.pk, year):
        months = [Month.from_json(row) for row in reading.months]
        former = [Month.from_json(row) for row in before.get(reading.indicator_id, ())]
        lines.append(ChapterLine(reading, months, _other(reading, months), before=former))
    return lines


def _other(reading: Reading, months: Sequence[Month]) -> str:
    other = read_year(months, reading.indicator.year_rule).other
    text = "" if other is None else format_figure(other, reading.indicator.measure)
    return "" if text == format_figure(reading.value, reading.indicator.measure) else text


def _suspended(lines: Sequence[ChapterLine]) -> str:
    """« mars, avril, mai et juin » where some indicator was suspended, for the note above the tables."""
    months = {m.month for line in lines for m in line.months if m.state == ValueState.SUSPENDED}
    names = [MONTH_NAMES[month - 1] for month in sorted(months)]
    return " et ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))


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
            source="indicators:grid",
            origin="indicateurs saisis chaque mois par les services",
        )
    )
    registries.report_sections.register(
        registries.ReportSection(
            code="indicators-grid",
            title="Annexe : tableau de bord des douze mois",
            position=900,
            context=annex,
            template="indicators/report/annex.html",
            source="indicators:grid",
            origin="indicateurs saisis chaque mois par les services",
        )
    )
