"""How values cross from the reading process: JSON, with dates and errors as strings under a NUL mark.

No file format can hold a NUL in a text, so the mark cannot be forged by a cell; readers strip it anyway.
"""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

MARK = "\x00"
DATE, INSTANT, ERROR = MARK + "d", MARK + "t", MARK + "e"

Plain = str | int | float | bool | None
Value = str | int | float | bool | date | datetime | None

_LARGEST_EXACT = 10**15


class Encoder:
    """Turns what a reader gives into JSON values; equal dates are written once."""

    def __init__(self) -> None:
        self._known: dict[object, str] = {}

    def rows(self, rows: Iterable[list]) -> list[list[Plain]]:
        """Every row, cell by cell. Numbers, booleans and filled texts are already what JSON wants."""
        encode = self.value
        return [[v if type(v) is float or (type(v) is str and v) else encode(v) for v in row] for row in rows]

    def value(self, value: object) -> Plain:
        """One cell; an empty text is no value."""
        if value is None or value == "":
            return None
        if isinstance(value, str | bool | int | float):
            return value
        text = self._known.get(value)
        if text is None:
            text = self._known[value] = _moment(value)
        return text


def error(code: str) -> str:
    """`#DIV/0!` and the like, as it travels."""
    return ERROR + code


def decode(plain: Plain) -> tuple[Value, bool]:
    """The value a caller sees, and whether the cell holds a spreadsheet error (its value is then the code)."""
    if isinstance(plain, float):
        whole = plain.is_integer() and abs(plain) < _LARGEST_EXACT
        return (int(plain) if whole else plain), False
    if not isinstance(plain, str) or not plain.startswith(MARK):
        return plain, False
    kind, body = plain[:2], plain[2:]
    if kind == ERROR:
        return body, True
    return (date if kind == DATE else datetime).fromisoformat(body), False


def _moment(value: object) -> str:
    if isinstance(value, datetime):
        if value.time() == time():
            return DATE + value.date().isoformat()
        return INSTANT + value.replace(tzinfo=None).isoformat()
    if isinstance(value, date):
        return DATE + value.isoformat()
    if isinstance(value, timedelta):
        return str(value)
    return value.isoformat() if isinstance(value, time) else str(value)
