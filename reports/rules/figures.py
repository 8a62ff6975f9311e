"""The tables and the charts of a computed part: each told by its code, with where its rows are and what is said of it.

A template says where the rows of a figure are by `data-rows="address"`, on a table, a chart, a cell or a paragraph; a
table or a chart that says nothing has those of its section. Readers of the house are led there, paper says nothing.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape, unescape

from django.utils.text import slugify

LONGEST_CODE = 100
_FIGURE = re.compile(
    r'<(?P<tag>table|div class="chart")(?P<more>[^>]*)>(?P<inside>.*?)</(?:table|div)>'
    r'(?:\s*<p class="table-note">.*?</p>)?',
    re.DOTALL,
)
_NAMES = (
    re.compile(r"<caption[^>]*>(.*?)</caption>", re.DOTALL),
    re.compile(r"<title[^>]*>(.*?)</title>", re.DOTALL),
    re.compile(r'aria-label="([^"]*)"'),
)
_ROWS = re.compile(r' data-rows="([^"]*)"')
_CODE = re.compile(r' data-figure="([^"]*)"')
_HELD = re.compile(r'<(td|th|p|strong)\b((?:[^>]*?) data-rows="(/[^"]*)"[^>]*)>(.*?)</\1>', re.DOTALL)
_MARKS = re.compile(r' data-(?:rows|figure)="[^"]*"')
_TAGS = re.compile(r"<[^>]+>")
_YEARS = re.compile(r"\b(?:19|20)\d\d\b")


@dataclass(frozen=True)
class PrintedFigure:
    """A table or a chart of a computed part; `html` is the figure as it is printed."""

    code: str
    label: str
    html: str


def marked(html: str, *, rows: str, told: Callable[[str], str]) -> str:
    """The computed part with the code and the rows of each figure on it, and after it what `told` says of its code."""
    taken: set[str] = set()

    def mark(match: re.Match) -> str:
        code = _free(_code_of(_label(match["inside"])), taken)
        opening = f"<{match['tag']}{match['more']}"
        said = "" if _ROWS.search(match["more"]) or not rows else f' data-rows="{escape(rows)}"'
        return match[0].replace(opening, f'{opening}{said} data-figure="{code}"', 1) + told(code)

    return _FIGURE.sub(mark, html)


def figures_of(html: str) -> Sequence[PrintedFigure]:
    """The figures of a part that was marked, in their order."""
    return [
        PrintedFigure(code[1], _label(match["inside"]), plain(match[0]))
        for match in _FIGURE.finditer(html)
        if (code := _CODE.search(match["more"]))
    ]


def plain(html: str) -> str:
    """The part as it leaves the house: without the marks of its figures."""
    return _MARKS.sub("", html)


def led(html: str) -> str:
    """The part for those of the house: each figure leads to its rows."""

    def lead(match: re.Match) -> str:
        rows = _ROWS.search(match["more"])
        if not rows:
            return match[0]
        words = f'<span class="aside"> : {escape(_label(match["inside"]))}</span>'
        return f'{match[0]}<p class="rows"><a href="{rows[1]}">Voir les données{words}</a></p>'

    def held(match: re.Match) -> str:
        return f'<{match[1]}{match[2]}><a href="{match[3]}">{match[4]}</a></{match[1]}>'

    return plain(_HELD.sub(held, _FIGURE.sub(lead, html)))


def _label(inside: str) -> str:
    found = next((found[1] for name in _NAMES if (found := name.search(inside))), "")
    return " ".join(unescape(_TAGS.sub(" ", found)).split()) or "Sans titre"


def _code_of(label: str) -> str:
    """The words of a figure without its years: the same from one year to the next."""
    return slugify(_YEARS.sub("", label))[:LONGEST_CODE].strip("-") or "figure"


def _free(code: str, taken: set[str]) -> str:
    number, free = 1, code
    while free in taken:
        number += 1
        free = f"{code}-{number}"
    taken.add(free)
    return free
