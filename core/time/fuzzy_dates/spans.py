"""Spans of days: months, quarters, seasons, weeks, and the beginning or the end of them."""

from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

ONE_DAY = timedelta(days=1)
_LEAP_CYCLE = 10  # years in which 29 February comes back, whatever the century
_SEASONS = {
    "printemps": ((3, 20), (6, 20)),
    "ete": ((6, 21), (9, 22)),
    "automne": ((9, 23), (12, 20)),
    "hiver": ((12, 21), (3, 19)),
    "rentree": ((9, 1), (9, 30)),
}


@dataclass(frozen=True)
class Span:
    """From one day to another, both included."""

    earliest: date
    latest: date

    @property
    def is_day(self) -> bool:
        return self.earliest == self.latest

    def is_ahead(self, since: date, starting: bool) -> bool:
        """Not over that day; `starting`: a period must not have begun either."""
        return self.earliest > since if starting and not self.is_day else self.latest >= since


@dataclass(frozen=True)
class Limits:
    """The days that words allow; open on a side that is None."""

    earliest: date | None = None
    latest: date | None = None


@dataclass(frozen=True)
class Recurring:
    """Days that come back each year. `year` and `weekday` (0 is Monday) are those written, None when left out."""

    in_year: Callable[[int], Span]
    year: int | None = None
    weekday: int | None = None

    def span(self, since: date | None, *, starting: bool = False) -> Span | None:
        """The span of the year written, else the first one not over on the day `since`; `starting`: not begun."""
        found = self._of(self.year) if self.year is not None else self._next(since, starting)
        is_other_day = found and self.weekday is not None and found.earliest.weekday() != self.weekday
        return None if is_other_day else found

    def _next(self, since: date | None, starting: bool) -> Span | None:
        if since is None:
            return None
        spans = (self._of(year) for year in range(since.year - 1, since.year + _LEAP_CYCLE))
        return next((span for span in spans if span and span.is_ahead(since, starting)), None)

    def _of(self, year: int) -> Span | None:
        try:
            return self.in_year(year)
        except (ValueError, OverflowError):  # 31 February, week 53
            return None


def day(month: int, number: int, year: int) -> Span:
    return Span(date(year, month, number), date(year, month, number))


def months(first: int, count: int, year: int) -> Span:
    """Whole months of one year."""
    last = first + count - 1
    return Span(date(year, first, 1), date(year, last, monthrange(year, last)[1]))


def quarter(number: int, year: int) -> Span:
    return months(3 * number - 2, 3, year)


def half_year(number: int, year: int) -> Span:
    return months(6 * number - 5, 6, year)


def whole_year(year: int) -> Span:
    return months(1, 12, year)


def season(name: str, year: int) -> Span:
    (month, first), (last_month, last) = _SEASONS[name]
    return Span(date(year, month, first), date(year + (last_month < month), last_month, last))


def week(number: int, year: int) -> Span:
    return Span(date.fromisocalendar(year, number, 1), date.fromisocalendar(year, number, 7))


def fortnight(number: int, month: int, year: int) -> Span:
    whole = months(month, 1, year)
    middle = date(year, month, 15)
    return Span(whole.earliest, middle) if number == 1 else Span(middle + ONE_DAY, whole.latest)


def part_of(in_year: Callable[[int], Span], part: str, year: int) -> Span:
    """The beginning, middle or end of a span: whole months where it has three or more, thirds of its days otherwise."""
    span = in_year(year)
    count = _whole_months(span)
    if count < 3:
        return _third(span, part)
    first = span.earliest.month
    edge = 3 if count == 12 else count // 3
    middle = count // 3
    if part == "debut":
        return months(first, edge, year)
    if part == "fin":
        return months(first + count - edge, edge, year)
    return months(first + (count - middle) // 2, middle, year)


def _third(span: Span, part: str) -> Span:
    third = ((span.latest - span.earliest).days + 1) // 3
    first, second = span.earliest + third * ONE_DAY, span.earliest + 2 * third * ONE_DAY
    starts = {"debut": Span(span.earliest, first - ONE_DAY), "fin": Span(second, span.latest)}
    return span if third == 0 else starts.get(part, Span(first, second - ONE_DAY))


def _whole_months(span: Span) -> int:
    """How many months of one year the span is made of; 0 when it is cut elsewhere."""
    if span.earliest.day != 1 or (span.latest + ONE_DAY).day != 1 or span.earliest.year != span.latest.year:
        return 0
    return span.latest.month - span.earliest.month + 1
