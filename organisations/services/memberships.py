"""Verbs of roles: give, end, delegate, let an auditor read names. The rules hold whoever calls: page, command…"""

from datetime import date

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from core.base.errors import UserError
from core.record import history
from core.record.deeds import locked
from organisations.enums import Role
from organisations.models import Membership, Unit, User
from organisations.permissions import Permission

MAX_DELEGATION_DAYS = 183


@transaction.atomic
def give(
    user: User, *, unit: Unit, role: str, valid_from: date, valid_until: date | None = None, by, reason: str = ""
) -> Membership:
    """Give a role in a unit and all below it."""
    membership = Membership(user=user, unit=unit, role=role, valid_from=valid_from, valid_until=valid_until)
    _require_grant(by, membership, "donner")
    _check(membership)
    history.save(membership, by=by, reason=reason)
    _give_new_session_keys(user.pk)
    return membership


@transaction.atomic
def end(membership: Membership, *, on: date, by, reason: str = "") -> Membership | None:
    """End a role on its last day, with the delegations made of it; a role that never began is removed."""
    if not _delegated_by(by, membership):
        _require_grant(by, membership, "retirer")
    if membership.valid_until and membership.valid_until < on:
        raise UserError(f"Ce rôle a déjà pris fin le {membership.valid_until:%d/%m/%Y}.", field="on")
    for delegation in membership.delegations.filter(valid_until__gt=on):
        _cut(delegation, on=on, by=by, reason=reason or "Fin du rôle délégué")
    return _cut(membership, on=on, by=by, reason=reason)


@transaction.atomic
def delegate(
    membership: Membership, *, to: User, valid_from: date, valid_until: date, by: User, reason: str = ""
) -> Membership:
    """Lend one's own role to somebody for an absence; it ends by itself."""
    if membership.user_id != by.pk or membership.delegated_from_id is not None:
        raise UserError("Vous ne pouvez déléguer que votre propre rôle.")
    if not by.can(Permission.DELEGATE, membership.unit_id) or not _in_force(membership):
        raise UserError("Ce rôle ne se délègue pas.")
    if to == by:
        raise UserError("Choisissez une autre personne que vous.", field="to")
    _check_delegation_dates(membership, valid_from, valid_until)
    delegation = Membership(
        user=to,
        unit=membership.unit,
        role=membership.role,
        valid_from=valid_from,
        valid_until=valid_until,
        delegated_from=membership,
    )
    _check(delegation)
    history.save(delegation, by=by, reason=reason)
    _give_new_session_keys(to.pk)
    return delegation


@transaction.atomic
def open_names(membership: Membership, *, on: date, reason: str, by) -> Membership:
    """Let an auditor read the names of agents from a day on, as the mandate says; until then, initials alone."""
    membership = locked(membership)
    _require_grant(by, membership, "étendre")
    if membership.role != Role.AUDITOR:
        raise UserError("Seul le mandat d’un auditeur s’étend ainsi.")
    if not reason.strip():
        raise UserError("Dites ce que le mandat prévoit : l’auditeur et l’historique le liront.", field="reason")
    since, until = membership.valid_from, membership.valid_until or membership.valid_from  # an auditor has an end
    if not since <= on <= until:
        raise UserError(
            f"Le mandat court du {since:%d/%m/%Y} au {until:%d/%m/%Y} : choisissez un de ces jours.",
            field="on",
        )
    membership.names_from, membership.names_reason = on, reason.strip()
    return _save_names(membership, by=by, reason=reason)


@transaction.atomic
def close_names(membership: Membership, *, reason: str = "", by) -> Membership:
    """Let an auditor read initials alone again."""
    membership = locked(membership)
    _require_grant(by, membership, "restreindre")
    membership.names_from, membership.names_reason = None, ""
    return _save_names(membership, by=by, reason=reason or "Initiales seules")


def _save_names(membership: Membership, *, by, reason: str) -> Membership:
    _give_new_session_keys(membership.user_id)
    history.save(membership, by=by, reason=reason, fields=["names_from", "names_reason"])
    return membership


def _give_new_session_keys(user_id: int) -> None:
    """At its next request, each session of the person goes on under another key."""
    User.objects.filter(pk=user_id).update(rights_version=F("rights_version") + 1)


def _require_grant(by: User | None, membership: Membership, verb: str) -> None:
    if by is None or by.is_superuser:
        return
    if by == membership.user:
        raise UserError("Vous ne pouvez pas changer vos propres rôles : demandez-le à une autre personne habilitée.")
    if not by.access.can_grant(membership.role, membership.unit_id):
        role = membership.get_role_display()
        raise UserError(f"Vous ne pouvez pas {verb} le rôle « {role} » à « {membership.unit} ».", field="role")


def _check(membership: Membership) -> None:
    user, unit, until = membership.user, membership.unit, membership.valid_until
    if not user.is_active:
        raise UserError(f"Le compte de {user} est fermé : rouvrez-le d’abord.", field="user")
    if until and until < membership.valid_from:
        raise UserError("La date de fin précède la date de début.", field="valid_until")
    if membership.role == Role.AUDITOR and until is None:
        raise UserError("Le rôle d’auditeur est donné pour la durée de l’audit : indiquez sa fin.", field="valid_until")
    if unit.active_until and (until is None or until > unit.active_until):
        raise UserError(
            f"« {unit} » ferme le {unit.active_until:%d/%m/%Y} : le rôle doit finir avant.", field="valid_until"
        )
    _refuse_twice(membership)


def _refuse_twice(membership: Membership) -> None:
    User.objects.select_for_update().get(pk=membership.user_id)
    same = Membership.objects.filter(user=membership.user, unit=membership.unit, role=membership.role)
    same = same.exclude(pk=membership.pk).not_over(membership.valid_from)
    if membership.valid_until:
        same = same.filter(valid_from__lte=membership.valid_until)
    if other := same.first():
        until = f" jusqu’au {other.valid_until:%d/%m/%Y}" if other.valid_until else ""
        raise UserError(f"{membership.user} a déjà ce rôle depuis le {other.valid_from:%d/%m/%Y}{until}.", field="role")


def _check_delegation_dates(membership: Membership, valid_from: date, valid_until: date) -> None:
    if valid_from < timezone.localdate():
        raise UserError("La délégation ne peut pas commencer dans le passé.", field="valid_from")
    if membership.valid_until and valid_until > membership.valid_until:
        raise UserError(
            f"Votre rôle prend fin le {membership.valid_until:%d/%m/%Y}, avant la délégation.", field="valid_until"
        )
    if (valid_until - valid_from).days >= MAX_DELEGATION_DAYS:
        raise UserError(f"Une délégation dure au plus {MAX_DELEGATION_DAYS} jours.", field="valid_until")


def _delegated_by(by: User | None, membership: Membership) -> bool:
    return by is not None and membership.delegated_from is not None and membership.delegated_from.user_id == by.pk


def _in_force(membership: Membership) -> bool:
    today = timezone.localdate()
    return membership.valid_from <= today and (membership.valid_until is None or membership.valid_until >= today)


def _cut(membership: Membership, *, on: date, by, reason: str) -> Membership | None:
    _give_new_session_keys(membership.user_id)
    if on < membership.valid_from:
        history.delete(membership, by=by, reason=reason)
        return None
    membership.valid_until = on
    history.save(membership, by=by, reason=reason)
    return membership
