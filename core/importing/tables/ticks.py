"""Ticks of a table: « ✘ » says no beside « ✔ » in one table; where every mark is a cross, a cross is a tick."""

from core.importing.tables.rows import SourceRow

CHECKS, CROSSES = frozenset("✓✔✅☑"), frozenset("✗✘✖❌☒")
_VARIANT = "\ufe0f"  # what may follow a sign to have it drawn in colours


def is_cross(row: SourceRow, text: str) -> bool:
    """Whether a cell of the line says no by a cross."""
    if _sign(text) not in CROSSES:
        return False
    columns = {column for numbers in row.by_role.values() for column in numbers}
    first, last = row.table.body
    raw = (row.facing.raw(line, column) for line in range(first, last + 1) for column in columns)
    return any(isinstance(value, str) and _sign(value) in CHECKS for value in raw)


def _sign(text: str) -> str:
    return text.strip().rstrip(_VARIANT)
