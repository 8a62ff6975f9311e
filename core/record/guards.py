"""Are the append-only tables guarded? Told by the text of each trigger, and by a write tried and taken back."""

import contextlib
import logging
from dataclasses import dataclass

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections, transaction

from core.base.enums import GuardFault
from core.record import triggers

logger = logging.getLogger(__name__)
_ATTEMPTS = (
    'UPDATE "{table}" SET "{key}" = "{key}" WHERE "{key}" = (SELECT MAX("{key}") FROM "{table}")',
    'DELETE FROM "{table}" WHERE "{key}" = (SELECT MAX("{key}") FROM "{table}")',
)
MOST_NAMED = 3


class _Accepted(Exception):
    """The write went through: it is taken back."""


@dataclass(frozen=True)
class Fault:
    """One kind of weakness, and the triggers, columns or tables it is found on."""

    kind: GuardFault
    names: tuple[str, ...]

    @property
    def words(self) -> str:
        """« Déclencheurs absents : a, b, c et 4 autres. »"""
        others = len(self.names) - MOST_NAMED
        more = f" et {others} autre{'s' if others > 1 else ''}" if others > 0 else ""
        return f"{self.kind.label} : {', '.join(self.names[:MOST_NAMED])}{more}."


def faults(using: str = DEFAULT_DB_ALIAS) -> list[Fault]:
    """All that is weak; nothing is left written."""
    return [*declared(using), *_faults({GuardFault.ACCEPTS: _accepting(using)})]


def declared(using: str = DEFAULT_DB_ALIAS) -> list[Fault]:
    """What the database says of itself: a few reads, for the page of health."""
    return _faults(
        {
            GuardFault.MISSING: triggers.missing(using),
            GuardFault.CHANGED: triggers.changed(using),
            GuardFault.COLUMN: _columns_gone(using),
        }
    )


def warn_at_start() -> None:
    """Log what is weak when a process starts; a database that does not answer is told by the page of health."""
    if settings.TESTING:
        return
    with contextlib.suppress(DatabaseError):
        for fault in declared():
            logger.error("append-only tables: %s", fault.words)
    connections.close_all()


def owner(using: str = DEFAULT_DB_ALIAS) -> str:
    """The role of this connection where it could take the guards away, on PostgreSQL; empty elsewhere."""
    if connections[using].vendor != "postgresql":
        return ""
    with connections[using].cursor() as cursor:
        cursor.execute(_OWNER, [triggers.tables()])
        found = cursor.fetchone()
    return found[0] if found else ""


def _faults(found: dict[GuardFault, list[str]]) -> list[Fault]:
    return [Fault(kind, tuple(names)) for kind, names in found.items() if names]


def _columns_gone(using: str) -> list[str]:
    with connections[using].cursor() as cursor:
        cursor.execute(_COLUMNS[connections[using].vendor])
        told = set(cursor.fetchall())
    wanted = {(m._meta.db_table, f.column) for m in triggers.present(using) for f in m._meta.concrete_fields}
    return [f"{table}.{column}" for table, column in sorted(wanted - told)]


def _accepting(using: str) -> list[str]:
    """Tables of which a row was changed or deleted, then given back."""
    found = []
    for model in triggers.present(using):
        names = {"table": model._meta.db_table, "key": model._meta.pk.column}
        if any(_goes_through(attempt.format(**names), using) for attempt in _ATTEMPTS):
            found.append(names["table"])
    return found


def _goes_through(statement: str, using: str) -> bool:
    try:
        with transaction.atomic(using=using), connections[using].cursor() as cursor:
            cursor.execute(statement)
            if cursor.rowcount > 0:
                raise _Accepted
    except _Accepted:
        return True
    except DatabaseError:
        return False
    return False


_COLUMNS = {
    "sqlite": "SELECT t.name, c.name FROM sqlite_master t JOIN pragma_table_info(t.name) c WHERE t.type = 'table'",
    "postgresql": """SELECT table_name, column_name FROM information_schema.columns
        WHERE table_schema = current_schema()""",
}
_OWNER = """
    SELECT current_user FROM pg_roles r WHERE r.rolname = current_user AND (r.rolsuper OR EXISTS (
        SELECT 1 FROM pg_class c WHERE c.relname = ANY(%s) AND pg_has_role(current_user, c.relowner, 'MEMBER')))
"""
