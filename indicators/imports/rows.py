"""The rows of a grid: one indicator each, gathered from one line or from several (cible, réalisé, effectifs, taux)."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from itertools import groupby, permutations

from core.importing.asks import Option
from core.importing.numbers import Number, Unit, Writing, read_number, spelt
from core.importing.periods.items import Fact, Item
from core.importing.periods.roles import ACTUAL, COMMENT, DENOMINATOR, MEAN, NOT_READ, NUMERATOR, TARGET, PeriodsWanted
from core.importing.places import ReadPlace
from core.importing.vocabulary import Words
from core.importing.words import plain
from core.sheets.reading.model import Cell
from indicators.imports.words import engagement_code, row_key

_TIMES = (Unit.WEEKS, Unit.MONTHS, Unit.YEARS, Unit.HOURS, Unit.MINUTES, Unit.SECONDS)
_UNIT_IN_LABEL = re.compile(r"[(\[]\s*(?:en\s+)?(?P<bracket>[^()\[\]\d]+?)\s*[)\]]\s*$|\ben (?P<word>[a-zé]+)\s*$")
CLOSE = Decimal("0.006")  # a rate printed without decimals and its counts
LONGEST_KEY = 200
PARTS = (
    Option(ACTUAL, "La valeur du mois"),
    Option(NUMERATOR, "Le numérateur"),
    Option(DENOMINATOR, "Le dénominateur"),
    Option(TARGET, "La cible du mois"),
    Option(NOT_READ, "Rien à reprendre"),
)


@dataclass
class FileRow:
    """What the file says of one indicator. `series`: what a figure is → month → its cell."""

    key: str
    label: str
    family: str
    engagement: str
    unit: str
    place: ReadPlace
    items: list[Item]
    series: dict[str, dict[int, Fact]] = field(default_factory=dict)
    texts: dict[str, Cell] = field(default_factory=dict)
    left_out: list[Fact] = field(default_factory=list)
    told_twice: list[Fact] = field(default_factory=list)  # of a month that another of its lines gives already
    unit_number: Number | None = None  # « 1 heure », « 1 000 » of the unit it says, when figures are bare

    def facts(self, series: str = ACTUAL) -> dict[int, Fact]:
        return self.series.get(series, {})

    @property
    def all_facts(self) -> list[Fact]:
        return [fact for item in self.items for fact in item.facts]

    @property
    def places(self) -> Iterator[ReadPlace]:
        """Every cell of its lines: figures, label, what stands beside."""
        yield from (fact.place for fact in self.all_facts)
        for item in self.items:
            yield from (
                ReadPlace(item.sheet, cell.row, cell.column) for cell in item.texts.values() if not cell.is_empty
            )

    @property
    def filled_places(self) -> list[ReadPlace]:
        """The cells of figures that hold something."""
        return [fact.place for fact in self.all_facts if not fact.cell.is_empty]

    @property
    def is_total(self) -> bool:
        return self.items[0].is_total

    @property
    def is_bare(self) -> bool:
        return not self.engagement and all(item.is_bare for item in self.items)

    @property
    def is_cumulated(self) -> bool:
        """Whether the table says that its figures are added up from January on."""
        return bool(self.items) and self.items[0].band.is_cumulated

    @property
    def target_text(self) -> str:
        cell = self.texts.get(TARGET)
        return cell.text if cell else ""


def rows_of(items: list[Item], wanted: PeriodsWanted, words: Words) -> list[FileRow]:
    """One row per indicator of the file; the lines of one label that say what they are make one."""
    rows = []
    for _key, group in groupby(
        items, key=lambda item: (item.sheet, id(item.band), plain(item.label), item.section, item.group)
    ):
        lines = list(group)
        parts = [lines] if any(item.part for item in lines) or _as_rate(lines) else [[item] for item in lines]
        rows += [_row(part, wanted, words) for part in parts]
    _name(rows)
    return rows


def _row(items: list[Item], wanted: PeriodsWanted, words: Words) -> FileRow:
    first, texts = items[0], _texts_of(items)
    row = FileRow(
        "",
        first.label,
        first.section,
        engagement_code(_words(texts.get("engagement"))),
        _words(texts.get("unit")),
        first.place,
        items,
        texts=texts,
    )
    row.unit_number = _unit_number(row)
    guessed = _as_rate(items) if len(items) > 1 else {}
    for rank, item in enumerate(items):
        series = _series(item, guessed.get(rank, ""), wanted, words, is_alone=len(items) == 1)
        _take(row, item, series)
    return row


def _texts_of(items: list[Item]) -> dict[str, Cell]:
    """The first text of each role; a comment in the column of means is exchanged with it."""
    texts: dict[str, Cell] = {}
    for item in items:
        texts |= {role: cell for role, cell in item.texts.items() if role not in texts or texts[role].is_empty}
    mean = texts.get(MEAN)
    if mean is not None and isinstance(mean.value, str) and _is_prose(mean.value):
        texts[MEAN], texts[COMMENT] = texts.get(COMMENT, mean), mean
    return texts


def _take(row: FileRow, item: Item, series: str) -> None:
    """Give a row the figures of a line by series and month; those of no series are left out."""
    for fact in item.facts:
        kind = series if fact.series == ACTUAL and series else fact.series
        if not series or kind not in (ACTUAL, NUMERATOR, DENOMINATOR, TARGET):
            row.left_out.append(fact)
        elif row.series.setdefault(kind, {}).setdefault(fact.period.month, fact) not in item.facts:
            row.told_twice.append(fact)


def _is_prose(text: str) -> bool:
    return len(text) > 15 and not text.startswith("#") and read_number(text) is None


def _unit_number(row: FileRow) -> Number | None:
    """What one of its figures is worth by its unit column, or by « (en semaines) » in its label."""
    words = _unit_words(row)
    if "‰" in words or plain(words) in ("pour mille", "pour 1000"):
        return Number(Decimal("0.001"), Unit.PERCENT, is_written_percent=True)
    number = read_number(f"1 {words}")
    if number is None or number.unit == Unit.PERCENT:
        return None
    return number if number.unit in _TIMES or (number.value != 1 and not number.doubt) else None


def _unit_words(row: FileRow) -> str:
    found = _UNIT_IN_LABEL.search(row.label)
    return re.sub(r"^en\s+", "", row.unit) or (found["word"] or found["bracket"] if found else "")


def _series(item: Item, guessed: str, wanted: PeriodsWanted, words: Words, *, is_alone: bool) -> str:
    """What the figures of a line are: its word says it, its arithmetic with the others proposes it.

    Targets without figures beside them are asked about: « prévisionnel » may be a word of the indicator.
    """
    if not item.part or item.part_place is None:
        return guessed or ACTUAL
    known = wanted.series_of(item.part)
    known = known if known in (ACTUAL, NUMERATOR, DENOMINATOR, TARGET) else NOT_READ if known else ""
    known, guessed = ("", TARGET) if is_alone and known == TARGET else (known, guessed)
    question = f"Que contient la ligne « {item.part[:60]} » ?"
    return words.read("part", item.part, item.part_place, PARTS, known=known, proposed=guessed, question=question)


def _as_rate(items: list[Item]) -> dict[int, str]:
    """Three lines of which one is always the second divided by the third: rank → series; empty when it is not so."""
    if len(items) != 3:
        return {}
    values = [
        {fact.period.month: number.value for fact in item.facts if (number := number_of(fact.cell))} for item in items
    ]
    for rate, part, whole in permutations(range(3)):
        months = set(values[rate]) & set(values[part]) & set(values[whole])
        is_one = len(months) > 1 and any(values[part][m] != values[whole][m] for m in months)
        if is_one and all(_is_rate(values[rate][m], values[part][m], values[whole][m]) for m in months):
            return {rate: ACTUAL, part: NUMERATOR, whole: DENOMINATOR}
    return {}


def _is_rate(rate: Decimal, part: Decimal, whole: Decimal) -> bool:
    if not whole or part > whole or (whole == 1 and part < 1):
        return False
    return any(abs(part / whole - one) <= CLOSE for one in (rate, rate / 100))


def _name(rows: list[FileRow]) -> None:
    """One key a row: its words; those of rows of the same words tell how many they are."""
    by_words: dict[str, list[FileRow]] = defaultdict(list)
    for row in rows:
        by_words[row_key(row.family, row.label, row.engagement)[:LONGEST_KEY]].append(row)
    for key, same in by_words.items():
        for rank, row in enumerate(same, start=1):
            row.key = key if len(same) == 1 else f"{key}|{rank}/{len(same)}"


@lru_cache(maxsize=16384)
def _read(text: str, writing: Writing | None) -> Number | None:
    return read_number(text, writing=writing)


def number_of(cell: Cell, writing: Writing | None = None) -> Number | None:
    """The number of a cell: a real percent format is a ratio, a written sign or unit is what it says."""
    value = cell.value
    if isinstance(value, bool) or cell.is_error:
        return None
    if isinstance(value, str):
        return _read(value, writing)
    number = Decimal(str(value)) if isinstance(value, int | float | Decimal) else Decimal("NaN")
    if not number.is_finite():
        return None
    return Number(number, Unit.PERCENT, is_written_percent=True) if cell.is_percent else _suffixed(cell, number)


def in_unit_of(row: FileRow, number: Number) -> Number:
    """A bare number in the unit that the row says: « heures » in its column, « (en semaines) » in its label."""
    if number.unit != Unit.NONE or row.unit_number is None:
        return number
    unit = row.unit_number
    return Number(number.value * unit.value, unit.unit, unit.unit_words, doubt=number.doubt, other=number.other)


def _suffixed(cell: Cell, number: Decimal) -> Number:
    """A number with what its format writes after it; « k » and « M » multiply nothing: 12 000 may be shown « 12k »."""
    suffix = cell.literal_suffix
    read = read_number(f"{number:f} {suffix}", writing=Writing.FRENCH) if suffix else None
    if read is None or read.unit == Unit.PERCENT or read.value == number:
        return read or Number(number)
    is_large = number and number >= read.value / number  # 12 000 by thousands
    doubt = "" if is_large else f"{spelt(number)} est affiché « {cell.text.strip()} » : est-ce la valeur ?"
    return Number(number, read.unit, read.unit_words, doubt=doubt)


def _words(cell: Cell | None) -> str:
    return "" if cell is None or cell.is_error else " ".join(cell.text.split())
