"""Words of a cell, and dates found in a sentence."""

import re
from collections.abc import Iterator
from datetime import date

from core.fuzzy_dates import Kind, parse

_MONTHS = "janvier|février|fevrier|mars|avril|mai|juin|juillet|août|aout|septembre|octobre|novembre|décembre|decembre"
_DATE = re.compile(
    rf"\b\d{{1,2}}(?:er|ᵉʳ)?(?: et \d{{1,2}})? (?:{_MONTHS}) \d{{4}}\b|"
    r"\b\d{1,2}[/.-]\d{1,2}[/.-](?:\d{4}|\d{2})\b",
    re.IGNORECASE,
)


def tidy(text: str) -> str:
    """The words of a cell on their lines, without the spaces around them nor empty lines."""
    lines = (" ".join(line.split()) for line in text.replace("\0", "").splitlines())
    return "\n".join(line for line in lines if line)


def dates_in(text: str) -> Iterator[tuple[int, date]]:
    """Every day written in a sentence, with its place; « 10 et 11 octobre 2019 » is its first day."""
    for match in _DATE.finditer(text):
        found = parse(match[0].replace("ᵉʳ", "er"), events={})
        if found.kind in (Kind.DAY, Kind.PERIOD) and found.earliest:
            yield match.start(), found.earliest
