"""The columns of a table « labels × periods »: each with its role as an ask, open when several fit."""

from core.importing.asks import Ask, Given, Option, Settled, settle
from core.importing.layout import ColumnRead
from core.importing.periods.heads import Band, Head
from core.importing.periods.roles import (
    ACTUAL,
    COMPUTED,
    DENOMINATOR,
    FIGURES,
    MEAN,
    NOT_READ,
    NUMERATOR,
    PERIOD,
    TARGET,
    PeriodsWanted,
)
from core.importing.periods.sides import Side, SideRoles
from core.importing.periods.spans import ALL_PERIODS, spelling_of
from core.sheets.reading.addresses import column_letters
from core.sheets.reading.model import Cell

SAMPLE = 300
_PERIODS = tuple(
    Option(period.code, period.words, "Mois" if period.length == 1 else "Trimestres") for period in ALL_PERIODS
)
_BESIDE_MONTHS = {ACTUAL: MEAN, NUMERATOR: COMPUTED, DENOMINATOR: COMPUTED, PERIOD: ""}


class Columns:
    """Settles the columns of one table. `table` is its name in the codes of the asks."""

    def __init__(self, band: Band, table: str, given: Given, wanted: PeriodsWanted, *, is_long: bool = False):
        self.band, self.table, self.given, self.wanted, self.is_long = band, table, given, wanted, is_long
        self.options = _options(wanted)

    def settled(self) -> tuple[ColumnRead, ...]:
        """Every column that holds something, left to right."""
        sides = {side.place: side for side in self._sides()}
        roles = SideRoles(list(sides.values()), self.wanted, self.band.end - self.band.last).settled()
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
        heads = self.band.heads.values()
        if all(other.series == COMPUTED for other in heads):
            return ACTUAL if self.band.is_cumulated else ""  # nothing else would be read
        if head.series:
            return head.series
        rivals = [other for other in heads if other.names == head.names]
        # Two columns of one month without a word beside: both are its figures, and the error says so.
        return ACTUAL if len(rivals) == 1 or all(not other.words and other.is_first for other in rivals) else ""

    # Beside the periods --------------------------------------------------------------------------------------------
    def _sides(self) -> list[Side]:
        band, view = self.band, self.band.view
        last = min(band.end, band.last + SAMPLE)
        sides: dict[int, Side] = {}
        for line in range(band.last + 1, last + 1):
            for place in view.filled(line):
                if place not in band.heads:
                    side = sides.get(place) or sides.setdefault(place, self._side(place))
                    side.note(view.at(line, place))
        for line in range(band.line, band.last + 1):
            for place in view.filled(line):
                if place not in band.heads and place not in sides:
                    sides[place] = self._side(place)
        return [sides[place] for place in sorted(sides)]

    def _side(self, place: int) -> Side:
        """The heading nearest to the body names the column; one over it does only where it is merged over it."""
        view = self.band.view
        headings = [
            cell
            for rank, cell in enumerate(self.band.stack(place))
            if not rank or view.sheet.merged_at(cell.row, cell.column)
        ]
        texts = [" ".join(cell.text.split()) for cell in headings]
        role = self._role_beside(headings, texts)
        is_near = any((cell.row if view.is_upright else cell.column) >= self.band.line - 1 for cell in headings)
        return Side(place, texts[0] if texts and (role or is_near) else "", role)

    def _role_beside(self, headings: list[Cell], texts: list[str]) -> str:
        """What the headings of a column say; beside months, a figure is of the year and a quarter is computed."""
        role = next(filter(None, map(self.wanted.side_of, texts)), "")
        if self.is_long:
            return role
        if any((spelling := spelling_of(cell)) and spelling.period.length > 1 for cell in headings):
            return COMPUTED
        return _BESIDE_MONTHS.get(role, role)

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
        return column_letters(place) if self.band.view.is_upright else str(place)

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


def _options(wanted: PeriodsWanted) -> tuple[Option, ...]:
    roles = wanted.all_roles
    return (*(Option(role.code, role.label, role.group) for role in roles), Option(NOT_READ, "Non lu", "Autre"))
