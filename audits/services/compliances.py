"""What is said of a site and an engagement, from a day on."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from audits.enums import ComplianceState
from audits.models import Compliance
from core.base.errors import UserError
from core.record.deeds import Deed, brought_up_to_date, locked, set_fields

FIELDS = ("engagement", "state", "stated_on", "reason", "unit")


@transaction.atomic
def state(*, site, engagement, state: str, reason: str, by, stated_on: date | None = None, unit=None) -> Compliance:
    """Say whether a site keeps an engagement, and why; what was said before stays in its days."""
    row = Compliance(site=site, engagement=engagement, state=state, reason=reason.strip(), unit=unit, stated_by=by)
    row.stated_on = stated_on or timezone.localdate()
    _check(row)
    return Deed(by, reason).create([row])[0]


@transaction.atomic
def change(compliance: Compliance, *, by, **fields: Any) -> Compliance:
    """Correct what was said of a day."""
    row = locked(compliance)
    set_fields(row, fields, FIELDS)
    _check(row)
    Deed(by, row.reason).save(row)
    return brought_up_to_date(compliance, row)


@transaction.atomic
def remove(compliance: Compliance, *, by, reason: str) -> None:
    if not reason.strip():
        raise UserError("Indiquez la raison de la suppression : l’historique la garde.", field="reason")
    Deed(by, reason).delete(locked(compliance))


def _check(row: Compliance) -> None:
    if not row.site.is_site:
        raise UserError("La conformité est celle d’une préfecture ou d’une sous-préfecture.", field="site")
    if row.state not in ComplianceState.values:
        raise UserError("Choisissez la conformité.", field="state")
    if not row.reason:
        raise UserError("Dites sur quoi cela se fonde.", field="reason")
    if row.stated_on > timezone.localdate():
        raise UserError("Cette date est à venir.", field="stated_on")
    same = Compliance.objects.filter(site=row.site, engagement=row.engagement, stated_on=row.stated_on)
    if same.exclude(pk=row.pk).exists():
        raise UserError("La conformité de cet engagement est déjà dite ce jour-là : corrigez-la.", field="stated_on")
