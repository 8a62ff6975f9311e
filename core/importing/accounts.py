"""The account of the filled cells of a file: each one is read, left out with its reason, or asked about."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from core.importing.places import ReadPlace

Cell = tuple[str, int, int]  # sheet, row, column

UNREAD = "hors des tableaux lus"


@dataclass
class Accounts:
    """What becomes of each filled cell. `filled` is set once from the file; the last word on a cell is the gravest.

    A cell asked about is asked, whatever else was said; a cell read stays read though somebody leaves it out.
    """

    filled: frozenset[Cell] = frozenset()
    lines: frozenset[str] = frozenset()  # the sheets that are lines of a text: their cells are named `L12`
    _read: set[Cell] = field(default_factory=set)
    _asked: dict[Cell, str] = field(default_factory=dict)
    _left: dict[Cell, str] = field(default_factory=dict)

    @classmethod
    def merged(cls, parts: Sequence["Accounts"]) -> "Accounts":
        """The account of a file whose sheets were read apart."""
        found = cls(frozenset().union(*(one.filled for one in parts)), frozenset().union(*(one.lines for one in parts)))
        for one in parts:
            found._read |= one._read
            found._asked |= one._asked
            found._left |= one._left
        return found

    def read(self, *cells: Cell) -> None:
        """These cells are in what would be recorded, or lead to it (headings, labels)."""
        self._read.update(cells)

    def leave_out(self, cells: Iterable[Cell], why: str) -> None:
        """These cells are not taken, for a reason in French that follows « non repris : »."""
        for cell in cells:
            self._left.setdefault(cell, why)

    def ask(self, cells: Iterable[Cell], code: str) -> None:
        """These cells wait for the answer to an ask."""
        for cell in cells:
            self._asked.setdefault(cell, code)

    def close(self) -> None:
        """Whatever nobody spoke of is left out, and said."""
        self.leave_out(self.unspoken, UNREAD)

    @property
    def unspoken(self) -> frozenset[Cell]:
        """Filled cells of which nothing was said yet."""
        read, asked, left = self._read, self._asked, self._left
        return frozenset(cell for cell in self.filled if cell not in read and cell not in asked and cell not in left)

    @property
    def counts(self) -> dict[str, int]:
        """`filled = read + left_out + asked`, always."""
        asked = sum(cell in self.filled for cell in self._asked)
        read = sum(cell in self.filled and cell not in self._asked for cell in self._read)
        return {"filled": len(self.filled), "read": read, "left_out": len(self.filled) - read - asked, "asked": asked}

    def left_out(self) -> list[tuple[str, str, list[ReadPlace]]]:
        """(sheet, reason, places) of what is not taken, in the order of the file."""
        groups: dict[tuple[str, str], list[ReadPlace]] = defaultdict(list)
        for cell in sorted(self.filled - self._read - self._asked.keys()):
            sheet, row, column = cell
            groups[sheet, self._left.get(cell, UNREAD)].append(
                ReadPlace(sheet, row, column, is_line=sheet in self.lines)
            )
        return [(sheet, why, places) for (sheet, why), places in groups.items()]

    def as_json(self) -> list[dict]:
        """`left_out` as `--format json` prints it."""
        return [{"sheet": sheet, "cells": ranges(places), "why": why} for sheet, why, places in self.left_out()]

    @property
    def reasons(self) -> Counter[str]:
        """How many cells each reason leaves out."""
        return Counter({why: len(places) for _, why, places in self.left_out()})


def ranges(places: Iterable[ReadPlace]) -> list[str]:
    """`A3`, `C5:C9`: runs down a column are told as one."""
    by_column: dict[int, set[int]] = defaultdict(set)
    told = []
    for place in places:
        if place.is_line or not place.row:
            told += [place.cell] if place.cell else []
        else:
            by_column[place.column].add(place.row)
    for column, found in sorted(by_column.items()):
        rows = sorted(found)
        start = last = rows[0]
        for row in [*rows[1:], 0]:
            if row == last + 1:
                last = row
                continue
            first = ReadPlace(row=start, column=column).cell
            told.append(first if start == last else f"{first}:{ReadPlace(row=last, column=column).cell}")
            start = last = row
    return told
