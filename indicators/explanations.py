"""« Pourquoi ce chiffre ? »: the months used and left out, the counts, the rule and its source, the authors."""

from dataclasses import dataclass, field

from django.utils import timezone

from core.base.figures import format_figure, format_number
from core.base.months import month_name
from indicators.collectors import Case, collectors
from indicators.enums import ValueState, YearRule
from indicators.models import Reading, Target, Value
from indicators.rules.months import Month, months_over
from indicators.rules.readings import YearReading, read_year
from indicators.rules.words import counts_in_words, own_reason

RULE_SENTENCES = {
    YearRule.WEIGHTED: "Somme des numérateurs divisée par la somme des dénominateurs des mois mesurés.",
    YearRule.MEAN: "Moyenne simple des mois mesurés.",
    YearRule.SUM: "Somme des mois mesurés.",
    YearRule.LAST: "Dernier mois mesuré.",
}


@dataclass(frozen=True)
class ExplainedMonth:
    """A month of the reading: used or left out, and why.

    `entries` are the rows typed by the services, `cases` those counted by the application.
    """

    month: Month
    name: str
    figure: str
    is_used: bool
    why: str
    entries: list[Value] = field(default_factory=list)
    cases: list[Case] = field(default_factory=list)


@dataclass(frozen=True)
class Explanation:
    """All that stands behind a yearly reading, ready to print."""

    reading: Reading
    year: YearReading
    months: list[ExplainedMonth]
    rule: str
    source: str
    computation: str
    other: str
    target: Target | None
    history: list

    @property
    def used(self) -> list[ExplainedMonth]:
        return [month for month in self.months if month.is_used]

    @property
    def left_out(self) -> list[ExplainedMonth]:
        """Months over that the reading does not count; a month to come is neither missing nor left out."""
        over = months_over(self.reading.year, timezone.localdate())
        return [month for month in self.months if not month.is_used and month.month.month <= over]


def explain(reading: Reading) -> Explanation:
    """Explain a reading in a constant number of queries: its values with their authors, its target, its history."""
    indicator = reading.indicator
    months = [Month.from_json(row) for row in reading.months]
    year = read_year(months, indicator.year_rule)
    entries, cases = _entries(reading), _cases(reading)
    return Explanation(
        reading=reading,
        year=year,
        months=[
            _explained(month, indicator, entries.get(month.month, []), cases.get(month.month, [])) for month in months
        ],
        rule=RULE_SENTENCES[YearRule(year.rule)],
        source=indicator.source,
        computation=computation(months, year, indicator.measure),
        other=_other(year, indicator.measure),
        target=_target(reading),
        history=_history(reading),
    )


def computation(months: list[Month], year: YearReading, measure: str) -> str:
    """The sum written out: « (99,0 % + 98,8 %) / 2 = 98,9 % »; empty when nothing was measured."""
    used = [month for month in months if month.month in year.used]
    if not used:
        return ""
    result = format_figure(year.value, measure, digits=2)
    if year.rule == YearRule.WEIGHTED:
        above = " + ".join(format_number(month.numerator) for month in used)
        below = " + ".join(format_number(month.denominator) for month in used)
        return f"({above}) / ({below}) = {result}"
    figures = [format_figure(month.value, measure) for month in used]
    if year.rule == YearRule.LAST:
        return f"{month_name(used[-1].month).capitalize()} : {result}"
    total = " + ".join(figures)
    return f"{total} = {result}" if year.rule == YearRule.SUM else f"({total}) / {len(used)} = {result}"


def _other(year: YearReading, measure: str) -> str:
    other = year.other
    if other is None or format_figure(other, measure, digits=2) == format_figure(year.value, measure, digits=2):
        return ""
    name = "moyenne des mois" if year.rule == YearRule.WEIGHTED else "lecture pondérée"
    return f"{name} : {format_figure(other, measure, digits=2)}"


def _explained(month: Month, indicator, entries: list[Value], cases: list[Case]) -> ExplainedMonth:
    if month.is_measured:
        why = counts_in_words(month) if month.has_counts else ""
        figure = format_figure(month.value, indicator.measure)
    elif month.state == ValueState.MISSING and month.month not in indicator.due_months:
        why, figure = "Pas de valeur attendue ce mois-ci.", "–"
    else:
        label = str(ValueState(month.state).label)
        why, figure = own_reason(month.state, month.reason) or label, label
    return ExplainedMonth(month, month_name(month.month), figure, month.is_measured, why, entries, cases)


def _entries(reading: Reading) -> dict[int, list[Value]]:
    rows = Value.objects.filter(indicator_id=reading.indicator_id, site_id=reading.site_id, year=reading.year)
    entries: dict[int, list[Value]] = {}
    for value in rows.select_related("unit", "entered_by").order_by("month", "unit__position"):
        entries.setdefault(value.month, []).append(value)
    return entries


def _cases(reading: Reading) -> dict[int, list[Case]]:
    """What the application counted, by month, where it computes the figure."""
    code = reading.indicator.collector
    cases: dict[int, list[Case]] = {}
    if code in collectors:
        for case in collectors.get(code).cases(reading.site, reading.year):
            cases.setdefault(case.month, []).append(case)
    return cases


def _history(reading: Reading) -> list:
    rows = Value.history.filter(indicator_id=reading.indicator_id, site_id=reading.site_id, year=reading.year)
    return list(rows.select_related("history_user", "unit").order_by("-history_date", "-history_id"))


def _target(reading: Reading) -> Target | None:
    targets = Target.objects.filter(indicator_id=reading.indicator_id).binding(reading.site_id, reading.year)
    return targets.get(reading.indicator_id)
