"""Actions on the curve of the indicator they should move: when they were done, what was read before and after."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from actions.enums import Effectiveness, Status
from actions.models import Action
from core.base.figures import format_difference, format_figure
from core.pages.charts import FILLED, HOLLOW, SQUARE, Mark
from indicators.models import ExpectedEffect, Indicator, Reading
from indicators.rules.effects import BeforeAndAfter, compare
from indicators.rules.months import Month
from organisations.models import Unit

DIGITS = 2  # so that the difference told is that of the figures told
Series = list[tuple[int, int, Decimal]]


@dataclass(frozen=True)
class EffectLine:
    """An action expected to move an indicator, numbered as on the curve."""

    number: int
    effect: ExpectedEffect
    series: Series

    @property
    def action(self) -> Action:
        return self.effect.action

    @property
    def indicator(self) -> Indicator:
        return self.effect.indicator

    @property
    def comparison(self) -> BeforeAndAfter | None:
        """What was read around the day it was done; None for what is not done, or on an unknown day."""
        if self.action.status != Status.DONE or self.action.done_on is None:
            return None
        return compare(self.series, self.action.done_on)

    @property
    def told(self) -> str:
        """« 82,1 % avant (3 mois mesurés), 90,4 % après (2 mois mesurés) : +8,3 points »; empty when not done."""
        found = self.comparison
        return "" if found is None else comparison_in_words(found, self.indicator.measure)

    def marks(self, year: int) -> list[Mark]:
        """Its signs on the curve of a year."""
        return [
            Mark(day.month - 1, str(self.number), f"{self.action.title} : {words}", shape)
            for day, words, shape in self._events()
            if day.year == year
        ]

    def _events(self) -> Iterable[tuple[date, str, str]]:
        action = self.action
        if action.status == Status.DONE and action.done_on:
            yield action.done_on, "réalisée", FILLED
        elif action.status not in {Status.DONE, Status.ABANDONED} and action.deadline_latest:
            yield action.deadline_latest, "prévue", HOLLOW
        if action.reviewed_on:
            yield action.reviewed_on, f"vérifiée, {Effectiveness(action.review_result).label.lower()}", SQUARE
        if action.review_due_on:
            yield action.review_due_on, "efficacité à vérifier", SQUARE


def comparison_in_words(found: BeforeAndAfter, measure: str) -> str:
    """The figures read before and after, with how many months they come from."""
    if found.before is None and found.after is None:
        return "aucun mois mesuré autour de cette date"
    if found.after is None:
        return f"{_side(found.before, found.months_before, measure)} avant ; pas encore de mois mesuré après"
    if found.before is None:
        return f"{_side(found.after, found.months_after, measure)} après ; aucun mois mesuré avant"
    before = _side(found.before, found.months_before, measure)
    after = _side(found.after, found.months_after, measure)
    return f"{before} avant, {after} après : {format_difference(found.difference, measure, DIGITS)}"


def of_indicator(user, indicator: Indicator, site: Unit) -> list[EffectLine]:
    """The actions of a site expected to move the indicator, in the order of their days, that the person sees."""
    rows = ExpectedEffect.objects.visible_to(user).filter(indicator=indicator, action__finding__plan__site=site)
    effects = sorted(_joined(rows), key=lambda row: (_placed(row.action) or date.max, row.pk))
    series = series_of([indicator.pk], site.pk)[indicator.pk] if effects else []
    return [EffectLine(number, effect, series) for number, effect in enumerate(effects, start=1)]


def of_action(user, action: Action) -> list[EffectLine]:
    """The indicators that the action should move, in the order they were said."""
    effects = list(_joined(ExpectedEffect.objects.visible_to(user).filter(action=action)).order_by("pk"))
    series = series_of([effect.indicator_id for effect in effects], action.finding.plan.site_id)
    return [EffectLine(n, effect, series[effect.indicator_id]) for n, effect in enumerate(effects, start=1)]


def everywhere(user, indicator: Indicator) -> Sequence[ExpectedEffect]:
    """The actions of all the sites one sees that should move the indicator."""
    rows = _joined(ExpectedEffect.objects.visible_to(user).filter(indicator=indicator))
    return rows.order_by("action__finding__plan__site__position", "action__finding__plan__site", "pk")


def series_of(indicator_ids: list[int], site_id: int) -> dict[int, Series]:
    """The measured months of each indicator at a site, in their order."""
    series: dict[int, Series] = {pk: [] for pk in indicator_ids}
    rows = Reading.objects.filter(indicator_id__in=series, site_id=site_id).order_by("year")
    for indicator_id, year, months in rows.values_list("indicator_id", "year", "months"):
        measured = (Month.from_json(row) for row in months)
        series[indicator_id] += [(year, month.month, month.value) for month in measured if month.is_measured]
    return series


def _joined(rows):
    return rows.select_related("indicator", "action__finding__plan__site")


def _placed(action: Action) -> date | None:
    return action.done_on or action.deadline_latest


def _side(value: Decimal, months: int, measure: str) -> str:
    return f"{format_figure(value, measure, DIGITS)} ({months} mois)"
