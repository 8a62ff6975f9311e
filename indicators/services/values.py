"""Monthly values: one cell entered by a person, or many written at once (import, collector)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from core.base.errors import Conflict, UserError
from core.base.months import month_name
from core.record import history, undoing
from indicators.enums import CampaignState, Measure, Source, ValueState
from indicators.models import Assignment, Campaign, Indicator, Value
from indicators.rules.months import ratio
from indicators.rules.plausibility import questions, refuse_impossible
from indicators.services import dashboards, readings

FIELDS = ("state", "value", "numerator", "denominator", "reason", "comment")
STATES_WITH_REASON = frozenset({ValueState.SUSPENDED, ValueState.CLOSED, ValueState.UNAVAILABLE})
STATES_THAT_MAY_SAY_WHY = STATES_WITH_REASON | {ValueState.NOT_APPLICABLE}
UNSEEN = -1  # the version of whoever does not tell which one they saw: it is that of no value
FORMER_YEARS = 1


class NeedsConfirmation(UserError):
    """A figure out of character: kept only once the person says that it is exact. `questions` holds the sentences."""

    def __init__(self, asked: list[str]):
        super().__init__(" ".join(asked))
        self.questions = asked


@dataclass(frozen=True)
class Figure:
    """What is written in a cell. `value` is a ratio, working days or a count; counts give it where they are known."""

    state: str = ValueState.MEASURED
    value: Decimal | None = None
    numerator: int | None = None
    denominator: int | None = None
    reason: str = ""
    comment: str = ""

    @classmethod
    def of(cls, value: Value) -> "Figure":
        return cls(**{name: getattr(value, name) for name in FIELDS})

    def completed(self, measure: str) -> "Figure":
        """The figure with its value worked out from the counts; a state carries no figure, a figure no reason."""
        if self.state != ValueState.MEASURED:
            reason = self.reason.strip() if self.state in STATES_THAT_MAY_SAY_WHY else ""
            return Figure(state=self.state, reason=reason, comment=self.comment.strip())
        value = self.value
        if self.numerator is not None and self.denominator and measure != Measure.COUNT:
            value = ratio(self.numerator, self.denominator)
        return Figure(self.state, value, self.numerator, self.denominator, comment=self.comment.strip())


@dataclass(frozen=True)
class EntryCell:
    """The place of a figure: an indicator, the unit that enters it, its site, a month."""

    indicator: Indicator
    unit_id: int
    site_id: int
    year: int
    month: int

    @property
    def key(self) -> tuple[int, int, int, int]:
        return self.indicator.pk, self.unit_id, self.year, self.month


@dataclass
class Written:
    """What a bulk write did."""

    created: int = 0
    changed: int = 0
    unchanged: int = 0


@transaction.atomic
def enter(
    cell: EntryCell,
    figure: Figure,
    *,
    by,
    version: int | None = None,
    confirmed: bool = False,
    amendment_reason: str = "",
    reason: str = "",
    source: str = Source.TYPED,
) -> Value:
    """Write one cell and refresh its reading.

    `version` is the one the person saw (0 for an empty cell, UNSEEN when they do not say, None to skip the check):
    Conflict if another figure was written since; the same one is no conflict. UserError on an impossible figure, a
    state without its reason, an indicator that the unit does not enter,
    or a closed month without `amendment_reason`; NeedsConfirmation on a figure out of character.
    """
    figure = figure.completed(cell.indicator.measure)
    _refuse_unassigned(cell)
    is_amendment = _is_closed(cell.site_id, cell.year, cell.month)
    if is_amendment and not amendment_reason.strip():
        raise UserError(
            f"Le mois {cell.month:02d}/{cell.year} est clos : indiquez la raison de la rectification.",
            field="amendment_reason",
        )
    _refuse_incomplete(cell, figure)
    value = Value.objects.select_for_update().filter(**_place(cell)).first()
    if value is not None and Figure.of(value) == figure:
        return value
    _refuse_older_version(value, figure, version)
    if not confirmed:
        _ask(cell, figure)
    value = _prepared(value, cell, figure, by=by, source=source, is_amendment=is_amendment)
    history.save(value, by=by, reason=amendment_reason or reason)
    readings.refresh(cell.indicator.pk, cell.site_id, cell.year)
    if is_amendment:
        dashboards.request_amended({(cell.site_id, cell.year, cell.month)}, by=by)
    return value


@transaction.atomic
def write_many(
    changes: Sequence[tuple[EntryCell, Figure]], *, by, reason: str, source: str, amendment_reason: str = ""
) -> Written:
    """Write many cells with their history, all or none; cells that already hold the figure are left alone.

    UserError names the closed months when some are touched without `amendment_reason`.
    """
    changes = [(cell, figure.completed(cell.indicator.measure)) for cell, figure in changes]
    closed_months = closed_among({(cell.site_id, cell.year, cell.month) for cell, _ in changes})
    existing = _existing([cell for cell, _ in changes])
    written = Written()
    created: list[tuple] = []
    changed: list[tuple] = []
    for cell, figure in changes:
        value = existing.get(cell.key)
        before = Figure.of(value) if value else None
        if before == figure or (before is None and figure.state == ValueState.MISSING):
            written.unchanged += 1
            continue
        (created if value is None else changed).append((value, cell, figure))
    closed = closed_months & {(cell.site_id, cell.year, cell.month) for _, cell, _ in created + changed}
    _refuse_closed(closed, amendment_reason)
    _write(created, changed, closed, by=by, reason=amendment_reason or reason, source=source)
    written.created, written.changed = len(created), len(changed)
    readings.refresh_many({(c.indicator.pk, c.site_id, c.year) for _, c, _ in created + changed})
    if closed:
        dashboards.request_amended(closed, by=by)
    return written


@transaction.atomic
def take_back(act: UUID, *, site_id: int, year: int, by, reason: str) -> list[Value]:
    """Undo a gesture of entry at a site and year: each value as it was before. UserError once one was changed again, or
    its month closed, or when it wrote nothing. Returns the values that it had written, as they were then."""
    rows = list(Value.history.filter(changeset=act, site_id=site_id, year=year).order_by("history_id"))
    if not rows:
        raise UserError("Rien à annuler : ce geste n’a rien écrit.")
    closed = closed_among({(site_id, year, row.month) for row in rows})  # held before the values, as `enter` does
    refuse_closed_since(act, site_id, year)
    held = Value.objects.select_for_update().filter(pk__in={row.id for row in rows}).order_by("pk")
    seen = dict(held.values_list("pk", "version"))
    undoing.undo(act, by=by, reason=reason)
    _renew_versions(seen)
    readings.refresh_many({(row.indicator_id, site_id, year) for row in rows})
    if closed:
        dashboards.request_amended(closed, by=by)
    return rows


def _renew_versions(seen: dict[int, int]) -> None:
    """What is put back gets a version that nobody has seen: a page open since before has something to compare."""
    greatest = dict(Value.history.filter(id__in=seen).order_by().values_list("id").annotate(Max("version")))
    rows = list(Value.objects.filter(pk__in=seen))
    for row in rows:
        row.version = max(seen[row.pk], greatest[row.pk]) + 1
    Value.objects.bulk_update(rows, ["version"])


def refuse_closed_since(act: UUID | None, site_id: int, year: int) -> None:
    """UserError where a month that the act wrote, open then, is closed now."""
    rows = Value.history.filter(changeset=act, is_amendment=False).values_list("month", flat=True)
    closed = Campaign.objects.filter(site=site_id, year=year, state=CampaignState.CLOSED, month__in=set(rows))
    months = [month_name(month) for month in closed.order_by("month").values_list("month", flat=True)]
    if months:
        told = f"{', '.join(months)} {year} a été clos depuis"
        raise UserError(f"Impossible d’annuler : {told}. Rouvrez d’abord le mois.")


def _write(created, changed, closed, *, by, reason: str, source: str) -> None:
    def rows(changes):
        for value, cell, figure in changes:
            amended = (cell.site_id, cell.year, cell.month) in closed
            yield _prepared(value, cell, figure, by=by, source=source, is_amendment=amended)

    history.bulk_create(rows(created), by=by, reason=reason)
    fields = (*FIELDS, "source", "is_amendment", "version", "entered_by", "entered_at")
    history.bulk_update(rows(changed), fields, by=by, reason=reason)


def _place(cell: EntryCell) -> dict:
    return {"indicator": cell.indicator, "unit_id": cell.unit_id, "year": cell.year, "month": cell.month}


def _prepared(value: Value | None, cell: EntryCell, figure: Figure, *, by, source: str, is_amendment: bool) -> Value:
    if value is None:
        value = Value(site_id=cell.site_id, version=0, **_place(cell))
    for name in FIELDS:
        setattr(value, name, getattr(figure, name))
    value.version += 1
    value.source = source
    value.is_amendment = value.is_amendment or is_amendment
    value.entered_by = by
    value.touch()
    return value


def _refuse_unassigned(cell: EntryCell) -> None:
    day = date(cell.year, cell.month, 1)
    rows = Assignment.objects.filter(indicator=cell.indicator, unit_id=cell.unit_id, site_id=cell.site_id)
    if not rows.in_force_during(day).exists():
        raise UserError(f"« {cell.indicator} » n’est pas saisi par ce service en {cell.month:02d}/{cell.year}.")


def _refuse_incomplete(cell: EntryCell, figure: Figure) -> None:
    if figure.state in STATES_WITH_REASON and not figure.reason:
        raise UserError("Donnez la raison : elle sera imprimée avec l’état.", field="reason")
    if figure.state != ValueState.MEASURED:
        return
    if (figure.numerator is None) != (figure.denominator is None):
        raise UserError("Donnez les deux effectifs, ou aucun.", field="numerator")
    if figure.denominator == 0 or figure.value is not None:
        refuse_impossible(
            measure=cell.indicator.measure,
            value=figure.value or Decimal(0),
            numerator=figure.numerator,
            denominator=figure.denominator,
        )
    if figure.value is None:
        raise UserError("Saisissez une valeur, ou choisissez un état.", field="value")


def _refuse_older_version(value: Value | None, figure: Figure, version: int | None) -> None:
    if version is None or value is None or version == value.version:
        return
    raise Conflict(
        "Cette valeur a été modifiée entre-temps : comparez les deux versions et choisissez.",
        current=value,
        submitted=figure,
    )


def _ask(cell: EntryCell, figure: Figure) -> None:
    if figure.state != ValueState.MEASURED or figure.value is None:
        return
    rows = Value.objects.filter(indicator=cell.indicator, unit_id=cell.unit_id, state=ValueState.MEASURED)
    former = rows.before(cell.year, cell.month, years=FORMER_YEARS)
    asked = questions(
        measure=cell.indicator.measure,
        value=figure.value,
        numerator=figure.numerator,
        denominator=figure.denominator,
        former=[value for value, _numerator, _denominator in former],
        former_counts=[(numerator, denominator) for _value, numerator, denominator in former],
    )
    if asked:
        raise NeedsConfirmation(asked)


def _is_closed(site_id: int, year: int, month: int) -> bool:
    return bool(closed_among({(site_id, year, month)}))


def closed_among(months: set[tuple[int, int, int]]) -> set[tuple[int, int, int]]:
    """Those of the months that are closed. Their rows are held: nobody closes a month while it is being written."""
    sites, years = {m[0] for m in months}, {m[1] for m in months}
    rows = Campaign.objects.select_for_update().filter(
        site_id__in=sites, year__in=years, month__in={m[2] for m in months}
    )
    states = rows.order_by("pk").values_list("site_id", "year", "month", "state")
    return months & {(site, year, month) for site, year, month, state in states if state == CampaignState.CLOSED}


def _refuse_closed(closed: set[tuple[int, int, int]], amendment_reason: str) -> None:
    if closed and not amendment_reason.strip():
        names = ", ".join(f"{month:02d}/{year}" for _, year, month in sorted(closed))
        raise UserError(
            f"Ces mois sont clos : {names}. Indiquez la raison de la rectification.", field="amendment_reason"
        )


def _existing(cells: list[EntryCell]) -> dict[tuple, Value]:
    rows = Value.objects.select_for_update().filter(
        indicator__in={cell.indicator.pk for cell in cells},
        unit_id__in={cell.unit_id for cell in cells},
        year__in={cell.year for cell in cells},
    )
    return {(row.indicator_id, row.unit_id, row.year, row.month): row for row in rows.order_by("pk")}
