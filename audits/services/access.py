"""The access lent to an auditor: a role that ends with the audit, and moves with its last day."""

from datetime import date

from django.db import transaction

from audits.models import Audit, AuditAccess
from core.base.errors import UserError
from core.record import history
from core.record.deeds import Deed, locked
from organisations.enums import Role
from organisations.models import Membership
from organisations.services import accounts, memberships


@transaction.atomic
def invite(
    audit: Audit, *, email: str, first_name: str, last_name: str, valid_from: date, by, reason: str = ""
) -> AuditAccess:
    """Lend the role of auditor at the site until the last day of the audit; the account is created if it is missing."""
    audit = locked(audit, "site")
    if valid_from > audit.ends_on:
        raise UserError(f"L’audit prend fin le {audit.ends_on:%d/%m/%Y}, avant ce jour.", field="valid_from")
    reason = reason or f"Accès pour « {audit} »"
    user = accounts.open_account(
        email=email,
        first_name=first_name,
        last_name=last_name,
        unit=audit.site,
        role=Role.AUDITOR,
        valid_from=valid_from,
        valid_until=audit.ends_on,
        by=by,
        reason=reason,
    )
    membership = user.memberships.filter(unit=audit.site, role=Role.AUDITOR).order_by("pk").last()
    return Deed(by, reason).create([AuditAccess(audit=audit, membership=membership)])[0]


@transaction.atomic
def end(access: AuditAccess, *, by, on: date, reason: str = "") -> None:
    """End the access of an auditor before the audit ends."""
    memberships.end(access.membership, on=on, by=by, reason=reason or f"Fin de l’accès pour « {access.audit} »")


def follow(audit: Audit, *, was: date, by, reason: str = "") -> None:
    """Move the end of the accesses with the last day of the audit; one that was ended before stays ended."""
    rows = Membership.objects.filter(audit_access__audit=audit, valid_until=was, valid_from__lte=audit.ends_on)
    for membership in rows.select_for_update(of=("self",)).order_by("pk"):
        membership.valid_until = audit.ends_on
        history.save(membership, by=by, reason=reason or f"Dates de « {audit} »")
