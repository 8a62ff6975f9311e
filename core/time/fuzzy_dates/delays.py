"""Words that count from the day they were written: « sous 3 mois », « J+30 », « N+1 », « fin du trimestre »."""

import re
from calendar import monthrange
from datetime import date

from core.base.months import month_name
from core.time.fuzzy_dates.spans import ONE_DAY
from core.time.fuzzy_dates.spelling import MONTHS, WEEKDAYS, plain

_IN_WORDS = {
    "un": 1,
    "une": 1,
    "deux": 2,
    "trois": 3,
    "quatre": 4,
    "cinq": 5,
    "six": 6,
    "sept": 7,
    "huit": 8,
    "neuf": 9,
    "dix": 10,
    "onze": 11,
    "douze": 12,
    "quinze": 15,
    "vingt": 20,
    "trente": 30,
    "soixante": 60,
    "cent": 100,
}
_UNITS = (
    (re.compile(r"j(?:ours?|rs?)?|d"), 0, 1),
    (re.compile(r"s(?:em(?:aines?)?)?"), 0, 7),
    (re.compile(r"m(?:ois)?"), 1, 0),
    (re.compile(r"t(?:rimestres?)?"), 3, 0),
    (re.compile(r"semestres?"), 6, 0),
    (re.compile(r"a(?:ns?|nnees?)?"), 12, 0),
)
_NUMBER = rf"(?:\d{{1,3}}|{'|'.join(_IN_WORDS)})"
_UNIT = r"(?:jours?|jrs?|j|heures?|h|semaines?|sem|mois|trimestres?|semestres?|ans?|annees?)"
_COUNTED = (
    rf"(?:{_NUMBER}(?: a | ou | ?- ?))?(?P<count>{_NUMBER}) ?(?P<unit>{_UNIT})(?P<working> (?:ouvre|ouvrable)s?)?"
)
_SIGNED = r"(?P<letter>[jdmsa]|an) ?\+ ?(?P<added>\d{1,3})"
_ROUND = r"(?P<round>huitaine|quinzaine)"
_LEAD = re.compile(
    r"(?:(?:d'ici|au plus tard|sous|pour|dans|avant|un delai|delai|maximum|max|a|de|les|la|le|prochaine?s?|echeance)"
    r"(?: ?: ?| ))+"
)
_DELAY = re.compile(rf"(?:{_COUNTED}|{_SIGNED}|{_ROUND})(?: (?:maximum|max|au plus tard|au plus))?")
_AFTER = re.compile(r"(?P<delay>.+?) (?:apres|suivant|a compter d[eu]|a partir d[eu]) ?(?P<event>.+)")

_NOW = r"(?: (?P<which>en cours|courante?|prochaine?|suivante?))"
_RELATIVE = (
    re.compile(r"\bn ?\+ ?(?P<years>\d)\b"),
    re.compile(rf"\b(?:cett?e? )?(?P<noun>annee|an){_NOW}"),
    re.compile(rf"\b(?:ce )?(?P<noun>mois|trimestre|semestre){_NOW}"),
    re.compile(rf"\b(?:cette )?(?P<noun>semaine){_NOW}"),
    re.compile(r"\b(?:ce|cette) (?P<noun>annee|mois|trimestre|semestre|semaine)$"),
    re.compile(
        r"(?:(?<=debut )|(?<=fin )|(?<=mi )|(?<=mi-)|(?<=milieu )|(?<=de )|(?<=du ))(?P<noun>mois|trimestre|semestre)"
        r"(?=$| (?:et|aux?|a) | ?[-/])"
    ),
)
_NEXT = re.compile(rf"\b(?P<named>{MONTHS}|printemps|ete|automne|hiver|rentree) prochaine?\b")
_NEXT_WEEKDAY = re.compile(rf"(?:(?P<weekday>{'|'.join(WEEKDAYS)})) prochain")
_IN_A_YEAR = {"mois": 12, "trimestre": 4, "semestre": 2}


def explicit(wording: str, since: date) -> str:
    """« fin du trimestre » written on 15/05/2023 gives `fin du t2 2023`: what counts from that day, by its name."""
    for pattern in _RELATIVE:
        wording = pattern.sub(lambda found: _named(found, since), wording)
    wording = _NEXT_WEEKDAY.sub(lambda found: _next_weekday(found["weekday"], since), wording)
    return _NEXT.sub(lambda found: found["named"], wording)


def is_delay(wording: str) -> bool:
    """Whether the words count a time from a day."""
    return _delay_in(wording) is not None


def day_after(wording: str, since: date) -> date | None:
    """The last day of a delay that begins that day; None when the words are no delay."""
    found = _delay_in(wording)
    return _added(found, since) if found else None


def delay_and_event(wording: str) -> tuple[str, str]:
    """« 30 jours apres l'audit » gives the delay and what begins it; two empty texts for all others."""
    found = _AFTER.fullmatch(wording)
    return (found["delay"], found["event"]) if found and is_delay(found["delay"]) else ("", "")


def is_in_working_days(wording: str) -> bool:
    found = _delay_in(wording)
    return bool(found and found["working"])


def has_lead(wording: str) -> bool:
    """« sous 3 mois » and « J+30 » say that a time is counted; « 3 mois » does not say from when."""
    return bool(_LEAD.match(wording)) or "+" in wording


def _delay_in(wording: str) -> re.Match[str] | None:
    lead = _LEAD.match(wording)
    return _DELAY.fullmatch(wording[lead.end() :] if lead else wording)


def _added(found: re.Match[str], since: date) -> date:
    if found["round"]:
        return since + (8 if found["round"] == "huitaine" else 15) * ONE_DAY
    count = int(found["added"]) if found["added"] else _count(found["count"])
    if found["working"]:
        return _weekdays_later(since, count)
    word = found["letter"] or found["unit"]
    if word.startswith("h"):
        return since - count // -24 * ONE_DAY
    months, days = next((months, days) for pattern, months, days in _UNITS if pattern.fullmatch(word))
    return _months_later(since, count * months) + count * days * ONE_DAY


def _count(words: str) -> int:
    return _IN_WORDS.get(words) or int(words)


def _months_later(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _weekdays_later(day: date, count: int) -> date:
    """From Monday to Friday: holidays are those of a site, which words do not know."""
    for _step in range(count):
        day += ONE_DAY
        while day.weekday() >= 5:
            day += ONE_DAY
    return day


def _named(found: re.Match[str], since: date) -> str:
    groups = found.groupdict()
    if groups.get("years"):
        return str(since.year + int(groups["years"]))
    step = 1 if (groups.get("which") or "").startswith(("prochain", "suivant")) else 0
    noun = groups["noun"]
    if noun == "semaine":
        year, week, _day = (since + 7 * step * ONE_DAY).isocalendar()
        return f"semaine {week} {year}"
    if noun in ("annee", "an"):
        return str(since.year + step)
    return _numbered(noun, since, step)


def _numbered(noun: str, since: date, step: int) -> str:
    """The month, quarter or half-year of that day, or the one after it."""
    last = _IN_A_YEAR[noun]
    years, index = divmod((since.month - 1) * last // 12 + step, last)
    number, year = index + 1, since.year + years
    return f"{plain(month_name(number))} {year}" if noun == "mois" else f"{noun[0]}{number} {year}"


def _next_weekday(name: str, since: date) -> str:
    ahead = (WEEKDAYS.index(name) - since.weekday() - 1) % 7 + 1
    return f"{since + ahead * ONE_DAY:%d/%m/%Y}"
