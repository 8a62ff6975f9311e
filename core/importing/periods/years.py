"""Years that headings and titles name."""

import re

from core.sheets.reading.model import Cell

_YEAR = re.compile(r"(?<![\d/.,-])(20[0-4]\d)(?![\d/.,]|-\d\d?\b)")
_RANGE = re.compile(r"(?<!\d)(20[0-4]\d)\s*[-–/]\s*(20)?([0-4]\d)(?!\d)")
# A year after these words dates something else than the table.
_OTHER_DATES = re.compile(
    r"\b(version|v|r[ée]f[ée]rentiel|label\w*|norme|depuis|maj|mise à jour|[ée]dit[ée]e?|le \d+ \w+|du \d+ \w+"
    r"|qual\S*pref)\s*(du|de|le|en|:|\()?\s*20\d\d",
    re.IGNORECASE,
)


def years_in(cell: Cell) -> list[int]:
    """The years a cell names; both of « 2022-2023 »."""
    if isinstance(cell.value, int) and not isinstance(cell.value, bool):
        return [cell.value] if 2000 <= cell.value < 2050 else []
    return years_named(cell.value) if isinstance(cell.value, str) and not cell.is_error else []


def years_named(text: str) -> list[int]:
    """The years a text names, in its order."""
    span = range_in(text)
    return list(span) if span else [int(number) for number in _YEAR.findall(without_other_dates(text))]


def without_other_dates(text: str) -> str:
    """The text without the years that date something else than the table: « version 2021 », « le 3 mars 2022 »."""
    return _OTHER_DATES.sub("", text)


def range_in(text: str) -> tuple[int, int] | None:
    """(2022, 2023) of « 2022-2023 », « 2022/23 »; None when no two following years are named so."""
    found = _RANGE.search(text)
    first = int(found[1]) if found else 0
    return (first, first + 1) if found and (first + 1) % 100 == int(found[3]) else None
