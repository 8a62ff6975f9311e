"""From the words of a person, or a cell of a workbook, to a fuzzy date. Never raises: words not understood are kept."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime

from core import registries
from core.fuzzy_dates.expressions import read, recurring
from core.fuzzy_dates.model import FuzzyDate
from core.fuzzy_dates.phrases import Kind, phrase_kind
from core.fuzzy_dates.spans import ONE_DAY, Recurring, Span
from core.fuzzy_dates.spelling import FIRST_YEAR, LAST_YEAR, LONGEST, plain

_BOUNDS = (
    ("until", re.compile(r"(?:d'ici|au plus tard|jusqu'a?)(?: a| au| le| la| en|u)? ?(?P<rest>.+)")),
    ("until", re.compile(r"(?P<rest>.+?),? (?:au plus tard|dernier delai)")),
    ("from", re.compile(r"(?:a partir d|a compter d)(?:u |e la |e l'|e |')(?P<rest>.+)")),
    ("from", re.compile(r"(?:pas avant|des)(?: le| la)? (?P<rest>.+)")),
    ("after", re.compile(r"apres(?: le| la)? (?P<rest>.+)")),
    ("before", re.compile(r"avant(?: le| la)? (?P<rest>.+)")),
)
_SEPARATORS = re.compile(r" (?:et|au|a|jusqu'au|jusqu'a) | ?- ?| ?/ ?")
_BARE_DAY = re.compile(r"(?:le )?(\d{1,2})(?: ?er)?")
_FILLERS = r"(?:pour|le|la|les|prochaine?s?|reunion|seance|du|de|au|a|en|lors|avant|d'ici|date a fixer|[ld]'|[(),:])"
_AROUND = re.compile(rf"^(?:{_FILLERS}(?![\w-]) *|[ld]'|[(),:] *)+|(?: *(?<![\w-]){_FILLERS}| *[(),:])+$")
_NEXT = re.compile(r"\bprochaine?s? ")


def parse(text: object, *, written_on: date | None = None, events: Mapping[str, str] | None = None) -> FuzzyDate:
    """What the words mean. `written_on` tells a year left out; `events`: code → label, by default those registered."""
    kept = _text_of(text)
    wording = plain(kept)
    if len(wording) > LONGEST:
        return FuzzyDate(kept, kind=Kind.UNKNOWN)
    if kind := phrase_kind(wording):
        return FuzzyDate(kept, kind=kind)
    if span := _span(wording, written_on):
        return _dated(kept, span)
    return _of_event(kept, wording, written_on, _registered() if events is None else events)


def event_names(events: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Each event's code with the words that name it: its label without « prochain », its code."""
    for code, label in events.items():
        for name in {_NEXT.sub("", plain(label)), plain(code)}:
            if name:
                yield code, name


def _registered() -> dict[str, str]:
    return {event.code: event.label for event in registries.event_dates}


def _text_of(value: object) -> str:
    """The words of a cell; a true day is written in French."""
    if value is None:
        return ""
    if isinstance(value, date | datetime):
        return f"{value.day:02}/{value.month:02}/{value.year:04}"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


def _dated(text: str, span: Span) -> FuzzyDate:
    if not all(FIRST_YEAR <= day.year <= LAST_YEAR for day in (span.earliest, span.latest) if day):
        return FuzzyDate(text, kind=Kind.UNKNOWN)
    return FuzzyDate(text, span.earliest, span.latest, kind=Kind.DAY if span.is_day else Kind.PERIOD)


def _span(wording: str, since: date | None) -> Span | None:
    """A bound, an expression or a range, in that order."""
    for side, pattern in _BOUNDS:
        if (found := pattern.fullmatch(wording)) and (inner := _closed(found["rest"], since)):
            return _bounded(side, found["rest"], inner)
    return _closed(wording, since)


def _closed(wording: str, since: date | None) -> Span | None:
    return read(wording, since) or _week_of(wording, since) or _range(wording, since)


def _bounded(side: str, rest: str, inner: Span) -> Span:
    if side == "from":
        return Span(inner.earliest, None)
    if side == "after":
        return Span(inner.latest + ONE_DAY, None)
    if side == "until" or inner.is_day or re.match(r"(?:l'|la )?fin\b", rest):
        return Span(None, inner.latest)
    return Span(None, inner.earliest - ONE_DAY)


def _week_of(wording: str, since: date | None) -> Span | None:
    """« semaine du 14/03/2016 »: from its Monday to its Sunday."""
    found = re.fullmatch(r"(?:la )?semaine du (.+)", wording)
    inner = found and read(found[1], since)
    if not inner or not inner.is_day:
        return None
    monday = inner.earliest - inner.earliest.weekday() * ONE_DAY
    return Span(monday, monday + 6 * ONE_DAY)


def _range(wording: str, since: date | None) -> Span | None:
    """« entre mars et juin 2016 », « du 1er au 15 mars », « 2016-2017 »."""
    bare = re.sub(r"^(?:entre|du|de|d'|les) ?", "", wording)
    for separator in _SEPARATORS.finditer(bare):
        left, right = bare[: separator.start()], bare[separator.end() :]
        end = read(right, since)
        start = end and _start(left, end, since)
        if start and start.earliest <= end.latest:
            return Span(start.earliest, end.latest)
    return None


def _start(left: str, end: Span, since: date | None) -> Span | None:
    """The first side of a range, which takes from the second one what it leaves out."""
    if bare_day := _BARE_DAY.fullmatch(left):
        return read(f"{bare_day[1]}/{end.earliest.month}/{end.earliest.year}", since)
    found = recurring(left)
    if found is None or found.year is not None:
        return found.span(None) if found else None
    years = (end.latest.year, end.latest.year - 1)
    spans = (Recurring(found.in_year, year).span(None) for year in years)
    return next((span for span in spans if span and span.earliest <= end.latest), None)


def _of_event(text: str, wording: str, since: date | None, events: Mapping[str, str]) -> FuzzyDate:
    """« pour le prochain conseil », with the month or the day when they are told."""
    for code, name in event_names(events):
        rest, count = re.subn(rf"(?<!\w){re.escape(name)}(?!\w)", " ", wording)
        if count != 1:
            continue
        rest = _AROUND.sub("", " ".join(rest.split())).strip()
        if not rest:
            return FuzzyDate(text, event=code, kind=Kind.EVENT)
        if span := _span(rest, since):
            found = _dated(text, span)
            return replace(found, event=code, kind=Kind.EVENT) if found.kind == Kind.PERIOD else found
    return FuzzyDate(text, kind=Kind.UNKNOWN)
