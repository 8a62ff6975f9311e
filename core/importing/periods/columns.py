"""The columns of a table « labels × periods »: each with its role as an ask, open when several fit."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from core.importing.asks import Ask, Given, Option, Settled, settle
from core.importing.layout import ColumnRead
from core.importing.periods.heads import Band, Head
from core.importing.periods.roles import (
    ACTUAL,
    COMPUTED,
    DENOMINATOR,
    FIGURES,
    LABEL,
    MANY,
    MEAN,
    NOT_READ,
    NUMERATOR,
    PART,
    PERIOD,
    SECTION,
    TARGET,
    YEAR,
    PeriodsWanted,
)
from core.importing.periods.spans import ALL_PERIODS, spelling_of
from core.importing.periods.years import years_in
from core.importing.places import letters
from core.importing.words import plain
from core.sheets.reading.model import Cell

SAMPLE = 300
_PERIODS = tuple(
    Option(period.code, period.words, "Mois" if period.length == 1 else "Trimestres") for period in ALL_PERIODS
)
_WORDS = re.compile(r"[^\W\d_]{3,}")


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


class Columns:
    """Settles the columns of one table. `table` is its name in the codes of the asks."""

    def __init__(self, band: Band, table: str, given: Given, wanted: PeriodsWanted, *, is_long: bool = False):
        self.band, self.table, self.given, self.wanted, self.is_long = band, table, given, wanted, is_long
        self.options = _options(wanted)
        self.is_guess = False  # nothing but its words names the column of labels, and another has as many

    def settled(self) -> tuple[ColumnRead, ...]:
        """Every column that holds something, left to right."""
        sides = {side.place: side for side in self._sides()}
        roles = self._roles(list(sides.values()))
        leaders: dict[tuple[str, bool], Ask] = {}
        columns = []
        for place in sorted({*self.band.heads, *sides}):
            head = self.band.heads.get(place)
            columns.append(self._under(head, leaders) if head else self._beside(sides[place], *roles[place]))
        return tuple(columns)

    # Under the periods ---------------------------------------------------------------------------------------------
    def _under(self, head: Head, leaders: dict[tuple[str, bool], Ask]) -> ColumnRead:
        found = self._series(head)
        over = f"sous « {head.text or head.period.words} »"
        evidence = f"« {head.words} » {over}" if head.words else over
        key = (head.words or head.group, head.is_first)
        leader = leaders.get(key) if not found else None
        if leader is not None:
            role = self._ask(head.place, head.text, found=leader.value)
            role = role if role.source != Settled.OPEN else self._following(head, leader)
        else:
            role = self._ask(head.place, head.text, found=found, proposed=ACTUAL, words=head.words or head.group)
            leaders.setdefault(key, role)
        period = settle(
            self.given,
            f"set:{self.table}:{self._name(head.place)}:period",
            "Quel mois ou trimestre ?",
            _PERIODS,
            found=head.period.code,
        )
        return ColumnRead(head.place, head.text, role, evidence, (period,))

    def _following(self, head: Head, leader: Ask) -> Ask:
        """The same sub-heading under another month: what is answered for the first one holds for it."""
        return Ask(self._code(head.place), leader.question, self.options, leader.value, Settled.FOUND, text=head.text)

    def _series(self, head: Head) -> str:
        """What a column under a period surely holds; empty when the file does not say."""
        rivals = [
            other
            for other in self.band.heads.values()
            if (other.period.code, other.year, other.group) == (head.period.code, head.year, head.group)
        ]
        heads = self.band.heads.values()
        if head.series == COMPUTED and all(other.series == COMPUTED for other in heads):
            return ACTUAL if self.band.is_cumulated else ""  # nothing else would be read
        if head.series or len(rivals) == 1:
            return head.series or ACTUAL
        # Two columns of one month without a word beside: both are its figures, and the error says so.
        return ACTUAL if all(not other.words and other.is_first for other in rivals) else ""

    # Beside the periods --------------------------------------------------------------------------------------------
    def _sides(self) -> list[Side]:
        band, view = self.band, self.band.view
        last = min(band.end, band.last + SAMPLE)
        sides: dict[int, Side] = {}
        for line in range(band.last + 1, last + 1):
            for place in view.filled(line):
                if place not in band.heads:
                    side = sides.get(place) or sides.setdefault(place, self._side(place))
                    _note(side, view.at(line, place))
        for line in range(band.line, band.last + 1):
            for place in view.filled(line):
                if place not in band.heads and place not in sides:
                    sides[place] = self._side(place)
        return [sides[place] for place in sorted(sides)]

    def _side(self, place: int) -> Side:
        """The heading nearest to the body names the column; one over it does only where it is merged over it."""
        sheet = self.band.view.sheet
        headings = self.band.stack(place)
        headings = [cell for rank, cell in enumerate(headings) if not rank or sheet.merged_at(cell.row, cell.column)]
        texts = [" ".join(cell.text.split()) for cell in headings]
        role = next((role for text in texts if (role := self.wanted.side_of(text))), "")
        if not self.is_long:
            is_total = any((spelling := spelling_of(cell)) and spelling.period.length > 1 for cell in headings)
            role = COMPUTED if is_total else role
            role = {ACTUAL: MEAN, NUMERATOR: COMPUTED, DENOMINATOR: COMPUTED, PERIOD: ""}.get(role, role)
        view = self.band.view
        near = [cell for cell in headings if (cell.row if view.is_upright else cell.column) >= self.band.line - 1]
        return Side(place, texts[0] if texts and (role or near) else "", role)

    def _roles(self, sides: list[Side]) -> dict[int, tuple[str, str, str]]:
        """Place → (role found, role proposed, evidence)."""
        taken: dict[str, list[Side]] = defaultdict(list)
        for side in sides:
            if side.role:
                taken[side.role].append(side)
        _settle_labels(taken, sides)
        self._by_content(taken, sides)
        found: dict[int, tuple[str, str, str]] = {}
        for role, columns in taken.items():
            found |= _shared(role, columns)
        if self.is_guess:
            found[taken[LABEL][0].place] = ("", LABEL, "la colonne de mots la plus fournie")
        for side in sides:
            found.setdefault(side.place, self._unknown(side))
        return found

    def _by_content(self, taken: dict[str, list[Side]], sides: list[Side]) -> None:
        free = [side for side in sides if side not in [one for group in taken.values() for one in group]]
        for code, pattern in self.wanted.contents:
            fits = [
                side
                for side in free
                if 2 * sum(1 for text in side.texts if re.fullmatch(pattern, text)) > side.filled > 0
            ]
            if fits and not taken[code]:
                taken[code] = fits[:1]
                free.remove(fits[0])
        parted = [side for side in free if self._tells_parts(side)]
        if parted and not taken[PART]:
            taken[PART] = parted[:1]
            free.remove(parted[0])
        dated = [side for side in free if side.years == side.filled > 1]
        if dated and not taken[YEAR]:
            taken[YEAR] = dated[:1]
            free.remove(dated[0])
        heavy = sorted((side for side in free if side.weight), key=lambda side: -side.weight)
        if heavy and not taken[LABEL]:
            taken[LABEL] = heavy[:1]
            free.remove(heavy[0])
            self.is_guess = len(heavy) > 1 and bool(heavy[1].heading) and heavy[1].weight * 2 > heavy[0].weight
        lines = self.band.end - self.band.last
        bare = [side for side in free if side.texts and not side.heading and len(set(side.texts)) < max(lines, 2)]
        if bare and not taken[SECTION] and taken[LABEL] and bare[0].place < taken[LABEL][0].place:
            taken[SECTION] = bare[:1]

    def _tells_parts(self, side: Side) -> bool:
        """« Cible », « Réalisé »… again and again: what each line is of its label."""
        series = {text: YEAR if self.wanted.is_year(text) else self.wanted.series_of(text) for text in side.texts}
        says = set(series.values())
        is_telling = TARGET in says or {NUMERATOR, DENOMINATOR} <= says or YEAR in says
        return is_telling and len(series) > 1 and all(says) and len(side.texts) == side.filled

    def _unknown(self, side: Side) -> tuple[str, str, str]:
        """A column that nothing names: numbers are asked about, words are left out and said."""
        is_figures = side.numbers * 2 > side.filled and not (not side.heading and side.place == 1)
        return ("", "", "") if is_figures else (NOT_READ, "", "titre inconnu")

    def _beside(self, side: Side, found: str, proposed: str, evidence: str) -> ColumnRead:
        heading = side.heading or "(sans titre)"
        role = self._ask(side.place, heading, found=found, proposed=proposed)
        period: tuple[Ask, ...] = ()
        if role.value in FIGURES and not self.is_long and role.source != Settled.FOUND:
            period = (
                settle(
                    self.given,
                    f"set:{self.table}:{self._name(side.place)}:period",
                    f"« {heading} » : quel mois ?",
                    (*_PERIODS, Option("00", "L’année")),
                    found="00" if role.value == TARGET else "",
                ),
            )
        titled = f"titre « {heading} »" if side.heading else ""
        return ColumnRead(side.place, side.heading, role, evidence or titled, period)

    # Asks ----------------------------------------------------------------------------------------------------------
    def _name(self, place: int) -> str:
        return letters(place) if self.band.view.is_upright else str(place)

    def _code(self, place: int) -> str:
        return f"role:{self.table}:{self._name(place)}"

    def _ask(self, place: int, heading: str, *, found: str = "", proposed: str = "", words: str = "") -> Ask:
        shown = f"« {words} »" if words else f"« {heading} »"
        kind = "colonne" if self.band.view.is_upright else "ligne"
        question = f"Que contient la {kind} {shown} ?" if not words else f"Que contient {shown} sous chaque mois ?"
        where = self.band.view.heading_place(place)
        head = self.band.view.place(self.band.line, place)
        return settle(
            self.given,
            self._code(place),
            question,
            self.options,
            found=found,
            proposed=proposed,
            places=(where, head),
            text=heading,
        )


def _note(side: Side, cell: Cell) -> None:
    if years_in(cell) and cell.text.strip().isdigit():
        side.years += 1
    if isinstance(cell.value, str) and not cell.is_error and not plain(cell.value).replace(" ", "").isdigit():
        side.texts.append(cell.value.strip())
    else:
        side.numbers += 1


def _settle_labels(taken: dict[str, list[Side]], sides: Sequence[Side]) -> None:
    """The heaviest column of words is the labels; a second one is what each line says of its label."""
    if not taken[LABEL] and taken[PART]:
        taken[LABEL] = taken.pop(PART)
    labels = sorted(taken[LABEL], key=lambda side: (-side.weight, side.place))
    taken[LABEL] = labels[:1]
    if labels and not taken[PART]:
        taken[PART] = [side for side in labels[1:2] if side.texts]


def _shared(role: str, columns: list[Side]) -> dict[int, tuple[str, str, str]]:
    """One column of a role is settled; several are asked about, unless one says it in better words."""
    if len(columns) > 1 and role not in MANY:
        best = [side for side in columns if "seuil" not in plain(side.heading)] or columns
        filled = [side for side in best if side.filled] or best
        if len(filled) > 1:
            rest = {side.place: ("", NOT_READ, "") for side in columns}
            return rest | {filled[0].place: ("", role, "")}
        return {
            side.place: (role, "", "") if side is filled[0] else (NOT_READ, "", "une autre dit mieux")
            for side in columns
        }
    return {side.place: (role, "", "") for side in columns}


def _options(wanted: PeriodsWanted) -> tuple[Option, ...]:
    roles = wanted.all_roles
    return (*(Option(role.code, role.label, role.group) for role in roles), Option(NOT_READ, "Non lu", "Autre"))
