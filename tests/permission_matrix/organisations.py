"""Rows of the permission matrix for organisations."""

from organisations.enums import Role
from organisations.imports.closed_days import ClosedDaysFile
from organisations.imports.directory import DirectoryFile
from organisations.permissions import P, roles_with
from organisations.views.closed_days import ClosedDays
from tests.organisations.factories import MembershipFactory
from tests.permission_matrix.imports import import_rows
from tests.permission_matrix.rows import PUBLIC, SIGNED_IN, Row
from tests.permission_matrix.sections import rows_of
from tests.permission_matrix.world import World


def _unit(world, place):
    return world.site(place)


def _person(world, place):
    return world.person(place)


def _membership(world, place):
    return world.membership(place)


def _auditor(world, place):
    """The role of an auditor at that place."""
    return world.one(MembershipFactory, f"auditor {place}", unit=world.service(place), role=Role.AUDITOR)


def _link(world, place):
    return {"uidb64": "MQ", "token": "faux"}


EXPECTED: dict[str, Row] = {
    **rows_of(ClosedDays, World.closed_day, P.UNIT_EDIT),
    "organisations:login": Row(PUBLIC, get=302),
    "organisations:session": Row(SIGNED_IN, get=405, post={200}),
    "organisations:sign-out-elsewhere": Row(SIGNED_IN, get=405, post={302}),
    "organisations:logout": Row(SIGNED_IN, get=405, post={302}),
    "organisations:account": Row(SIGNED_IN),
    "organisations:password-change": Row(SIGNED_IN),
    "organisations:place": Row(SIGNED_IN),
    "organisations:oidc": Row(PUBLIC, get=404, post={404}),  # off without settings
    "organisations:oidc-back": Row(PUBLIC, get=404, post={404}),
    "organisations:second-factor": Row(SIGNED_IN),
    "organisations:second-factor-check": Row(SIGNED_IN, get=302, post={302}),
    "organisations:password-reset": Row(PUBLIC),
    "organisations:password-reset-sent": Row(PUBLIC),
    "organisations:password-set": Row(PUBLIC, at=_link, shared=True),
    "organisations:invitation": Row(PUBLIC, at=_link, shared=True),
    "organisations:roles": Row(SIGNED_IN),
    "organisations:delay": Row(SIGNED_IN),
    "organisations:units": Row(P.UNIT_VIEW),
    "organisations:unit-create": Row(P.UNIT_EDIT),
    "organisations:unit": Row(P.UNIT_VIEW, at=_unit),
    "organisations:unit-people": Row(P.ACCOUNT_VIEW, at=_unit),
    "organisations:unit-history": Row(P.HISTORY_VIEW, at=_unit),
    "organisations:unit-edit": Row(P.UNIT_EDIT, at=_unit),
    "organisations:unit-close": Row(P.UNIT_EDIT, at=_unit),
    "organisations:unit-reopen": Row(P.UNIT_EDIT, at=_unit),
    "organisations:closed-days": Row(P.UNIT_VIEW, at=_unit),
    "organisations:closed-days-import-upload": Row(P.UNIT_EDIT, at=_unit),
    "organisations:directory-import-upload": Row(P.ACCOUNT_EDIT, at=_unit),
    **import_rows(DirectoryFile, at=lambda w, place: w.directory_import(place)),
    **import_rows(ClosedDaysFile, at=lambda w, place: w.closed_days_import(place)),
    "organisations:accounts": Row(P.ACCOUNT_VIEW),
    "organisations:account-create": Row(P.ACCOUNT_EDIT),
    "organisations:person": Row(P.ACCOUNT_VIEW, at=_person),
    "organisations:person-history": Row(P.ACCOUNT_VIEW, at=_person),
    "organisations:person-edit": Row(P.ACCOUNT_EDIT, at=_person),
    "organisations:person-close": Row(P.ACCOUNT_EDIT, at=_person),
    "organisations:person-sign-out": Row(P.ACCOUNT_EDIT, at=_person),
    "organisations:person-reopen": Row(P.ACCOUNT_EDIT, at=_person),
    "organisations:person-second-factor-remove": Row(P.ACCOUNT_EDIT, at=_person),
    "organisations:person-invite": Row(P.ACCOUNT_EDIT, at=_person, get=405),
    "organisations:membership-give": Row(P.ACCOUNT_EDIT, at=_person),
    "organisations:membership-end": Row(P.ACCOUNT_EDIT, at=_membership),
    "organisations:membership-names": Row(P.ACCOUNT_EDIT, at=_auditor),
    "organisations:membership-names-close": Row(P.ACCOUNT_EDIT, at=_auditor),
    "organisations:membership-history": Row(P.ACCOUNT_VIEW, at=_membership),
    "organisations:delegate": Row(P.DELEGATE),
    "organisations:delegation-end": Row(
        P.DELEGATE, at=lambda w, place: w.delegation(place), roles=set(roles_with(P.DELEGATE))
    ),  # the page finds its rows by that right,
}
