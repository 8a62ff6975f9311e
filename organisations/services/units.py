"""Verbs of units: create, edit, close, reopen."""

from datetime import date

from django.db import transaction
from django.db.models import Q

from core.base.errors import UserError
from core.models import HolidayZone
from core.record import history
from organisations.models import Membership, Unit
from organisations.permissions import Permission
from organisations.rules.units import makes_loop, place_error


@transaction.atomic
def create(
    *,
    code: str,
    name: str,
    kind: str,
    parent: Unit | None,
    by,
    sigle: str = "",
    holiday_zone: HolidayZone | None = None,
    active_from: date,
    position: int = 0,
    reason: str = "",
) -> Unit:
    """Create a unit under another one."""
    unit = Unit(
        code=code,
        name=name,
        kind=kind,
        parent=parent,
        sigle=sigle,
        holiday_zone=holiday_zone,
        active_from=active_from,
        position=position,
    )
    _require(by, parent)
    _check(unit)
    history.save(unit, by=by, reason=reason)
    return unit


@transaction.atomic
def edit(unit: Unit, *, by, reason: str = "", **values) -> Unit:
    """Change the fields given; moving a unit needs the right on both places."""
    _require(by, unit)
    moves = "parent" in values and values["parent"] != unit.parent
    if moves:
        _require(by, unit.parent)
        _require(by, values["parent"])
    for name, value in values.items():
        setattr(unit, name, value)
    _check(unit)
    _check_below(unit)
    history.save(unit, by=by, reason=reason)
    return unit


@transaction.atomic
def close(unit: Unit, *, on: date, by, reason: str = "") -> Unit:
    """Close a unit on its last day; nobody may keep a role in it after, and no unit below may outlive it."""
    _require(by, unit)
    if on < unit.active_from:
        raise UserError(f"La fermeture ne peut pas précéder l’ouverture ({unit.active_from:%d/%m/%Y}).", field="on")
    after = Q(valid_until__isnull=True) | Q(valid_until__gt=on)
    _refuse_memberships(list(Membership.objects.filter(after, unit=unit).select_related("user")[:4]), on)
    _refuse_children(list(Unit.objects.filter(parent=unit).exclude(active_until__lte=on)[:4]), on)
    unit.active_until = on
    history.save(unit, by=by, reason=reason)
    return unit


@transaction.atomic
def reopen(unit: Unit, *, by, reason: str = "") -> Unit:
    """Take a closing back."""
    _require(by, unit)
    unit.active_until = None
    history.save(unit, by=by, reason=reason)
    return unit


def _require(by, unit: Unit | None) -> None:
    if by is None or by.is_superuser:
        return
    if unit is None or not by.can(Permission.UNIT_EDIT, unit.pk):
        place = f"« {unit} »" if unit else "la tête de l’arbre"
        raise UserError(f"Vous n’avez pas le droit de modifier les unités de {place}.", field="parent")


def _check(unit: Unit) -> None:
    if Unit.objects.filter(code=unit.code).exclude(pk=unit.pk).exists():
        raise UserError(f"Le code « {unit.code} » est déjà celui d’une autre unité.", field="code")
    if unit.pk and makes_loop(unit.pk, unit.parent_id, dict(Unit.objects.values_list("pk", "parent_id"))):
        raise UserError("Une unité ne peut pas être placée sous elle-même.", field="parent")
    if error := place_error(unit.kind, unit.parent.kind if unit.parent else None):
        raise UserError(error, field="parent")
    if unit.is_site and unit.holiday_zone is None:
        raise UserError("Un site a besoin d’une zone de jours fériés : les délais en dépendent.", field="holiday_zone")
    if not unit.is_site and unit.holiday_zone is not None:
        raise UserError("La zone de jours fériés est celle du site : laissez ce champ vide.", field="holiday_zone")


def _check_below(unit: Unit) -> None:
    for child in Unit.objects.filter(parent=unit):
        if error := place_error(child.kind, unit.kind):
            raise UserError(f"« {child} » est sous cette unité. {error}", field="kind")
    if not unit.is_site and unit.closed_days.exists():
        raise UserError("Cette unité a des jours de fermeture : elle doit rester un site.", field="kind")


def _refuse_memberships(memberships: list[Membership], on: date) -> None:
    if memberships:
        names = _names([f"{m.user} ({m.get_role_display().lower()})" for m in memberships])
        raise UserError(f"Ces personnes ont encore un rôle ici après le {on:%d/%m/%Y} : {names}. Mettez-y fin d’abord.")


def _refuse_children(children: list[Unit], on: date) -> None:
    if children:
        names = _names([str(child) for child in children])
        raise UserError(f"Ces unités en dépendent encore après le {on:%d/%m/%Y} : {names}. Fermez-les d’abord.")


def _names(names: list[str]) -> str:
    return ", ".join(names[:3]) + (" et d’autres" if len(names) > 3 else "")


def site_coded(code: str) -> Unit:
    """The site of that code, for a command. UserError when there is none."""
    site = Unit.objects.sites().select_related("holiday_zone").filter(code=code).first()
    if site is None:
        raise UserError(f"Aucun site n’a le code « {code} ».")
    return site


def unit_coded(code: str) -> Unit:
    """The unit of that code, site or service, for a command. UserError when there is none."""
    unit = Unit.objects.select_related("holiday_zone").filter(code=code).first()
    if unit is None:
        raise UserError(f"Aucune unité n’a le code « {code} ».")
    return unit
