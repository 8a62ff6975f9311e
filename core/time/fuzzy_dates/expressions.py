"""One date or period as people write it, with or without its year: a table of forms, each with its reading."""

import re
from collections.abc import Callable
from datetime import date
from functools import partial

from core.time.fuzzy_dates import spans
from core.time.fuzzy_dates.spans import Recurring, Span
from core.time.fuzzy_dates.spelling import LEADS, MONTH, RANK, WEEKDAYS, YEAR, month_number, rank_number, year_number

_TAIL = rf"(?:(?:,? |[/.-])+(?:de |en |d')?(?:l'annee |annee )?'?{YEAR})?"
_TIME = r"(?: ?(?:a |t)?\d{1,2}[h:](?:\d{2})?(?::\d{2}(?:\.\d+)?)?(?:z|[+-]\d{2}:?\d{2})?)?"
_WEEKDAY = rf"(?:(?P<weekday>{'|'.join(WEEKDAYS)}),? )?(?:le )?"
_PART = re.compile(r"(?P<part>debut|mi|milieu|fin)(?:[ -]+(?:de la |de l'|de |du |des |d')?)(?P<rest>.+)")

InYear = Callable[[int], Span]


def read(text: str, since: date | None, *, starting: bool = False) -> Span | None:
    """The days of an expression; None when it is not one, or when its year cannot be told."""
    found = recurring(text)
    return found.span(since, starting=starting) if found else None


def recurring(text: str) -> Recurring | None:
    """What is written, its year apart."""
    bare = without_leads(text)
    part = _PART.fullmatch(bare)
    if part is None:
        return _whole(bare)
    whole = _whole(without_leads(part["rest"]))
    return whole and Recurring(partial(spans.part_of, whole.in_year, part["part"]), whole.year)


def part_and_rest(text: str) -> tuple[str, str]:
    """« fin mars 2027 » gives `fin`, `mars 2027`; two empty texts when no part is told."""
    found = _PART.fullmatch(without_leads(text))
    return (found["part"], found["rest"]) if found else ("", "")


def without_leads(text: str) -> str:
    return text[found.end() :] if (found := LEADS.match(text)) else text


def _whole(bare: str) -> Recurring | None:
    """The first form that fits: what it cannot read, no other form reads."""
    for pattern, reading in _FORMS:
        if match := pattern.fullmatch(bare):
            return _dated(match, reading)
    return None


def _dated(match: re.Match[str], reading: Callable[[re.Match[str]], InYear]) -> Recurring | None:
    found = match.groupdict()
    year, weekday = found["year"], found.get("weekday")
    try:
        return Recurring(
            reading(match), year_number(year) if year else None, WEEKDAYS.index(weekday) if weekday else None
        )
    except ValueError:
        return None


def _day(match: re.Match[str]) -> InYear:
    return partial(spans.day, int(match["number"]), int(match["day"]))


def _day_in_words(match: re.Match[str]) -> InYear:
    return partial(spans.day, month_number(match["month"]), int(match["day"]))


def _month(match: re.Match[str]) -> InYear:
    return partial(spans.months, int(match["number"]), 1)


def _month_in_words(match: re.Match[str]) -> InYear:
    return partial(spans.months, month_number(match["month"]), 1)


def _quarter(match: re.Match[str]) -> InYear:
    return partial(spans.quarter, rank_number(match["rank"], 4))


def _half_year(match: re.Match[str]) -> InYear:
    number = rank_number(match["rank"], 2)
    if number > 2:
        raise ValueError(match["rank"])
    return partial(spans.half_year, number)


def _week(match: re.Match[str]) -> InYear:
    return partial(spans.week, int(match["number"]))


def _fortnight(match: re.Match[str]) -> InYear:
    return partial(spans.fortnight, rank_number(match["rank"], 2), month_number(match["month"]))


def _season(match: re.Match[str]) -> InYear:
    return partial(spans.season, match["season"])


def _year(_match: re.Match[str]) -> InYear:
    return spans.whole_year


_FORMS = [
    (re.compile(form), reading)
    for form, reading in (
        (rf"{_WEEKDAY}(?P<day>\d{{1,2}})[/.-](?P<number>\d{{1,2}})(?:[/.-]{YEAR})?{_TIME}", _day),
        (rf"(?P<year>\d{{4}})[-/.](?P<number>\d{{1,2}})[-/.](?P<day>\d{{1,2}}){_TIME}", _day),
        (rf"{_WEEKDAY}(?P<day>\d{{1,2}})(?: ?er)?[ -]{MONTH}{_TAIL}{_TIME}", _day_in_words),
        (r"(?P<number>\d{1,2})[/.-](?P<year>\d{4})", _month),
        (r"(?P<year>\d{4})[/.-](?P<number>\d{1,2})", _month),
        (rf"{MONTH}{_TAIL}", _month_in_words),
        (rf"{RANK} ?t(?:rim(?:estres?|\.)?)?{_TAIL}", _quarter),
        (rf"(?:q|t(?:rim(?:estre|\.)?)?) ?(?P<rank>[1-4]){_TAIL}", _quarter),
        (r"(?P<year>\d{4})[ /-]?[qt](?P<rank>[1-4])", _quarter),
        (rf"{RANK} ?s(?:em(?:estres?|\.)?)?{_TAIL}", _half_year),
        (rf"s(?:emestre)? ?(?P<rank>[12]){_TAIL}", _half_year),
        (r"(?P<year>\d{4})[ /-]?s(?P<rank>[12])", _half_year),
        (rf"(?:semaine|sem\.?|s) ?(?:n[°o]? ?)?(?P<number>\d{{1,2}}){_TAIL}", _week),
        (r"(?P<year>\d{4})-?w(?P<number>\d{2})", _week),
        (rf"{RANK} quinzaine (?:de |du |d')?{MONTH}{_TAIL}", _fortnight),
        (rf"(?P<season>printemps|ete|automne|rentree){_TAIL}", _season),
        (rf"(?P<season>hiver){_TAIL}(?:[/-]\d{{2,4}})?", _season),
        (r"(?:annee |exercice )?(?P<year>\d{4})", _year),
        (rf"annee{_TAIL}", _year),
    )
]
