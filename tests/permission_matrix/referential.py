"""Rows of the permission matrix for referential.

Referentials are common to all: changing them takes the right on a whole préfecture, which nobody has in this world.
"""

from organisations.permissions import P
from referential.imports import ReferentialFile
from referential.views.perimeters import Perimeters
from tests.permission_matrix.imports import import_rows
from tests.permission_matrix.rows import Row
from tests.permission_matrix.sections import rows_of
from tests.referential.factories import (
    CorrespondenceFactory,
    EngagementFactory,
    ModuleFactory,
    PerimeterFactory,
    ReferentialFactory,
    ReferentialImportFactory,
)

NOBODY = frozenset()


def _referential(world, place):
    return world.shared(ReferentialFactory)


def _module(world, place):
    return world.shared(ModuleFactory)


def _engagement(world, place):
    return world.shared(EngagementFactory)


def _correspondence(world, place):
    return world.shared(CorrespondenceFactory)


def _import(world, place):
    return world.shared(ReferentialImportFactory)


def _perimeter(world, place):
    return world.one(PerimeterFactory, place, site=world.site(place))


def _shared(at, permission=P.REFERENTIAL_VIEW):
    return Row(permission, at=at)


def _shared_edit(at=None):
    return Row(P.REFERENTIAL_EDIT, at=at, shared=True, roles=NOBODY)


EXPECTED: dict[str, Row] = {
    **rows_of(Perimeters, _perimeter, P.REFERENTIAL_EDIT),
    "referential:referentials": Row(P.REFERENTIAL_VIEW),
    "referential:referential": _shared(_referential),
    "referential:referential-history": _shared(_referential, P.HISTORY_VIEW),
    "referential:referential-create": _shared_edit(),
    "referential:changes": _shared(_referential),
    "referential:import-upload": _shared_edit(_referential),
    **import_rows(ReferentialFile, at=_import, shared=True, roles=NOBODY),
    "referential:import": _shared(_import),
    "referential:import-history": _shared(_import, P.HISTORY_VIEW),
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
}
