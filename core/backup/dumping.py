"""The rows of the database, read as they stood at one instant and written as lines."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

from core.backup.lines import sorted_json, sqlite_line, with_sorted_json
from core.backup.tables import ArchivedTable

BLOCK = 4 * 1024 * 1024
_FETCHED = 2_000


def is_postgresql() -> bool:
    return connection.vendor == "postgresql"


@contextmanager
def snapshot() -> Iterator[None]:
    """The whole database as it stands now, whatever is written meanwhile; nobody waits for us."""
    if connection.in_atomic_block:  # a restore that reads again what it wrote
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY" if is_postgresql() else "BEGIN DEFERRED")
        try:
            yield
        finally:
            cursor.execute("ROLLBACK")


def blocks(table: ArchivedTable) -> Iterator[bytes]:
    """The lines of a table by blocks of some megabytes, each ending with a line."""
    lines = _postgresql_lines(table) if is_postgresql() else _sqlite_lines(table)
    kept, size = [], 0
    for line in lines:
        kept.append(line)
        size += len(line)
        if size >= BLOCK:
            yield b"".join(kept)
            kept, size = [], 0
    if kept:
        yield b"".join(kept)


def last_ids() -> dict[str, int]:
    """The last number given in each table: one that was given is never given again, even once its row is gone."""
    with connection.cursor() as cursor:
        if not is_postgresql():
            cursor.execute("SELECT name, seq FROM sqlite_sequence")
            return dict(cursor.fetchall())
        found = {}
        for table, sequence in sequences(cursor):
            cursor.execute(f"SELECT last_value, is_called FROM {sequence}")
            value, is_called = cursor.fetchone()
            if is_called:
                found[table] = value
        return found


def sequences(cursor) -> list[tuple[str, str]]:
    """The tables of PostgreSQL whose numbers come from a sequence, and that sequence."""
    cursor.execute(
        "SELECT table_name, pg_get_serial_sequence(quote_ident(table_name), column_name) "
        "FROM information_schema.columns WHERE table_schema = current_schema() "
        "AND (is_identity = 'YES' OR column_default LIKE 'nextval(%')"
    )
    return [(table, sequence) for table, sequence in cursor.fetchall() if sequence]


def _sqlite_lines(table: ArchivedTable) -> Iterator[bytes]:
    connection.ensure_connection()
    connection.connection.create_function("sorted_json", 1, sorted_json, deterministic=True)
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT {sqlite_line(table)} FROM "{table.name}" ORDER BY "{table.key.name}"')
        while rows := cursor.fetchmany(_FETCHED):
            yield ("\n".join([row[0] for row in rows]) + "\n").encode()


def _postgresql_lines(table: ArchivedTable) -> Iterator[bytes]:
    names = ", ".join(f'"{column.name}"' for column in table.columns)
    order = f'"{table.key.name}"' + (' COLLATE "C"' if table.key.kind == "text" else "")
    sql = f'COPY (SELECT {names} FROM "{table.name}" ORDER BY {order}) TO STDOUT'
    with connection.cursor() as cursor, connection.wrap_database_errors, cursor.copy(sql) as copy:
        if table.json_positions:
            for line in copy:
                yield with_sorted_json(bytes(line), table)
        else:
            yield from copy
