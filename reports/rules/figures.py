"""The figures of a computed part: tables and charts by their code, each figure and sentence with where its rows are.

A template says where the rows of a figure are by `data-rows="address"`, on a table, a chart, a cell, an item or a
paragraph; a table, a chart or a sentence that says nothing has those of its section. A sentence is a paragraph without
a class, or a summary. Readers of the house are led there in words; what leaves it leads there in place.
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
_SENTENCE = re.compile(r'<p(?: class="summary")?(?=>)')
_CAPTION = re.compile(r"(<caption[^>]*>)(.*?)(</caption>)", re.DOTALL)
_HELD = re.compile(r'<(td|th|li|p|strong)\b((?:[^>]*?) data-rows="(/[^"]*)"[^>]*)>(.*?)</\1>', re.DOTALL)
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
    """The computed part with the code and the rows of each figure on it, and after it what `told` says of its code.

    `rows`: those of the section, which its sentences and its figures have unless they say others; none where empty.
    """
    taken: set[str] = set()
    said = f' data-rows="{escape(rows)}"' if rows else ""

    def mark(match: re.Match) -> str:
        code = _free(_code_of(_label(match["inside"])), taken)
        opening = f"<{match['tag']}{match['more']}"
        own = "" if _ROWS.search(match["more"]) else said
        return match[0].replace(opening, f'{opening}{own} data-figure="{code}"', 1) + told(code)

    return _FIGURE.sub(mark, _SENTENCE.sub(rf"\g<0>{said}", html))


def figures_of(html: str) -> Sequence[PrintedFigure]:
    """The figures of a part that was marked, in their order."""
    return [
        PrintedFigure(code[1], _label(match["inside"]), plain(match[0]))
        for match in _FIGURE.finditer(html)
        if (code := _CODE.search(match["more"]))
    ]


def plain(html: str) -> str:
    """The part without the marks of its figures, for readers who may not open their rows."""
    return _MARKS.sub("", html)


def led(html: str) -> str:
    """The part for those of the house: each figure leads to its rows, each table and chart by a line under it."""

    def lead(match: re.Match) -> str:
        rows = _ROWS.search(match["more"])
        if not rows:
            return match[0]
        words = f'<span class="aside"> : {escape(_label(match["inside"]))}</span>'
        return f'{match[0]}<p class="rows"><a href="{rows[1]}">Voir les données{words}</a></p>'

    return plain(_held(_FIGURE.sub(lead, html)))


def referred(html: str, house: str) -> str:
    """The part as it leaves the house, whose address it gives: each figure leads to its rows, no word is added."""

    def lead(match: re.Match) -> str:
        rows = _ROWS.search(match["more"])
        if not rows:
            return match[0]
        if match["tag"] == "table":
            return _CAPTION.sub(lambda one: f"{one[1]}{_link(house + rows[1], one[2])}{one[3]}", match[0])
        return match[0].replace(match["inside"], _link(house + rows[1], match["inside"]), 1)

    return plain(_held(_FIGURE.sub(lead, html), house))


def _held(html: str, house: str = "") -> str:
    """The cells, the items and the sentences that say where their rows are lead there, unless they hold a link."""

    def held(match: re.Match) -> str:
        inside = match[4] if "<a " in match[4] else _link(house + match[3], match[4])
        return f"<{match[1]}{match[2]}>{inside}</{match[1]}>"

    return _HELD.sub(held, html)


def _link(address: str, inside: str) -> str:
    return f'<a class="to-rows" href="{address}">{inside}</a>'


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
