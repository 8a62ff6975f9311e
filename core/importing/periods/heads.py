"""Where a table « labels × periods » begins: the line of its periods, the lines of headings around it, its columns."""

import re
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from core.importing.periods.headings import LEAST_PARTS, LEAST_PERIODS, PAIR, has_months, periods_of
from core.importing.periods.roles import ACTUAL, COMPUTED, PeriodsWanted
from core.importing.periods.spans import MONTH, Period, Spelling, spelling_in
from core.importing.periods.views import View
from core.importing.periods.years import years_in
from core.importing.words import plain
from core.sheets.reading.model import Cell

BAND_HEIGHT = 3  # lines above the periods that may hold headings
SEARCHED_LINES = 2_000
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

    @property
    def names(self) -> tuple[str, int | None, str]:
        """What two columns of the same figures have in common."""
        return self.period.code, self.year, self.group


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
        above = bands[-1] if bands else None
        found = _begun(view, line, wanted, above, heading=heading, least=least)
        if not found:
            continue
        top = 1
        if above:
            top = _top(view, above.last, line)
            above.end = top - 1
        bands.append(_band(view, line, found, wanted, top=top))
    return bands


def _begun(
    view: View, line: int, wanted: PeriodsWanted, above: Band | None, *, heading: int, least: int
) -> dict[int, Spelling]:
    """The periods of a line that begins a table; none in the headings of the table above or in its data."""
    if above and line <= above.last:
        return {}
    found = periods_of(view, line, wanted, accepts_bare=not above, least=least)
    if not found or (above and _looks_like_data(view, line, above, found)):
        return {}
    is_over = not has_months(found) and line != heading and has_months(periods_of(view, line + 1, wanted))
    return {} if is_over else found  # quarters over their months


def _top(view: View, after: int, line: int) -> int:
    """Where the titles of a further table begin: lines of one cell, of years or of merged words over its headings."""
    top = line
    while top - 1 > after and _is_title(view, top - 1):
        top -= 1
    return top


def _is_title(view: View, line: int) -> bool:
    filled = view.filled(line)
    return len(filled) <= 1 or all(years_in(view.at(line, place)) or view.block(line, place) for place in filled)


def _looks_like_data(view: View, line: int, above: Band, found: dict[int, Spelling]) -> bool:
    """Dates or durations (« 1 sem ») typed in the cells of a line are no new heading."""
    within = [place for place in view.filled(line) if place in above.heads]
    different = {spelling.period for spelling in found.values()}
    if 2 * len(above.heads.keys() & found.keys()) < len(within) or 3 * len(different) <= len(found):
        return True
    values = [view.at(line, place).value for place in found]
    is_dated = all(not isinstance(value, str) or PAIR.fullmatch(value) for value in values)
    return is_dated and any(place not in above.heads for place in view.filled(line))


def _band(view: View, line: int, found: dict[int, Spelling], wanted: PeriodsWanted, *, top: int) -> Band:
    last = max((_bottom(view, line, place) for place in view.filled(line)), default=line)
    below = _sub_headings(view, line, found, wanted)
    band = Band(view, line, max(line - BAND_HEIGHT, top), max(last, line + 1) if below else last, view.lines, top)
    body = (line + 1 if below else last) + 1
    are_months = has_months(found)
    for place, spelling, is_first in _columns(view, line, found, below, body):
        if are_months and spelling.period.length != MONTH:
            continue  # a quarter among months: the file computes it
        text = view.at(line, place).text or spelling.period.words
        band.heads[place] = Head(place, spelling.period, text, is_first=is_first)
    _say_all(band, found, below, wanted)
    _date_rest(band.heads.values(), wanted)
    return band


def _say_all(band: Band, found: dict[int, Spelling], below: dict[int, Cell], wanted: PeriodsWanted) -> None:
    """Give each column the words over and under its period."""
    are_series = _are_series(below, wanted)
    for head in band.heads.values():
        own = found[head.place].rest if head.place in found else ""  # « réalisé » of « Réalisé mars »
        under = below[head.place].text.strip() if head.place in below else ""
        _say(head, [own, under, *_over(band, head)], wanted)
        if under and are_series and not head.series:
            head.words, head.group = under, "" if head.group == under else head.group


def _date_rest(heads: Collection[Head], wanted: PeriodsWanted) -> None:
    """« Janvier » beside « Janvier N-1 »: the year of those that say none, when the others are of the last."""
    if {head.year for head in heads} == {None, wanted.year - 1}:
        for head in heads:
            head.year = head.year or wanted.year


def _are_series(below: dict[int, Cell], wanted: PeriodsWanted) -> bool:
    """Whether the sub-headings say what the figures are, rather than whose."""
    are_known = any(_says_series(cell, wanted) for cell in below.values())
    return are_known or not any(wanted.names_site(cell.text) for cell in below.values())


def _bottom(view: View, line: int, place: int) -> int:
    block = view.block(line, place)
    return block[1] if block and block[1] - line < BAND_HEIGHT else line


def _sub_headings(view: View, line: int, found: dict[int, Spelling], wanted: PeriodsWanted) -> dict[int, Cell]:
    """The cells just under the periods when they are headings: words or years, no figure, no label of their own."""
    under, first = line + 1, min(found)
    cells = {place: view.at(under, place) for place in view.filled(under) if place >= first}
    if len(cells) < LEAST_PARTS or not all(_is_wording(cell, wanted) for cell in cells.values()):
        return {}
    known = sum(_says_series(cell, wanted) for cell in cells.values())
    if _is_labelled(view, under, first, wanted, accepts_known=known == len(cells)):
        return {}
    return cells if known * 2 >= len(cells) or not cells.keys() <= found.keys() else {}


def _is_labelled(view: View, line: int, first: int, wanted: PeriodsWanted, *, accepts_known: bool) -> bool:
    """Whether a line has words of its own before the periods, other than known headings of columns."""
    labels = [view.at(line, place) for place in view.filled(line) if place < first and view.block(line, place) is None]
    return bool(labels) and not (accepts_known and all(wanted.side_of(cell.text) for cell in labels))


def _says_series(cell: Cell, wanted: PeriodsWanted) -> bool:
    return bool(wanted.series_of(cell.text)) or _names_year(cell, wanted)


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
        for other, is_covered in _served(view, line, place, found, width):
            words = below[other].text.strip().casefold() if other in below else ""
            if is_covered or words in known or (not words and _has_figures(view, body, other)):
                yield other, spelling, False


def _served(view: View, line: int, place: int, found: dict[int, Spelling], width: int) -> Iterator[tuple[int, bool]]:
    """The columns to its right that a heading may serve, with whether its merged block covers them."""
    block = view.block(line, place)
    covered = block[3] if block else place
    for other in range(place + 1, view.width + 1):
        is_near = view.is_blank(line, other) and other - place < width
        if other in found or not (other <= covered or is_near):
            return
        yield other, other <= covered


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
    for text in filter(None, map(str.strip, texts)):
        is_dating = _date(head, text, wanted)
        series = wanted.series_of(text)
        if series and not head.series:
            head.series, head.words = series, text
        elif not (series or is_dating or spelling_in(text)):
            head.group = head.group or text


def _date(head: Head, text: str, wanted: PeriodsWanted) -> bool:
    """Whether a heading names the year of its column, then kept: « 2023 », « N-1 »."""
    said, years = wanted.year_said(text), years_in(Cell(1, 1, text))  # dates apart
    if said or (len(years) == 1 and not head.year):
        head.year = years[0] if years else said
    return bool(said or years)
