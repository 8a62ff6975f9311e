"""Rows of the permission matrix for actions; one table per family of pages."""

from organisations.permissions import P
from tests import action_factories
from tests.permission_matrix.rows import PUBLIC, SIGNED_IN, Row  # noqa: F401

PLANS: dict[str, Row] = {}

ACTIONS: dict[str, Row] = {}


def _import(world, place):
    return {"pk": world.one(action_factories.PlanImportFactory, place, site=world.site(place)).pk}


IMPORTS: dict[str, Row] = {
    "actions:import-upload()": Row(P.ACTION_IMPORT, get=302),
    "actions:import-upload(site)": Row(P.ACTION_IMPORT, at=lambda world, place: {"site": world.site(place).code}),
    "actions:import": Row(P.HISTORY_VIEW, at=_import),
    "actions:import-history": Row(P.HISTORY_VIEW, at=_import),
    "actions:import-choices": Row(P.ACTION_IMPORT, at=_import, get=405),
    "actions:import-abandon": Row(P.ACTION_IMPORT, at=_import, get=405),
    "actions:import-commit": Row(P.ACTION_IMPORT, at=_import, get=405),
    "actions:import-retry": Row(P.ACTION_IMPORT, at=_import, get=405),
    "actions:import-undo": Row(P.ACTION_IMPORT, at=_import, get=405),
}

HISTORY: dict[str, Row] = {}

SYNTHESIS: dict[str, Row] = {}

REMINDERS: dict[str, Row] = {}

EXPECTED: dict[str, Row] = {
    **PLANS,
    **ACTIONS,
    **IMPORTS,
    **HISTORY,
    **SYNTHESIS,
    **REMINDERS,
}
