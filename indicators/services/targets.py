"""Dated targets of an indicator: for all sites, or for one, whose own target then comes first."""

from datetime import date, timedelta
from decimal import Decimal

from django.db import transaction
from django.db.models import Q

from core.base.errors import UserError
from core.record import history
from indicators.enums import Measure
from indicators.models import Indicator, Reading, Target
from indicators.rules.plausibility import LARGEST_FIGURE
from indicators.services import readings
from organisations.models import Unit


@transaction.atomic
def add(
    indicator: Indicator,
    *,
    site: Unit | None,
    direction: str,
    value: Decimal,
    valid_from: date,
    valid_until: date | None = None,
    source: str = "",
    by,
    reason: str = "",
) -> Target:
    """Add a target; the one in force until then ends the day before."""
    target = Target(
        indicator=indicator,
        site=site,
        direction=direction,
        value=value,
        valid_from=valid_from,
        valid_until=valid_until,
        source=source,
    )
    _check(target)
    previous = _same_place(target).filter(valid_from__lt=valid_from, valid_until__isnull=True).first()
    if previous is not None:
        previous.valid_until = valid_from - timedelta(days=1)
        history.save(previous, by=by, reason=reason or "Remplacée par une nouvelle cible")
    return _save(target, by=by, reason=reason)


@transaction.atomic
def edit(target: Target, *, by, reason: str = "", **fields) -> Target:
    for name, new in fields.items():
        setattr(target, name, new)
    _check(target)
    return _save(target, by=by, reason=reason)


@transaction.atomic
def remove(target: Target, *, by, reason: str = "") -> None:
    indicator_id, site_id = target.indicator_id, target.site_id
    history.delete(target, by=by, reason=reason)
    _refresh(indicator_id, site_id)


def _save(target: Target, *, by, reason: str) -> Target:
    _refuse_overlap(target)
    history.save(target, by=by, reason=reason)
    _refresh(target.indicator_id, target.site_id)
    return target


def _check(target: Target) -> None:
    if target.site is not None and not target.site.is_site:
        raise UserError("Une cible se fixe pour une préfecture ou une sous-préfecture.", field="site")
    if target.valid_until and target.valid_until < target.valid_from:
        raise UserError("La fin ne peut pas précéder le début.", field="valid_until")
    if target.value < 0:
        raise UserError("Une cible ne peut pas être négative.", field="value")
    if target.value >= LARGEST_FIGURE:
        raise UserError("La cible est trop grande : vérifiez la saisie.", field="value")
    if target.indicator.measure == Measure.RATE and target.value > 1:
        raise UserError("Un taux ne peut pas dépasser 100\u202f%.", field="value")


def _refuse_overlap(target: Target) -> None:
    clashes = _same_place(target).filter(Q(valid_until__isnull=True) | Q(valid_until__gte=target.valid_from))
    if target.valid_until:
        clashes = clashes.filter(valid_from__lte=target.valid_until)
    clash = clashes.order_by("valid_from").first()
    if clash is None:
        return
    if clash.valid_from > target.valid_from:
        raise UserError(
            f"Une autre cible commence le {clash.valid_from:%d/%m/%Y} : donnez à celle-ci une fin avant ce jour.",
            field="valid_until",
        )
    until = f"au {clash.valid_until:%d/%m/%Y}" if clash.valid_until else "à nouvel ordre"
    raise UserError(f"Une autre cible court déjà du {clash.valid_from:%d/%m/%Y} jusqu’{until}.", field="valid_from")


def _same_place(target: Target):
    return Target.objects.filter(indicator=target.indicator, site=target.site).exclude(pk=target.pk)


def _refresh(indicator_id: int, site_id: int | None) -> None:
    rows = Reading.objects.filter(indicator_id=indicator_id)
    if site_id is not None:
        rows = rows.filter(site_id=site_id)
    readings.refresh_many(list(rows.values_list("indicator_id", "site_id", "year")))
