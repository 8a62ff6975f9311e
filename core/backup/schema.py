"""The schema of a database to restore into: what it holds, how it becomes that of the archive, how it loads quickly."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder

from core.backup.dumping import is_postgresql
from core.backup.tables import HOUSEKEEPING
from core.base.errors import UserError
from core.record import triggers

Migration = tuple[str, str]
_LARGE = 20_000  # rows: from there on, indexes made after the rows cost less than kept along with them


def applied() -> list[list[str]]:
    """The migrations of this database, as a manifest keeps them."""
    return sorted([app, name] for app, name in MigrationRecorder(connection).applied_migrations())


def waiting() -> list[str]:
    """The migrations of this version that the database has not had."""
    executor = MigrationExecutor(connection)
    return [str(migration) for migration, _ in executor.migration_plan(executor.loader.graph.leaf_nodes())]


def refuse_unless_empty(wanted: list[list[str]]) -> None:
    """`UserError` unless the database is new, or holds the very schema of the archive and not one row."""
    present = _refuse_rows()
    if present and "django_migrations" not in present:
        raise UserError("La base de données contient des tables d’une autre application : donnez une base neuve.")
    known = {tuple(node) for node in MigrationExecutor(connection).loader.disk_migrations}
    if strangers := [f"{app}.{name}" for app, name in wanted if (app, name) not in known]:
        raise UserError(f"La sauvegarde vient d’une version plus récente de l’application ({strangers[0]}).")
    if present and applied() not in ([], wanted):
        raise UserError("Le schéma de la base n’est pas celui de la sauvegarde : donnez une base sans aucune table.")


def make(wanted: list[list[str]]) -> None:
    """Bring an empty database to the migrations of the archive, which may be those of an older version."""
    executor = MigrationExecutor(connection)
    nodes = {(app, name) for app, name in wanted}
    parents = {parent.key for node in nodes for parent in executor.loader.graph.node_map[node].parents}
    executor.migrate(sorted(nodes - parents))
    triggers.install()


def bring_up_to_date() -> None:
    """The migrations that the archive had not had, the guards of the append-only tables, what `migrate` does after."""
    call_command("migrate", interactive=False, verbosity=0)


@contextmanager
def loading(rows: dict[str, int]) -> Iterator[None]:
    """A stretch without the foreign keys and indexes of the large tables, made again and checked at its end."""
    large = [table for table, count in rows.items() if count >= _LARGE]
    with connection.cursor() as cursor:
        if is_postgresql():
            cursor.execute("SET LOCAL lock_timeout = '10s'")
            cursor.execute("SET LOCAL maintenance_work_mem = '256MB'")
        again = _set_apart_postgresql(cursor, large) if is_postgresql() else _set_apart_sqlite(cursor, large)
    yield
    with connection.cursor() as cursor:
        if is_postgresql():
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for sql in again:
            cursor.execute(sql)
    connection.check_constraints()


def _has_rows(cursor, table: str) -> bool:
    cursor.execute(f"SELECT 1 FROM {connection.ops.quote_name(table)} LIMIT 1")
    return cursor.fetchone() is not None


def _set_apart_postgresql(cursor, large: list[str]) -> list[str]:
    again = []
    cursor.execute(
        "SELECT c.relname, k.conname, pg_get_constraintdef(k.oid) "
        "FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid "
        "WHERE k.contype = 'f' AND c.relname = ANY(%s) AND c.relnamespace = current_schema()::regnamespace",
        [large],
    )
    keys = cursor.fetchall()
    cursor.execute(
        "SELECT i.indexname, i.indexdef FROM pg_indexes i WHERE i.schemaname = current_schema() "
        "AND i.tablename = ANY(%s) AND NOT EXISTS (SELECT 1 FROM pg_constraint k WHERE k.conname = i.indexname)",
        [large],
    )
    for name, definition in cursor.fetchall():
        cursor.execute(f'DROP INDEX "{name}"')
        again.append(definition)
    for table, name, definition in keys:
        cursor.execute(f'ALTER TABLE "{table}" DROP CONSTRAINT "{name}"')
        again.append(f'ALTER TABLE "{table}" ADD CONSTRAINT "{name}" {definition}')
    return again


def _set_apart_sqlite(cursor, large: list[str]) -> list[str]:
    again = []
    cursor.execute("SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL")
    for name, table, sql in cursor.fetchall():
        if table in large:
            cursor.execute(f'DROP INDEX "{name}"')
            again.append(sql)
    return again


def _refuse_rows() -> list[str]:
    """The tables of the database; `UserError` when one of them holds a row."""
    with connection.cursor() as cursor:
        present = connection.introspection.table_names(cursor)
        used = next((table for table in present if table not in HOUSEKEEPING and _has_rows(cursor, table)), None)
    if used:
        raise UserError(f"La base de données n’est pas vide (table {used}) : restaurez dans une installation neuve.")
    return present
