"""The lines of an archive: SQLite writes what PostgreSQL's COPY writes, and takes the same values back."""

import contextlib
import sqlite3

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.backup.lines import escape, sorted_json, sqlite_line, sqlite_rows, unescape, with_sorted_json
from core.backup.tables import ArchivedColumn, ArchivedTable, tables

TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))
KINDS = {
    "int": [("12", 12)],
    "text": [("l’été \\\\ 2026\\t\\n\\\\N", "l’été \\ 2026\t\n\\N"), ("", "")],
    "bool": [("t", 1), ("f", 0)],
    "day": [("2026-05-04", "2026-05-04")],
    "instant": [
        ("2026-05-04 10:11:12+00", "2026-05-04 10:11:12"),
        ("2026-05-04 10:11:12.5+00", "2026-05-04 10:11:12.500000"),
        ("2026-05-04 10:11:10+00", "2026-05-04 10:11:10"),
    ],
    "uuid": [("0f8fad5b-d9cb-469f-a165-70867728950e", "0f8fad5bd9cb469fa16570867728950e")],
    "json": [('{"a":["l’\\\\"x\\\\""],"b":1.5}', '{"a":["l’\\"x\\""],"b":1.5}')],
    "bytes": [("\\\\x00ff5c", b"\x00\xff\\"), ("\\\\x", b"")],
    "decimal": [("12.340000", 12.34), ("-3.000000", -3)],
}
TYPES = {"decimal": "decimal", "bool": "bool", "int": "integer", "bytes": "BLOB"}


def a_table(kind: str) -> ArchivedTable:
    key = ArchivedColumn("id", "int")
    return ArchivedTable("t", (key, ArchivedColumn("c", kind, 6)), key)


def written(kind: str, value) -> str:
    """The line of a value that SQLite keeps."""
    with contextlib.closing(sqlite3.connect(":memory:")) as database:
        database.create_function("sorted_json", 1, sorted_json)
        database.execute(f"CREATE TABLE t (id integer, c {TYPES.get(kind, 'text')})")
        database.execute("INSERT INTO t VALUES (1, ?)", [value])
        return database.execute(f"SELECT {sqlite_line(a_table(kind))} FROM t").fetchone()[0]


@pytest.mark.parametrize(("kind", "text", "value"), [(kind, *case) for kind, cases in KINDS.items() for case in cases])
def test_a_value_of_each_kind_is_written_and_read_back(kind, text, value):
    assert written(kind, value) == f"1\t{text}"
    [row] = sqlite_rows(f"1\t{text}\n".encode(), a_table(kind))
    assert row[0] == "1"
    assert (float(row[1]) if kind in {"decimal", "int"} else row[1]) == value


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_stays_nothing(kind):
    assert written(kind, None) == "1\t\\N"
    assert list(sqlite_rows(b"1\t\\N\n", a_table(kind))) == [["1", None]]


@given(TEXTS)
@settings(max_examples=150, derandomize=True, deadline=None)
def test_any_text_comes_back(text):
    line = written("text", text)
    assert line == f"1\t{escape(text)}"
    assert unescape(escape(text)) == text
    assert list(sqlite_rows(f"{line}\n".encode(), a_table("text"))) == [["1", text]]


def test_json_takes_one_order_whichever_database_wrote_it():
    table = a_table("json")
    by_postgresql = b'1\t{"b": 1.5, "a": ["l\xe2\x80\x99\\\\"x\\\\""]}\n2\t\\N\n'
    by_postgresql = by_postgresql.replace(b'\\\\"', b'\\\\"')
    assert with_sorted_json(by_postgresql, table).decode() == '1\t{"a":["l’\\\\"x\\\\""],"b":1.5}\n2\t\\N\n'
    assert written("json", '{"b": 1.5, "a": ["l’\\"x\\""]}') == '1\t{"a":["l’\\\\"x\\\\""],"b":1.5}'


def test_half_a_character_is_kept_as_its_escape():
    assert sorted_json('{"a": "\\ud800é"}') == escape('{"a":"\\ud800\\u00e9"}')


def test_every_column_of_every_table_is_of_a_known_kind():
    """A new kind of field fails here, not in the night."""
    found = {table.name: table for table in tables()}
    assert found["indicators_value"].key.name == "id"
    assert "django_session" not in found
    assert "core_historyseal" in found
