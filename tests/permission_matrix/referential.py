"""Rows of the permission matrix for referential.

Referentials are common to all: changing them takes the right on a whole préfecture, which nobody has in this world.
"""

from organisations.permissions import P
from tests import factories
from tests.permission_matrix.rows import Row

NOBODY = frozenset()


def _referential(world, place):
    return {"code": world.shared(factories.ReferentialFactory).code}


def _module(world, place):
    return {"pk": world.shared(factories.ModuleFactory).pk}


def _engagement(world, place):
    return {"pk": world.shared(factories.EngagementFactory).pk}


def _correspondence(world, place):
    return {"pk": world.shared(factories.CorrespondenceFactory).pk}


def _perimeter(world, place):
    return {"pk": world.one(factories.PerimeterFactory, place, site=world.site(place)).pk}


def _shared(at, permission=P.REFERENTIAL_VIEW):
    return Row(permission, at=at, shared=True)


def _shared_edit(at=None):
    return Row(P.REFERENTIAL_EDIT, at=at, shared=True, roles=NOBODY)


EXPECTED: dict[str, Row] = {
    "referential:referentials": Row(P.REFERENTIAL_VIEW),
    "referential:referential": _shared(_referential),
    "referential:referential-history": _shared(_referential, P.HISTORY_VIEW),
    "referential:referential-edit": _shared_edit(_referential),
    "referential:module-create": _shared_edit(_referential),
    "referential:module-edit": _shared_edit(_module),
    "referential:module-history": _shared(_module, P.HISTORY_VIEW),
    "referential:engagement": _shared(_engagement),
    "referential:engagement-history": _shared(_engagement, P.HISTORY_VIEW),
    "referential:engagement-edit": _shared_edit(_engagement),
    "referential:engagement-create": _shared_edit(_module),
    "referential:correspondences": Row(P.REFERENTIAL_VIEW),
    "referential:correspondence-create": _shared_edit(),
    "referential:correspondence-remove": _shared_edit(_correspondence),
    "referential:perimeters": Row(P.REFERENTIAL_VIEW),
    "referential:perimeter-create": Row(P.REFERENTIAL_EDIT),
    "referential:perimeter": Row(P.REFERENTIAL_VIEW, at=_perimeter),
    "referential:perimeter-edit": Row(P.REFERENTIAL_EDIT, at=_perimeter),
    "referential:perimeter-remove": Row(P.REFERENTIAL_EDIT, at=_perimeter),
    "referential:perimeter-history": Row(P.HISTORY_VIEW, at=_perimeter),
}
