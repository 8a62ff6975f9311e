"""Words of survey files (headings of the tools, levels…), kept in `surveys/data/import_words.json`; cells as texts."""

import json
import re
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path

from core.sheets.reading.tagged import Plain, Value, decode

WORDS = json.loads((Path(__file__).parents[1] / "data" / "import_words.json").read_text(encoding="utf-8"))
LONGEST_SHOWN = 60
_HOUR = re.compile(r"\b(\d{1,2})[:h](\d{2})(?::(\d{2}))?\s*([AP])?", re.IGNORECASE)


def text_of(value: Value) -> str:
    """A value as a text: days and instants in ISO, whole numbers without a point."""
    if isinstance(value, datetime):
        return value.isoformat(" ")
    if isinstance(value, bool):
        return "oui" if value else "non"
    return value.isoformat() if isinstance(value, date) else str("" if value is None else value).strip()


@lru_cache(maxsize=4096)
def decoded(raw: Plain) -> tuple[Value, str]:
    """A value as it was read, and its text; nothing for a formula in error."""
    value, is_error = decode(raw)
    return (None, "") if is_error else (value, text_of(value))


def text_of_raw(raw: Plain) -> str:
    return decoded(raw)[1]


def hour_of(value: Value, text: str) -> str:
    """The hour of an instant, `09:05:00`: two people who answer the same thing the same day are two people."""
    if isinstance(value, datetime):
        return value.time().isoformat("seconds")
    found = _HOUR.search(text)
    if not found:
        return ""
    hour = int(found[1]) % 12 + 12 * (found[4].upper() == "P") if found[4] else int(found[1])
    return f"{hour:02}:{found[2]}:{found[3] or '00'}"


def shown(text: str) -> str:
    """A text of the file, short enough for a sentence."""
    one_line = " ".join(text.split())
    return one_line if len(one_line) <= LONGEST_SHOWN else f"{one_line[:LONGEST_SHOWN]}…"
