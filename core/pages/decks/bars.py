"""Horizontal bars of the criteria as one SVG picture: presentation attributes only; its words are beside it."""

from collections.abc import Sequence
from textwrap import shorten, wrap

from django.template.loader import render_to_string

from core.base.typography import NO_BREAK
from core.pages.decks.slide import Bar

WIDTH, ROW = 900, 46
BAR_LEFT, BAR_WIDTH = 430, 370
LETTERS, LONGEST, LINE = 46, 72, 18


def bars_svg(lines: Sequence[Bar]) -> str:
    """One bar per criterion with its interval, its words and base on the left, its percentage at the end."""
    rows = [
        {
            "words": _words(line),
            "percent": line.percent,
            "y": number * ROW,
            "width": _at(line.share),
            "low": "" if line.low is None else _at(line.low),
            "high": "" if line.high is None else _at(line.high),
        }
        for number, line in enumerate(lines)
    ]
    context = {
        "rows": rows,
        "width": WIDTH,
        "height": height_of(lines),
        "left": BAR_LEFT,
        "full": BAR_WIDTH,
        "end": BAR_LEFT + BAR_WIDTH + 12,
    }
    return render_to_string("core/decks/bars.svg", context)


def height_of(lines: Sequence[Bar]) -> int:
    return max(len(lines), 1) * ROW


def _words(line: Bar) -> list[tuple[str, int]]:
    """The criterion and its base on two lines at most, each with its height."""
    base = f"({line.base.replace(' ', NO_BREAK)})" if line.base else ""
    lines = wrap(f"{shorten(line.criterion, LONGEST, placeholder='…')} {base}", LETTERS)
    first = (ROW - 4 - LINE * len(lines)) // 2 + LINE
    return [(words, first + LINE * rank) for rank, words in enumerate(lines)]


def _at(share: float | None) -> str:
    return f"{(share or 0) * BAR_WIDTH:.1f}"
