"""Recording of a recognised grid: values, targets, past results, new indicators, remembered rows; and its undoing."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from core import history
from core.imports import flow, log
from indicators.enums import Direction, Measure, Source, YearRule
from indicators.models import Assignment, Family, GridImport, Indicator, PastResult, RowMatch, Target, Value
from indicators.services import catalogue, import_undo, readings, values
from indicators.services.values import Cell, Figure
from organisations.models import Unit
from referential.models import Engagement

TARGET_FIELDS = ("direction", "value", "valid_from", "valid_until", "source")
PAST_FIELDS = ("value", "text", "target_met")


@dataclass(frozen=True)
class NewIndicator:
    """An indicator that the catalogue does not have, accepted by the person."""

    label: str
    family: str
    engagement: str
    measure: str
    direction: str = ""
    year_rule: str = YearRule.MEAN


@dataclass(frozen=True)
class GridTarget:
    """What the grid aims at for the year."""

    direction: str
    value: Decimal


@dataclass(frozen=True)
class Past:
    """Last year's result as the grid prints it."""

    value: Decimal | None
    text: str
    target_met: bool | None


@dataclass(frozen=True)
class RowToWrite:
    """A row of the grid once everything is decided. `unit_id` None: entered by the site itself."""

    key: str
    indicator: Indicator | None = None
    new: NewIndicator | None = None
    unit_id: int | None = None
    target: GridTarget | None = None
    past: Past | None = None
    figures: dict[int, Figure] = field(default_factory=dict)


def commit(
    record: GridImport, rows: Sequence[RowToWrite], *, by, ignored: Sequence[str] = (), amendment_reason: str = ""
) -> GridImport:
    """Record the rows in one transaction; UserError names the closed months when no reason is given for them."""
    return flow.commit(
        record,
        by=by,
        apply=lambda locked: (
            write(
                locked.site,
                locked.year,
                rows,
                by=by,
                name=locked.name,
                ignored=ignored,
                amendment_reason=amendment_reason,
            ).log
        ),
    )


@transaction.atomic
def read_as(record: GridImport, year: int, *, by, job_kind: str) -> GridImport:
    """Read the file again as the grid of another year; the choices made for the former one are dropped."""
    record = flow.choose(record, {}, by=by)
    record.year = year
    history.save(record, by=by, reason=f"Lecture comme grille de {year}", fields=["year"])
    return flow.ask_reading(record, by=by, job_kind=job_kind)


@transaction.atomic
def write(
    site: Unit,
    year: int,
    rows: Sequence[RowToWrite],
    *,
    by,
    name: str,
    ignored: Sequence[str] = (),
    amendment_reason: str = "",
) -> values.Written:
    """Write the rows of a grid; `ignored` are the keys of rows to leave out next time too. The log undoes it all."""
    writing = _Writing(site, year, by, f"Import de « {name} »")
    rows = [_with_indicator(writing, row) for row in rows]
    _assign(writing, rows)
    _set_targets(writing, rows)
    _set_past_results(writing, rows)
    written = values.write_many(
        [(_cell(writing, row, month), figure) for row in rows for month, figure in row.figures.items()],
        by=by,
        reason=writing.reason,
        source=Source.IMPORTED,
        amendment_reason=amendment_reason,
    )
    _remember(writing, rows, ignored)
    if writing.log:
        readings.refresh_many({(row.indicator.pk, site.pk, year) for row in rows})
    written.log = [*writing.log, {"values": written.log}]
    return written


def undo(record: GridImport, *, by) -> GridImport:
    """Undo the whole import; refused, in words, when something it wrote was changed since."""
    return flow.undo(record, by=by, revert=lambda locked: import_undo.revert(locked, by=by))


@dataclass
class _Writing:
    site: Unit
    year: int
    by: object
    reason: str
    log: list[dict] = field(default_factory=list)

    def keep(self, instance, fields, before: dict | None = None) -> None:
        """Save an object and log it."""
        history.save(instance, by=self.by, reason=self.reason)
        self.log.append(log.entry(instance, before=before, fields=fields))


def _cell(writing: _Writing, row: RowToWrite, month: int) -> Cell:
    return Cell(row.indicator, row.unit_id or writing.site.pk, writing.site.pk, writing.year, month)


def _with_indicator(writing: _Writing, row: RowToWrite) -> RowToWrite:
    if row.new is None:
        return row
    new = row.new
    indicator = catalogue.create(
        by=writing.by,
        owner=writing.site,
        reason=writing.reason,
        label=new.label,
        family=_family(writing, new.family),
        engagement=_engagement(new.engagement),
        measure=new.measure,
        direction=new.direction or Direction.NONE,
        year_rule=new.year_rule if new.measure != Measure.RATE else YearRule.WEIGHTED,
        source=f"Proposé par la grille importée de {writing.year}.",
    )
    writing.log.append(log.entry(indicator, before=None, fields=("label", "code", "measure", "year_rule")))
    return RowToWrite(row.key, indicator, None, row.unit_id, row.target, row.past, row.figures)


def _family(writing: _Writing, name: str) -> Family:
    name = name.strip() or "Autres indicateurs"
    code = slugify(name)[:50] or "autres"
    family = Family.objects.filter(code=code).first() or Family.objects.filter(name__iexact=name).first()
    if family is None:
        last = Family.objects.order_by("-position").values_list("position", flat=True).first() or 0
        family = Family(code=code, name=name[:120], position=last + 1)
        writing.keep(family, ("code", "name"))
    return family


def _engagement(code: str) -> Engagement | None:
    """The engagement of that number in the newest referential in force; None when the number is not of one alone."""
    number = code.strip().lstrip("Ee").strip()
    if not number:
        return None
    rows = Engagement.objects.filter(code=number, module__referential__in_force_from__isnull=False)
    found = list(rows.order_by("-module__referential__in_force_from").select_related("module")[:2])
    if len(found) == 2 and found[0].module.referential_id == found[1].module.referential_id:
        return None
    return found[0] if found else None


def followed_until(year: int) -> date | None:
    """The end of what the grid of a year begins to follow: that of a past year makes nothing due today."""
    return date(year, 12, 31) if year < timezone.localdate().year else None


def _assign(writing: _Writing, rows: Sequence[RowToWrite]) -> None:
    """Follow at the site the indicators that nobody enters yet."""
    start, end = date(writing.year, 1, 1), date(writing.year, 12, 31)
    known: dict[int, list[Assignment]] = {}
    for assignment in Assignment.objects.filter(site=writing.site, indicator__in=[row.indicator for row in rows]):
        known.setdefault(assignment.indicator_id, []).append(assignment)
    for row in rows:
        unit_id = row.unit_id or writing.site.pk
        same = [one for one in known.get(row.indicator.pk, []) if one.unit_id == unit_id]
        if any(one.valid_from <= end and (one.valid_until is None or one.valid_until >= start) for one in same):
            continue
        later = min((one.valid_from for one in same if one.valid_from > end), default=None)
        until = followed_until(writing.year) or (later - timedelta(days=1) if later else None)
        made = Assignment(
            indicator=row.indicator, site=writing.site, unit_id=unit_id, valid_from=start, valid_until=until
        )
        writing.keep(made, ("valid_from", "valid_until"))


def _set_targets(writing: _Writing, rows: Sequence[RowToWrite]) -> None:
    """The year's target where it is not already the one in force."""
    start = date(writing.year, 1, 1)
    indicators = [row.indicator for row in rows if row.target]
    binding = Target.objects.filter(indicator__in=indicators).binding(writing.site.pk, writing.year)
    own = {
        t.indicator_id: t for t in Target.objects.filter(indicator__in=indicators, site=writing.site, valid_from=start)
    }
    for row in rows:
        target = row.target
        if target is None or is_target(binding.get(row.indicator.pk), target):
            continue
        kept = own.get(row.indicator.pk)
        before = log.state_of(kept, TARGET_FIELDS) if kept else None
        kept = kept or Target(indicator=row.indicator, site=writing.site, valid_from=start)
        kept.direction, kept.value = target.direction, target.value
        kept.valid_until, kept.source = date(writing.year, 12, 31), f"Grille importée de {writing.year}"
        writing.keep(kept, TARGET_FIELDS, before)


def is_target(known: Target | None, target: GridTarget) -> bool:
    """Whether the target in force is the one of the grid."""
    return known is not None and (known.direction, known.value) == (target.direction, target.value)


def _set_past_results(writing: _Writing, rows: Sequence[RowToWrite]) -> None:
    existing = PastResult.objects.filter(
        site=writing.site, year=writing.year - 1, indicator__in=[row.indicator for row in rows if row.past]
    )
    known = {row.indicator_id: row for row in existing}
    for row in rows:
        if row.past is None:
            continue
        kept = known.get(row.indicator.pk)
        if kept and is_past(kept, row.past):
            continue
        before = log.state_of(kept, PAST_FIELDS) if kept else None
        kept = kept or PastResult(indicator=row.indicator, site=writing.site, year=writing.year - 1)
        kept.value, kept.text, kept.target_met = row.past.value, row.past.text[:100], row.past.target_met
        writing.keep(kept, PAST_FIELDS, before)


def is_past(known: PastResult | None, past: Past) -> bool:
    """Whether last year's result is already known so; another writing of the same figure is no change."""
    if known is None or (known.value, known.target_met) != (past.value, past.target_met):
        return False
    return past.value is not None or known.text == past.text


def _remember(writing: _Writing, rows: Sequence[RowToWrite], ignored: Sequence[str]) -> None:
    """The indicator of each row, for the next file of this site."""
    wanted = {row.key: row.indicator.pk for row in rows} | dict.fromkeys(ignored)
    known = {match.key: match for match in RowMatch.objects.filter(site=writing.site, key__in=wanted)}
    for key, indicator_id in wanted.items():
        match = known.get(key)
        if match and match.indicator_id == indicator_id:
            continue
        before = log.state_of(match, ("indicator",)) if match else None
        match = match or RowMatch(site=writing.site, key=key[:400])
        match.indicator_id = indicator_id
        writing.keep(match, ("indicator",), before)


def values_of(site: Unit, year: int) -> dict[tuple[int, int, int], Value]:
    """What is stored for the year: by indicator, service and month."""
    rows = Value.objects.filter(site=site, year=year)
    return {(row.indicator_id, row.unit_id, row.month): row for row in rows.order_by("pk")}
