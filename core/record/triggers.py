"""Append-only tables, kept by the database itself: history rows and sealed editions accept neither UPDATE nor DELETE.

Concerned: every history table and every model with `append_only = True`, whose rows are numbered from 1 on. Installed
after each `migrate`, since SQLite drops the triggers of a table it remakes; one whose text is not ours is made again.
On PostgreSQL they hold whatever the session says of replication; the application's role should not own the tables.
`core.record.guards` tries them.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.apps import apps
from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connections, models, transaction
from simple_history.models import HistoricalChanges

MESSAGE = "append-only table: rows can be neither changed nor deleted"
NUMBERED = "append-only table: rows are numbered from 1"
FUNCTION = "qualepref_refuse_change"
PREFIX = "append_only"


@dataclass(frozen=True)
class Trigger:
    """One trigger as it should be: what makes it, and how the database tells it once made."""

    table: str
    name: str
    create: tuple[str, ...]
    told: str

    @property
    def full_name(self) -> str:
        return f"{self.table}.{self.name}"


def append_only_models() -> list[type[models.Model]]:
    """The models whose rows can only be added, in the order of their tables."""
    found = [model for model in apps.get_models(include_auto_created=True) if _is_append_only(model)]
    return sorted((model for model in found if model._meta.managed), key=lambda model: model._meta.db_table)


def tables() -> list[str]:
    """The tables whose rows can only be added."""
    return [model._meta.db_table for model in append_only_models()]


def missing(using: str = DEFAULT_DB_ALIAS) -> list[str]:
    """Names of the triggers that should exist and do not."""
    return sorted(_wanted(using).keys() - _existing(using).keys())


def changed(using: str = DEFAULT_DB_ALIAS) -> list[str]:
    """Names of the triggers that exist and are no longer what we made: emptied, disabled, on another event."""
    told = _existing(using)
    return sorted(name for name, one in _wanted(using).items() if name in told and told[name] != one.told)


def install(using: str = DEFAULT_DB_ALIAS) -> list[str]:
    """Make the triggers that are missing or changed; the names of those made. Doing it again changes nothing."""
    names = sorted({*missing(using), *changed(using)})
    if not names:
        return []
    wanted, is_postgresql = _wanted(using), connections[using].vendor == "postgresql"
    with transaction.atomic(using=using), connections[using].cursor() as cursor:
        if is_postgresql:
            cursor.execute(_POSTGRESQL_FUNCTION)
        for name in names:
            for statement in wanted[name].create:
                cursor.execute(statement)
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


def present(using: str) -> list[type[models.Model]]:
    """The append-only models whose table this database has."""
    with connections[using].cursor() as cursor:
        present = set(connections[using].introspection.table_names(cursor))
    return [model for model in append_only_models() if model._meta.db_table in present]


def _wanted(using: str) -> dict[str, Trigger]:
    """Each trigger by its name, for the tables this database has."""
    build = _of_postgresql if connections[using].vendor == "postgresql" else _of_sqlite
    found = [one for model in present(using) for one in build(model._meta.db_table, model._meta.pk.column)]
    return {one.full_name: one for one in found}


def _existing(using: str) -> dict[str, str]:
    """How the database tells each of our triggers, those that a session may be told to ignore marked as such."""
    is_postgresql = connections[using].vendor == "postgresql"
    with connections[using].cursor() as cursor:
        cursor.execute(_TOLD_BY_POSTGRESQL if is_postgresql else _TOLD_BY_SQLITE, [f"{PREFIX}%"])
        told = {f"{table}.{name}": text for table, name, text in cursor.fetchall()}
        if is_postgresql and told:
            cursor.execute("SELECT prosrc FROM pg_proc WHERE oid = to_regproc(%s)", [FUNCTION])
            found = cursor.fetchone()
            if found is None or found[0] != _BODY:
                told = {name: f"{text}, emptied" for name, text in told.items()}
    return told


def _of_sqlite(table: str, key: str) -> Iterator[Trigger]:
    for action in ("UPDATE", "DELETE"):
        yield _sqlite(table, action.lower(), f'BEFORE {action} ON "{table}"', f"{MESSAGE} ({table})")
    yield _sqlite(table, "number", f'AFTER INSERT ON "{table}" WHEN NEW."{key}" <= 0', f"{NUMBERED} ({table})")


def _sqlite(table: str, what: str, event: str, message: str) -> Trigger:
    name = f"{PREFIX}_{what}_{table}"
    text = f"CREATE TRIGGER \"{name}\" {event} BEGIN SELECT RAISE(ABORT, '{message}'); END"
    return Trigger(table, name, (f'DROP TRIGGER IF EXISTS "{name}"', text), text)


def _of_postgresql(table: str, key: str) -> Iterator[Trigger]:
    for what, events, scope, condition in (
        ("rows", "DELETE OR UPDATE", "ROW", ""),
        ("table", "TRUNCATE", "STATEMENT", ""),
        ("number", "INSERT", "ROW", f"WHEN (new.{key} <= 0) "),
    ):
        name = f"{PREFIX}_{what}"
        made = f"{name} BEFORE {events} ON {table} FOR EACH {scope} {condition}EXECUTE FUNCTION {FUNCTION}()"
        always = f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name}"
        yield Trigger(table, name, (f"CREATE OR REPLACE TRIGGER {made}", always), f"CREATE TRIGGER {made} A")


def _drop(using: str) -> None:
    is_postgresql = connections[using].vendor == "postgresql"
    with transaction.atomic(using=using), connections[using].cursor() as cursor:
        for full_name in _existing(using):
            table, name = full_name.split(".", 1)
            cursor.execute(f'DROP TRIGGER "{name}" ON "{table}"' if is_postgresql else f'DROP TRIGGER "{name}"')


_TOLD_BY_SQLITE = "SELECT tbl_name, name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE %s"
_TOLD_BY_POSTGRESQL = """
    SELECT c.relname, t.tgname, pg_get_triggerdef(t.oid, true) || ' ' || t.tgenabled::text
    FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
    WHERE t.tgname LIKE %s AND pg_table_is_visible(c.oid)
"""
_BODY = f"""
BEGIN
    IF TG_OP = 'INSERT' THEN
        RAISE EXCEPTION '{NUMBERED} (%)', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RAISE EXCEPTION '{MESSAGE} (%)', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END """
_POSTGRESQL_FUNCTION = f"CREATE OR REPLACE FUNCTION {FUNCTION}() RETURNS trigger LANGUAGE plpgsql AS $${_BODY}$$"
