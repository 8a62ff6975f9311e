"""Reads the months of a row under its measure. Nothing is guessed in silence: what is doubtful is asked."""

import re
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import TypeGuard

from core.importing.asks import Option
from core.importing.dates import read_day
from core.importing.numbers import Number, Unit, spelt, to_days
from core.importing.periods.items import Fact
from core.importing.periods.roles import ACTUAL, DENOMINATOR, NUMERATOR
from core.importing.places import Problem, ReadPlace, error, warning
from core.importing.words import plain
from core.sheets.reading.model import Cell
from indicators.enums import Measure, ValueState
from indicators.imports.context import NOT_TAKEN, TAKE, Context
from indicators.imports.cumulated import only_grow, parted
from indicators.imports.rows import CLOSE, FileRow, in_unit_of, number_of
from indicators.imports.scales import MIXED, RATIO, settle_scale, small
from indicators.imports.states import OPTIONS, labelled_state, state_in
from indicators.models import Value
from indicators.rules.plausibility import LARGEST_FIGURE
from indicators.rules.words import own_reason
from indicators.services.values import Figure

MOST_DAYS, MOST_COUNT = 366, 1_000_000
SIX_DECIMALS = Decimal("0.000001")
LONGEST_REASON = Value._meta.get_field("reason").max_length or 0
_STRUCK = "Des valeurs sont barrées : les reprendre ?"
_OUT = Option(NOT_TAKEN, "Ne pas reprendre")
_SPREADS = (Option("last", "Du dernier mois"), Option("each", "De chaque mois"), _OUT)
_HOURS = (Option("24", "24 heures"), Option("8", "8 heures"), Option("7", "7 heures"), _OUT)
_CUMUL = (Option("parts", "Oui : prendre la part de chaque mois"), Option("months", "Non : ce sont ceux du mois"), _OUT)
_TIMES = (Unit.DAYS, Unit.WEEKS, Unit.MONTHS, Unit.YEARS, Unit.HOURS, Unit.MINUTES, Unit.SECONDS)
_NAMES = {Measure.RATE: "un taux", Measure.DAYS: "un délai en jours", Measure.COUNT: "un nombre"}
_UNITS = {
    Measure.RATE: (Unit.NONE, Unit.PERCENT),
    Measure.DAYS: (Unit.NONE, Unit.PERCENT, *_TIMES),
    Measure.COUNT: (Unit.NONE, Unit.PERCENT, Unit.OTHER, Unit.PER_MONTH),
}


class Unread(Exception):
    """A cell whose content cannot be a value of its unit; the sentence says why and what to write."""


@dataclass
class RowReader:
    """Reads one row under one measure. `scale`: how its unmarked rates are written, empty while it is asked."""

    row: FileRow
    measure: str
    context: Context
    is_quarterly: bool = False
    is_low_good: bool = False
    is_new: bool = False
    scale: str = RATIO
    problems: list[Problem] = field(default_factory=list)

    def leads(self) -> dict[int, Fact]:
        """The cell that speaks for each month: the figure, else the first of its counts."""
        found: dict[int, Fact] = {}
        for series in (ACTUAL, NUMERATOR, DENOMINATOR):
            for month, fact in self.row.facts(series).items():
                found.setdefault(month, fact)
        return dict(sorted(found.items()))

    def months(self) -> dict[int, Figure]:
        """What each month says; those that are empty, wrong or asked about are not in it."""
        if self.measure == Measure.RATE:
            self.scale = settle_scale(self.row, self.context, is_new=self.is_new, is_low_good=self.is_low_good)
        figures: dict[int, Figure] = {}
        for month, lead in self.leads().items():
            try:
                figure = self._month(lead, month)
            except Unread as wrong:
                self.problems.append(error(f"{self.row.label}, {lead.period.words} : {wrong}", lead.place))
                continue
            if figure is not None:
                figures[month] = figure
        return self._uncumulated(figures)

    def _month(self, lead: Fact, month: int) -> Figure | None:
        actual, part, whole = (self.row.facts(series).get(month) for series in (ACTUAL, NUMERATOR, DENOMINATOR))
        figure = self._figure(actual) if actual is not None else None
        if not (_is_filled(part) and _is_filled(whole)):
            alone = part or whole
            if actual is None and _is_filled(alone):
                self._warn("il manque le numérateur ou le dénominateur du taux ; rien n’est repris.", alone.place)
                self.context.left_out[alone.place] = "effectif seul"
            return figure
        counts = self._counts(part, whole)
        return _rated(figure, *counts) if counts else figure or self._figure(part)

    def _counts(self, part: Fact, whole: Fact) -> tuple[int, int] | None:
        """Two whole numbers; None when one of the cells holds something else."""
        numbers = [number_of(fact.cell, self.context.writing) for fact in (part, whole)]
        counts = [int(one.value) for one in numbers if one and not one.value % 1 and one.unit != Unit.PERCENT]
        return (counts[0], counts[1]) if len(counts) == 2 else None

    def _figure(self, fact: Fact) -> Figure | None:
        cell, place, text = fact.cell, fact.place, fact.cell.text.strip()
        if cell.lacks_value:
            raise Unread("Formule sans valeur enregistrée : ouvrez et enregistrez le fichier dans le tableur.")
        if cell.is_empty:
            self._warn(f"note « {cell.note[:200]} » sur une case vide." if cell.note else "", place)
            return None
        if cell.is_error:
            self._warn(f"la formule donne « {text} » : le mois est laissé sans valeur.", place)
            self.context.left_out[place] = "erreur de formule"
            return None
        if cell.is_struck and self._ask("file:struck", _STRUCK, TAKE, place, NOT_TAKEN) != "yes":
            return None
        self._refuse_date(cell, text)
        number = number_of(cell, self.context.writing)
        if number is None:
            return self._state(text, place)
        number = in_unit_of(self.row, number)
        if self._is_of_unit(number):
            return self._measured(fact, number, text)
        return self._state(text, place, is_known=False)

    def _is_of_unit(self, number: Number) -> bool:
        """« 95,2 % » is no delay; « 600 % » are 6 days under a wrong format."""
        is_strange = number.counts or (number.unit == Unit.PERCENT and 0 < number.value < 1)
        return number.unit in _UNITS[Measure(self.measure)] and (self.measure == Measure.RATE or not is_strange)

    def _refuse_date(self, cell: Cell, text: str) -> None:
        if isinstance(cell.value, date) or (isinstance(cell.value, str) and isinstance(read_day(text), date)):
            raise Unread(
                f"la cellule contient une date (« {text} ») au lieu d’une valeur. "
                "Ressaisissez le nombre, avec une virgule, après avoir mis la cellule au format Nombre."
            )

    def _state(self, text: str, place: ReadPlace, *, is_known: bool = True) -> Figure | None:
        told = labelled_state(text)
        known = (told[0] if told else state_in(text)) if is_known else None
        question = f"« {text[:60]} » n’est pas {_NAMES[Measure(self.measure)]} : comment le lire ?"
        answer = self.context.word("state", text, place, OPTIONS, known=known or "", question=question)
        if answer in ("", NOT_TAKEN):
            return None
        reason = told[1] if told else text if any(character.isalnum() for character in text) else ""
        return Figure(state=answer, reason=_kept(own_reason(answer, reason)))

    def _measured(self, fact: Fact, number: Number, text: str) -> Figure | None:
        number, answer = self._with_thousands(number, text), "value"
        if number.doubt or number.bound or number.other is not None:
            answer = self.doubtful(number, text, fact.place)
        if answer in ("", NOT_TAKEN):
            return None
        if answer not in ("value", "other"):
            return Figure(state=answer, reason=_kept(own_reason(answer, text)))
        if answer == "other" and number.other:
            number = replace(number, value=number.other)
        return self._figure_of(fact, number, text)

    def _with_thousands(self, number: Number, text: str) -> Number:
        """« 1,000 » of a count may be a thousand, in a file of decimal commas."""
        if self.measure == Measure.COUNT and number.value < 1000 and re.fullmatch(r"\d{1,3},\d{3}", text):
            return replace(number, other=number.value * 1000)
        return number

    def _figure_of(self, fact: Fact, number: Number, text: str) -> Figure | None:
        """The figure of a number that is sure; None while its unit, its month or its decimals are asked about."""
        place = fact.place
        value = self._value(number, place)
        if value is None or not self._is_of_month(fact):
            return None
        self._refuse(value, text)
        is_whole = self.measure != Measure.COUNT or not value % 1
        if not is_whole and self._ask(f"decimals:{self.row.key}", self._decimals(text), TAKE, place, "yes") != "yes":
            return None
        self._doubt(number, value, place)
        counts = [int(count) for count in number.counts] if number.counts else [None, None]
        comment = " ; ".join(filter(None, (number.rest, fact.cell.note)))
        return Figure(value=value.quantize(SIX_DECIMALS), numerator=counts[0], denominator=counts[1], comment=comment)

    def doubtful(self, number: Number, text: str, place: ReadPlace) -> str:
        """A number that may be read in two ways waits for the person: the value, a state, nothing."""
        if number.other is not None and number.doubt and self.context.writing is None:
            return self.context.answered("", place, "file:numbers")
        factor = 100 if number.unit == Unit.PERCENT else 1
        options = [Option("value", f"La valeur {spelt(number.value * factor)}"), *OPTIONS]
        if number.other is not None:
            options.insert(1, Option("other", f"La valeur {spelt(number.other * factor)}"))
        question = number.doubt or f"« {text[:60]} » : est-ce la valeur du mois ?"
        return self.context.word("number", text, place, options, proposed="value", question=question)

    def _value(self, number: Number, place: ReadPlace) -> Decimal | None:
        """The value in the unit of the row; None while it is asked about."""
        if self.measure == Measure.RATE:
            return self._rate(number, place)
        if self.measure == Measure.COUNT or number.unit not in _TIMES:
            return number.value
        days = to_days(number)
        if days is None:
            question = "Un délai est écrit en heures ou en minutes : combien d’heures font un jour ?"
            answer = self._ask("file:hours", question, _HOURS, place, "")
            days = to_days(number, hours_per_day=Decimal(answer)) if answer not in ("", NOT_TAKEN) else None
        elif number.unit != Unit.DAYS:
            self._warn(f"« {spelt(number.value)} {number.unit_words} » est lu {spelt(days)} jours.", place)
        return days

    def _rate(self, number: Number, place: ReadPlace) -> Decimal | None:
        if number.unit == Unit.PERCENT or self.scale == RATIO:
            return number.value
        if self.scale == MIXED and 0 < number.value <= 1:
            return small(number.value, self.row, self.context, place)
        return number.value / 100 if self.scale else None

    def _decimals(self, text: str) -> str:
        return f"« {self.row.label} » compte des cas, et le fichier porte « {text[:60]} » : reprendre ces décimales ?"

    def _refuse(self, value: Decimal, text: str) -> None:
        if value < 0:
            raise Unread(f"« {text} » est négatif. Saisissez une valeur positive ou nulle.")
        if self.measure == Measure.RATE and value > 1:
            shown = f"« {spelt((value * 100).normalize())}\u202f% » : un taux ne dépasse pas 100 %. "
            raise Unread(f"{shown}Écrivez par exemple « 98,7 % », et vérifiez le format de la cellule.")
        if value > LARGEST_FIGURE:
            raise Unread(f"« {text[:60]} » est trop grand pour une valeur. Vérifiez la saisie.")

    def _is_of_month(self, fact: Fact) -> bool:
        """Whether a figure is of this month: one merged over several is of the last one, of each, or of none."""
        first, last = fact.covers
        is_quarter = self.is_quarterly and last - first == 2 and last % 3 == 0
        if fact.period.length > 3 or fact.is_shared or (first and not is_quarter):
            answer = self._spread(fact)
            return answer == "each" or (answer == "last" and last in (0, fact.period.month))
        return not first or fact.period.month == last

    def _spread(self, fact: Fact) -> str:
        code = f"cell:{fact.place.sheet}!{fact.place.cell}"
        question = f"Une valeur couvre plusieurs cases ({self.row.label}) : de quel mois est-elle ?"
        return self._ask(code, question, _SPREADS, fact.place, "last")

    def _doubt(self, number: Number, value: Decimal, place: ReadPlace) -> None:
        sentence = ""
        if self.measure != Measure.RATE and number.unit == Unit.PERCENT:
            days = " jours" if self.measure == Measure.DAYS else ""
            sentence = f"la valeur est affichée en pourcentage ; elle est lue {spelt(value)}{days}."
        elif self.measure == Measure.DAYS and value > MOST_DAYS:
            sentence = f"un délai de {spelt(value)} jours est peu vraisemblable. Vérifiez la valeur."
        elif self.measure == Measure.COUNT and value > MOST_COUNT:
            sentence = f"le nombre {spelt(value)} est peu vraisemblable pour un mois. Vérifiez la valeur."
        self._warn(sentence, place)

    def _uncumulated(self, figures: dict[int, Figure]) -> dict[int, Figure]:
        """« cumul », or counts that only grow: figures added up from January on are asked about, then parted."""
        is_told = "cumul" in plain(f"{self.row.label} {self.row.unit}") or self.row.is_cumulated
        if not is_told and not (self.measure == Measure.COUNT and only_grow(figures)):
            return figures
        code = f"cumul:{self.row.key}"
        question = f"« {self.row.label} » : ces chiffres sont-ils cumulés depuis janvier ?"
        answer = self._ask(code, question, _CUMUL, self.row.place, "parts")
        if answer == "months":
            return figures
        if answer != "parts":
            for fact in self.leads().values():
                self.context.answered(answer, fact.place, code)
            return {}
        return parted(figures)

    def _ask(self, code: str, question: str, options: tuple[Option, ...], place: ReadPlace, proposed: str) -> str:
        return self.context.ask_cell(code, question, options, place, proposed)

    def _warn(self, sentence: str, place: ReadPlace) -> None:
        if sentence:
            self.problems.append(warning(f"{self.row.label} : {sentence}", place))


def _kept(reason: str) -> str:
    """A reason as it is stored: a page of text in a cell of the file is cut, and stays whole in the preview."""
    text = reason.strip()
    return text if len(text) <= LONGEST_REASON else f"{text[: LONGEST_REASON - 1]}…"


def _is_filled(fact: Fact | None) -> TypeGuard[Fact]:
    return fact is not None and not fact.cell.is_empty


def _rated(figure: Figure | None, top: int, bottom: int) -> Figure:
    """The figure with its counts, which must say the rate that is written."""
    if not bottom:
        return figure or Figure(state=ValueState.NO_CASE)
    ratio = (Decimal(top) / bottom).quantize(SIX_DECIMALS)
    value = figure.value if figure and figure.value is not None else ratio
    if top > bottom or abs(value - ratio) > CLOSE:
        raise Unread(f"{top} sur {bottom} ne fait pas le taux écrit. Vérifiez les trois cellules.")
    return replace(figure or Figure(), state=ValueState.MEASURED, value=value, numerator=top, denominator=bottom)
