"""Rows of the permission matrix for organisations."""

from organisations.permissions import P
from tests.permission_matrix.rows import PUBLIC, SIGNED_IN, Row


def _unit(world, place):
    return {"code": world.site(place).code}


def _person(world, place):
    return {"pk": world.person(place).pk}


def _membership(world, place):
    return {"pk": world.membership(place).pk}


def _link(world, place):
    return {"uidb64": "MQ", "token": "faux"}


EXPECTED: dict[str, Row] = {
    "organisations:login": Row(PUBLIC, get=302),
    "organisations:logout": Row(SIGNED_IN, get=405, post={302}),
    "organisations:account": Row(SIGNED_IN),
    "organisations:password-change": Row(SIGNED_IN),
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
    "organisations:closed-day-add": Row(P.UNIT_EDIT, at=_unit),
    "organisations:closed-day-remove": Row(P.UNIT_EDIT, at=lambda w, place: {"pk": w.closed_day(place).pk}),
    "organisations:accounts": Row(P.ACCOUNT_VIEW),
    "organisations:account-create": Row(P.ACCOUNT_EDIT),
    "organisations:person": Row(P.ACCOUNT_VIEW, at=_person),
    "organisations:person-history": Row(P.ACCOUNT_VIEW, at=_person),
    "organisations:person-edit": Row(P.ACCOUNT_EDIT, at=_person),
    "organisations:person-close": Row(P.ACCOUNT_EDIT, at=_person),
    "organisations:person-reopen": Row(P.ACCOUNT_EDIT, at=_person),
    "organisations:person-invite": Row(P.ACCOUNT_EDIT, at=_person, get=405),
    "organisations:membership-give": Row(P.ACCOUNT_EDIT, at=_person),
    "organisations:membership-end": Row(P.ACCOUNT_EDIT, at=_membership),
    "organisations:membership-history": Row(P.ACCOUNT_VIEW, at=_membership),
    "organisations:delegate": Row(P.DELEGATE),
    "organisations:delegation-end": Row(P.DELEGATE, at=lambda w, place: {"pk": w.delegation(place).pk}),
}
