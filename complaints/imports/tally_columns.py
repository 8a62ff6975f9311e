"""Tallies with several counts a line: a column for each channel, theme, month or day, the rest in the line or title."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from complaints.enums import Channel, Topic
from complaints.imports.readers import Unused, theme_of
from core.importing.asks import Ask, Given
from core.importing.dates import read_day
from core.importing.layout import Layout, TableRead
from core.importing.periods.years import without_other_dates
from core.importing.tables import Wanted
from core.importing.tables.closing import title_texts
from core.importing.tables.readers import Named
from core.importing.tables.undated import titled_years, year_ask
from core.importing.tables.wanted import Fit
from core.importing.words import plain
from core.sheets.reading.model import Workbook

GROUP = "Traits d’une colonne"
BY_DAY, BY_WORDS = "by_day", "by_words"
_MONTH = re.compile(r"(?<![\d/.])(?:[^\W\d_]{3,9}\.?[ -]|(?:0?[1-9]|1[0-2])/)20\d\d(?!\d)")
# What comes before the month of something else than the table: « mis à jour en », « situation au 31 ».
_OTHER_MONTH = re.compile(
    r"(?:maj|mise? à jour|[ée]dit\w*|imprim\w*|extrait\w*|version|depuis|jusqu\W\w+|avant|\d(?:er)?)"
    r"\W*(?:en|le|de|du|au)?\W*$",
    re.IGNORECASE,
)
CHANNELS = {
    "by_desk": (Channel.DESK, r"(?:au )?guichets?|accueils?(?: physique)?|oral"),
    "by_phone": (Channel.PHONE, r"(?:au |par )?telephone|standard|appels?(?: telephoniques?)?"),
}
_SPOKEN = {Channel.DESK: r"guichets?|hall|accueils?", Channel.PHONE: r"telephon(?:e|ique)s?|standards?|appels?"}
_CHANNEL = re.compile("|".join(heads for _channel, heads in CHANNELS.values()))


def _is_day(heading: str) -> Fit:
    return Fit.EXACT if isinstance(read_day(heading, year=2000, month_end=True), date) else Fit.NONE


def _is_theme(value: str) -> Callable[[str], Fit]:
    """Judges whether a heading names a theme and no channel: « Téléphone » beside « Guichet » is none."""
    return lambda heading: (
        Fit.EXACT if theme_of(heading) == value and not _CHANNEL.fullmatch(plain(heading)) else Fit.NONE
    )


def _of(code: str, label: str, **more: Any) -> Wanted:
    return Wanted(code, label, group=GROUP, colour="value", is_many=True, read=Unused(), **more)


THEMES = {f"by_{value}_theme": str(value) for value in Topic.values}
SEVERAL = (
    *(_of(code, f"Traits : {one.label.lower()}", heads=heads) for code, (one, heads) in CHANNELS.items()),
    _of(BY_DAY, "Traits du jour ou du mois en titre", fit=_is_day),
    *(_of(code, f"Traits : {Topic(value).label.lower()}", fit=_is_theme(value)) for code, value in THEMES.items()),
    _of(BY_WORDS, "Traits d’un autre thème, en titre"),
)
CODES = frozenset(one.code for one in SEVERAL)
_SAID_TWICE = (("theme", {*THEMES, BY_WORDS}), ("channel", CHANNELS), ("on", {BY_DAY}))


def says_twice(said: set[str]) -> bool:
    """Whether headings give one thing both a column and a column for each of its values: they lie the other way."""
    return any(code in said and not said.isdisjoint(values) for code, values in _SAID_TWICE)


def columns_of(table: TableRead) -> Iterator[tuple[int, str]]:
    """The columns that count one thing each: their number and role."""
    return ((column.number, column.code) for column in table.columns if column.code in CODES)


@dataclass
class TallyPeriod:
    """What the titles say of when: the year of months in headings, the day of lines that have none."""

    year: int | None = None
    on: date | None = None
    ask: Ask | None = None
    channel: str = ""  # that the titles name alone
    days: dict[int, date] = field(default_factory=dict)  # of a column that counts a day or a month


def period_of(book: Workbook, layout: Layout, table: TableRead, given: Given, today: date) -> TallyPeriod:
    """When the counts of a table were made, as its titles and headings tell; the year is asked where none does."""
    titles = [*title_texts(book, layout, table), table.sheet]
    days = {day for text in titles for day in months_named(text)}
    channels = {channel for text in titles if (channel := channel_in(text))}
    period = TallyPeriod(on=days.pop() if len(days) == 1 else None)
    period.channel = channels.pop() if len(channels) == 1 else ""
    dated = table.of_role(BY_DAY)
    if any(_day_of(column.heading, None) is None for column in dated):
        places = [table.place(table.headings[0], column.number) for column in dated]
        years = titled_years(book, layout, table)
        question = "De quelle année sont ces mois ?"
        period.ask = year_ask(given, f"year:{table.name}", question, years=years, places=places, today=today)
        period.year = int(period.ask.value) if period.ask.value else None
    found = {column.number: _day_of(column.heading, period.year) for column in dated}
    period.days = _months({number: day for number, day in found.items() if day is not None})
    return period


def channel_in(text: str) -> str:
    """The one channel that words name: « Standard téléphonique – mars 2022 »."""
    words = plain(text).replace("accueil telephonique", "telephone")
    said = {str(channel) for channel, names in _SPOKEN.items() if re.search(rf"\b(?:{names})\b", words)}
    return said.pop() if len(said) == 1 else ""


def months_named(text: str) -> Iterator[date]:
    """The last day of each month that a title gives for its table's."""
    for found in _MONTH.finditer(without_other_dates(text)):
        day = read_day(found[0], month_end=True)
        if isinstance(day, date) and not _OTHER_MONTH.search(found.string[: found.start()]):
            yield day


def _day_of(heading: str, year: int | None) -> date | None:
    day = read_day(heading, year=year, month_end=True)
    return day if isinstance(day, date) else None


def _months(days: dict[int, date]) -> dict[int, date]:
    """Several first days of months are months: their last day."""
    if len(days) < 2 or any(day.day != 1 for day in days.values()):
        return days
    ends = {number: read_day(f"{day:%m/%Y}", month_end=True) for number, day in days.items()}
    return {number: day for number, day in ends.items() if isinstance(day, date)}


def said_by_column(code: str, heading: str) -> dict[str, object]:
    """The channel and the theme that a column counts; « Téléphone – Attente » says both, in two lines of headings."""
    if code in CHANNELS:
        return {"channel": CHANNELS[code][0]}
    group, _, own = heading.rpartition(" – ")
    channel = channel_in(group) if group else ""
    told: dict[str, object] = {"channel": channel} if channel else {}
    name = own if channel else heading
    if code in THEMES:
        return told | {"theme": Named(THEMES[code], name[:200])}
    if code == BY_WORDS:
        return told | {"theme": Named(theme_of(name), name[:200])}
    return told
