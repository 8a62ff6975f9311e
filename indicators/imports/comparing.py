"""What a grid would change of what is stored: month by month, target, last year's result."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from core.base.figures import format_figure, format_target
from core.base.months import month_name
from core.importing.lines import Fate, Line, LineChange
from core.importing.places import ReadPlace
from core.importing.words import plain
from indicators.enums import CampaignState, Measure, ValueState, YearRule
from indicators.models import Assignment, Campaign, Indicator, PastResult, Reading, RowMatch, Target, Value
from indicators.rules.months import Month
from indicators.rules.readings import read_year
from indicators.rules.words import STATE_LABELS, short_figure
from indicators.services.grids import GridEntry, GridTarget, Past
from indicators.services.values import STATES_WITH_REASON, Figure
from organisations.models import Unit

CREATED, CHANGED, UNCHANGED, BLANK = "created", "changed", "unchanged", "blank"


class StoredYear:
    """What is known of a site and year before the rows are compared, in a constant number of queries."""

    def __init__(self, site: Unit, year: int):
        lineage = [unit.pk for unit in site.ancestors(include_self=True)]
        known = Indicator.objects.filter(is_active=True).for_list()
        known = known.filter(owner__isnull=True) | known.filter(owner__in=lineage)
        self.catalogue = list(known.order_by("family__position", "family__name", "position", "pk"))
        self.indicators = {row.code: row for row in self.catalogue}
        rows = Value.objects.filter(site=site, year=year).order_by("pk")
        self.values = {(row.indicator_id, row.unit_id, row.month): row for row in rows}
        self.targets = Target.objects.binding(site.pk, year)
        self.past = {row.indicator_id: row for row in PastResult.objects.filter(site=site, year=year - 1)}
        readings = (
            Reading.objects.filter(site=site, year=year)
            .order_by("pk")
            .only("indicator_id", "previous_value", "previous_target_met")
        )
        self.readings = {row.indicator_id: row for row in readings}
        closed = Campaign.objects.filter(site=site, year=year, state=CampaignState.CLOSED)
        self.closed = set(closed.values_list("month", flat=True))
        former = RowMatch.objects.filter(site=site, indicator__isnull=False).values_list("key", "indicator__code")
        self.former = {key: code for key, code in former if code in self.indicators}
        self.units: dict[int, dict[int, str]] = {}
        for one in Assignment.objects.filter(site=site).overlapping(year).select_related("unit").order_by("unit", "pk"):
            self.units.setdefault(one.indicator_id, {})[one.unit_id] = one.unit.name


@dataclass(frozen=True, slots=True)
class MonthCell:
    """A month of a row: as the file writes it, what it becomes, what it was."""

    month: int
    place: ReadPlace
    text: str
    figure: Figure | None
    becomes: str
    status: str
    before: str = ""

    @property
    def name(self) -> str:
        return month_name(self.month)

    @property
    def note(self) -> str:
        """Beside the figure: what is done with it; a comment or a reason may be all that changes."""
        if self.status == CHANGED:
            return "modifiée" if self.before != self.becomes else "raison ou commentaire modifié"
        return "inchangé" if self.status == UNCHANGED else ""


@dataclass
class Shown(GridEntry):
    """A row of the file with what the preview says of it."""

    cells: list[MonthCell] = field(default_factory=list)
    target_before: str = ""
    past_before: str = ""
    mean: str = ""
    mean_note: str = ""
    begins: str = ""
    unit_name: str = ""
    comment_month: str = ""

    @property
    def counts(self) -> Counter[str]:
        return Counter(cell.status for cell in self.cells if cell.status != BLANK)

    @property
    def other_name(self) -> str:
        """The indicator, where the file names it otherwise."""
        if self.indicator is None:
            return "nouvel indicateur"
        return "" if plain(self.indicator.label) == plain(self.label) else self.indicator.label

    @property
    def is_written(self) -> bool:
        """Whether there is anything to record: figures known already keep who entered them."""
        return bool(self.figures or self.target or self.past)

    @property
    def year(self) -> Decimal | None:
        """The year as we would read it from the file alone."""
        months = [Month(month, figure.state, figure.value) for month, figure in sorted(self.figures.items())]
        return read_year(months, YearRule.MEAN if self.year_rule == YearRule.WEIGHTED else self.year_rule).value

    @property
    def summary(self) -> str:
        """« 8 valeurs, 4 suspendus »."""
        states = Counter(figure.state for figure in self.figures.values())
        measured = states.pop(ValueState.MEASURED, 0)
        parts = [f"{measured} valeur{'s' if measured > 1 else ''}"] if measured else []
        return ", ".join(parts + [f"{number} {STATE_LABELS[state].lower()}" for state, number in states.items()])

    @property
    def target_text(self) -> str:
        return target_in_words(self.target, self.measure)

    @property
    def past_text(self) -> str:
        return past_in_words(self.past, self.measure)


def settle_months(entry: Shown, stored: StoredYear, places: dict[int, tuple[ReadPlace, str]], comment: str) -> None:
    """Fill `cells` and `figures`; blank cells are left alone: a file never erases what was typed."""
    pk = entry.indicator.pk if entry.indicator else 0
    kept = {month: row for month in range(1, 13) if (row := stored.values.get((pk, entry.unit_id, month)))}
    if plain(comment) and comment not in _joined(kept):
        _keep_comment(entry, comment)
    for month in range(1, 13):
        figure, row = entry.figures.get(month), kept.get(month)
        place, text = places.get(month, (ReadPlace(), ""))
        before = Figure.of(row) if row else None
        if figure is not None:
            figure = entry.figures[month] = _effective(figure, row, entry.measure)
        shown = in_words(before, entry.measure) if before else ""
        status = _status(before, figure)
        entry.cells.append(MonthCell(month, place, text, figure, in_words(figure, entry.measure), status, shown))


def _keep_comment(entry: Shown, comment: str) -> None:
    """The comment of a row goes with the month that it is about."""
    if entry.figures:
        month = _month_of(comment, entry.figures)
        entry.comment_month = month_name(month)
        entry.figures[month] = replace(entry.figures[month], comment=comment)


def _status(before: Figure | None, after: Figure | None) -> str:
    if after is None:
        return BLANK
    if before is None:
        return CREATED
    return UNCHANGED if before == after else CHANGED


def settle_year(entry: Shown, stored: StoredYear, target: GridTarget | None, past: Past | None) -> None:
    """Keep the target and last year's result only where they are not known already, as far as a grid shows them."""
    pk = entry.indicator.pk if entry.indicator else 0
    known, row, reading = stored.targets.get(pk), stored.past.get(pk), stored.readings.get(pk)
    if target and not _is_same_target(known, target, entry.measure):
        entry.target, entry.target_before = target, target_in_words(known, entry.measure)
    had = [(row.value, row.target_met)] if row else []
    had += [(reading.previous_value, reading.previous_target_met)] if reading else []
    if past and not any(met == past.target_met and is_shown_as(value, past.value, entry.measure) for value, met in had):
        entry.past, entry.past_before = past, past_in_words(row, entry.measure)


def _is_same_target(known: Target | None, told: GridTarget, measure: str) -> bool:
    if known is None or known.direction != told.direction:
        return False
    return is_shown_as(known.value, told.value, measure)


def is_shown_as(stored: Decimal | None, written: Decimal | None, measure: str) -> bool:
    """Whether a stored figure reads as the written one, to its digits (one decimal at least)."""
    if stored is None or written is None:
        return stored is written
    factor = 100 if measure == Measure.RATE else 1
    ours, theirs = stored * factor, (written * factor).normalize()
    step = Decimal(1).scaleb(min(int(theirs.as_tuple().exponent), -1))
    return ours.quantize(step, ROUND_HALF_UP) == theirs


def _effective(written: Figure, row: Value | None, measure: str) -> Figure:
    """What the cell will hold: the same value keeps its counts, an empty comment or reason takes nothing away."""
    if row is None or row.state != written.state or not is_shown_as(row.value, written.value, measure):
        return written
    has_counts = written.numerator is not None
    reason = (
        row.reason if row.reason and (not written.reason or written.reason.endswith(row.reason)) else written.reason
    )
    return Figure(
        state=written.state,
        value=row.value,
        numerator=written.numerator if has_counts else row.numerator,
        denominator=written.denominator if has_counts else row.denominator,
        reason=reason,
        comment=written.comment or row.comment,
    )


def _joined(kept: dict[int, Value]) -> str:
    return " ; ".join(dict.fromkeys(row.comment for row in kept.values() if row.comment))


def _month_of(comment: str, figures: dict[int, Figure]) -> int:
    """The month a comment of the year names, else the last one that holds something."""
    words = set(plain(comment).split())
    named = [month for month in range(1, 13) if plain(month_name(month)) in words and month in figures]
    return named[0] if named else max(figures)


def in_words(figure: Figure | None, measure: str) -> str:
    """A cell of the preview."""
    if figure is None or figure.state == ValueState.MISSING:
        return "vide"
    if figure.state == ValueState.MEASURED:
        return short_figure(figure.value, measure)
    label = STATE_LABELS[figure.state]
    says_more = figure.reason and figure.state in STATES_WITH_REASON and figure.reason.lower() not in label.lower()
    return f"{label} : {figure.reason}" if says_more else label


def target_in_words(target: GridTarget | Target | None, measure: str) -> str:
    """« ≥ 90 % »; empty where there is none."""
    if target is None or not target.direction or target.value is None:
        return ""
    return format_target(target.direction, target.value, measure)


def past_in_words(past: Past | PastResult | None, measure: str) -> str:
    """« 96 %, cible atteinte »; empty where nothing is known."""
    if past is None:
        return ""
    met = {True: ", cible atteinte", False: ", cible non atteinte", None: ""}[past.target_met]
    return ("inconnu" if past.value is None else format_figure(past.value, measure)) + met


def as_changes(line: Line) -> None:
    """The fate of a line and what recording it would change, in words: the contract of the preview."""
    entry: Shown = line.content
    line.counted = entry.counts
    label = f"{entry.label} ({Measure(entry.measure).label})"
    new = [] if entry.indicator else [LineChange("nouvel indicateur", "", label)]
    months = [_month_change(cell) for cell in entry.cells if cell.status in (CREATED, CHANGED)]
    target = [LineChange("cible", entry.target_before, entry.target_text)] if entry.target else []
    past = [LineChange("résultat N-1", entry.past_before, entry.past_text)] if entry.past else []
    begins = [LineChange("suivi", "", entry.begins)] if _begins(entry) else []
    line.changes = [*new, *months, *target, *past, *begins]
    is_created = new or (entry.counts[CREATED] and not entry.counts[CHANGED])
    line.fate = Fate.CREATED if is_created else Fate.CHANGED if line.changes else Fate.UNCHANGED


def _begins(entry: Shown) -> bool:
    """Whether recording the line begins to follow its indicator."""
    return bool(entry.begins and (entry.figures or not entry.indicator))


def _month_change(cell: MonthCell) -> LineChange:
    """A month before and after; what changed beside its figure is told after it."""
    note = f" ({cell.note})" if cell.before == cell.becomes else ""
    return LineChange(cell.name, cell.before, f"{cell.becomes}{note}", cell.place)


def values_of(line: Line) -> Iterator[dict[str, Any]]:
    """The values of a line as `--format json` prints them: rates as ratios."""
    for cell in line.content.cells if line.is_kept else []:
        if cell.figure is not None:
            figure = cell.figure
            yield {
                "label": line.label,
                "month": cell.month,
                "state": str(figure.state),
                "value": None if figure.value is None else float(figure.value),
                "numerator": figure.numerator,
                "denominator": figure.denominator,
                "sheet": cell.place.sheet,
                "cell": cell.place.cell,
            }
