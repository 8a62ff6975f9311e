"""The modules a site retains, between two dates."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction

from core.base.errors import UserError
from core.record import history
from organisations.models import Unit
from referential.models import Module, Perimeter


@transaction.atomic
def retain(
    *, site: Unit, modules: Iterable[Module], valid_from: date, valid_until: date | None = None, by, reason: str = ""
) -> list[Perimeter]:
    """Retain modules at a site from a day on."""
    rows = [Perimeter(site=site, module=module, valid_from=valid_from, valid_until=valid_until) for module in modules]
    if not rows:
        raise UserError("Choisissez au moins un module.", field="modules")
    for row in rows:
        _check(row, field="modules")
        history.save(row, by=by, reason=reason)
    return rows


@transaction.atomic
def change_dates(
    perimeter: Perimeter, *, valid_from: date, valid_until: date | None, by, reason: str = ""
) -> Perimeter:
    perimeter.valid_from, perimeter.valid_until = valid_from, valid_until
    _check(perimeter, field="valid_from")
    history.save(perimeter, by=by, reason=reason)
    return perimeter


@transaction.atomic
def remove(perimeter: Perimeter, *, by, reason: str = "") -> None:
    """Take back a module retained by mistake; one that was given up is ended with a date instead."""
    history.delete(perimeter, by=by, reason=reason)


def _check(row: Perimeter, *, field: str) -> None:
    if not row.site.is_site:
        raise UserError("Un périmètre se choisit pour une préfecture ou une sous-préfecture.", field=field)
    if row.valid_until and row.valid_until < row.valid_from:
        raise UserError("La fin ne peut pas précéder le début.", field="valid_until")
    others = Perimeter.objects.filter(site=row.site, module=row.module).exclude(pk=row.pk)
    clash = others.overlapping(row.valid_from, row.valid_until).first()
    if clash is not None:
        until = f" jusqu’au {clash.valid_until:%d/%m/%Y}" if clash.valid_until else ""
        raise UserError(f"« {row.module} » est déjà retenu depuis le {clash.valid_from:%d/%m/%Y}{until}.", field=field)
