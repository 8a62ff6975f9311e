"""The cells of « Ma saisie »: each form with the month before beside it, and what became of the last attempt."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from core.base.figures import format_figure, format_target
from core.base.months import month_name
from indicators.enums import CampaignState, ValueState
from indicators.forms.entry import SUFFIXES, CellForm
from indicators.models import Assignment, Campaign, Target, Value
from indicators.rules.words import counts_in_words, state_in_words
from indicators.services.values import Figure


@dataclass
class EntryCell:
    """One figure to enter, and what became of the last attempt to save it."""

    assignment: Assignment
    year: int
    month: int
    form: CellForm
    value: Value | None = None
    previous: str = ""
    previous_month: str = ""
    target: str = ""
    is_closed: bool = False
    saved_at: datetime | None = None
    questions: list[str] = field(default_factory=list)
    conflict: Value | None = None
    mine: str = ""

    @property
    def indicator(self):
        return self.assignment.indicator

    @property
    def is_entered(self) -> bool:
        return self.value is not None and self.value.state != ValueState.MISSING

    @property
    def suffix(self) -> str:
        return SUFFIXES[self.indicator.measure]

    @property
    def shown(self) -> str:
        """The stored figure in words; empty before the first entry."""
        return words_of(self.value, self.indicator.measure) if self.is_entered else ""

    def in_words(self, figure: Figure) -> str:
        """A figure not yet saved, as words."""
        return words_of(figure, self.indicator.measure)

    @property
    def theirs(self) -> str:
        """What someone else saved in between."""
        return words_of(self.conflict, self.indicator.measure)

    @property
    def rate(self) -> str:
        """The rate worked out from the counts."""
        has_rate = self.value is not None and self.value.denominator is not None
        return format_figure(self.value.value, self.indicator.measure) if has_rate else ""

    @property
    def shows_value(self) -> bool:
        """Whether the figure itself is typed at sight: no counts, or known without them."""
        typed = self.form["value"].value()
        return not self.indicator.has_counts or bool(typed)

    @property
    def is_explained(self) -> bool:
        """Whether the reasons and the comment are open at sight: only while they are being typed."""
        names = ("state", "reason", "comment")
        return self.form.is_bound and any(self.form[name].value() or self.form.errors.get(name) for name in names)

    @property
    def month_name(self) -> str:
        return month_name(self.month)

    @property
    def error_field(self) -> str:
        """The first field to mend."""
        return next(iter(self.form.errors), "")

    @property
    def errors(self) -> list[str]:
        return [message for messages in self.form.errors.values() for message in messages]


def words_of(value: Value | Figure | None, measure: str) -> str:
    """A value as a sentence says it: « 98,7 % (148 sur 150) », « Suspendu : COVID », « non saisi »."""
    if value is None or value.state == ValueState.MISSING:
        return "non saisi"
    if value.state != ValueState.MEASURED:
        return state_in_words(value.state, value.reason)
    counts = f" ({counts_in_words(value)})" if value.denominator is not None else ""
    return format_figure(value.value, measure) + counts


def entry_cells(assignments: Sequence[Assignment], year: int, month: int) -> list[EntryCell]:
    """The cells of these assignments for a month, in three queries whatever their number."""
    year_before, month_before = (year, month - 1) if month > 1 else (year - 1, 12)
    indicators = {assignment.indicator_id for assignment in assignments}
    units = {assignment.unit_id for assignment in assignments}
    sites = {assignment.site_id for assignment in assignments}
    rows = Value.objects.filter(indicator__in=indicators, unit__in=units, year__in={year, year_before})
    values = {(v.indicator_id, v.unit_id, v.year, v.month): v for v in rows.filter(month__in=(month, month_before))}
    targets = {site: Target.objects.filter(indicator__in=indicators).binding(site, year) for site in sites}
    closed = closed_sites(sites, year, month)
    cells = []
    for assignment in assignments:
        place = assignment.indicator_id, assignment.unit_id
        value = values.get((*place, year, month))
        before = values.get((*place, year_before, month_before))
        target = targets[assignment.site_id].get(assignment.indicator_id)
        measure = assignment.indicator.measure
        cells.append(
            EntryCell(
                assignment=assignment,
                year=year,
                month=month,
                form=CellForm(indicator=assignment.indicator, value=value),
                value=value,
                previous=words_of(before, measure),
                previous_month=month_name(month_before),
                target=format_target(target.direction, target.value, measure) if target else "",
                is_closed=assignment.site_id in closed,
            )
        )
    return cells


def closed_sites(sites: set[int], year: int, month: int) -> set[int]:
    """Sites where the month is closed."""
    rows = Campaign.objects.filter(site__in=sites, year=year, month=month, state=CampaignState.CLOSED)
    return set(rows.values_list("site_id", flat=True))
