"""Units and people at once, from a table: parents first, then the accounts and their roles."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from organisations.enums import SITE_KINDS
from organisations.models import Unit, User
from organisations.services import accounts, units

LONGEST_CODE = 60


@dataclass(frozen=True)
class NewUnit:
    """A unit to create; `parent` is known, or the key of another one. Without a code, it gets one of its parent's."""

    key: str
    name: str
    kind: str
    parent: Unit | str
    sigle: str = ""
    code: str = ""


@dataclass(frozen=True)
class Holder:
    """A person and the role held in a unit, which is known, or the key of a new one."""

    email: str
    first_name: str
    last_name: str
    role: str
    unit: Unit | str


def why_no_code(code: str, taken: Collection[str]) -> str:
    """Why a code cannot be one; empty where it can, or where none is given."""
    if not code:
        return ""
    if code != slugify(code):
        example = slugify(code) or "accueil"
        return f"« {code} » : un code s’écrit en minuscules, chiffres et tirets, par exemple « {example} »."
    return "Ce code est celui d’une autre unité." if code in taken else ""


@transaction.atomic
def record(site: Unit, new: Sequence[NewUnit], people: Sequence[Holder], *, by: Any, reason: str) -> None:
    """Create the units, each after its parent, then open the accounts and give the roles from today."""
    made = _create(site, new, by=by, reason=reason)
    giver = _afresh(by)
    for person in people:
        accounts.open_account(
            email=person.email,
            first_name=person.first_name,
            last_name=person.last_name,
            unit=person.unit if isinstance(person.unit, Unit) else made[person.unit],
            role=person.role,
            valid_from=timezone.localdate(),
            by=giver,
            reason=reason,
        )


def _create(site: Unit, new: Sequence[NewUnit], *, by: Any, reason: str) -> dict[str, Unit]:
    """The units created, by their keys."""
    made: dict[str, Unit] = {}
    waiting = list(new)
    codes = set(Unit.objects.values_list("code", flat=True))
    while waiting:
        giver = _afresh(by)
        for one in [one for one in waiting if isinstance(one.parent, Unit) or one.parent in made]:
            parent = one.parent if isinstance(one.parent, Unit) else made[one.parent]
            code = one.code or _free_code(parent, one, codes)
            codes.add(code)
            made[one.key] = units.create(
                code=code,
                name=one.name,
                kind=one.kind,
                parent=parent,
                sigle=one.sigle,
                holiday_zone=site.holiday_zone if one.kind in SITE_KINDS else None,
                active_from=timezone.localdate(),
                position=len(codes),
                by=giver,
                reason=reason,
            )
        waiting = [one for one in waiting if one.key not in made]
    return made


def _free_code(parent: Unit, one: NewUnit, taken: set[str]) -> str:
    """« 13-aix-courrier » under « 13-aix », with a number where it is taken."""
    code = f"{parent.code}-{slugify(one.sigle or one.name) or 'unite'}"[:LONGEST_CODE].rstrip("-")
    number, found = 1, code
    while found in taken:
        number += 1
        found = f"{code[: LONGEST_CODE - 4]}-{number}"
    return found


def _afresh(by: User | None) -> User | None:
    """The same person with the rights of now: those on a unit come with the unit."""
    return by and User.objects.get(pk=by.pk)
