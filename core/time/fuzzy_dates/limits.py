"""Days with a bound or two ends: « avant mars », « d'ici l'été », « du 1er au 15 mars », « T1-T2 2024 »."""

import re
from datetime import date
from enum import StrEnum

from core.time.fuzzy_dates.expressions import part_and_rest, read, recurring, without_leads
from core.time.fuzzy_dates.spans import ONE_DAY, Limits, Recurring, Span


class Side(StrEnum):
    """Which side of the days the words keep. BY is the last day of a period, but the eve of a season."""

    BY = "by"
    UNTIL = "until"
    BEFORE = "before"
    FROM = "from"
    AFTER = "after"
    FOR = "for"


_BOUNDS = (
    (Side.UNTIL, re.compile(r"(?:au plus tard|date limite|limite|dernier delai)(?: ?: ?| )(?P<rest>.+)")),
    (Side.UNTIL, re.compile(r"(?P<rest>.+?),? (?:au plus tard|dernier delai|maximum|max|au maximum|date limite)")),
    (Side.BY, re.compile(r"(?:d'ici|jusqu'(?:aux?|a|en))(?: a)? (?P<rest>.+)")),
    (Side.FROM, re.compile(r"(?:a partir|a compter|a dater) (?:du |de la |de l'|des |de |d')(?P<rest>.+)")),
    (Side.FROM, re.compile(r"(?:pas avant|des|depuis) (?P<rest>.+)")),
    (Side.AFTER, re.compile(r"apres (?P<rest>.+)")),
    (Side.BEFORE, re.compile(r"avant (?P<rest>.+)")),
    (Side.FOR, re.compile(r"pour (?P<rest>.+)")),
)
_SEASON = re.compile(r"(?:printemps|ete|automne|hiver|rentree)\b")
_LAST_PART = re.compile(r"fin\b")

_SEPARATORS = re.compile(r" (?:et|aux?|a|jusqu'aux?|jusqu'a|jusqu'en) | ?-+>? ?| ?/ ?")
_RANGE_LEAD = re.compile(r"(?:entre|du|de|des|les) |d'")
_BARE_DAY = re.compile(r"(?:le )?(\d{1,2})(?: ?er)?")
_DIGITS = re.compile(r"\d+(?:[-/.]\d+)+")
_YEARS = re.compile(r"(\d{4})[-/](\d{4})")
_RANKED = re.compile(r"[1-4] ?(?:ere?|re|i?e?me|e|nde?|de?)|premiere?|deuxieme|seconde?|troisieme|quatrieme")
_SHARED_NOUN = re.compile(r".+?(?P<noun> ?(?:trimestres?|trim\.?|semestres?|sem\.?|quinzaine) ?.*)")


def limits_of(wording: str, since: date | None) -> Limits | None:
    """A bound, an expression or a range, in that order."""
    for side, pattern in _BOUNDS:
        if (found := pattern.fullmatch(wording)) and (limits := _limited(side, without_leads(found["rest"]), since)):
            return limits
    span = _closed(wording, since)
    return Limits(span.earliest, span.latest) if span else None


def _limited(side: Side, rest: str, since: date | None) -> Limits | None:
    ends_before = _ends_before(side, rest)
    inner = _closed(rest, since, starting=ends_before)
    if inner is None or (side == Side.FOR and not ends_before):
        return None
    if side == Side.FROM:
        return Limits(inner.earliest, None)
    if side == Side.AFTER:
        return Limits(inner.latest + ONE_DAY, None)
    return Limits(None, inner.earliest - ONE_DAY if ends_before and not inner.is_day else inner.latest)


def _ends_before(side: Side, rest: str) -> bool:
    """« avant mars » ends before it, but « avant fin mars » with it; « d'ici l'été » and « pour l'été » before it."""
    if side == Side.BEFORE:
        return not _LAST_PART.match(rest)
    return side in (Side.BY, Side.FOR) and bool(_SEASON.match(rest))


def _closed(wording: str, since: date | None, *, starting: bool = False) -> Span | None:
    return read(wording, since, starting=starting) or _week_of(wording, since) or _range(wording, since)


def _week_of(wording: str, since: date | None) -> Span | None:
    """« semaine du 14/03/2016 »: from its Monday to its Sunday."""
    found = re.fullmatch(r"(?:la )?semaine du (.+)", wording)
    inner = read(found[1], since) if found else None
    if not inner or not inner.is_day:
        return None
    monday = inner.earliest - inner.earliest.weekday() * ONE_DAY
    return Span(monday, monday + 6 * ONE_DAY)


def _range(wording: str, since: date | None) -> Span | None:
    """« entre mars et juin 2016 », « du 1er au 15 mars », « 2016-2017 », « de début à fin mars »."""
    lead = _RANGE_LEAD.match(wording)
    bare = wording[lead.end() :] if lead else wording
    for separator in _SEPARATORS.finditer(bare):
        if _cuts_a_date(bare, separator):
            continue
        left, right = bare[: separator.start()], bare[separator.end() :]
        end = read(right, since)
        if end and (start := _start(left, right, end)) and start.earliest <= end.latest:
            return Span(start.earliest, end.latest)
    return None


def _cuts_a_date(text: str, separator: re.Match[str]) -> bool:
    """Whether a sign stands inside digits that are one date: `2026-13-01` is no range, `2016-2017` is one."""
    around = next((run for run in _DIGITS.finditer(text) if run.start() < separator.start() < run.end()), None)
    if around is None:
        return False
    if years := _YEARS.fullmatch(around[0]):
        return years[1] >= years[2]
    count = len(re.split(r"[-/.]", around[0]))
    if count == 2:  # « 10-15 mars », « 10/11 octobre »
        return not re.match(r" ?[a-z]", text[around.end() :])
    return count == 3 or around[0].count(separator[0].strip()) > 1


def _start(left: str, right: str, end: Span) -> Span | None:
    """The first side of a range, which takes from the second one what it leaves out."""
    if end.is_day and (bare_day := _BARE_DAY.fullmatch(left)):
        return read(f"{bare_day[1]}/{end.earliest.month}/{end.earliest.year}", None)
    found = recurring(_completed(left, right))
    if found is None or found.year is not None:
        return found.span(None) if found else None
    years = (end.latest.year, end.latest.year - 1)
    spans = (Recurring(found.in_year, year, found.weekday).span(None) for year in years)
    return next((span for span in spans if span and span.earliest <= end.latest), None)


def _completed(left: str, right: str) -> str:
    """« début » or « 1er » with the noun that only the second side says: « à fin mars », « et 2e trimestres »."""
    bare = without_leads(left)
    part, whole = part_and_rest(right)
    if bare in ("debut", "mi", "milieu", "fin") and part:
        return f"{bare} {whole}"
    if _RANKED.fullmatch(bare) and (shared := _SHARED_NOUN.fullmatch(right)):
        return f"{bare}{shared['noun']}"
    return left
