"""Where a table « labels × periods » begins: the line of its periods, the lines of headings around it, its columns."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from core.base.months import initials_start
from core.importing.periods.roles import ACTUAL, COMPUTED, PeriodsWanted
from core.importing.periods.spans import MONTH, Period, Spelling, Writing, spelling_in, spelling_of
from core.importing.periods.views import View
from core.importing.periods.years import years_in
from core.importing.words import plain
from core.sheets.reading.model import Cell

LEAST_PERIODS, LEAST_PARTS, LEAST_BARE, LEAST_INITIALS = 3, 2, 6, 6
BAND_HEIGHT = 3  # lines above the periods that may hold headings
SEARCHED_LINES = 2_000
_PAIR = re.compile(r"\s*\d\d?\s*/\s*(\d\d)\s*")
_THOUSANDS = re.compile(r"\b(?:en|par) (?:milliers?|millions?)\b|\ben k€?(?!\w)|\bx ?1[ .]?000\b")
_CUMULATED = re.compile(r"\b(cumul\w*|ytd|year to date)\b")


@dataclass
class Head:
    """A column under the periods: its period, and what the other headings over or under it say."""

    place: int
    period: Period
    text: str
    year: int | None = None
    series: str = ""
    words: str = ""  # of the sub-heading, as written
    group: str = ""
    is_first: bool = False  # stands under its own period cell, not under one to its left


@dataclass
class Band:
    """A table: `line` names the periods, headings go from `first` to `last`, the body down to `end`."""

    view: View
    line: int
    first: int
    last: int
    end: int
    top: int = 1  # where its titles begin
    heads: dict[int, Head] = field(default_factory=dict)

    @property
    def zone(self) -> range:
        return range(min(self.heads), max(self.heads) + 1) if self.heads else range(0)

    @property
    def is_cumulated(self) -> bool:
        """Whether a title, or the headings of all the figures, say that they are added up month after month."""
        titles = [self.view.at(line, place) for line in range(self.top, self.line) for place in self._titles(line)]
        headed = [head for head in self.heads.values() if head.series in ("", ACTUAL, COMPUTED)]
        return any(_CUMULATED.search(plain(cell.text)) for cell in titles) or (
            bool(headed) and all(_CUMULATED.search(plain(f"{head.text} {head.words}")) for head in headed)
        )

    @property
    def multiplier(self) -> tuple[int, str] | None:
        """What a title says the figures count by, « (en milliers) », and its words."""
        texts = (self.view.at(line, place).text for line in range(self.top, self.line) for place in self._titles(line))
        found = next(filter(None, (_THOUSANDS.search(text.casefold()) for text in texts)), None)
        return (1_000_000 if "million" in found[0] else 1_000, found[0]) if found else None

    def _titles(self, line: int) -> list[int]:
        """The only cell of a line over the headings."""
        filled = self.view.filled(line)
        return filled if len(filled) == 1 else []

    def stack(self, place: int) -> list[Cell]:
        """The headings over a column beside the periods, the nearest to the body first; titles over many are none."""
        cells = []
        for line in range(self.last, self.first - 1, -1):
            block = self.view.block(line, place)
            if block and block[3] - block[2] > 1:
                continue
            cell = self.view.seen(line, place)
            if not cell.is_empty and cell not in cells:
                cells.append(cell)
        return cells


def find_bands(view: View, wanted: PeriodsWanted, *, heading: int = 0, least: int = LEAST_PERIODS) -> list[Band]:
    """The tables of a view, from top to bottom. `heading`: the line chosen by the person, for the first of them.

    `least`: fewer months than usual make a table, beside a heading that is known.
    """
    bands: list[Band] = []
    for line in range(heading or 1, min(view.lines, SEARCHED_LINES) + 1):
        if bands and line <= bands[-1].last:
            continue
        found = _periods_of(view, line, wanted, accepts_bare=not bands, least=least)
        if not found or (bands and _looks_like_data(view, line, bands[-1], found)):
            continue
        if not _has_months(found) and line != heading and _has_months(_periods_of(view, line + 1, wanted)):
            continue  # quarters over their months
        top = _top(view, bands[-1].last, line) if bands else 1
        if bands:
            bands[-1].end = top - 1
        bands.append(_band(view, line, found, wanted, top=top))
    return bands


def _top(view: View, after: int, line: int) -> int:
    """Where the titles of a further table begin: lines of one cell, of years or of merged words over its headings."""
    top = line
    while top - 1 > after and _is_title(view, top - 1):
        top -= 1
    return top


def _is_title(view: View, line: int) -> bool:
    filled = view.filled(line)
    return len(filled) <= 1 or all(years_in(view.at(line, place)) or view.block(line, place) for place in filled)


def _has_months(found: dict[int, Spelling]) -> bool:
    return any(spelling.period.length == MONTH for spelling in found.values())


def _periods_of(
    view: View, line: int, wanted: PeriodsWanted, *, accepts_bare: bool = False, least: int = LEAST_PERIODS
) -> dict[int, Spelling]:
    """Place → period of a line of headings; empty when it is not one."""
    cells = {place: view.at(line, place) for place in view.filled(line)}
    found = {place: spelling for place, cell in cells.items() if (spelling := spelling_of(cell))}
    spelt = {
        place: spelling
        for place, spelling in found.items()
        if spelling.writing != Writing.BARE
        and (not spelling.rest or wanted.series_of(spelling.rest) or wanted.is_year(spelling.rest))
    }
    counts = Counter(
        spelling.period.length for spelling in {(s.period.month, s.period.length): s for s in spelt.values()}.values()
    )
    if _are_counts(cells[place].value for place, spelling in spelt.items() if spelling.writing == Writing.DATED):
        return {}
    is_known = least >= LEAST_PERIODS or any(wanted.side_of(cell.text) for cell in cells.values())
    if (counts[MONTH] >= least and is_known) or (not counts[MONTH] and sum(counts.values()) >= LEAST_PARTS):
        return spelt
    if not accepts_bare:
        return {}
    bare = {place: spelling for place, spelling in found.items() if spelling.writing == Writing.BARE}
    numbers = {spelling.period.month for spelling in bare.values()}
    if len(numbers) >= LEAST_BARE and {1, 2, 3} <= numbers:
        return bare
    return _initials(cells)


def _are_counts(values: Iterable[object]) -> bool:
    """« 12/13 », « 11/12 », « 9/10 »: fractions, which months of three years would not be headings of one table."""
    pairs = [found for value in values if isinstance(value, str) and (found := _PAIR.fullmatch(value))]
    return len({pair[1] for pair in pairs}) > 2


def _initials(cells: dict[int, Cell]) -> dict[int, Spelling]:
    """« J F M A M J… »: letters in a row name months by their order."""
    letters = {place: cell.value.strip(" .") for place, cell in cells.items() if isinstance(cell.value, str)}
    letters = {place: letter for place, letter in letters.items() if len(letter) == 1 and letter.isalpha()}
    start = initials_start(list(letters.values())) if len(letters) >= LEAST_INITIALS else None
    if start is None:
        return {}
    return {place: Spelling(Period((start + rank - 1) % 12 + 1), Writing.NAMED) for rank, place in enumerate(letters)}


def _looks_like_data(view: View, line: int, above: Band, found: dict[int, Spelling]) -> bool:
    """Dates typed by mistake in the cells of a line are no new heading."""
    values = [view.at(line, place).value for place in found]
    is_dated = all(not isinstance(value, str) or _PAIR.fullmatch(value) for value in values)
    return is_dated and any(place not in above.heads for place in view.filled(line))


def _band(view: View, line: int, found: dict[int, Spelling], wanted: PeriodsWanted, *, top: int) -> Band:
    last = max((_bottom(view, line, place) for place in view.filled(line)), default=line)
    band = Band(view, line, max(line - BAND_HEIGHT, top), last, view.lines, top)
    has_months = any(spelling.period.length == MONTH for spelling in found.values())
    below = _sub_headings(view, line, found, wanted)
    body = (line + 1 if below else last) + 1
    for place, spelling, is_first in _columns(view, line, found, below, body):
        if has_months and spelling.period.length != MONTH:
            continue  # a quarter among months: the file computes it
        band.heads[place] = Head(
            place, spelling.period, view.at(line, place).text or spelling.period.words, is_first=is_first
        )
    if below:
        band.last = max(last, line + 1)
    are_series = any(wanted.series_of(cell.text) or _names_year(cell, wanted) for cell in below.values())
    are_series = are_series or not any(wanted.names_site(cell.text) for cell in below.values())
    for head in band.heads.values():
        own = found[head.place].rest if head.place in found else ""  # « réalisé » of « Réalisé mars »
        under = below[head.place].text.strip() if head.place in below else ""
        _say(head, [own, under, *_over(band, head)], wanted)
        if under and are_series and not head.series:
            head.words, head.group = under, "" if head.group == under else head.group
    if {head.year for head in band.heads.values()} == {None, wanted.year - 1}:
        for head in band.heads.values():
            head.year = head.year or wanted.year  # « Janvier » beside « Janvier N-1 »
    return band


def _bottom(view: View, line: int, place: int) -> int:
    block = view.block(line, place)
    return block[1] if block and block[1] - line < BAND_HEIGHT else line


def _sub_headings(view: View, line: int, found: dict[int, Spelling], wanted: PeriodsWanted) -> dict[int, Cell]:
    """The cells just under the periods when they are headings: words or years, no figure, no label of their own."""
    under, first = line + 1, min(found)
    places = [place for place in view.filled(under) if place >= first]
    cells = {place: view.at(under, place) for place in places}
    labels = [view.at(under, p) for p in view.filled(under) if p < first and view.block(under, p) is None]
    if len(cells) < LEAST_PARTS or not all(_is_wording(cell, wanted) for cell in cells.values()):
        return {}
    known = sum(1 for cell in cells.values() if wanted.series_of(cell.text) or _names_year(cell, wanted))
    has_gaps = any(place not in found for place in cells)
    if labels and not (known == len(cells) and all(wanted.side_of(cell.text) for cell in labels)):
        return {}
    return cells if has_gaps or known * 2 >= len(cells) else {}


def _names_year(cell: Cell, wanted: PeriodsWanted) -> bool:
    return bool(years_in(cell)) or wanted.is_year(cell.text)


def _is_wording(cell: Cell, wanted: PeriodsWanted) -> bool:
    if _names_year(cell, wanted):
        return True
    return isinstance(cell.value, str) and not cell.is_error and not any(letter.isdigit() for letter in cell.value)


def _columns(
    view: View, line: int, found: dict[int, Spelling], below: dict[int, Cell], body: int
) -> Iterator[tuple[int, Spelling, bool]]:
    """(place, period, whether it is its own): a heading serves the columns it covers, and unnamed ones to its right."""
    known = {cell.text.strip().casefold() for place, cell in below.items() if place <= max(found)}
    width = _usual_width(found)
    for place, spelling in sorted(found.items()):
        yield place, spelling, True
        block = view.block(line, place)
        for other in range(place + 1, view.width + 1):
            is_covered = block is not None and other <= block[3]
            words = below[other].text.strip().casefold() if other in below else ""
            is_near = view.is_blank(line, other) and other - place < width
            if other in found or not (is_covered or is_near):
                break
            if is_covered or words in known or (not words and _has_figures(view, body, other)):
                yield other, spelling, False


def _has_figures(view: View, body: int, place: int) -> bool:
    """Whether a column without any heading holds figures: it is one more of the period to its left."""
    return any(isinstance(view.at(line, place).value, int | float) for line in range(body, body + BAND_HEIGHT))


def _usual_width(found: dict[int, Spelling]) -> int:
    """How far apart the periods usually stand."""
    places = sorted(found)
    steps = Counter(after - before for before, after in pairwise(places))
    return steps.most_common(1)[0][0] if steps else 1


def _over(band: Band, head: Head) -> list[str]:
    """What stands over the period of a column, up to the first line of headings."""
    texts = []
    start = min(band.heads)
    for line in range(band.line - 1, band.first - 1, -1):
        block = band.view.block(line, head.place)
        if block:
            is_title = block[2] < start
            texts.append("" if is_title else band.view.at(block[0], block[2]).text)
            continue
        texts.append(_left_of(band, line, head.place, start))
    return texts


def _left_of(band: Band, line: int, place: int, start: int) -> str:
    """Over the periods, an unmerged heading serves until the next one."""
    for other in range(place, start - 1, -1):
        if not band.view.is_blank(line, other):
            return band.view.at(line, other).text
    return ""


def _say(head: Head, texts: list[str], wanted: PeriodsWanted) -> None:
    head.year = head.period.year
    for text in filter(None, (text.strip() for text in texts)):
        marked = wanted.marked(text)
        years = years_in_text(text)
        if marked in ("lastyear", "thisyear") or (len(years) == 1 and not head.year):
            head.year = years[0] if years else wanted.year - (marked == "lastyear")
        series = wanted.series_of(text)
        if series and not head.series:
            head.series, head.words = series, text
        elif not series and not years and marked not in ("lastyear", "thisyear") and not spelling_in(text):
            head.group = head.group or text


def years_in_text(text: str) -> list[int]:
    """Years that a heading names, dates apart."""
    return years_in(Cell(1, 1, text))
