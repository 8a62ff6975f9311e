"""From the words of a person, or a cell of a workbook, to a fuzzy date. Never raises: words not understood are kept."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime

from core.base import registries
from core.time.fuzzy_dates import delays
from core.time.fuzzy_dates.expressions import recurring
from core.time.fuzzy_dates.limits import limits_of
from core.time.fuzzy_dates.model import FuzzyDate
from core.time.fuzzy_dates.phrases import Kind, phrase_kind
from core.time.fuzzy_dates.problems import problem_of
from core.time.fuzzy_dates.spans import Limits
from core.time.fuzzy_dates.spelling import FIRST_YEAR, LAST_YEAR, LONGEST, LONGEST_WRITTEN, plain

_MOVED = re.compile(
    r"(?P<first>.+?)[ ,;:(-]+(?:(?:reporte|repousse|decale|prolonge)(?:e?s?)?(?: aux?| a| en| jusqu'aux?)?|puis)"
    r" (?P<last>[^()]+)\)?"
)
_FILLERS = r"(?:pour|le|la|les|prochaine?s?|reunion|seance|du|de|au|a|en|lors|avant|d'ici|date a fixer|[ld]'|[(),:])"
_AROUND = re.compile(rf"^(?:{_FILLERS}(?![\w-]) *|[ld]'|[(),:] *)+|(?: *(?<![\w-]){_FILLERS}| *[(),:])+$")
_NEXT = re.compile(r"\bprochaine?s? ")
_RUNNING = re.compile(r"\b(?:courant|cours|fin|annee|debut|mi|milieu)\b")

_NO_DAY = "« {} » compte à partir d’un jour que nous ne connaissons pas : écrivez la date."
_NO_YEAR = "L’année n’est pas écrite."
_ASKED = "Un point d’interrogation suit l’échéance : est-elle sûre ?"
_TWO_DAYS = "Deux échéances sont écrites : la dernière est-elle la bonne ?"
_COUNTED_FROM = "« {} » est compté à partir du {:%d/%m/%Y}."
_WEEKDAYS_ONLY = "« {} » est compté du lundi au vendredi, sans les jours fériés."
_BEGUN = "« {} », sans année, est compris {} : la période avait commencé le {:%d/%m/%Y}."


def parse(
    text: object,
    *,
    written_on: date | None = None,
    events: Mapping[str, str] | None = None,
    origin_on: date | None = None,
) -> FuzzyDate:
    """What the words mean. `written_on` tells a year left out and begins a delay (« sous 3 mois »); `origin_on`, the
    day of the audit or meeting, begins « 30 jours après l'audit »; `events`: code → label, by default those registered.
    """
    kept = _text_of(text)
    wording = plain(kept) if len(kept) <= LONGEST_WRITTEN else kept
    kind = Kind.UNKNOWN if len(wording) > LONGEST else phrase_kind(wording)
    if kind:
        return FuzzyDate(kept, kind=kind)
    if written_on and not FIRST_YEAR <= written_on.year <= LAST_YEAR:
        written_on = None
    if written_on:
        wording = delays.explicit(wording, written_on)
    return _meant(kept, wording, written_on, origin_on, events)


def _meant(
    kept: str, wording: str, written_on: date | None, origin_on: date | None, events: Mapping[str, str] | None
) -> FuzzyDate:
    """A day or a period, else an event; a question mark leaves a doubt."""
    found = _read(kept, wording.rstrip(" ?"), written_on, origin_on)
    if found.is_known and wording.endswith("?"):
        return replace(found, doubt=found.doubt or _ASKED)
    if found.is_known or found.problem:
        return found
    found = _of_event(kept, wording, written_on, _registered() if events is None else events)
    return found if found.is_known else replace(found, problem=_explained(wording, written_on))


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


def _read(text: str, wording: str, since: date | None, origin: date | None) -> FuzzyDate:
    """Days, a delay, or two deadlines of which the last one counts."""
    if limits := limits_of(wording, since):
        return _dated(text, limits, doubt=_doubt_of_year(text, wording, since))
    delay, event = delays.delay_and_event(wording)
    if delay:
        return _delayed_by_event(text, delay, event, since, origin)
    if delays.is_delay(wording):
        return _delayed(text, wording, since)
    moved = _MOVED.fullmatch(wording)
    if moved and limits_of(moved["first"].strip(), since) and (last := limits_of(moved["last"].strip(), since)):
        return _dated(text, Limits(None, last.latest) if last.latest else last, doubt=_TWO_DAYS)
    return FuzzyDate(text, kind=Kind.UNKNOWN)


def _dated(text: str, limits: Limits, *, doubt: str = "") -> FuzzyDate:
    if not all(FIRST_YEAR <= day.year <= LAST_YEAR for day in (limits.earliest, limits.latest) if day):
        return FuzzyDate(text, kind=Kind.UNKNOWN, problem=f"Une échéance est entre {FIRST_YEAR} et {LAST_YEAR}.")
    kind = Kind.DAY if limits.earliest == limits.latest else Kind.PERIOD
    return FuzzyDate(text, limits.earliest, limits.latest, kind=kind, doubt=doubt)


def _delayed(text: str, wording: str, since: date | None) -> FuzzyDate:
    """A time counted from the day the words were written: a limit, and no earliest day."""
    if since is None:
        return FuzzyDate(text, kind=Kind.UNKNOWN, problem=_NO_DAY.format(text))
    try:
        last = delays.day_after(wording, since)
    except (ValueError, OverflowError):
        return FuzzyDate(text, kind=Kind.UNKNOWN)
    if delays.is_in_working_days(wording):
        doubt = _WEEKDAYS_ONLY.format(text)
    else:
        doubt = "" if delays.has_lead(wording) else _COUNTED_FROM.format(text, since)
    return _dated(text, Limits(None, last), doubt=doubt)


def _delayed_by_event(text: str, delay: str, event: str, since: date | None, origin: date | None) -> FuzzyDate:
    """« 2 mois après le 15/03/2027 », or after what the origin of the plan is."""
    if (limits := limits_of(event, since)) and limits.latest:
        return replace(_delayed(text, delay, limits.latest), doubt="")
    if origin is None:
        return FuzzyDate(text, kind=Kind.UNKNOWN, problem=_NO_DAY.format(text))
    return replace(_delayed(text, delay, origin), doubt=_COUNTED_FROM.format(text, origin))


def _doubt_of_year(text: str, wording: str, since: date | None) -> str:
    """A period without its year that had begun when it was written may well be the next one."""
    found = recurring(wording)
    span = found.span(since) if found and found.year is None else None
    if not span or not since or span.earliest >= since or span.is_day or _RUNNING.search(wording):
        return ""
    year = f"en {span.latest.year}" if span.earliest.year == span.latest.year else f"à partir de {span.earliest.year}"
    return _BEGUN.format(text, year, span.earliest)


def _of_event(text: str, wording: str, since: date | None, events: Mapping[str, str]) -> FuzzyDate:
    """« pour le prochain conseil », with the month or the day when they are told."""
    for code, name in event_names(events):
        rest, count = re.subn(rf"(?<!\w){re.escape(name)}(?!\w)", " ", wording)
        if count != 1:
            continue
        rest = _AROUND.sub("", " ".join(rest.split())).strip()
        if not rest:
            return FuzzyDate(text, event=code, kind=Kind.EVENT)
        if limits := limits_of(rest, since):
            found = _dated(text, limits)
            return replace(found, event=code, kind=Kind.EVENT) if found.kind == Kind.PERIOD else found
    return FuzzyDate(text, kind=Kind.UNKNOWN)


def _explained(wording: str, since: date | None) -> str:
    if since is None and limits_of(wording, date(2024, 1, 1)):
        return _NO_YEAR
    return problem_of(wording, since)
