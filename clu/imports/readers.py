"""Readers of the cells of an arrêté or an attendance sheet: names, colleges, days and terms of mandates, presence."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import ClassVar

from clu.enums import College, Presence
from clu.rules.mandates import MandatePeriod
from core.importing.asks import Option
from core.importing.dates import Impossible, read_day
from core.importing.places import warning
from core.importing.tables.readers import Entry, Said
from core.importing.tables.rows import tidy
from core.importing.tables.ticks import is_cross
from core.importing.tables.wanted import Content
from core.importing.vocabulary import key_of
from core.importing.words import plain
from core.time.spans import months_after

NOBODY = re.compile(
    r"(?:(?:poste|siege|mandat) )?(?:a |en cours de |en attente de |non |pas )?(?:encore )?"
    r"(?:designer?|designation|designee?s?|nommer|nomination|nommee?s?|pourvoir|pourvu|vacante?|"
    r"definir|definie?)(?: .*)?|neant|aucun|sans|pas de suppleante?|demissionnaires?|decedee?|"
    r"en attente(?: de .*)?|nc|nd|n d|so|sans objet|en cours|tbd|tba|xx+|"
)
ENDLESS = re.compile(
    r"jusqu au (?:prochain )?renouvellement(?: .*)?|"
    r"(?:duree )?(?:indeterminee?|illimitee?)|sans (?:limite|terme|date|fin)(?: .*)?|permanente?|neant|nc|a preciser|"
)
COLLEGES = {
    College.USERS: r".*\b(?:usagers?|associations?|consommateurs?|public|familles?)\b.*",
    College.ELECTED: r".*\b(?:elus?|elues|collectivites?|maires?|communes?|territorial\w*)\b.*",
    College.AGENTS: r".*\b(?:agents?|personnels?|syndica\w+)\b.*",
    College.STRUCTURES: r".*\b(?:services?|structures?|etat|administrations?|prefecture|ddi)\b.*",
    College.PARTNERS: r".*\b(?:partenaires?|professionnels?|operateurs?|qualifiees?)\b.*",
}
_DAY = re.compile(
    r"\d{4}-\d{2}-\d{2}|\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}|\d{1,2}(?: ?er)? [a-zéèêûôA-Z]{3,9}\.? \d{4}|"
    r"(?<!\d)[a-zéèêûôA-Z]{3,9}\.? (?:19|20)\d{2}|(?<!\d)(?:19|20)\d{2}(?!\d)"
)
_LENGTH = re.compile(
    r"(?:duree |de )*(?P<number>\d{1,2}|un|deux|trois|quatre|cinq|six) ?(?P<unit>ans?|annees?|mois)\b"
    r"(?: civils?| renouvelables?(?: (?:une|deux|\d) fois)?)*(?P<since> (?:a (?:compter|partir) d|depuis ).*)?"
)
_SINCE_ACT = re.compile(r"\b(?:arrete|nomination|designation)\b")  # of the day told beside it
NUMBERS = {"un": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "six": 6}
_COUNTED = re.compile(r"\s*(?:\(\s*\d+\s*\)|:\s*\d+)\s*:?\s*$")  # « Présents (12) »
_GENDERS = re.compile(r"\((?:e|s|es)\)|[·•.-]e(?:[·•.-]?s)?(?!\w)", re.IGNORECASE)  # « Absent(e)s », « Excusé·e·s »
_LED = re.compile(
    r"^(?:(?:etai(?:en)?t|sont|est|membres?|liste des|personnes?|les|organismes?|organisations?|associations?|"
    r"structures?|services?|invites?) )+"
)
_YEAR = re.compile(r"(?:19|20)\d{2}")


@dataclass(frozen=True)
class Words:
    """A text on one line, `most` characters at most."""

    most: int = 300
    content: ClassVar[Content] = Content.ANY
    writes: ClassVar[tuple[str, ...]] = ()

    def __call__(self, entry: Entry) -> Said:
        text = " ".join(entry.text.split())
        return Said(text) if len(text) <= self.most else entry.wrong(f"Ce texte dépasse {self.most} caractères.")


@dataclass(frozen=True)
class CollegeWords:
    """The college that a cell names; another one is told and left."""

    options: ClassVar[Sequence[Option]] = [Option(str(one), str(one.label)) for one in College]
    content: ClassVar[Content] = Content.ANY
    writes: ClassVar[tuple[str, ...]] = ()

    def __call__(self, entry: Entry) -> Said:
        college = college_of(entry.text)
        if college == College.NONE:
            return Said(problem=warning(f"« {entry.text} » n’est pas un collège connu : non repris.", entry.place))
        return Said(str(college))


def college_of(text: str) -> College:
    """« Collège des élus »; none where two are named, or none."""
    words = plain(text)
    own = [college for college in COLLEGES if words == plain(str(college.label))]
    found = own or [college for college, pattern in COLLEGES.items() if re.fullmatch(pattern, words)]
    return found[0] if len(found) == 1 else College.NONE


@dataclass(frozen=True)
class MandateDay:
    """A day of a mandate; a month or a year alone is its first day, or its last one where `is_end`.

    An arrêté writes the day first: nothing is asked. A month over 12 is refused at its cell.
    """

    is_end: bool = False
    content: ClassVar[Content] = Content.DAYS
    writes: ClassVar[tuple[str, ...]] = ()

    def __call__(self, entry: Entry) -> Said:
        words = plain(entry.text)
        if ENDLESS.fullmatch(words) or NOBODY.fullmatch(words):
            return Said()
        found = day_of(entry.value, is_end=self.is_end)
        if isinstance(found, Impossible):
            return entry.wrong(found.why)
        return Said(found) if found else entry.wrong(f"« {entry.text} » n’est pas une date.")


@dataclass(frozen=True)
class MandateEnd(MandateDay):
    """The last day of a mandate, « durée indéterminée » among them."""

    is_end: bool = True
    content: ClassVar[Content] = Content.ANY


def day_of(value: object, *, is_end: bool = False) -> date | Impossible | None:
    """The day that a cell writes; the first or the last one of a month or year."""
    text = str(int(value)) if isinstance(value, int | float) else value.strip() if isinstance(value, str) else ""
    if is_end:
        text = re.sub(r"^fin (?:de )?|\s*\(?inclus(?:e|ivement)?\)?$", "", text, flags=re.IGNORECASE)
        value = text if isinstance(value, str) else value
    if _YEAR.fullmatch(text):
        return date(int(text), 12, 31) if is_end else date(int(text), 1, 1)
    found = read_day(value)
    if found is None and (month := read_day(value, month_end=True)) and isinstance(month, date):
        return month if is_end else month.replace(day=1)
    return found


NO_PERIOD = MandatePeriod()


@dataclass(frozen=True, slots=True)
class Term:
    """A period as one cell writes it, or a number of months from the appointment."""

    period: MandatePeriod = NO_PERIOD
    months: int = 0
    words: str = ""

    def __str__(self) -> str:
        return self.words

    def end_from(self, start: date | None) -> date | None:
        """The last day: that of the period, or the eve of the same day some months later."""
        if self.period.last or not self.months or start is None:
            return self.period.last
        return months_after(start, self.months) - timedelta(days=1)


@dataclass(frozen=True)
class TermOf:
    """« du 01/01/2022 au 31/12/2024 », « 2022-2024 », « jusqu’au 31/12/2024 », « 3 ans à compter du 01/02/2022 »."""

    content: ClassVar[Content] = Content.ANY
    writes: ClassVar[tuple[str, ...]] = ()

    def __call__(self, entry: Entry) -> Said:
        text = " ".join(entry.text.split())
        if re.fullmatch(r"\d{1,2}(?:[.,]0)?", text) and (unit := _unit_of(entry)):
            text = f"{re.split('[.,]', text)[0]} {unit}"
        words = plain(text)
        if ENDLESS.fullmatch(words) or NOBODY.fullmatch(words):
            return Said()
        told = _DAY.findall(text)
        length = _LENGTH.fullmatch(words)
        if length and (len(told) == bool(length["since"]) or (not told and _SINCE_ACT.search(words))):
            months = (NUMBERS.get(length["number"]) or int(length["number"])) * (1 if length["unit"] == "mois" else 12)
            first = day_of(told[0]) if told else None
            if isinstance(first, Impossible):
                return entry.wrong(first.why)
            return Said(Term(MandatePeriod(first, None), months, text))
        if len(told) == 2:
            days = [day_of(told[0]), day_of(told[1], is_end=True)]
        elif len(told) == 1:
            is_end = bool(re.match(r"(?:jusqu|au\b|fin\b|expire|termine)", words))
            day = day_of(told[0], is_end=is_end)
            days = [None, day] if is_end else [day, None]
        else:
            return entry.wrong(
                f"« {text} » n’est pas une période : écrivez par exemple « du 01/01/2022 au 31/12/2024 »."
            )
        impossible = next((day for day in days if isinstance(day, Impossible)), None)
        if impossible:
            return entry.wrong(impossible.why)
        first, last = (day if isinstance(day, date) else None for day in days)
        return Said(Term(MandatePeriod(first, last), words=text))


def _unit_of(entry: Entry) -> str:
    """« ans » or « mois » as the heading says it: « Durée (en années) »."""
    headings = plain(" ".join(column.heading for column in entry.row.table.of_role(entry.code)))
    found = re.search(r"\b(ans?|annees?|mois)\b", headings)
    return found[1] if found else ""


def days_in(text: str) -> list[date]:
    """The days that a text writes; a month or a year alone is none."""
    told = (day_of(words) for words in _DAY.findall(text) if words[0].isdigit() and not _YEAR.fullmatch(words))
    return [one for one in told if isinstance(one, date)]


def day_in(text: str) -> date | None:
    """The day that an arrêté bears, the last one written, or the first of its month; None where there is none."""
    told = (day_of(words) for words in reversed(_DAY.findall(text)) if not _YEAR.fullmatch(words))
    return next((one for one in told if isinstance(one, date)), None)


YES, NO = "yes", "no"
TICKS = {
    YES: r"oui|o|x+|v|vrai|true|yes|y|ok|1|✓|✔|✅|☑|☒|✗|✘|●|■|signe|emarge",
    NO: r"non|n|faux|false|no|0|☐|□|-|–|—|/",
}
PRESENCES: Mapping[str, str] = {
    Presence.PRESENT: r"p|pr|pres|presente?s?|attended|oui|o|x|v|ok|1|true|vrai|✓|✔|✅|☑|●|■|signee?|emargee?|la|"
    r"presente?s? .*|(?:assistai?ent|participai?ent|ont (?:assiste|participe)) .*|"
    r"(?:en )?visio(?:conference)?|a distance|en ligne|(?:arrivee? )?(?:en )?retard|present en retard",
    Presence.EXCUSED: r"e|ex|exc|excusee?s?|excused|excusee? .*|s excuse|abs(?:ente?s?)? exc(?:usee?s?)?(?: .*)?|ae|"
    r"(?:representee?s?|remplacee?s?)(?: .*)?|(?:a donne )?(?:pouvoir|procuration)(?: .*)?|empechee?s?",
    Presence.ABSENT: r"a|abs|absente?s?(?: non excusee?s?)?|non|n|0|false|faux|✗|✘|non excusee?|defaillante?|☐|□|"
    r"(?:non|pas|n est pas) (?:venue?s?|presente?s?)",
}
_ABSENT = r"a|abs|absente?s?(?: non excusee?s?)?"
NOT_THERE = {Presence.EXCUSED: PRESENCES[Presence.EXCUSED], Presence.ABSENT: _ABSENT}
NAMED = {
    Presence.PRESENT: r"p|pres|presente?s?",
    Presence.EXCUSED: r"e|exc|(?:absente?s? )?excusee?s?",
    Presence.ABSENT: _ABSENT,
}


@dataclass(frozen=True)
class Tick:
    """Whether a column is ticked on a line, or the presence named there: « excusé » under « Présent ».

    Another text is a tick with its words: « représenté par M. Petit ».
    """

    content: ClassVar[Content] = Content.ANY
    writes: ClassVar[tuple[str, ...]] = ()

    def __call__(self, entry: Entry) -> Said:
        if isinstance(entry.value, bool):
            return Said(YES if entry.value else NO)
        if re.fullmatch(r"\d+(?:[.,]0)?", entry.text) and entry.text.strip("0.,") != "1" and entry.text.strip("0.,"):
            return entry.wrong(f"« {entry.text} » compte des personnes : écrivez une ligne par personne.")
        if is_cross(entry.row, entry.text):
            return Said(NO)
        if named := known_in(NAMED, key_of(entry.text)):
            return Said(YES if named == entry.code else named)
        known = known_in(TICKS, key_of(entry.text))
        return Said(known) if known else Said(tidy(entry.text))


@dataclass(frozen=True)
class Signature(Tick):
    """What stands where one signs: a name, a tick, or why nobody signed: « excusé », « représentée par M. Petit »."""

    def __call__(self, entry: Entry) -> Said:
        words = key_of(entry.text)
        told = "" if re.fullmatch(TICKS[NO], words) else known_in(NOT_THERE, words)
        return Said(told) if told and not isinstance(entry.value, bool) else super().__call__(entry)


@dataclass(frozen=True)
class PresenceWord:
    """« Présent », « P », « ✓ », « excusée, représentée par M. Petit »; words unknown are asked about."""

    options: ClassVar[Sequence[Option]] = [Option(str(one), str(one.label)) for one in Presence if one]
    content: ClassVar[Content] = Content.ANY
    writes: ClassVar[tuple[str, ...]] = ()

    def __call__(self, entry: Entry) -> Said:
        if isinstance(entry.value, bool):
            return Said(str(Presence.PRESENT if entry.value else Presence.ABSENT))
        whole, before = entry.text, entry.text.partition("(")[0].strip()  # « P (suppléant) »
        known = known_in(PRESENCES, key_of(whole)) or (known_in(PRESENCES, key_of(before)) if before else "")
        answer = entry.asked(self.options, known=known)
        return Said(answer) if answer else Said(is_asked=True)


def presence_of_title(text: str) -> str:
    """« Étaient présents : », « Excusés » above a list of names."""
    words = _LED.sub("", plain(_GENDERS.sub("", _COUNTED.sub("", text))))
    return known_in(PRESENCES, words) if len(words) > 2 else ""


def is_tick(text: str) -> bool:
    """Whether a cell marks a presence: « x », « non », « P », « excusé »."""
    words = key_of(text)
    return bool(known_in(TICKS, words) or known_in(NAMED, words))


def known_in(words: Mapping[str, str], text: str) -> str:
    """The key whose pattern the text matches in full."""
    return next((str(value) for value, pattern in words.items() if re.fullmatch(pattern, text)), "")
