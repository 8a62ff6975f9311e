"""The lines of a table, in the text form of PostgreSQL's COPY: tabs between values, \\N for none.

SQLite writes that form itself, by expressions; the values of JSON take one order of keys on both databases.
"""

import json
import re
from collections.abc import Callable, Iterable

from core.backup.tables import ArchivedColumn, ArchivedTable

NULL = "\\N"
# The backslash first: the escapes of the others hold one.
_ESCAPES = {"\\": "\\\\", "\b": "\\b", "\t": "\\t", "\n": "\\n", "\v": "\\v", "\f": "\\f", "\r": "\\r"}
_TO_ESCAPE = re.compile(r"[\\\b\t\n\v\f\r]")
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_MEANT = {escape[1]: character for character, escape in _ESCAPES.items()}


def sqlite_line(table: ArchivedTable) -> str:
    """The SQL expression that gives the line of a row."""
    return " || char(9) || ".join(f"COALESCE({_sqlite_text(column)}, '{NULL}')" for column in table.columns)


def sorted_json(text: str | None) -> str | None:
    """The same text for the same value, whichever database kept it; already escaped for the line."""
    if text is None:
        return None
    value = json.loads(text)
    written = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    if not written.isascii():
        try:
            written.encode()
        except UnicodeEncodeError:  # half a character, which only an escape can say
            written = json.dumps(value, sort_keys=True, separators=(",", ":"))
    return escape(written)


def with_sorted_json(block: bytes, table: ArchivedTable) -> bytes:
    """Lines written by PostgreSQL, their JSON in our order."""
    lines = []
    for line in block.decode().split("\n")[:-1]:
        values = line.split("\t")
        for position in table.json_positions:
            if values[position] != NULL:
                values[position] = sorted_json(unescape(values[position]))
        lines.append("\t".join(values))
    return ("\n".join(lines) + "\n").encode() if lines else b""


def sqlite_rows(block: bytes, table: ArchivedTable) -> Iterable[list]:
    """The rows of these lines, as SQLite keeps their values."""
    readers = [
        (number, _READERS[column.kind]) for number, column in enumerate(table.columns) if column.kind in _READERS
    ]
    for line in block.decode().split("\n")[:-1]:
        values: list = line.split("\t")
        if "\\" in line:
            values = [None if value == NULL else unescape(value) for value in values]
        for number, read in readers:
            if values[number] is not None:
                values[number] = read(values[number])
        yield values


def escape(text: str) -> str:
    return _TO_ESCAPE.sub(lambda found: _ESCAPES[found[0]], text)


def unescape(text: str) -> str:
    if "\\" not in text:
        return text
    return _ESCAPED.sub(lambda found: _MEANT.get(found[1], found[1]), text)


def _sqlite_text(column: ArchivedColumn) -> str:
    name = f'"{column.name}"'
    if column.kind == "text":
        for character, escaped in _ESCAPES.items():
            name = f"replace({name}, char({ord(character)}), '{escaped}')"
        return name
    if column.kind == "decimal":
        return f"CASE WHEN {name} IS NOT NULL THEN printf('%.{column.places}f', {name}) END"
    return _SQLITE[column.kind].format(name)


_SQLITE = {
    "int": "CAST({0} AS TEXT)",
    "bool": "CASE {0} WHEN 1 THEN 't' WHEN 0 THEN 'f' END",
    "day": "CAST({0} AS TEXT)",
    "instant": "CASE WHEN instr({0}, '.') THEN rtrim(rtrim({0}, '0'), '.') ELSE {0} END || '+00'",
    "time": "CASE WHEN instr({0}, '.') THEN rtrim(rtrim({0}, '0'), '.') ELSE {0} END",
    "uuid": "lower(substr({0}, 1, 8) || '-' || substr({0}, 9, 4) || '-' || substr({0}, 13, 4)"
    " || '-' || substr({0}, 17, 4) || '-' || substr({0}, 21))",
    "json": "sorted_json({0})",
    "bytes": "CASE WHEN {0} IS NOT NULL THEN '\\\\x' || lower(hex({0})) END",
}


def _instant(text: str) -> str:
    """As Django writes it for SQLite: six digits after the second, or none."""
    text = text.removesuffix("+00")
    whole, point, part = text.partition(".")
    return f"{whole}.{part:<06}" if point else whole


_READERS: dict[str, Callable[[str], object]] = {
    "bool": lambda text: text == "t",
    "instant": _instant,
    "time": _instant,
    "uuid": lambda text: text.replace("-", ""),
    "bytes": lambda text: bytes.fromhex(text.removeprefix("\\x")),
}
