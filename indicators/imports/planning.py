"""From a recognised grid and the choices of the person to a plan, in a constant number of queries."""

from collections.abc import Iterable

from core.imports.words import plain
from indicators.enums import CampaignState, Direction, ValueState
from indicators.imports import grid as recognised
from indicators.imports.grid import CatalogueEntry, Grid, GridCell, GridRow
from indicators.imports.plan import (
    BLANK,
    CHANGED,
    CREATE,
    CREATED,
    ERROR,
    IGNORE,
    MATCH,
    UNCHANGED,
    UNDECIDED,
    Plan,
    PlanCell,
    PlanRow,
    is_on_row,
    past_in_words,
    target_in_words,
)
from indicators.imports.recognition import recognise
from indicators.models import Assignment, Campaign, Indicator, PastResult, RowMatch, Target, Value
from indicators.rules.months import MONTH_NAMES, month_name
from indicators.rules.words import STATE_LABELS, own_reason, short_figure
from indicators.services.imports import GridTarget, Past, followed_until, is_past, is_target, values_of
from indicators.services.values import STATES_WITH_REASON, Figure
from organisations.models import Unit

EXPLAINED = tuple(state for state in ValueState if state not in (ValueState.MEASURED, ValueState.MISSING))
LONGEST_REASON: int = Value._meta.get_field("reason").max_length


def catalogue_of(site: Unit) -> list[Indicator]:
    """Indicators that a row of this site's grid may stand for: the common ones, and its own."""
    lineage = [unit.pk for unit in site.ancestors(include_self=True)]
    rows = Indicator.objects.filter(is_active=True).for_list()
    rows = rows.filter(owner__isnull=True) | rows.filter(owner__in=lineage)
    return list(rows.order_by("family__position", "family__name", "position", "pk"))


def recognise_for(site: Unit, year: int, workbook, choices: dict | None = None) -> Grid:
    """The grid of a workbook, matched with the catalogue, what was chosen before and what is chosen now."""
    entries = [
        CatalogueEntry(
            code=row.code,
            label=row.label,
            family=row.family.name,
            engagement=row.engagement.short if row.engagement else "",
            unit=row.measure,
            direction=row.direction,
            year_rule=row.year_rule,
            aliases=row.alias_labels,
        )
        for row in catalogue_of(site)
    ]
    matches = RowMatch.objects.filter(site=site).values_list("key", "indicator__code")
    remembered = {key: code or "" for key, code in matches}
    return recognise(workbook, year=year, catalogue=entries, remembered=remembered | chosen_codes(choices or {}))


def chosen_codes(choices: dict) -> dict[str, str]:
    """Row keys with the indicator chosen by the person."""
    rows = choices.get("rows", {})
    return {key: choice["code"] for key, choice in rows.items() if choice.get("action") == MATCH}


def plan_of(grid: Grid, *, site: Unit, year: int, choices: dict | None = None, by_default: str = UNDECIDED) -> Plan:
    """The plan of a grid; `by_default` is what becomes of the rows that wait for a person (a command ignores them)."""
    planner = _Planner(site, year, choices or {}, by_default)
    rows = [planner.row(source, grid) for source in grid.rows]
    _mark_twice(rows)
    return Plan(grid, rows, ignores_errors=bool((choices or {}).get("ignore_errors")))


def _mark_twice(rows: Iterable[PlanRow]) -> None:
    seen: dict[int, PlanRow] = {}
    for row in rows:
        if row.indicator is None or row.action != MATCH:
            continue
        other = seen.setdefault(row.indicator.pk, row)
        row.is_twice = other is not row
        other.is_twice = other.is_twice or row.is_twice


class _Planner:
    """What is known of the site before the rows are read one by one."""

    def __init__(self, site: Unit, year: int, choices: dict, by_default: str):
        self.site, self.year, self.by_default = site, year, by_default
        self.chosen = choices.get("rows", {})
        self.new_unit = choices.get("unit") or site.pk
        self.indicators = {row.code: row for row in catalogue_of(site)}
        self.values = values_of(site, year)
        self.targets = Target.objects.binding(site.pk, year)
        self.past = {row.indicator_id: row for row in PastResult.objects.filter(site=site, year=year - 1)}
        closed = Campaign.objects.filter(site=site, year=year, state=CampaignState.CLOSED)
        self.closed = set(closed.values_list("month", flat=True))
        self.units: dict[int, dict[int, str]] = {}
        rows = Assignment.objects.filter(site=site).overlapping(year).select_related("unit").order_by("unit", "pk")
        for assignment in rows:
            self.units.setdefault(assignment.indicator_id, {})[assignment.unit_id] = assignment.unit.name

    def row(self, source: GridRow, grid: Grid) -> PlanRow:
        choice = self.chosen.get(source.key, {})
        action = self._action(source, choice)
        row = PlanRow(source, action, indicator=self._indicator(source, choice) if action == MATCH else None)
        row.problems = [p for p in grid.problems if is_on_row(p, source.sheet, source.row_number)]
        self._settle_unit(row, choice)
        row.figures = self._figures(row)
        row.cells = [self._cell(row, cell) for cell in source.cells]
        self._settle_year(row)
        return row

    def _action(self, source: GridRow, choice: dict) -> str:
        if choice.get("action") in (CREATE, IGNORE):
            return choice["action"]
        if self._indicator(source, choice):
            return MATCH
        if source.match.kind == recognised.PROPOSED_NEW:
            return CREATE
        return IGNORE if source.match.kind == recognised.IGNORED else self.by_default

    def _indicator(self, source: GridRow, choice: dict) -> Indicator | None:
        code = choice.get("code") if choice.get("action") == MATCH else source.match.code
        is_matched = choice.get("action") == MATCH or source.match.kind == recognised.MATCHED
        return self.indicators.get(code or "") if is_matched else None

    def _settle_unit(self, row: PlanRow, choice: dict) -> None:
        units = self.units.get(row.indicator.pk, {}) if row.indicator else {}
        row.begins = "" if units or row.action not in (MATCH, CREATE) else _followed(self.year)
        if len(units) > 1:
            row.unit_id = choice.get("unit") if choice.get("unit") in units else None
            row.needs_unit = row.unit_id is None and row.action == MATCH
        else:
            row.unit_id = next(iter(units), self.new_unit)
        row.unit_name = units.get(row.unit_id, "")

    def _figures(self, row: PlanRow) -> dict[int, Figure]:
        """Months to write. Blank cells are left alone: a file never erases what was typed."""
        figures = {cell.month: _written(cell) for cell in row.source.cells if cell.state != ValueState.MISSING}
        comment = row.source.comment.strip()
        if comment and plain(comment) and figures:
            month = _month_of(comment, figures)
            row.comment_month = month_name(month)
            figures[month] = Figure(**{**figures[month].__dict__, "comment": comment})
        return {month: _effective(figure, self._stored(row, month)) for month, figure in figures.items()}

    def _stored(self, row: PlanRow, month: int) -> Value | None:
        return self.values.get((row.indicator.pk, row.unit_id, month)) if row.indicator else None

    def _cell(self, row: PlanRow, cell: GridCell) -> PlanCell:
        stored, figure = self._stored(row, cell.month), row.figures.get(cell.month)
        before = Figure.of(stored) if stored else None
        error = next((p.message for p in row.problems if p.cell == cell.address and p.level == recognised.ERROR), "")
        return PlanCell(
            month=cell.month,
            name=month_name(cell.month),
            address=cell.address,
            text=cell.text,
            becomes=_in_words(figure, row.measure),
            status=ERROR if error else _status(before, figure),
            before=_in_words(before, row.measure) if before else "",
            error=error,
            is_closed=cell.month in self.closed,
            state=cell.state,
        )

    def _settle_year(self, row: PlanRow) -> None:
        target, previous = row.source.target, row.source.previous
        indicator_id = row.indicator.pk if row.indicator else 0
        if target and target.value is not None and target.direction in Direction.values and target.direction:
            row.target = GridTarget(target.direction, target.value)
            row.changes_target = not is_target(self.targets.get(indicator_id), row.target)
            row.target_before = target_in_words(self.targets.get(indicator_id), row.measure)
        if previous and (previous.value is not None or previous.target_met is not None):
            row.past = Past(previous.value, previous.text, previous.target_met)
            row.changes_past = not is_past(self.past.get(indicator_id), row.past)
            row.past_before = past_in_words(self.past.get(indicator_id), row.measure)


def _followed(year: int) -> str:
    """How long an indicator that nobody enters yet will be followed."""
    return f"pour la seule année {year}" if followed_until(year) else f"à partir du 1er janvier {year}"


def _status(before: Figure | None, figure: Figure | None) -> str:
    if figure is None:
        return BLANK
    if before is None:
        return CREATED
    return UNCHANGED if before == figure else CHANGED


def _written(cell: GridCell) -> Figure:
    """The figure of a cell; « Fermé : COVID », as we export it, is the state Fermé with its reason."""
    label, separator, reason = cell.text.partition(" : ")
    state = next((state for state in EXPLAINED if separator and plain(state.label) == plain(label)), None)
    if state is not None and cell.value is None:
        return Figure(state=state, reason=_kept(own_reason(state, reason)))
    return Figure(state=cell.state, value=cell.value, reason=_kept(own_reason(cell.state, cell.reason)))


def _kept(reason: str) -> str:
    """A reason as it is stored: a page of text in a cell of the file is cut, and stays whole in the preview."""
    text = reason.strip()
    return text if len(text) <= LONGEST_REASON else f"{text[: LONGEST_REASON - 1]}…"


def _month_of(comment: str, figures: dict[int, Figure]) -> int:
    """The month a comment of the year names, else the last one that holds something."""
    words = set(plain(comment).split())
    named = [month for month, name in enumerate(MONTH_NAMES, start=1) if plain(name) in words and month in figures]
    return named[0] if named else max(figures)


def _effective(written: Figure, stored: Value | None) -> Figure:
    """What the cell will hold: the same value keeps its counts, an empty comment or reason takes nothing away."""
    if stored is None or stored.state != written.state or stored.value != written.value:
        return written
    reason = written.reason
    if stored.reason and (not reason or reason.endswith(stored.reason)):
        reason = stored.reason
    return Figure(
        state=written.state,
        value=written.value,
        numerator=stored.numerator,
        denominator=stored.denominator,
        reason=reason,
        comment=written.comment or stored.comment,
    )


def _in_words(figure: Figure | None, measure: str) -> str:
    """A cell of the preview."""
    if figure is None or figure.state == ValueState.MISSING:
        return "vide"
    if figure.state == ValueState.MEASURED:
        return short_figure(figure.value, measure)
    label = STATE_LABELS[figure.state]
    says_more = figure.reason and figure.state in STATES_WITH_REASON and figure.reason.lower() not in label.lower()
    return f"{label} : {figure.reason}" if says_more else label
