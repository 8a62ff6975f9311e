"""Recording of a grid: values, targets, past results, new indicators; and what follows its undoing."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.text import slugify

from core.record import history
from indicators.enums import Direction, Measure, Source, YearRule
from indicators.models import Assignment, Family, GridImport, Indicator, PastResult, Reading, Target, Value
from indicators.services import catalogue, readings, values
from organisations.models import Unit
from referential.models import Engagement


@dataclass(frozen=True, slots=True)
class GridTarget:
    """What the grid aims at for the year."""

    direction: str
    value: Decimal


@dataclass(frozen=True, slots=True)
class Past:
    """Last year's result as the grid prints it; `target_met` None: not said."""

    value: Decimal | None
    text: str
    target_met: bool | None


@dataclass
class GridEntry:
    """A row of a grid once everything is decided. No `indicator`: a new one; `unit_id`: the service that enters it."""

    label: str
    measure: str
    indicator: Indicator | None
    unit_id: int
    family: str = ""
    engagement: str = ""
    is_total: bool = False
    figures: dict[int, values.Figure] = field(default_factory=dict)
    target: GridTarget | None = None
    past: Past | None = None

    @property
    def followed(self) -> Indicator:
        """The indicator, once there is one."""
        if self.indicator is None:
            raise ValueError(self.label)
        return self.indicator

    @property
    def year_rule(self) -> str:
        if self.indicator:
            return self.indicator.year_rule
        return YearRule.WEIGHTED if self.measure == Measure.RATE else YearRule.SUM if self.is_total else YearRule.MEAN


def followed_until(year: int) -> date | None:
    """The end of what the grid of a year begins to follow: that of a past year makes nothing due today."""
    return date(year, 12, 31) if year < timezone.localdate().year else None


@transaction.atomic
def write(
    site: Unit, year: int, entries: Sequence[GridEntry], *, by: Any, reason: str, amendment_reason: str = ""
) -> values.Written:
    """Record the rows of a grid in one transaction; UserError names the closed months when no reason is given."""
    writing = _Writing(site, year, by, reason)
    for entry in entries:
        entry.indicator = entry.indicator or writing.create(entry)
    writing.assign(entries)
    changed = writing.set_targets(entries) | writing.set_past_results(entries)
    written = values.write_many(
        [
            (values.EntryCell(entry.followed, entry.unit_id, site.pk, year, month), figure)
            for entry in entries
            for month, figure in entry.figures.items()
        ],
        by=by,
        reason=reason,
        source=Source.IMPORTED,
        amendment_reason=amendment_reason,
    )
    readings.refresh_many({(pk, site.pk, year) for pk in changed})
    return written


@dataclass
class _Writing:
    site: Unit
    year: int
    by: Any
    reason: str

    def save(self, instance: Any) -> None:
        history.save(instance, by=self.by, reason=self.reason)

    def create(self, entry: GridEntry) -> Indicator:
        """The indicator that the catalogue does not have, accepted by the person."""
        return catalogue.create(
            by=self.by,
            owner=self.site,
            reason=self.reason,
            label=entry.label,
            family=self._family(entry.family),
            engagement=_engagement(entry.engagement),
            measure=entry.measure,
            direction=entry.target.direction if entry.target else Direction.NONE,
            year_rule=entry.year_rule,
            source=f"Proposé par la grille importée de {self.year}.",
        )

    def _family(self, name: str) -> Family:
        name = name.strip() or "Autres indicateurs"
        code = slugify(name)[:50] or "autres"
        family = Family.objects.filter(Q(code=code) | Q(name__iexact=name)).order_by("position").first()
        if family is None:
            last = Family.objects.order_by("-position").values_list("position", flat=True).first() or 0
            family = Family(code=code, name=name[:120], position=last + 1)
            self.save(family)
        return family

    def assign(self, entries: Sequence[GridEntry]) -> None:
        """Follow at the site the indicators that nobody enters yet."""
        start, end = date(self.year, 1, 1), date(self.year, 12, 31)
        indicators = [entry.indicator for entry in entries]
        known: dict[tuple[int, int], list[Assignment]] = {}
        for one in Assignment.objects.filter(site=self.site, indicator__in=indicators).order_by("pk"):
            known.setdefault((one.indicator_id, one.unit_id), []).append(one)
        for entry in entries:
            same = known.get((entry.followed.pk, entry.unit_id), [])
            if any(_holds(one, start, end) for one in same):
                continue
            later = min((one.valid_from for one in same if one.valid_from > end), default=None)
            until = followed_until(self.year) or (later - timedelta(days=1) if later else None)
            place = {"site": self.site, "unit_id": entry.unit_id, "valid_from": start, "valid_until": until}
            self.save(Assignment(indicator=entry.followed, **place))

    def set_targets(self, entries: Sequence[GridEntry]) -> set[int]:
        """The targets that are not those in force; the indicators they change."""
        start, end = date(self.year, 1, 1), date(self.year, 12, 31)
        aimed = [(entry.followed, entry.target) for entry in entries if entry.target]
        own = Target.objects.filter(indicator__in=[one for one, _ in aimed], site=self.site, valid_from=start)
        known = {target.indicator_id: target for target in own.order_by("pk")}
        for indicator, target in aimed:
            kept = known.get(indicator.pk) or Target(indicator=indicator, site=self.site, valid_from=start)
            kept.direction, kept.value = target.direction, target.value
            kept.valid_until, kept.source = end, f"Grille importée de {self.year}"
            self.save(kept)
        return {indicator.pk for indicator, _ in aimed}

    def set_past_results(self, entries: Sequence[GridEntry]) -> set[int]:
        """Last year's results that are not known so; the indicators they change."""
        told = [(entry.followed, entry.past) for entry in entries if entry.past]
        place = {"site": self.site, "year": self.year - 1}
        rows = PastResult.objects.filter(**place, indicator__in=[one for one, _ in told])
        known = {row.indicator_id: row for row in rows.order_by("pk")}
        for indicator, past in told:
            kept = known.get(indicator.pk) or PastResult(indicator=indicator, **place)
            kept.value, kept.text, kept.target_met = past.value, past.text, past.target_met
            self.save(kept)
        return {indicator.pk for indicator, _ in told}


def _holds(one: Assignment, start: date, end: date) -> bool:
    """Whether an assignment holds on a day of a span."""
    return one.valid_from <= end and (one.valid_until is None or one.valid_until >= start)


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


def after_undo(record: GridImport, touched: dict[type, set[int]]) -> None:
    """Refuse what was closed since; read the year again, and drop the readings of what is no longer followed."""
    values.refuse_closed_since(record.recorded_in, record.site_id, record.year)
    year = Reading.objects.filter(site=record.site_id, year=record.year)
    known = Indicator.objects.filter(pk__in=year.values("indicator")).values_list("pk", flat=True)
    readings.refresh_many({(pk, record.site_id, record.year) for pk in known})
    followed = Assignment.objects.filter(site=record.site_id).overlapping(record.year).values("indicator")
    valued = Value.objects.filter(site=record.site_id, year=record.year).values("indicator")
    year.filter(measured_months=0).exclude(Q(indicator__in=followed) | Q(indicator__in=valued)).delete()
