"""Rows of the permission matrix for actions; one table per family of pages."""

from organisations.permissions import P  # noqa: F401
from tests.permission_matrix.rows import PUBLIC, SIGNED_IN, Row  # noqa: F401

PLANS: dict[str, Row] = {}

ACTIONS: dict[str, Row] = {}

IMPORTS: dict[str, Row] = {}

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
