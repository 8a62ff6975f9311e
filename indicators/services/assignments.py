"""Which service enters which indicator of a site, between which days; several services split the indicator."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from core.base.errors import UserError
from core.record import changesets, history
from indicators.models import Assignment, Indicator, Reading, Value
from indicators.services import readings
from organisations.models import Unit


@transaction.atomic
def assign(
    indicator: Indicator,
    *,
    units: Iterable[Unit],
    valid_from: date,
    valid_until: date | None = None,
    by,
    reason: str = "",
) -> list[Assignment]:
    """Have services of a site enter the indicator; each enters its own part."""
    if not indicator.is_active:
        raise UserError("Cet indicateur n’est plus suivi : reprenez d’abord son suivi.")
    rows = [
        Assignment(indicator=indicator, site=unit.site, unit=unit, valid_from=valid_from, valid_until=valid_until)
        for unit in units
    ]
    if not rows:
        raise UserError("Choisissez au moins un service.", field="units")
    for row in rows:
        _save(row, by=by, reason=reason, field="units")
    _refresh(rows)
    return rows


@transaction.atomic
def assign_many(pairs: Iterable[tuple[Indicator, Unit]], *, valid_from: date, by) -> list[Assignment]:
    """Have services enter indicators from a day on, all in one act of the history."""
    rows = [Assignment(indicator=one, site=unit.site, unit=unit, valid_from=valid_from) for one, unit in pairs]
    with changesets.opened():
        for row in rows:
            _save(row, by=by, reason="Affectation d’un lot", field="units")
    _refresh(rows)
    return rows


@transaction.atomic
def change_dates(
    assignment: Assignment, *, valid_from: date, valid_until: date | None, by, reason: str = ""
) -> Assignment:
    years = _years(assignment)
    assignment.valid_from, assignment.valid_until = valid_from, valid_until
    _refuse_values_left_out(assignment)
    _save(assignment, by=by, reason=reason, field="valid_from")
    _refresh([assignment], years)
    return assignment


@transaction.atomic
def remove(assignment: Assignment, *, by, reason: str = "") -> None:
    """Take back an assignment made by mistake; one that has values is ended with a date instead."""
    if Value.objects.filter(indicator=assignment.indicator_id, unit=assignment.unit_id).exists():
        raise UserError("Ce service a déjà saisi des valeurs : donnez plutôt une fin à l’affectation.")
    years = _years(assignment)
    site_id, indicator_id = assignment.site_id, assignment.indicator_id
    history.delete(assignment, by=by, reason=reason)
    readings.refresh_many({(indicator_id, site_id, year) for year in years})


def _save(row: Assignment, *, by, reason: str, field: str) -> None:
    if not row.site.is_site:
        raise UserError(f"« {row.unit} » ne dépend d’aucune préfecture ni sous-préfecture.", field=field)
    if row.valid_until and row.valid_until < row.valid_from:
        raise UserError("La fin ne peut pas précéder le début.", field="valid_until")
    others = Assignment.objects.filter(indicator=row.indicator, unit=row.unit).exclude(pk=row.pk)
    clashes = others.filter(Q(valid_until__isnull=True) | Q(valid_until__gte=row.valid_from))
    if row.valid_until:
        clashes = clashes.filter(valid_from__lte=row.valid_until)
    clash = clashes.first()
    if clash is not None:
        raise UserError(
            f"« {row.unit} » saisit déjà cet indicateur depuis le {clash.valid_from:%d/%m/%Y}.", field=field
        )
    history.save(row, by=by, reason=reason)


def _refuse_values_left_out(row: Assignment) -> None:
    """A value outside the dates of its service would count without anyone answering for it."""
    values = Value.objects.filter(indicator=row.indicator_id, unit=row.unit_id)
    elsewhere = Assignment.objects.filter(indicator=row.indicator_id, unit=row.unit_id).exclude(pk=row.pk)
    if row.valid_until is None or elsewhere.exists():
        return
    last = values.order_by("-year", "-month").values_list("year", "month").first()
    if last and last > (row.valid_until.year, row.valid_until.month):
        raise UserError(
            f"Ce service a saisi une valeur pour {last[1]:02d}/{last[0]} : la fin ne peut pas venir avant.",
            field="valid_until",
        )


def _years(row: Assignment) -> set[int]:
    """The years of the site the assignment touches: those it has readings of, and the current one."""
    known = Reading.objects.filter(site_id=row.site_id).order_by().values_list("year", flat=True).distinct()
    until = row.valid_until.year if row.valid_until else timezone.localdate().year
    return {year for year in {*known, timezone.localdate().year} if row.valid_from.year <= year <= until}


def _refresh(rows: Iterable[Assignment], more_years: Iterable[int] = ()) -> None:
    readings.refresh_many(
        {(row.indicator_id, row.site_id, year) for row in rows for year in {*_years(row), *more_years}}
    )
