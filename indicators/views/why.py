"""« Pourquoi ce chiffre ? »: all that stands behind a yearly reading."""

from django.http import Http404
from django.urls import reverse
from django.utils.functional import cached_property

from core.base.months import SHORT_MONTH_NAMES, month_name
from core.pages.charts import figure
from indicators.effects import EffectLine, of_indicator
from indicators.explanations import explain
from indicators.forms.cells import words_of
from indicators.models import Assignment, Reading
from indicators.rules.words import decimal_or_none
from indicators.tables.grid import MET, RULE_NAMES
from indicators.views.sites import SiteYearPage, readings_of
from organisations.permissions import Permission


class WhyPage(SiteYearPage):
    """The rule and its source, the computation, the months, the authors, the history, the target, N-1."""

    template_name = "indicators/why/why.html"

    @cached_property
    def reading(self) -> Reading:
        rows = readings_of(self.request.user, self.site, self.year)
        reading = rows.filter(indicator__code=self.kwargs["indicator"]).first()
        if reading is None:
            raise Http404
        return reading

    def get_title(self) -> str:
        return f"{self.reading.indicator} – {self.year}"

    def get_breadcrumbs(self) -> list[tuple[str, str]]:
        grid = reverse("indicators:grid", args=[self.site.code, self.year])
        return [(f"La grille {self.year}", grid), (self.get_title(), "")]

    def get(self, request, **kwargs):
        if not 1 <= self.kwargs.get("month", 1) <= 12:
            raise Http404
        reading = self.reading
        explanation = explain(reading)
        return self.render(
            reading=reading,
            indicator=reading.indicator,
            explanation=explanation,
            met=MET[reading.target_met],
            previous_met=MET[reading.previous_target_met],
            rule_name=RULE_NAMES[reading.rule],
            month=self.kwargs.get("month"),
            chart=self.chart(),
            effects=self.effects,
            edits=self.edits(),
            story=self.story(explanation) if self.allows_history() else [],
        )

    @cached_property
    def effects(self) -> list[EffectLine]:
        """The actions meant to move the indicator, which the person sees."""
        return of_indicator(self.request.user, self.reading.indicator, self.site)

    def allows_history(self) -> bool:
        return self.request.user.can(Permission.HISTORY_VIEW)

    def chart(self):
        """The curve of the year against its target, with last year's where it is known."""
        reading = self.reading
        before = Reading.objects.filter(indicator=reading.indicator_id, site=self.site, year=self.year - 1).first()
        options = {}
        if reading.target_value is not None:
            options = {"target": reading.target_value, "target_direction": reading.target_direction}
        if before is not None and before.measured_months:
            options["previous"] = _points(before)
        return figure(
            _points(reading),
            measure=reading.indicator.measure,
            title=f"{reading.indicator.label}, {self.year}",
            marks=[mark for line in self.effects for mark in line.marks(self.year)],
            **options,
        )

    def edits(self) -> dict[int, str]:
        """Address of entry of each month, for those who may enter it."""
        rows = Assignment.objects.enterable_by(self.request.user).filter(
            site=self.site, indicator=self.reading.indicator
        )
        assignment = rows.filter(indicator__collector="").overlapping(self.year).order_by("pk").first()
        if assignment is None:
            return {}
        months = self.reading.indicator.due_months
        return {month: reverse("indicators:cell", args=[self.year, month, assignment.pk]) for month in months}

    def story(self, explanation) -> list[dict]:
        """Each change as old → new, newest first."""
        measure = self.reading.indicator.measure
        entries, before = [], {}
        for row in reversed(explanation.history):
            key = (row.unit_id, row.month)
            old, new = before.get(key), words_of(row, measure) if row.history_type != "-" else "effacé"
            before[key] = new
            entries.append(
                {
                    "when": row.history_date,
                    "title": f"{month_name(row.month).capitalize()} {row.year} ({row.unit})",
                    "who": row.history_user,
                    "reason": row.history_change_reason,
                    "changes": [("valeur", old or "non saisi", new)] if old != new else [],
                }
            )
        return entries[::-1]


def _points(reading: Reading) -> list[tuple]:
    known = {row["month"]: row for row in reading.months}
    points = []
    for month in range(1, 13):
        row = known.get(month, {"value": None, "state": "missing"})
        points.append((SHORT_MONTH_NAMES[month - 1], decimal_or_none(row["value"]), row["state"]))
    return points
