"""How values cross from the reading process: JSON, with dates and errors as strings under a mark that no text holds.

The mark is a control character that XML and our texts refuse and databases keep; where an old file smuggles one in, the
cell is shown as the text it is.
"""

from datetime import date, datetime, time, timedelta
from decimal import Decimal

MARK = "\x1f"
DATE, INSTANT, ERROR = MARK + "d", MARK + "t", MARK + "e"

Plain = str | int | float | bool | None
Value = str | int | float | Decimal | bool | date | datetime | None

_LARGEST_EXACT = 10**15


class Encoder:
    """Turns the values JSON does not know into strings; equal dates are spelt once."""

    def __init__(self) -> None:
        self._known: dict[object, str] = {}

    def __call__(self, value: object) -> str:
        """A date, an instant or a duration, as it travels."""
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
        return (None if plain == "" else plain), False
    kind, body = plain[:2], plain[2:]
    if kind == ERROR:
        return body, True
    try:
        return (date if kind == DATE else datetime).fromisoformat(body), False
    except ValueError:
        return plain.replace(MARK, ""), False


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
