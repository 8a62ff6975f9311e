"""Rows and bullets parted over slides so that nothing runs off the page, whatever the length of the words."""

from collections.abc import Sequence
from itertools import pairwise
from math import ceil
from typing import TypeVar

T = TypeVar("T")
LETTERS = 88  # of a line of a table across the whole page, at its size
ROOM = 13.4  # centimetres between the title and the foot
LINE, PADDING = 0.78, 0.4
BULLET_LETTERS, BULLET_LINE, BULLET_GAP = 70, 0.95, 0.4


def even(title: str, rows: Sequence[T], size: int) -> list[tuple[str, list[T]]]:
    """Pages as even as can be: nine rows are five and four, not eight and one."""
    if not rows:
        return []
    number = ceil(len(rows) / size)
    bounds = [round(rank * len(rows) / number) for rank in range(number + 1)]
    return titled(title, [list(rows[start:end]) for start, end in pairwise(bounds)])


def fitted(title: str, rows: Sequence[Sequence[str]], widths: Sequence[int]) -> list[tuple[str, list]]:
    """The rows of a table over as many pages as their words take; even pages where the rows are alike."""
    letters = [max(4, LETTERS * width // sum(widths) - 2) for width in widths]
    heights = [
        max(_lines(text, room) for text, room in zip(row, letters, strict=True)) * LINE + PADDING for row in rows
    ]
    return titled(title, _packed(list(rows), heights, ROOM - LINE - PADDING))


def fitted_bullets(title: str, bullets: Sequence[str], *, room: float = ROOM) -> list[tuple[str, list[str]]]:
    """Bullets over as many pages as their words take."""
    heights = [_lines(text, BULLET_LETTERS) * BULLET_LINE + BULLET_GAP for text in bullets]
    return titled(title, _packed(list(bullets), heights, room))


def titled(title: str, pages: Sequence[list[T]]) -> list[tuple[str, list[T]]]:
    """« Les chiffres (1/2) » where there are several."""
    if len(pages) < 2:
        return [(title, page) for page in pages]
    return [(f"{title} ({rank}/{len(pages)})", page) for rank, page in enumerate(pages, start=1)]


def _lines(text: str, letters: int) -> int:
    """How many lines a text takes, words whole."""
    lines = 0
    for paragraph in (text or " ").split("\n"):
        lines, left = lines + 1, letters
        for word in paragraph.split(" "):
            if len(word) > left and left < letters:
                lines, left = lines + 1, letters
            lines += max(0, ceil(len(word) / letters) - 1)
            left -= len(word) % letters + 1
    return lines


def _packed(rows: list[T], heights: Sequence[float], room: float) -> list[list[T]]:
    """As few pages as hold them all, then as even as they can be."""
    if not rows:
        return []
    fewest = _filled(rows, heights, room, room)
    fair = sum(heights) / len(fewest)
    for more in range(10):
        pages = _filled(rows, heights, fair * (1 + more / 10), room)
        if len(pages) == len(fewest):
            return pages
    return fewest


def _filled(rows: list[T], heights: Sequence[float], aim: float, room: float) -> list[list[T]]:
    pages: list[list[T]] = [[]]
    used = 0.0
    for row, height in zip(rows, heights, strict=True):
        if pages[-1] and (used + height > room or used + height / 2 > aim):
            pages.append([])
            used = 0.0
        pages[-1].append(row)
        used += height
    return pages
