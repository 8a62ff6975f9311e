"""What may leave of answers when few people gave them: one rule for pages, files, posters, JSON and commands.

A group smaller than `least` is hidden, and with it as many others as it takes for what is hidden together, which the
total less what is shown tells, to be as large. While forms still come, what is shown moves by `least` forms at a time,
and the last ones to come are never told apart. Rows of people are generalised until none is unique below `least`.
"""

from collections import Counter
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from typing import TypeVar

from surveys.enums import LEAST

Key = TypeVar("Key", bound=Hashable)
HIDDEN = "(effectif trop petit)"


def least_of(threshold: int) -> int:
    """The smallest group that may be shown: what the campaign says, never less than the floor."""
    return max(LEAST, threshold)


def to_hide(sizes: Mapping[Key, int], least: int, *, already: Collection[Key] = ()) -> set[Key]:
    """The groups of one division that are not shown, those that complete the small ones included.

    An empty group singles out nobody. `already` are hidden for another reason.
    """
    hidden = {key for key in sizes if key in already or 0 < sizes[key] < least}
    others = sorted((key for key in sizes if key not in hidden and sizes[key]), key=lambda key: sizes[key])
    while others and 0 < sum(sizes[key] for key in hidden) < least:
        hidden.add(others.pop(0))
    return hidden


def settled(received: int, least: int) -> int:
    """How many of the forms received, in the order they came, may be counted while others still come.

    From one look to the next it moves by `least` or not at all; at the closing, at least as many are added.
    """
    return max(0, received // least - 1) * least


def generalised(rows: Sequence[Sequence[Hashable]], least: int) -> list[tuple[Hashable, ...]]:
    """The columns by which a person could be recognised, emptied until each combination left is that of `least` rows.

    Columns are given from the one to keep longest to the first to give up; fewer rows than `least` say nothing at all.
    """
    found = [tuple(row) for row in rows]
    width = len(found[0]) if found else 0
    for column in reversed(range(width)):
        sizes = Counter(found)
        found = [_without(row, column) if sizes[row] < least else row for row in found]
    return _completed(found, least)


def _completed(rows: list[tuple[Hashable, ...]], least: int) -> list[tuple[Hashable, ...]]:
    """Rows that say nothing any more must be as many as `least` too: the smallest groups join them."""
    while rows:
        sizes = Counter(rows)
        nothing = tuple(HIDDEN for _ in rows[0])
        if not 0 < sizes[nothing] < least or len(sizes) == 1:
            return rows
        smallest = min((row for row in sizes if row != nothing), key=lambda row: (sizes[row], str(row)))
        rows = [nothing if row == smallest else row for row in rows]
    return rows


def _without(row: tuple[Hashable, ...], column: int) -> tuple[Hashable, ...]:
    return (*row[:column], HIDDEN, *row[column + 1 :])


def smallest(rows: Iterable[Hashable]) -> int:
    """The size of the smallest group of equal rows; nothing is as large as one wants."""
    return min(Counter(rows).values(), default=LEAST)
