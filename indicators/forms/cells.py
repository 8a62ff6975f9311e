"""The cells of « Ma saisie »: each form with the month before beside it, and what became of the last attempt."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from django.db.models import F
from django.urls import reverse
from django.utils.functional import cached_property

from core.base.figures import format_figure, format_target
from core.base.months import month_name
from indicators.enums import CampaignState, Measure, ValueState
from indicators.forms.entry import SUFFIXES, CellForm, typed
from indicators.models import Assignment, Campaign, Target, Value
from indicators.rules.plausibility import usual_range
from indicators.rules.words import counts_in_words, state_in_words
from indicators.services.values import Figure

MONTHS_COMPARED = 12
FIELDS = ("value", "numerator", "denominator", "state", "reason", "comment", "version", "amendment_reason")
BLANK = dict.fromkeys(FIELDS, "")


@dataclass
class EntryCell:
    """One figure to enter, and what became of the last attempt to save it."""

    assignment: Assignment
    year: int
    month: int
    form: CellForm | None = None  # what was sent
    value: Value | None = None
    previous: str = ""
    previous_month: str = ""
    usual: str = ""
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

    @cached_property
    def key(self) -> str:
        """The figure in the identifiers of the page; as text, which a template prints as it is."""
        return str(self.assignment.pk)

    @cached_property
    def url(self) -> str:
        """The page of the figure alone, where it is saved."""
        return reverse("indicators:cell", args=[self.year, self.month, self.assignment.pk])

    @cached_property
    def typed(self) -> dict[str, str]:
        """What the fields show, as text: what was sent, else what is stored."""
        if self.form is not None:
            told = {name: self.form[name].value() for name in FIELDS}
        else:
            told = typed(self.value, self.indicator.measure)
        return BLANK | {name: "" if value is None else str(value) for name, value in told.items()}

    @property
    def around(self) -> str:
        """What stands before the month before: engagement, target."""
        engagement = self.indicator.engagement
        told = (engagement.short if engagement else "", self.target and f"cible {self.target}")
        return "".join(f"{words} · " for words in told if words)

    @property
    def wrong(self) -> dict:
        """The fields that were refused."""
        return self.form.errors if self.form is not None else {}

    @property
    def shows_value(self) -> bool:
        """Whether the figure itself is typed at sight: no counts, or known without them."""
        return not self.indicator.has_counts or bool(self.typed.get("value"))

    @property
    def is_explained(self) -> bool:
        """Whether the reasons and the comment are at sight: they hold something, or are being typed."""
        return any(self.typed.get(name) or name in self.wrong for name in ("state", "reason", "comment"))

    @property
    def month_name(self) -> str:
        return month_name(self.month)

    @property
    def error_field(self) -> str:
        """The first field to mend."""
        return next(iter(self.wrong), "")

    @property
    def errors(self) -> list[str]:
        return [message for messages in self.wrong.values() for message in messages]


def words_of(value: "Value | Figure | Former | None", measure: str) -> str:
    """A value as a sentence says it: « 98,7 % (148 sur 150) », « Suspendu : COVID », « non saisi »."""
    if value is None or value.state == ValueState.MISSING:
        return "non saisi"
    if value.state != ValueState.MEASURED:
        return state_in_words(value.state, value.reason)
    counts = f" ({counts_in_words(value)})" if value.denominator is not None else ""
    return format_figure(value.value, measure) + counts


def entry_cells(assignments: Sequence[Assignment], year: int, month: int, *, beside: bool = True) -> list[EntryCell]:
    """The cells of these assignments for a month, in three queries and one per site whatever their number.

    beside: with the month before, what is usual and the target, which saving does not need.
    """
    indicators = {assignment.indicator_id for assignment in assignments}
    units = {assignment.unit_id for assignment in assignments}
    sites = {assignment.site_id for assignment in assignments}
    values = Value.objects.filter(indicator__in=indicators, unit__in=units)
    now = {(row.indicator_id, row.unit_id): row for row in values.filter(year=year, month=month)}
    former = _former(values, year, month) if beside else {}
    targets = {site: Target.objects.filter(indicator__in=indicators).binding(site, year) for site in sites if beside}
    closed = closed_sites(sites, year, month)
    return [
        _cell(
            assignment,
            now.get((assignment.indicator_id, assignment.unit_id)),
            former.get((assignment.indicator_id, assignment.unit_id), []),
            EntryCell(assignment, year, month, is_closed=assignment.site_id in closed),
            targets.get(assignment.site_id, {}).get(assignment.indicator_id),
        )
        for assignment in assignments
    ]


class Former(NamedTuple):
    """A value of a month before, as far as the page needs it."""

    year: int
    month: int
    state: str
    value: Decimal | None
    numerator: int | None
    denominator: int | None
    reason: str


def _former(values, year: int, month: int) -> dict[tuple[int, int], list[Former]]:
    """(indicator, service) → what it had in the months before, the last one first."""
    first = year * 12 + month - 1 - MONTHS_COMPARED
    rows = values.annotate(at=F("year") * 12 + F("month") - 1).filter(
        at__gte=first, at__lt=year * 12 + month - 1, year__in=(year, year - 1)
    )
    found: dict[tuple[int, int], list[Former]] = defaultdict(list)
    for indicator_id, unit_id, *rest in rows.order_by("-year", "-month").values_list(
        "indicator_id", "unit_id", *Former._fields
    ):
        found[indicator_id, unit_id].append(Former(*rest))
    return found


def _cell(assignment, value: Value | None, former: list[Former], cell: EntryCell, target: Target | None) -> EntryCell:
    """The cell with what stands beside it: the month before, the usual range, the target."""
    before = (cell.year, cell.month - 1) if cell.month > 1 else (cell.year - 1, 12)
    measure = assignment.indicator.measure
    cell.value = value
    cell.previous = words_of(next((row for row in former if row[:2] == before), None), measure)
    cell.previous_month = month_name(before[1])
    cell.usual = usual_words(former, measure)
    cell.target = format_target(target.direction, target.value, measure) if target else ""
    return cell


def usual_words(former: Sequence[Former], measure: str) -> str:
    """« d’habitude 94 % à 98 %, sur 60 à 75 »; empty while too few months are known."""
    measured = [row for row in former if row.state == ValueState.MEASURED and row.value is not None]
    usual = usual_range([row.value for row in measured])
    if usual is None:
        return ""
    words = f"d’habitude {_between(usual, measure)}"
    counted = usual_range([Decimal(row.denominator) for row in measured if row.denominator])
    return f"{words}, sur {_between(counted, Measure.COUNT)}" if counted else words


def _between(bounds: tuple[Decimal, Decimal], measure: str) -> str:
    low, high = (format_figure(bound, measure) for bound in bounds)
    return low if low == high else f"{low} à {high}"


def closed_sites(sites: set[int], year: int, month: int) -> set[int]:
    """Sites where the month is closed."""
    rows = Campaign.objects.filter(site__in=sites, year=year, month=month, state=CampaignState.CLOSED)
    return set(rows.values_list("site_id", flat=True))
