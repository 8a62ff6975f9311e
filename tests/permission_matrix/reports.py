"""Rows of the permission matrix for reports."""

from organisations.permissions import P  # noqa: F401
from tests.permission_matrix.rows import PUBLIC, SIGNED_IN, Row  # noqa: F401

EXPECTED: dict[str, Row] = {}
