"""From a workbook to what recording it would change: rows, their indicators, their figures, what is asked."""

from collections import Counter, defaultdict
from collections.abc import Iterator

from django.utils import timezone
from django.utils.text import capfirst

from core.base.figures import format_figure
from core.importing.accounts import Accounts
from core.importing.asks import Ask, Given, Option, Settled
from core.importing.lines import Fate, Line, LineChange
from core.importing.numbers import Number
from core.importing.numbers import Unit as Written
from core.importing.periods.items import Fact, words_of
from core.importing.periods.naming import stem_of
from core.importing.periods.reader import PeriodReader
from core.importing.periods.roles import ACTUAL, COMMENT, MEAN, PREVIOUS, TARGET, UNIT, PeriodsWanted
from core.importing.places import PlaceLevel, Problem, ReadPlace, error, warning
from core.importing.plan import Plan
from core.importing.tables.recognise import filled_cells
from core.importing.vocabulary import Words
from core.sheets.reading.model import Workbook
from indicators.enums import Direction, Frequency, Measure
from indicators.imports.beside import mean_note, read_past, read_target
from indicators.imports.cells import RowReader
from indicators.imports.comparing import Shown, StoredYear, as_changes, settle_months, settle_year, values_of
from indicators.imports.context import NOT_TAKEN, Context, key_of
from indicators.imports.matching import RowDecision, match_rows
from indicators.imports.roles import CONTENTS, ROLES, SERIES
from indicators.imports.rows import FileRow, in_unit_of, number_of, rows_of
from indicators.imports.units import is_mark, measure_of
from indicators.imports.whole import (
    drop_future,
    drop_hidden_months,
    settle_amendment,
    settle_thousands,
    settle_writing,
    without_hidden,
)
from indicators.imports.words import tokens
from indicators.models import GridImport, Indicator
from indicators.services import grids
from organisations.models import Unit

NEW = "+"
_MARKED_ON = (4, 5, 10, 20)
_BESIDE = {UNIT: "Unité", TARGET: "Objectif", PREVIOUS: "N-1", COMMENT: "Commentaire"}


class GridPlanner:
    """Plans one file once."""

    def __init__(self, record: GridImport, given: Given):
        self.record, self.given = record, given
        year = given.chosen.get("file:year", "")
        record.year = int(year) if year.isdigit() else record.year  # the person takes a grid of another year for it
        self.stored = StoredYear(record.site, record.year)

    def plan(self, book: Workbook) -> Plan:
        """What the grid would change; nothing is written."""
        year, site = self.record.year, self.record.site
        accounts, words = Accounts(filled_cells(book)), Words(self.given)
        wanted = PeriodsWanted(year, ROLES, SERIES, CONTENTS, site.name)
        reading = PeriodReader(book, self.given, wanted, accounts).read()
        context = self.context = Context(self.given, words, accounts, reading.problems)
        rows = rows_of(reading.items, wanted, words)
        settle_writing(context, rows)
        rows = without_hidden(context, rows)
        drop_hidden_months(context, rows)
        drop_future(context, rows, year)
        settle_thousands(context, rows)
        lines = self._lines(rows, match_rows(rows, self.stored.catalogue))
        reason = settle_amendment(context, lines, self.stored.closed)
        accounts.close()
        plan = Plan(reading.layout, accounts, lines, words, list(context.asks.values()), context.problems)
        plan.reading = {"values": [value for line in lines for value in values_of(line)]}
        plan.extra = {"amendment_reason": reason}
        return plan

    # Rows ----------------------------------------------------------------------------------------------------------
    def _lines(self, rows: list[FileRow], matches: list[RowDecision]) -> list[Line]:
        catalogue = [
            Option(one.code, f"{one.label} ({one.engagement.short})" if one.engagement else one.label, one.family.name)
            for one in self.stored.catalogue
        ]
        self.options = [Option(NEW, "Créer un nouvel indicateur"), Option(NOT_TAKEN, "Laisser de côté"), *catalogue]
        stems = Counter(stem_of(row.label) for row in rows)
        asks = [
            self._row_ask(
                row, match, is_open=not match.is_exact and stems[stem_of(row.label)] > 1 and _is_foreign(row, match)
            )
            for row, match in zip(rows, matches, strict=True)
        ]
        asks = self._told_once(rows, matches, asks)
        readers = [self._reader(row, ask) for row, ask in zip(rows, asks, strict=True)]
        return [self._line(*one) for one in zip(rows, matches, asks, readers, strict=True)]

    def _row_ask(self, row: FileRow, match: RowDecision, *, is_open: bool = False) -> Ask:
        found, proposed, why = self._guess(row, match)
        self.context.asks.pop(f"row:{row.key}", None)
        return self.context.ask(
            f"row:{row.key}",
            f"« {row.label or 'sans libellé'} »{why} : quel indicateur est-ce ?",
            self.options,
            *(item.place for item in row.items),
            found="" if is_open else found,
            proposed=found if is_open else proposed,
            text=row.label,
        )

    def _numbers(self, row: FileRow) -> list[Number]:
        """The figures of a row that are numbers."""
        writing = self.context.writing
        return [number for fact in row.facts().values() if (number := number_of(fact.cell, writing))]

    def _known(self, row: FileRow, match: RowDecision) -> str:
        """The indicator that a former import or its own words give a row."""
        return self.stored.former.get(row.key) or (match.indicator.code if match.indicator else "")

    def _guess(self, row: FileRow, match: RowDecision) -> tuple[str, str, str]:
        """The answer found, the one proposed, and why it is asked."""
        numbers = self._numbers(row)
        units = Counter(in_unit_of(row, number).unit for number in numbers)
        if why := _as_mark(row, numbers, units):
            return "", NOT_TAKEN, why
        known = self._known(row, match)
        if known or row.is_total or row.is_bare:
            return known or NOT_TAKEN, "", ""
        if not row.label:
            return "", NOT_TAKEN, ", mais avec des chiffres"
        if match.candidates:
            return "", match.candidates[0].indicator.code, " ressemble à un ou plusieurs indicateurs"
        is_time = units[Written.MINUTES] + units[Written.HOURS] + units[Written.SECONDS]
        return ("", NOT_TAKEN, " est en heures ou en minutes, qu’aucune unité ne mesure") if is_time else (NEW, "", "")

    def _told_once(self, rows: list[FileRow], matches: list[RowDecision], asks: list[Ask]) -> list[Ask]:
        """Two rows for one indicator: the one that has its very words keeps it; failing that, all are asked about."""
        asks, by_code = list(asks), _by_code(asks)
        for code, indexes in by_code.items():
            if len(indexes) == 1:
                continue
            chosen = [index for index in indexes if asks[index].source != Settled.FOUND]
            exact = [index for index in indexes if matches[index].is_exact]
            sure = chosen or (exact if len(exact) == 1 else [])
            for index in sorted(set(indexes) - set(sure)):
                asks[index] = self._row_ask(rows[index], matches[index], is_open=True)
            for index in sure[1:]:
                numbers = " et ".join(str(rows[one].place.row) for one in sure)
                told = f"L’indicateur « {self.stored.indicators[code].label} » est choisi pour plusieurs lignes"
                self.context.problems.append(error(f"{told} : {numbers}.", rows[index].place))
        return asks

    def _reader(self, row: FileRow, ask: Ask) -> RowReader | None:
        if ask.value in ("", NOT_TAKEN):
            return None
        indicator = self.stored.indicators.get(ask.value)
        numbers = self._numbers(row)
        target = row.texts.get(TARGET)
        aimed = number_of(target, self.context.writing) if target else None
        measure = indicator.measure if indicator else measure_of(row.label, row.unit, aimed, numbers)
        if measure == Measure.RATE and any(n.unit == Written.NONE and n.value > 1 for n in numbers):
            self.context.points = True
        is_low_good = indicator is not None and indicator.direction in (Direction.AT_MOST, Direction.BELOW)
        is_quarterly = indicator is not None and indicator.frequency == Frequency.QUARTERLY
        return RowReader(row, measure, self.context, is_quarterly, is_low_good, is_new=indicator is None)

    def _is_waiting(self, row: FileRow) -> bool:
        return any(fact.place in self.context.waiting for fact in row.all_facts)

    def _set_aside(self, row: FileRow, ask: Ask) -> None:
        is_found = ask.source == Settled.FOUND
        why = "total, note ou ligne sans indicateur" if is_found else "ligne laissée de côté (choisi)"
        self.context.set_aside(row.places, ask, why)

    def _line(self, row: FileRow, match: RowDecision, ask: Ask, reader: RowReader | None) -> Line:
        line = Line(row.key, row.place, row.label or "(sans libellé)", Fate.ASKED if ask.is_open else Fate.LEFT_OUT)
        if ask.source == Settled.FOUND:
            line.problems += [warning(f"{capfirst(doubt)}. Vérifiez.", row.place) for doubt in match.doubts]
        if reader is None:
            self._set_aside(row, ask)
            line.content, line.counted = Shown(row.label, Measure.COUNT, None, 0), Counter()
            return line
        indicator = self.stored.indicators.get(ask.value)
        unit_id = self._unit(row, indicator)
        entry = Shown(row.label[:200], reader.measure, indicator, unit_id or 0, row.family, row.engagement)
        entry.figures = reader.months()
        line.content, line.problems = entry, [*line.problems, *reader.problems, *_twice(row)]
        self._complete(row, reader, line)
        if unit_id is None or (line.fate == Fate.UNCHANGED and self._is_waiting(row)):
            line.fate = Fate.ASKED
        return line

    def _complete(self, row: FileRow, reader: RowReader, line: Line) -> None:
        entry: Shown = line.content
        indicator = entry.indicator
        texts = {month: (fact.place, fact.cell.text.strip()) for month, fact in reader.leads().items()}
        settle_months(entry, self.stored, texts, words_of(row.texts.get(COMMENT)))
        target = read_target(reader, indicator.direction or None if indicator else None, line.problems)
        settle_year(entry, self.stored, target, read_past(reader, line.problems))
        entry.is_total = reader.measure == Measure.COUNT and MEAN not in row.texts
        entry.mean = format_figure(entry.year, reader.measure)
        entry.mean_note = mean_note(reader, entry.year, entry.mean)
        units = self.stored.units.get(indicator.pk, {}) if indicator else {}
        entry.unit_name = units.get(entry.unit_id, "")
        entry.begins = "" if units else _followed(self.record.year)
        line.written = [
            LineChange(name, "", cell.text.strip(), ReadPlace(row.place.sheet, cell.row, cell.column))
            for role, name in _BESIDE.items()
            if (cell := row.texts.get(role)) is not None and not cell.is_empty
        ]
        self._account(row, reader)
        as_changes(line)

    def _unit(self, row: FileRow, indicator: Indicator | None) -> int | None:
        """The service that enters a row: the only one, the one chosen among several, or the one of what begins."""
        units = self.stored.units.get(indicator.pk, {}) if indicator else {}
        if len(units) == 1:
            return next(iter(units))
        if not units:
            return self._new_unit()
        options = [Option(str(pk), name) for pk, name in units.items()]
        question = f"Plusieurs services saisissent « {row.label} » : à qui sont ces valeurs ?"
        ask = self.context.ask(f"unit:{row.key}", question, options, row.place)
        return int(ask.value) if ask.value else None

    def _new_unit(self) -> int:
        """The service that enters what begins with this grid: the site itself unless another one is chosen."""
        site, known = self.record.site, self.context.asks.get("file:unit")
        if known is None:
            rows = Unit.objects.filter(pk__in=Unit.objects.ids_below(site.pk)).active(timezone.localdate())
            others = [one for one in rows.order_by("position", "code") if one.pk != site.pk]
            options = [Option(str(one.pk), one.name) for one in (site, *others)]
            question = "Quel service saisira les nouveaux indicateurs ?"
            known = self.context.ask("file:unit", question, options, found=str(site.pk))
        return int(known.value)

    def _account(self, row: FileRow, reader: RowReader) -> None:
        """The last word on the figures of a row: read, left out, or waiting for an answer."""
        context, accounts = self.context, self.context.accounts
        wrong = {problem.place for problem in reader.problems if problem.level == PlaceLevel.ERROR}
        for fact in row.all_facts:
            cell = key_of(fact.place)
            if fact.place in context.waiting:
                accounts.ask([cell], context.waiting[fact.place])
            elif fact.place in context.left_out or fact.place in wrong:
                accounts.leave_out([cell], context.left_out.get(fact.place, "en erreur"))
            elif fact not in row.left_out:
                accounts.read(cell)
        accounts.leave_out((key_of(fact.place) for fact in row.left_out), "écart, cumul ou ligne non reprise")


def _told_otherwise(row: FileRow) -> Iterator[Fact]:
    """The figures of a second line for a month, where they are not those of the first one."""
    for fact in row.told_twice:
        first = next(facts[fact.period.month] for facts in row.series.values() if fact.period.month in facts)
        if not fact.cell.is_empty and fact.cell.text != first.cell.text and fact.series == ACTUAL:
            yield fact


def _is_foreign(row: FileRow, match: RowDecision) -> bool:
    """« X - Arles » beside « X - Préfecture »: what comes after the dash is no word of the indicator."""
    known = match.indicator
    own = set(tokens(row.label)) - set(tokens(stem_of(row.label)))
    return known is not None and bool(stem_of(row.label)) and not own & set(tokens(known.label))


def _as_mark(row: FileRow, numbers: list[Number], units: Counter[Written]) -> str:
    """« Note sur 5 », « 4,2/5 », « 15/20 » month after month."""
    if is_mark(row.label) or units[Written.MARK] * 2 > len(numbers) > 0:
        return " est une note, qu’aucune unité ne mesure"
    wholes = [number.counts[1] for number in numbers if number.counts]
    is_constant = len(wholes) > max(2, len(numbers) // 2) and len(set(wholes)) == 1 and wholes[0] in _MARKED_ON
    return f" est toujours sur {wholes[0]}, comme une note" if is_constant else ""


def _followed(year: int) -> str:
    """How long an indicator that nobody enters yet will be followed."""
    return f"pour la seule année {year}" if grids.followed_until(year) else f"à partir du 1er janvier {year}"


def _by_code(asks: list[Ask]) -> dict[str, list[int]]:
    """The rows of each indicator of the catalogue."""
    found: dict[str, list[int]] = defaultdict(list)
    for index, ask in enumerate(asks):
        if ask.value not in ("", NEW, NOT_TAKEN):
            found[ask.value].append(index)
    return found


def _twice(row: FileRow) -> list[Problem]:
    """Months that another line of the file gives otherwise."""
    told = "{}, {} : une autre ligne donne déjà ce mois. Dites laquelle est à lire."
    return [error(told.format(row.label, fact.period.words), fact.place) for fact in _told_otherwise(row)]
