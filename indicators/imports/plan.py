"""What an imported grid becomes: each row with its indicator, each cell with what it would change."""

from collections import Counter
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from core.errors import UserError
from core.figures import format_figure, format_target
from core.imports.problems import Problem
from indicators.enums import Measure, ValueState, YearRule
from indicators.imports import grid as recognised
from indicators.imports.grid import Grid, GridRow
from indicators.models import Indicator, PastResult, Target
from indicators.rules.months import Month, month_name
from indicators.rules.readings import read_year
from indicators.rules.words import STATE_LABELS
from indicators.services.imports import GridTarget, NewIndicator, Past, RowToWrite
from indicators.services.values import Figure

MATCH, CREATE, IGNORE, UNDECIDED = "match", "create", "ignore", "undecided"
VARIABLE_STATES = (ValueState.SUSPENDED, ValueState.CLOSED, ValueState.UNAVAILABLE, ValueState.MISSING)
CREATED, CHANGED, UNCHANGED, BLANK, ERROR = "created", "changed", "unchanged", "blank", "error"


@dataclass(frozen=True)
class PlanCell:
    """A month of a row: as written in the file, and what it becomes."""

    month: int
    name: str
    address: str
    text: str
    becomes: str
    status: str
    before: str = ""
    error: str = ""
    is_closed: bool = False
    state: str = ValueState.MISSING

    @property
    def note(self) -> str:
        """Beside the figure: what is done with it; a comment or a reason may be all that changes."""
        if self.status == CHANGED:
            return "modifiée" if self.before != self.becomes else "raison ou commentaire modifié"
        return "inchangé" if self.status == UNCHANGED else ""


@dataclass
class PlanRow:
    """A row of the file and its decision."""

    source: GridRow
    action: str
    indicator: Indicator | None = None
    unit_id: int | None = None
    unit_name: str = ""
    needs_unit: bool = False
    cells: list[PlanCell] = field(default_factory=list)
    figures: dict[int, Figure] = field(default_factory=dict)
    target: GridTarget | None = None
    past: Past | None = None
    target_before: str = ""
    past_before: str = ""
    begins: str = ""
    changes_target: bool = False
    changes_past: bool = False
    problems: list[Problem] = field(default_factory=list)
    is_twice: bool = False
    comment_month: str = ""

    @property
    def measure(self) -> str:
        return self.indicator.measure if self.indicator else self.source.unit

    @property
    def is_kept(self) -> bool:
        return self.action in (MATCH, CREATE) and not self.is_twice and not self.needs_unit

    @property
    def needs_decision(self) -> bool:
        return self.action == UNDECIDED or self.is_twice or self.needs_unit

    @property
    def is_open(self) -> bool:
        """Whether the row stands out."""
        has_error = any(problem.level == recognised.ERROR for problem in self.problems)
        return self.needs_decision or has_error or self.action == CREATE or bool(self.changes)

    @property
    def changes(self) -> str:
        """What was known and becomes something else: « 1 modifiée, cible modifiée »."""
        if not self.is_kept:
            return ""
        number = self.counts[CHANGED]
        parts = [f"{number} modifiée{'s' if number > 1 else ''}"] if number else []
        parts += ["cible modifiée"] if self.changes_target and self.target_before else []
        parts += ["résultat N-1 modifié"] if self.changes_past and self.past_before else []
        return ", ".join(parts)

    @cached_property
    def counts(self) -> Counter:
        return Counter(cell.status for cell in self.cells) if self.is_kept else Counter()

    @property
    def summary(self) -> str:
        """« 8 valeurs, 4 suspendus »."""
        states = Counter(cell.state for cell in self.cells)
        parts = []
        if measured := states.pop(ValueState.MEASURED, 0):
            parts.append(f"{measured} valeur{'s' if measured > 1 else ''}")
        for state in ValueState:
            if number := states.get(state):
                plural = "s" if number > 1 and state in VARIABLE_STATES else ""
                parts.append(f"{number} {STATE_LABELS[state].lower()}{plural}")
        return ", ".join(parts)

    @property
    def target_text(self) -> str:
        return target_in_words(self.target, self.measure) or "sans cible"

    @property
    def past_text(self) -> str:
        return past_in_words(self.past, self.measure) or "inconnu"

    @property
    def our_mean(self) -> str:
        return format_figure(self._mean, self.measure)

    @property
    def mean_note(self) -> str:
        """How the printed mean and ours part: « 600 % » against 6 jours, #DIV/0! against sans objet."""
        printed = self.source.printed_mean
        if printed is None or not printed.text or self._agrees(printed):
            return ""
        return f"Le fichier imprime « {printed.text} » ({printed.address}) ; nous lisons {self.our_mean}."

    @cached_property
    def _mean(self) -> Decimal | None:
        months = [Month(month, figure.state, figure.value) for month, figure in sorted(self.figures.items())]
        rule = self.indicator.year_rule if self.indicator else self._new().year_rule
        return read_year(months, YearRule.MEAN if rule == YearRule.WEIGHTED else rule).value

    def _agrees(self, printed) -> bool:
        if printed.is_error or ("%" in printed.text and self.measure != Measure.RATE):
            return False
        if printed.value is None or self._mean is None:
            return printed.value is None and self._mean is None
        step = Decimal("0.005") if self.measure == Measure.RATE else Decimal("0.05")
        return abs(printed.value - self._mean) <= step

    def to_write(self) -> RowToWrite:
        return RowToWrite(
            key=self.source.key,
            indicator=self.indicator,
            new=None if self.indicator else self._new(),
            unit_id=self.unit_id,
            target=self.target,
            past=self.past,
            figures=self.figures,
        )

    def _new(self) -> NewIndicator:
        source = self.source
        is_total = source.unit == Measure.COUNT and source.printed_mean is None
        return NewIndicator(
            label=source.label[:200],
            family=source.family,
            engagement=source.engagement,
            measure=source.unit,
            direction=source.target.direction if source.target else "",
            year_rule=YearRule.SUM if is_total else YearRule.MEAN,
        )


@dataclass
class Plan:
    """The whole file: rows, counts, what stands in the way of recording it."""

    grid: Grid
    rows: list[PlanRow]
    ignores_errors: bool = False

    @cached_property
    def kept(self) -> list[PlanRow]:
        return [row for row in self.rows if row.is_kept]

    @cached_property
    def counts(self) -> dict[str, int]:
        total: Counter = sum((row.counts for row in self.kept), Counter())
        return {name: total[name] for name in (CREATED, CHANGED, UNCHANGED)}

    @property
    def errors(self) -> list[Problem]:
        """Errors of the rows that would be recorded, and those of the file; a row left out is nobody's problem."""
        left_out = {(row.source.sheet, row.source.row_number) for row in self.rows if row.action == IGNORE}
        return [
            problem
            for problem in self.grid.errors
            if not any(is_on_row(problem, sheet, number) for sheet, number in left_out)
        ]

    @property
    def warnings(self) -> list[Problem]:
        return self.grid.warnings

    @property
    def file_warnings(self) -> list[Problem]:
        """Warnings about the file, those of its rows apart."""
        rows = [(row.source.sheet, row.source.row_number) for row in self.rows]
        return [p for p in self.warnings if not any(is_on_row(p, sheet, number) for sheet, number in rows)]

    @property
    def left_out(self) -> list[PlanRow]:
        return [row for row in self.rows if row.action == IGNORE]

    @property
    def decisions(self) -> list[PlanRow]:
        return [row for row in self.rows if row.needs_decision]

    @property
    def new_rows(self) -> list[PlanRow]:
        return [row for row in self.kept if row.action == CREATE]

    @property
    def closed_months(self) -> list[str]:
        """Closed months that would change: one reason is asked for all."""
        months = {
            cell.month
            for row in self.kept
            for cell in row.cells
            if cell.is_closed and cell.status in (CREATED, CHANGED)
        }
        return [month_name(month) for month in sorted(months)]

    @property
    def side_changes(self) -> int:
        """Targets and last year's results that would change."""
        return sum(row.changes_target + row.changes_past for row in self.kept)

    @property
    def changes_nothing(self) -> bool:
        return not (self.counts[CREATED] or self.counts[CHANGED] or self.side_changes or self.new_rows)

    @property
    def records_nothing(self) -> bool:
        """Whether recording would do nothing, whatever else is wrong with the file."""
        return self.changes_nothing and not self.decisions

    def require_ready(self) -> None:
        """Raise UserError on what stands in the way of recording."""
        if self.decisions:
            rows = ", ".join(str(row.source.row_number) for row in self.decisions)
            raise UserError(f"Décidez d’abord de ce que deviennent ces lignes du fichier : {rows}.")
        if self.errors and not self.ignores_errors:
            raise UserError("Rien n’est enregistré : corrigez le fichier, ou laissez de côté les cellules en erreur.")
        if not self.kept:
            raise UserError("Aucune ligne de ce fichier n’est à reprendre.")

    @property
    def ignored_keys(self) -> list[str]:
        return [row.source.key for row in self.rows if row.action == IGNORE and row.source.label]

    def to_write(self) -> list[RowToWrite]:
        return [row.to_write() for row in self.kept]


def target_in_words(target: GridTarget | Target | None, measure: str) -> str:
    """« ≥ 90 % »; empty where there is none."""
    if target is None or not target.direction or target.value is None:
        return ""
    return format_target(target.direction, target.value, measure)


def past_in_words(past: Past | PastResult | None, measure: str) -> str:
    """« 96 %, cible atteinte »; empty where nothing is known."""
    if past is None:
        return ""
    met = {True: ", cible atteinte", False: ", cible non atteinte", None: ""}[past.target_met]
    return ("inconnu" if past.value is None else format_figure(past.value, measure)) + met


def is_on_row(problem: Problem, sheet: str, row_number: int) -> bool:
    """Whether a problem is placed on a row: `F12` is on row 12."""
    return problem.sheet == sheet and problem.cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ") == str(row_number)
