"""The columns beside the periods: what the heading and the cells of each say that it is."""

import re
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

from core.importing.periods.roles import (
    ACTUAL,
    COMPUTED,
    DENOMINATOR,
    LABEL,
    MANY,
    MEAN,
    NOT_READ,
    NUMERATOR,
    PART,
    PREVIOUS,
    SECTION,
    TARGET,
    YEAR,
    PeriodsWanted,
)
from core.importing.periods.years import years_in
from core.importing.words import plain
from core.sheets.reading.model import Cell

_WORDS = re.compile(r"[^\W\d_]{3,}")
_FIGURES = (ACTUAL, MEAN, PREVIOUS, COMPUTED)
Role = tuple[str, str, str]  # found, proposed, evidence


@dataclass
class Side:
    """A column beside the periods: its heading, what the heading says, what its cells look like."""

    place: int
    heading: str
    role: str
    texts: list[str] = field(default_factory=list)
    numbers: int = 0
    years: int = 0

    @property
    def filled(self) -> int:
        return len(self.texts) + self.numbers

    @property
    def weight(self) -> int:
        """Many different texts, and long ones: a column of labels. Very long ones are comments."""
        return sum(min(len(text), 60) for text in set(self.texts) if _WORDS.search(text))

    def note(self, cell: Cell) -> None:
        """Count a cell of the column: a text, a number, a year."""
        if years_in(cell) and cell.text.strip().isdigit():
            self.years += 1
        if isinstance(cell.value, str) and not cell.is_error and not plain(cell.value).replace(" ", "").isdigit():
            self.texts.append(cell.value.strip())
        else:
            self.numbers += 1

    def is_made_of(self, pattern: str) -> bool:
        """Whether most of its cells are texts of a shape."""
        return 2 * sum(1 for text in self.texts if re.fullmatch(pattern, text)) > self.filled > 0


class SideRoles:
    """The role of each column beside the periods: by its heading, else by what its cells hold."""

    def __init__(self, sides: list[Side], wanted: PeriodsWanted, lines: int):
        self.sides, self.wanted, self.lines = sides, wanted, lines
        self.free: list[Side] = []
        self.taken: dict[str, list[Side]] = defaultdict(list)
        self.is_guess = False  # nothing but its words names the column of labels, and another has as many

    def settled(self) -> dict[int, Role]:
        """Place → (role found, role proposed, evidence)."""
        for side in self.sides:
            if side.role:
                self.taken[side.role].append(side)
        self._settle_labels()
        self._by_content()
        found: dict[int, Role] = {}
        for role, columns in self.taken.items():
            found |= _shared(role, columns)
        if self.is_guess:
            found[self.taken[LABEL][0].place] = ("", LABEL, "la colonne de mots la plus fournie")
        return {side.place: _unknown(side) for side in self.sides} | found

    def _settle_labels(self) -> None:
        """The heaviest column of words is the labels; a second one is what each line says of its label."""
        taken = self.taken
        if not taken[LABEL] and taken[PART]:
            taken[LABEL] = taken.pop(PART)
        if not taken[LABEL] and not any(side.weight for side in self.sides if not side.role):
            self._labels_under_figures()
        labels = sorted(taken[LABEL], key=lambda side: (-side.weight, side.place))
        taken[LABEL] = labels[:1]
        if labels and not taken[PART]:
            taken[PART] = [side for side in labels[1:2] if side.texts]

    def _labels_under_figures(self) -> None:
        """« Résultats 2023 » over the labels themselves: nothing but words stands under a heading of figures."""
        said = (side for role in _FIGURES for side in self.taken[role] if side.texts and not side.numbers)
        if side := max(said, key=lambda side: side.weight, default=None):
            self.taken[side.role].remove(side)
            self.taken[LABEL] = [side]

    def _by_content(self) -> None:
        named = [side for columns in self.taken.values() for side in columns]
        self.free = [side for side in self.sides if side not in named]
        for code, pattern in self.wanted.contents:
            self._take(code, partial(Side.is_made_of, pattern=pattern))
        self._take(PART, self._tells_parts)
        self._take(YEAR, lambda side: side.years == side.filled > 1)
        self._take_labels()
        bare = next(filter(self._is_bare, self.free), None)
        if self.taken[LABEL] and bare and bare.place < self.taken[LABEL][0].place:
            self._take(SECTION, lambda side: side is bare)

    def _take_labels(self) -> None:
        """Without a heading, the heaviest column of words is the labels: a guess when another weighs half of it."""
        heavy = sorted((side for side in self.free if side.weight), key=lambda side: -side.weight)
        if heavy and not self.taken[LABEL]:
            self._take(LABEL, lambda side: side is heavy[0])
            self.is_guess = len(heavy) > 1 and bool(heavy[1].heading) and heavy[1].weight * 2 > heavy[0].weight

    def _take(self, code: str, fits: Callable[[Side], bool]) -> None:
        """Give a role that no column has to the first one free that fits it."""
        side = next(filter(fits, self.free), None)
        if side is not None and not self.taken[code]:
            self.taken[code] = [side]
            self.free.remove(side)

    def _tells_parts(self, side: Side) -> bool:
        """« Cible », « Réalisé »… again and again: what each line is of its label."""
        series = {text: YEAR if self.wanted.is_year(text) else self.wanted.series_of(text) for text in side.texts}
        says = set(series.values())
        is_telling = TARGET in says or {NUMERATOR, DENOMINATOR} <= says or YEAR in says
        return is_telling and len(series) > 1 and all(says) and len(side.texts) == side.filled

    def _is_bare(self, side: Side) -> bool:
        """Words said again and again under no heading: sections."""
        return bool(side.texts) and not side.heading and len(set(side.texts)) < max(self.lines, 2)


def _unknown(side: Side) -> Role:
    """A column that nothing names: numbers are asked about, words are left out and said."""
    is_figures = side.numbers * 2 > side.filled and not (not side.heading and side.place == 1)
    return ("", "", "") if is_figures else (NOT_READ, "", "titre inconnu")


def _shared(role: str, columns: list[Side]) -> dict[int, Role]:
    """One column of a role is settled; several are asked about, unless one says it in better words."""
    if len(columns) < 2 or role in MANY:
        return {side.place: (role, "", "") for side in columns}
    ranks = [("seuil" in plain(side.heading), not side.filled) for side in columns]
    best = ranks.index(min(ranks))
    is_alone = ranks.count(ranks[best]) == 1
    rest: Role = (NOT_READ, "", "une autre dit mieux") if is_alone else ("", NOT_READ, "")
    return {side.place: rest for side in columns} | {
        columns[best].place: (role, "", "") if is_alone else ("", role, "")
    }
