"""Append-only tables, kept by the database itself: history rows and sealed editions accept neither UPDATE nor DELETE.

Concerned: every history table and every model with `append_only = True`. Installed after each `migrate`, since SQLite
drops the triggers of a table it remakes. In production on PostgreSQL the application's role should not own the tables.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.apps import apps
from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connections, models, transaction
from simple_history.models import HistoricalChanges

MESSAGE = "append-only table: rows can be neither changed nor deleted"
FUNCTION = "qualepref_refuse_change"
PREFIX = "append_only"


def tables() -> list[str]:
    """The tables whose rows can only be added."""
    found = [model for model in apps.get_models(include_auto_created=True) if _is_append_only(model)]
    return sorted(model._meta.db_table for model in found if model._meta.managed)


def missing(using: str = DEFAULT_DB_ALIAS) -> list[str]:
    """Names of the triggers that should exist and do not."""
    return sorted(_wanted(using).keys() - _existing(using))


def install(using: str = DEFAULT_DB_ALIAS) -> list[str]:
    """Create the missing triggers; the names of those created. Doing it again changes nothing."""
    wanted = _wanted(using)
    names = sorted(wanted.keys() - _existing(using))
    if not names:
        return []
    with transaction.atomic(using=using), connections[using].cursor() as cursor:
        if connections[using].vendor == "postgresql":
            cursor.execute(_POSTGRESQL_FUNCTION)
        for name in names:
            cursor.execute(wanted[name])
    return names


def install_after_migrate(*, using: str, **_signal) -> None:
    """Receiver of post_migrate."""
    if connections[using].vendor in {"sqlite", "postgresql"}:
        install(using)


@contextmanager
def suspended(using: str = DEFAULT_DB_ALIAS) -> Iterator[None]:
    """Without the triggers, for the flush between two transactional tests and nothing else."""
    if not settings.TESTING:
        raise RuntimeError("append-only triggers are suspended in tests only")
    _drop(using)
    try:
        yield
    finally:
        install(using)


def _is_append_only(model: type[models.Model]) -> bool:
    return issubclass(model, HistoricalChanges) or getattr(model, "append_only", False)


def _present_tables(using: str) -> list[str]:
    with connections[using].cursor() as cursor:
        present = set(connections[using].introspection.table_names(cursor))
    return [table for table in tables() if table in present]


def _wanted(using: str) -> dict[str, str]:
    """Name and SQL of each trigger, for the tables this database has."""
    build = _postgresql_triggers if connections[using].vendor == "postgresql" else _sqlite_triggers
    return {name: sql for table in _present_tables(using) for name, sql in build(table)}


def _existing(using: str) -> set[str]:
    """Names of our triggers, those that PostgreSQL was told to ignore left out."""
    if connections[using].vendor == "postgresql":
        sql = (
            "SELECT c.relname, t.tgname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid "
            "WHERE t.tgname LIKE %s AND t.tgenabled <> 'D' AND pg_table_is_visible(c.oid)"
        )
    else:
        sql = "SELECT tbl_name, name FROM sqlite_master WHERE type = 'trigger' AND name LIKE %s"
    with connections[using].cursor() as cursor:
        cursor.execute(sql, [f"{PREFIX}%"])
        return {f"{table}.{name}" for table, name in cursor.fetchall()}


def _sqlite_triggers(table: str) -> Iterator[tuple[str, str]]:
    for action in ("UPDATE", "DELETE"):
        name = f"{PREFIX}_{action.lower()}_{table}"
        yield (
            f"{table}.{name}",
            f'CREATE TRIGGER "{name}" BEFORE {action} ON "{table}" '
            f"BEGIN SELECT RAISE(ABORT, '{MESSAGE} ({table})'); END",
        )


def _postgresql_triggers(table: str) -> Iterator[tuple[str, str]]:
    for name, events, level in (
        (f"{PREFIX}_rows", "UPDATE OR DELETE", "ROW"),
        (f"{PREFIX}_table", "TRUNCATE", "STATEMENT"),
    ):
        yield (
            f"{table}.{name}",
            f'CREATE OR REPLACE TRIGGER {name} BEFORE {events} ON "{table}" '
            f"FOR EACH {level} EXECUTE FUNCTION {FUNCTION}()",
        )


def _drop(using: str) -> None:
    is_postgresql = connections[using].vendor == "postgresql"
    with transaction.atomic(using=using), connections[using].cursor() as cursor:
        for full_name in _existing(using):
            table, name = full_name.split(".", 1)
            cursor.execute(f'DROP TRIGGER "{name}" ON "{table}"' if is_postgresql else f'DROP TRIGGER "{name}"')


_POSTGRESQL_FUNCTION = f"""
CREATE OR REPLACE FUNCTION {FUNCTION}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '{MESSAGE} (%)', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$
"""
