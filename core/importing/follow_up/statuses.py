"""Where an action stands, in the words of a document: the whole cell is accounted for, else it is a question."""

import re
import tomllib
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path

from core.importing.dates import read_day
from core.time.fuzzy_dates import FuzzyDate, Kind, parse


class Stage(StrEnum):
    """Where something decided stands; apps keep the same values, with labels of their own."""

    TODO = "todo"
    ONGOING = "ongoing"
    DONE = "done"
    POSTPONED = "postponed"
    ABANDONED = "abandoned"


DONE, ONGOING, POSTPONED, ABANDONED, TODO = Stage.DONE, Stage.ONGOING, Stage.POSTPONED, Stage.ABANDONED, Stage.TODO
_SAID = tomllib.loads(Path(__file__).with_name("statuses.toml").read_text())["status"]
_HEADS = {
    Stage(code): "|".join(words).replace("<doing>", _SAID["doing"]).replace("<ending>", _SAID["ending"])
    for code, words in _SAID["heads"].items()
}
_READ = tuple((status, re.compile(rf"(?:{words})(?![\w'])")) for status, words in _HEADS.items())
_ANY = re.compile("|".join(rf"\b(?:{words})(?!\w)" for status, words in _HEADS.items() if status != TODO))
_LIKELY = {word: Stage(code) for code, words in _SAID["likely"].items() for word in words}
_PARTLY = re.compile(
    r"partiel|en (?:tres )?(?:(?:grande|majeure|bonne|petite) )?partie|\d\s*%|\d\s*/\s*\d|\d+ \w+ sur \d|"
    r"\b(?:quarts?|tiers|moitie)\b|[½¼¾⅓⅔]|presque|quasi"
)
_STOPPED_IN_PART = re.compile(r"\b(?:mais|sauf|puis|repris|relance|finalement)|partiel|en partie|\d ?%")
_BUT = re.compile(r"\b(?:mais|sauf|reste|hors|seulement|excepte|a (?:revoir|faire|finir|poursuivre|completer))\b")
_NUMBER = re.compile(r"(\d{1,3}(?:[.,]\d+)?)\s*(%)?")
_SHARE = re.compile(r"(\d{1,3})\s*(?:/|sur)\s*(\d{1,3})")
_LEAD = re.compile(r"[\s:;,(–—-]*(?:(?:le|la|au|aux|en|depuis le|depuis|a|des|pour le|pour|jusqu'au|on)\b\s*)?")
_OF_TOTAL = re.compile(r"\b(?:a|au|aux) \d+ ?/ ?\d+$")  # « au 2/3 » is no day
_BARE_PAIR = re.compile(r"[^a-z\d]*(\d{1,2}) ?/ ?(\d{1,2})\W*")  # « – 3/4 »: three of four, or a day of April
_DONE_ON = re.compile(
    r"\W*(?:c'est )?(?:fait|realise|effectue|termine|diffuse|envoye|publie|installe|cloture|mise?s? en (?:place|ligne))"
    r"e?s? le "
)


@dataclass(frozen=True, slots=True)
class StatusSaid:
    """What a cell says: `status` for sure, else what is likely; the day, the new deadline, the other words it holds."""

    status: str = ""
    likely: str = ""
    done_on: date | None = None
    deadline: str = ""
    rest: str = ""
    is_day: bool = False  # nothing but the day on which it was done


def said_of(value: object, text: str, *, today: date, one_is_all: bool = True) -> StatusSaid:
    """What the cell of a status says. `one_is_all`: in its column, 1 is the whole (0, 0,5, 1), not 1 %."""
    day = read_day(value if isinstance(value, date) else text)
    if isinstance(day, date):
        day = day.date() if isinstance(day, datetime) else day
        return StatusSaid(DONE, done_on=day, is_day=True) if day <= today else StatusSaid(likely=TODO, rest=text)
    words = folded(text)
    if found := _share(words, one_is_all):
        return found
    if likely := _LIKELY.get(words.strip(" .")):
        return StatusSaid(likely=likely)
    for status, pattern in _READ:
        if head := pattern.match(words):
            return _with_tail(status, words[head.end() :], text[head.end() :].strip(" .)"), text, today)
    return StatusSaid(likely=ONGOING if _PARTLY.search(words) else "")


def one_is_all(texts: Iterable[str]) -> bool:
    """Whether 1 stands for the whole in a column: no number over 1 without « % », or a fraction beside."""
    numbers = [
        float(found[1].replace(",", "."))
        for text in texts
        if (found := _NUMBER.fullmatch(text.strip())) and not found[2]
    ]
    return all(number <= 1 for number in numbers) or any(0 < number < 1 for number in numbers)


def is_progress(text: str) -> bool:
    """« 50 % », « 0,5 », « 2/3 »: how much, rather than a word."""
    return bool(_share(folded(text), True))


def done_day(text: str) -> date | None:
    """The day on which it was done, where a comment begins by saying so: « Fait le 03/11/2015 »."""
    lead = _DONE_ON.match(folded(text))
    if not lead:
        return None
    found = re.match(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}\b|\d{1,2}(?:er)? \w+ \d{4}\b", text[lead.end() :])
    day = found and read_day(found[0])
    return day if isinstance(day, date) else None


def folded(text: str) -> str:
    """Small letters without accents, one for one: places are those of the text; « ½ » stays what it is."""
    return "".join(unicodedata.normalize("NFD", letter)[0] for letter in text.replace("’", "'").lower()).strip()


def _share(words: str, one_is_all: bool) -> StatusSaid | None:
    if found := _SHARE.fullmatch(words):
        return _of_whole(int(found[1]), int(found[2]))
    if not (found := _NUMBER.fullmatch(words)):
        return None
    number = float(found[1].replace(",", "."))
    is_ratio = not found[2] and (number < 1 or (number == 1 and one_is_all))
    return _of_whole(number if is_ratio else number / 100, 1)


def _of_whole(part: float, whole: int) -> StatusSaid:
    if part > whole:
        return StatusSaid()
    return StatusSaid(TODO if not part else DONE if part == whole else ONGOING)


def _with_tail(status: Stage, tail: str, raw: str, text: str, today: date) -> StatusSaid:
    """The words after the one that is known must agree with it."""
    if not tail.strip(" .;:!()") or re.fullmatch(r"\W*(?:a )?100 ?%\W*|\W*(?:de|du) (?:la )?realisation", tail):
        return StatusSaid(status)
    if status == DONE and (pair := _BARE_PAIR.fullmatch(tail)) and int(pair[1]) <= int(pair[2]):
        return StatusSaid(likely=ONGOING, rest=text)
    when, has_year = (FuzzyDate(), False) if _OF_TOTAL.search(tail) else _when(raw)
    if status == DONE:
        return _done(tail, text, when, has_year=has_year, today=today)
    if status == POSTPONED and when.text:
        return StatusSaid(POSTPONED, deadline=when.text)
    return _with_words(status, tail, raw, text)


def _with_words(status: Stage, tail: str, raw: str, text: str) -> StatusSaid:
    """Words that tell no day: another status makes it a question, a share adds nothing, the rest is a comment."""
    is_stopped = status in (POSTPONED, ABANDONED)
    if _ANY.search(tail) or (is_stopped and _STOPPED_IN_PART.search(tail)):
        return StatusSaid(likely=status, rest=text)
    if status == ONGOING and _share(tail.strip(" ()"), True):
        return StatusSaid(status)
    return StatusSaid(status, rest=raw.lstrip(" :;,(–—-") if is_stopped else text)


def _done(tail: str, text: str, when: FuzzyDate, *, has_year: bool, today: date) -> StatusSaid:
    """« Fait » with a day or a period is done, with a part it is under way, with anything else a question."""
    if when.earliest and when.latest and when.earliest <= today:
        done_on = when.latest if when.kind == Kind.DAY and has_year else None
        return StatusSaid(DONE, done_on=done_on, rest="" if done_on else text)  # « le 12/3 » is kept in words
    is_part, is_but = _PARTLY.search(tail), _BUT.search(tail)
    if is_part and not is_but:
        return StatusSaid(ONGOING, rest=text)
    return StatusSaid(likely=ONGOING if is_part or is_but else DONE, rest=text)


def _when(raw: str) -> tuple[FuzzyDate, bool]:
    """The day or period that words after a status tell, and whether they tell its year; blank for anything else."""
    lead = _LEAD.match(folded(raw))
    words = raw[lead.end() :] if raw and lead else ""
    found, other = (parse(words, written_on=date(year, 1, 1)) for year in (1990, 1991))
    return (found, found == other) if found.kind in (Kind.DAY, Kind.PERIOD) else (FuzzyDate(), False)
