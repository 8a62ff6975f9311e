"""How often a document is checked, as registers write it: « annuelle », « tous les 6 mois »…"""

import re
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from audits.terms.documents import ON_CHANGE, CheckPeriod
from core.importing.asks import Option
from core.importing.dates import Impossible, read_day
from core.importing.places import warning
from core.importing.tables.readers import Entry, Said, Text
from core.importing.tables.wanted import Content
from core.importing.words import plain

NO_PERIOD, CHANGE = "none", "change"
OPTIONS = [
    Option(CHANGE, ON_CHANGE),
    *(Option(str(months), str(CheckPeriod(months))) for months in (1, 2, 3, 4, 6, 12, 18, 24, 36)),
    Option(NO_PERIOD, "sans période"),
]
_CHANGE = re.compile(
    r"(?:a |en cas de |lors de |des |au |si )?(?:chaque |tout |toute )?(?:changements?|modifications?|evolutions?|"
    r"mises? a jour|revisions?|nouveautes?)(?: .*)?|(?:au )?fil de l eau|(?:si|en tant que de|selon|au) besoins?|"
    r"(?:selon|suivant) (?:les |l )?(?:evolutions?|changements?|modifications?)(?: .*)?|mises? a jour continues?|"
    r"si necessaire|en continu|continue?|permanente?s?|en permanence|on change"
)
_NONE = re.compile(r"sans(?: objet| periode)?|aucune?|neant|non|so|s o|na|n a|jamais|none")
_MONTHS = {
    1: r"mensuel(?:le)?s?|mensuellement|mois|monthly",
    2: r"bimestriel(?:le)?s?",
    3: r"trimestriel(?:le)?s?|trimestriellement|trimestre|quarterly",
    4: r"quadrimestriel(?:le)?s?",
    6: r"semestriel(?:le)?s?|semestriellement|semestre",
    12: r"annuel(?:le)?s?|annuellement|an|annee|yearly|annual",
    24: r"biennale?s?|bisannuel(?:le)?s?",
    36: r"triennale?s?",
    48: r"quadriennale?s?",
    60: r"quinquennale?s?",
}
_DOUBTFUL = re.compile(r"bi ?mensuel(?:le)?s?|biannuel(?:le)?s?|bisannuel(?:le)?s?")  # twice a year, or every two years
_DAYS = {1: r"quotidienne?s?|jour|jours|journaliere?s?", 7: r"hebdomadaires?|hebdo|semaine", 15: r"quinzaine"}
_UNITS = {
    "jour": (0, 1),
    "j": (0, 1),
    "semaine": (0, 7),
    "mois": (1, 0),
    "m": (1, 0),
    "trimestre": (3, 0),
    "semestre": (6, 0),
    "an": (12, 0),
    "annee": (12, 0),
    "day": (0, 1),
    "month": (1, 0),
    "year": (12, 0),
}
_NUMBERS = {
    "un": 1,
    "une": 1,
    "deux": 2,
    "trois": 3,
    "quatre": 4,
    "cinq": 5,
    "six": 6,
    "neuf": 9,
    "dix": 10,
    "douze": 12,
    "quinze": 15,
    "dix huit": 18,
    "vingt quatre": 24,
}
_NUMBER = rf"(\d{{1,3}}|{'|'.join(sorted(_NUMBERS, key=len, reverse=True))})"
_EVERY = re.compile(
    rf"(?:(?:tous|toutes) (?:les )?|chaque |chacun |par |tout |periode de |every )?(?:{_NUMBER} )?"
    r"(jour|j|semaine|mois|m|trimestre|semestre|an|annee|day|month|year)s?"
)
_TIMES = re.compile(
    rf"(?:au moins |minimum )?{_NUMBER} ?(?:fois|x) (?:(?:par|l|tous les|chaque) )?(an|annee|mois|semestre|trimestre)"
)
_YEAR = re.compile(r"(?:19|20)\d{2}")
_LEAD = re.compile(r"^(?:periodicite|frequence|revision|verification|revue|mise a jour|maj|controle)s? ")


def period_of(text: str, *, heading: str = "") -> CheckPeriod | None:
    """The period that words tell for sure; None when they do not. A bare number counts in the unit of the heading."""
    words = _LEAD.sub("", plain(text))
    if _CHANGE.fullmatch(words):
        return CheckPeriod(on_change=True)
    if _NONE.fullmatch(words):
        return CheckPeriod()
    return None if _DOUBTFUL.fullmatch(words) else _named(words) or _counted(words, heading)


def _named(words: str) -> CheckPeriod | None:
    """« annuelle », « hebdomadaire »."""
    if months := next((number for number, said in _MONTHS.items() if re.fullmatch(said, words)), 0):
        return CheckPeriod(months=months)
    days = next((number for number, said in _DAYS.items() if re.fullmatch(said, words)), 0)
    return CheckPeriod(days=days) if days else None


def _counted(words: str, heading: str) -> CheckPeriod | None:
    """« tous les 6 mois », « 2 fois par an », « 12 » under « Périodicité (mois) »."""
    if times := _TIMES.fullmatch(words):
        months, number = _UNITS[times[2]][0], _number(times[1])
        return CheckPeriod(months=months // number) if number and months % number == 0 else None
    if every := _EVERY.fullmatch(words):
        return _of(every[2], _number(every[1]) if every[1] else 1)
    if re.fullmatch(r"\d{1,3}(?: 0)?", words) and (unit := _unit_in(heading)):
        return _of(unit, int(words.split(" ", maxsplit=1)[0]))
    return None


def _of(unit: str, number: int) -> CheckPeriod | None:
    months, days = _UNITS[unit]
    return CheckPeriod(months=months * number, days=days * number) if number else None


def _number(text: str) -> int:
    return _NUMBERS.get(text) or (int(text) if text.isdecimal() else 0)


def _unit_in(heading: str) -> str:
    found = re.search(r"\b(jour|semaine|mois|trimestre|semestre|an|annee|day|month|year)s?\b", plain(heading))
    return found[1] if found else ""


@dataclass(frozen=True)
class Version(Text):
    """« 2 », « V3 », « 2024-01 »: a number is one as well."""

    content: ClassVar[Content] = Content.ANY


_NO_DAY = re.compile(r"(?:jamais(?: .*)?|neant|aucune?|nc|n c|so|non (?:date|verifie|controle)e?|sans(?: date)?|)")


@dataclass(frozen=True)
class RegisterDay:
    """A day of a register, written the day first; a month or a year alone is its first day, told at its cell.

    The first day of a version or a check is the careful one: its next check comes sooner. `is_end`: the last day.
    """

    is_end: bool = False
    content: ClassVar[Content] = Content.ANY
    writes: ClassVar[tuple[str, ...]] = ()

    def __call__(self, entry: Entry) -> Said:
        if _NO_DAY.fullmatch(plain(entry.text)):
            return Said()
        if isinstance(found := read_day(entry.value), date):
            return Said(found)
        if isinstance(found, Impossible):
            return entry.wrong(found.why)
        span = span_of(
            re.sub(r"^fin (?:de )?", "", entry.text.strip(), flags=re.IGNORECASE) if self.is_end else entry.value
        )
        if span is None:
            return entry.wrong(f"« {entry.text} » n’est pas une date.")
        day = span[-1] if self.is_end else span[0]
        return Said(day, warning(f"« {entry.text} » : compris comme le {day:%d/%m/%Y}.", entry.place))


def span_of(value: object) -> tuple[date, date] | None:
    """The first and the last day of « 12/03/2026 », « mars 2026 », « 2026 »."""
    if isinstance(day := read_day(value), date):
        return day, day
    text = str(value).strip()
    if _YEAR.fullmatch(text):
        return date(int(text), 1, 1), date(int(text), 12, 31)
    last = read_day(value, month_end=True)
    return (last.replace(day=1), last) if isinstance(last, date) else None


@dataclass(frozen=True)
class PeriodReader:
    """The cell of a period; one that is not understood is asked."""

    content: ClassVar[Content] = Content.WORDS
    writes: ClassVar[tuple[str, ...]] = ()

    def __call__(self, entry: Entry) -> Said:
        heading = next((one.heading for one in entry.row.table.of_role(entry.code)), "")
        if found := period_of(entry.text, heading=heading):
            return Said(found)
        is_none = found is not None
        options = [*OPTIONS]
        answer = entry.asked(options, known=NO_PERIOD if is_none else "", proposed="12")
        if not answer:
            return Said(is_asked=True)
        if answer == CHANGE:
            return Said(CheckPeriod(on_change=True))
        return Said(CheckPeriod() if answer == NO_PERIOD else CheckPeriod(months=int(answer)))
