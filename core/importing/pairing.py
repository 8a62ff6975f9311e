"""Which stored thing each line of a file is: the same words first, then words much alike; each is taken once."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from difflib import SequenceMatcher
from itertools import chain
from typing import TypeVar

from core.importing.words import plain

ALIKE = 0.75  # of a text whose words were corrected
MOST_COMPARED = 60  # left on each side: beyond, comparing each with each takes too long
One = TypeVar("One")
Other = TypeVar("Other")
Names = tuple[str, ...]  # from what tells most to what counts in the end: (rubrique, constat)


def paired(
    rows: Sequence[One], stored: Sequence[Other], of_row: Callable[[One], Names], of_stored: Callable[[Other], Names]
) -> list[Other | None]:
    """For each row the stored one it is, None for a new one: all its names the same, else the last one, else alike."""
    found: list[Other | None] = [None] * len(rows)
    left = list(stored)
    for first in (0, -1):  # by all their names, then by the last one
        waiting: dict[Names, list[Other]] = defaultdict(list)
        for one in left:
            waiting[tuple(map(plain, of_stored(one)[first:]))].append(one)
        for index, row in enumerate(rows):
            if found[index] is None and (same := waiting.get(tuple(map(plain, of_row(row)[first:])))):
                found[index] = same.pop(0)
        left = list(chain.from_iterable(waiting.values()))
    missing = [index for index, one in enumerate(found) if one is None]
    if max(len(missing), len(left)) <= MOST_COMPARED:
        for index in missing:
            found[index] = _taken_alike(plain(of_row(rows[index])[-1]), left, of_stored)
    return found


def _taken_alike(words: str, left: list[Other], of_stored: Callable[[Other], Names]) -> Other | None:
    scores = [(SequenceMatcher(None, words, plain(of_stored(one)[-1])).ratio(), -at) for at, one in enumerate(left)]
    score, at = max(scores, default=(0.0, 0))
    return left.pop(-at) if score >= ALIKE else None
