"""Rows of the permission matrix for surveys; one table per family of pages."""

from organisations.permissions import P  # noqa: F401
from tests.permission_matrix.rows import PUBLIC, SIGNED_IN, Row  # noqa: F401


def _point(world, place):
    return {"token": world.collection_point(place).token}


QUESTIONNAIRES: dict[str, Row] = {}

CAMPAIGNS: dict[str, Row] = {}

INTAKE: dict[str, Row] = {
    "surveys:respond": Row(PUBLIC, _point),
    "surveys:thanks": Row(PUBLIC, _point),
}

RESULTS: dict[str, Row] = {}

IMPORTS: dict[str, Row] = {}

MYSTERY: dict[str, Row] = {}

PUBLICATIONS: dict[str, Row] = {}

EXPECTED: dict[str, Row] = {
    **QUESTIONNAIRES,
    **CAMPAIGNS,
    **INTAKE,
    **RESULTS,
    **IMPORTS,
    **MYSTERY,
    **PUBLICATIONS,
}
