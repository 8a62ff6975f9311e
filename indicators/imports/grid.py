"""A grid as recognised, before anything is written: rows, cells, and what is wrong with them.

Rates are ratios (0.9868), delays working days, counts plain numbers; every Decimal has six decimals at most.
"""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from decimal import Decimal

from core.imports.problems import ERROR, WARNING, Problem
from indicators.imports.words import row_key

MATCHED, PROPOSED_NEW, AMBIGUOUS, IGNORED = "matched", "proposed_new", "ambiguous", "ignored"


@dataclass(frozen=True, slots=True)
class CatalogueEntry:
    """An indicator as the catalogue knows it; `unit`, `direction` and `year_rule` as in `indicators.enums`."""

    code: str
    label: str
    family: str
    engagement: str
    unit: str
    direction: str
    year_rule: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class GridTarget:
    """The year's target: `value` is None where the file prints « - »."""

    direction: str
    value: Decimal | None
    text: str
    address: str


@dataclass(frozen=True, slots=True)
class GridPrevious:
    """Last year's result and whether it met its own target (None: not said)."""

    value: Decimal | None
    text: str
    target_met: bool | None
    address: str


@dataclass(frozen=True, slots=True)
class GridCell:
    """A month: `state` as in `indicators.enums.ValueState`, `value` only where measured, `reason` the word written."""

    month: int
    address: str
    text: str
    state: str
    value: Decimal | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class PrintedMean:
    """The yearly figure the file computes itself, to be compared with ours and never imported."""

    address: str
    text: str
    value: Decimal | None
    is_error: bool


@dataclass(frozen=True, slots=True)
class GridMatch:
    """The indicator a row stands for. `candidates` are (code, score from 0 to 1), best first."""

    kind: str
    code: str | None = None
    score: float = 0.0
    candidates: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class GridRow:
    """A row of the grid. `key` names it from one year's file to the next (see `words.row_key`)."""

    sheet: str
    row_number: int
    key: str
    family: str
    label: str
    engagement: str
    unit: str
    target: GridTarget | None
    previous: GridPrevious | None
    cells: tuple[GridCell, ...]
    printed_mean: PrintedMean | None
    comment: str
    match: GridMatch


@dataclass(frozen=True, slots=True)
class GridHeader:
    """Where a sheet's grid was found: months and other columns by letter."""

    sheet: str
    row_numbers: tuple[int, ...]
    months: dict[str, str]
    columns: dict[str, str]


@dataclass(frozen=True)
class Grid:
    """The whole file as recognised; `year_found` is None when the file states no year."""

    rows: tuple[GridRow, ...] = ()
    problems: tuple[Problem, ...] = ()
    sheets_read: tuple[str, ...] = ()
    year_found: int | None = None
    headers: tuple[GridHeader, ...] = field(default=())

    @property
    def errors(self) -> list[Problem]:
        return [problem for problem in self.problems if problem.level == ERROR]

    @property
    def warnings(self) -> list[Problem]:
        return [problem for problem in self.problems if problem.level == WARNING]

    def to_json(self) -> str:
        """The grid as text, to be stored with the preview."""
        return json.dumps(asdict(self), default=str, ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> "Grid":
        """The grid stored by `to_json`."""
        stored = json.loads(text)
        return cls(
            rows=tuple(_row(row) for row in stored["rows"]),
            problems=tuple(Problem(**problem) for problem in stored["problems"]),
            sheets_read=tuple(stored["sheets_read"]),
            year_found=stored["year_found"],
            headers=tuple(_header(header) for header in stored["headers"]),
        )


LONGEST_KEY = 390  # of the 400 that are kept, with room for `|2`


def unique_keys(rows: Iterable[tuple[str, str, str]]) -> list[str]:
    """One key per (family, label, engagement); the second row of the same words ends with `|2`, and so on."""
    seen: dict[str, int] = {}
    keys = []
    for family, label, engagement in rows:
        key = row_key(family, label, engagement)[:LONGEST_KEY]
        seen[key] = seen.get(key, 0) + 1
        keys.append(key if seen[key] == 1 else f"{key}|{seen[key]}")
    return keys


def _row(stored: dict) -> GridRow:
    match = stored["match"] | {"candidates": tuple((code, score) for code, score in stored["match"]["candidates"])}
    return GridRow(
        **stored
        | {
            "target": _valued(GridTarget, stored["target"]),
            "previous": _valued(GridPrevious, stored["previous"]),
            "cells": tuple(_valued(GridCell, cell) for cell in stored["cells"]),
            "printed_mean": _valued(PrintedMean, stored["printed_mean"]),
            "match": GridMatch(**match),
        }
    )


def _valued(kind: type, stored: dict | None):
    if stored is None:
        return None
    value = stored["value"]
    return kind(**stored | {"value": None if value is None else Decimal(value)})


def _header(stored: dict) -> GridHeader:
    return GridHeader(**stored | {"row_numbers": tuple(stored["row_numbers"])})
