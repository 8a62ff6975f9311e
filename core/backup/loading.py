"""The rows of an archive, written to an empty database in one transaction, then read again from it."""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import DatabaseError, connection, transaction

from core.backup import archive, dumping, schema
from core.backup.dumping import is_postgresql
from core.backup.lines import sqlite_rows
from core.backup.tables import MADE_BY_MIGRATE, ArchivedTable
from core.base.errors import UserError


def load(path: Path, key: str, manifest: dict, *, put_file: Callable[[archive.StoredFile], None]) -> None:
    """Write every row, each file by `put_file`, and compare the rows with the manifest before they are kept."""
    tables = {kept["name"]: ArchivedTable.read(kept) for kept in manifest["tables"]}
    rows = {kept["name"]: kept["rows"] for kept in manifest["tables"]}
    try:
        with _without_foreign_keys(), transaction.atomic():
            with schema.loading(rows):
                _empty_what_migrate_made()
                for found in archive.read(path, key):
                    if isinstance(found, archive.ArchivedBlock):
                        _write(tables[found.table], found.lines)
                    elif isinstance(found, archive.StoredFile):
                        put_file(found)
                _give_numbers(manifest["last_ids"])
            _compare(manifest["tables"])
    except DatabaseError as error:
        first = str(error).splitlines()[0]
        raise UserError(f"La base a refusé une ligne de la sauvegarde, rien n’a été gardé : {first}.") from error


def _write(table: ArchivedTable, lines: bytes) -> None:
    names = ", ".join(f'"{column.name}"' for column in table.columns)
    if is_postgresql():
        sql = f'COPY "{table.name}" ({names}) FROM STDIN'
        with connection.cursor() as cursor, connection.wrap_database_errors, cursor.copy(sql) as copy:
            copy.write(lines)
        return
    places = ", ".join("?" * len(table.columns))
    with connection.wrap_database_errors:
        connection.connection.executemany(
            f'INSERT INTO "{table.name}" ({names}) VALUES ({places})', sqlite_rows(lines, table)
        )


def _compare(tables: list[dict]) -> None:
    """`UserError` unless the database now gives the lines that were saved."""
    for kept in tables:
        digest = hashlib.sha256()
        for block in dumping.blocks(ArchivedTable.read(kept)):
            digest.update(block)
        if digest.hexdigest() != kept["sha256"]:
            raise UserError(f"La table {kept['name']} relue n’est pas celle de la sauvegarde : rien n’a été gardé.")


def _empty_what_migrate_made() -> None:
    with connection.cursor() as cursor:
        for table in MADE_BY_MIGRATE:
            cursor.execute(f'DELETE FROM "{table}"')


def _give_numbers(last_ids: dict[str, int]) -> None:
    """The next number of each table follows the last one given before the backup."""
    with connection.cursor() as cursor:
        if is_postgresql():
            for table, sequence in dumping.sequences(cursor):
                if last_ids.get(table):
                    cursor.execute("SELECT setval(%s, %s, true)", [sequence, last_ids[table]])
            return
        cursor.execute("DELETE FROM sqlite_sequence")
        cursor.executemany("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", list(last_ids.items()))


@contextmanager
def _without_foreign_keys() -> Iterator[None]:
    """SQLite checks them once at the end, instead of row by row."""
    disabled = not is_postgresql() and not connection.in_atomic_block and connection.disable_constraint_checking()
    try:
        yield
    finally:
        if disabled:
            connection.enable_constraint_checking()
