"""Column roles an import looks for: the words of their headings, what their cells hold, how surely a heading fits."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from functools import cached_property, lru_cache
from typing import Any

from core.importing.layout import Role
from core.importing.words import STOP_WORDS, plain

NEAR_ENOUGH = 85  # of 100: « Echeanse » for « Échéance », not « Action » for « Actions menées »
LONGEST_HEADING = 250
AND = ("et", "ou", "and", "or")
DATES, NUMBERS, YEAR = "dates", "numbers", "year"  # what the writing of a column is settled for

_PLURAL = re.compile(r"\((?:s|e|es|x|ne|rice|trice)\)")
_NUMBER_SIGN = re.compile(r"\b[nN] ?[°º]")
_ASIDE = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
# What turns the sense of the words before it: « Action réalisée » is no action, « Échéance initiale » not the last one.
_TURNS = re.compile(
    r"\b(?:realise|fait|termine|clos|cloture|acheve|valide|soldee?|oui|non|o n|statut|etat|avance|n|no|num|numero|code|"
    r"nombre|nb|nbre|taux|%|cout|budget|date|jour|prev|initial|revis|nouve|precedent|ancien|origine|reel|reelle|"
    r"effecti|done|actual|initial|revised|planned|number|status|cost|rate)"
)


class Fit(IntEnum):
    """How surely a heading names a role. Only LEADS and EXACT are taken without asking."""

    NONE = 0
    NEAR = 1  # a spelling that resembles it
    WITHIN = 2  # its words among others, or a sense that the rest turns
    LEADS = 3  # its words first, then what completes them
    EXACT = 4


class Content(StrEnum):
    """What the cells of a column hold."""

    ANY = ""
    TEXT = "text"
    DAYS = "days"
    NUMBERS = "numbers"
    NAMES = "names"
    EMAILS = "emails"
    CODES = "codes"  # numbers of something: 1.1, E4; the numbers of the lines are none
    WORDS = "words"  # a few short ones again and again: statuses, levels, ticks


@dataclass(frozen=True)
class Wanted:
    """A column that an import looks for.

    `heads` is a regular expression on the plain words of a heading (`words.plain`), which must account for all of it,
    or for its beginning; `also` may stand anywhere and only proposes; `names` are headings in full; `fit` judges the
    heading as written, beside them. `writes`: what the writing of its texts is settled for (`DATES`,
    `NUMBERS`), beside what its content says. `is_many`: several columns may hold it. `is_carried`: an empty
    cell says the same as the one above. `is_group`: over several columns, it gives them its role, whatever they are
    headed by, but for what is technical. `read`, `is_key` and `is_required` are for tables read by `TableImport`.
    """

    code: str
    label: str
    heads: str = ""
    also: str = ""
    names: tuple[str, ...] = ()
    content: Content = Content.ANY
    writes: tuple[str, ...] = ()
    group: str = ""
    colour: str = "text"
    is_many: bool = False
    is_carried: bool = False
    is_group: bool = False
    is_key: bool = False
    is_required: bool = False
    read: Any = None
    fit: Callable[[str], Fit] | None = None

    @property
    def settles(self) -> tuple[str, ...]:
        """What the writing of its cells is settled for."""
        own = {Content.DAYS: (DATES,), Content.NUMBERS: (NUMBERS,)}.get(self.holds, ())
        return self.writes or (self.read.writes if self.read else own)

    @property
    def holds(self) -> Content:
        """What its cells are; a number may be the key of a line as well as a text."""
        return self.content or (self.read.content if self.read and not self.is_key else Content.ANY)

    @property
    def role(self) -> Role:
        return Role(self.code, self.label, self.group, self.colour)

    @cached_property
    def plain_names(self) -> frozenset[str]:
        """The names in full, the label among them."""
        return frozenset(filter(None, map(plain, (self.label, *self.names))))

    def fits(self, heading: str) -> Fit:
        """How surely a heading names this role; resembling spellings apart."""
        own = self.fit(heading) if self.fit else Fit.NONE
        return max(own, *(self._fits(words, aside) for words, aside in _readings(heading)), Fit.NONE)

    def led_by(self, words: str) -> str:
        """What follows the words of this role at the beginning of a heading; empty when nothing does."""
        found = _pattern(self.heads).match(words) if self.heads else None
        return words[found.end() :].strip() if found else ""

    def begins(self, words: str) -> bool:
        """Whether words begin by saying this role."""
        return words in self.plain_names or bool(self.heads and _pattern(self.heads).match(words))

    def resembles(self, heading: str) -> float:
        """The likeness of a heading with its names, from 0 to 100."""
        words = plain(heading)
        from rapidfuzz.fuzz import ratio  # heavy: loaded by who reads a table

        return max((ratio(words, name, score_cutoff=NEAR_ENOUGH) for name in self.plain_names), default=0)

    def _fits(self, words: str, aside: str) -> Fit:
        if words in self.plain_names:
            return Fit.WITHIN if _TURNS.search(aside) else Fit.EXACT
        if self.heads and (found := _pattern(self.heads).match(words)):
            rest = f"{words[found.end() :]} {aside}".strip()
            return Fit.EXACT if not rest else _led(rest)
        if self.also and _pattern(self.also).search(words):
            return Fit.WITHIN
        return Fit.WITHIN if self.heads and _pattern(self.heads).search(words) else Fit.NONE


class Judge:
    """Judges headings for the roles of an import; each spelling once."""

    def __init__(self, wanted: Sequence[Wanted], technical: str = ""):
        self.wanted = {one.code: one for one in wanted}
        self.roles = tuple(one.role for one in wanted)
        self.required = frozenset(one.code for one in wanted if one.is_required)
        self._technical = technical
        self._known: dict[str, dict[str, Fit]] = {}

    def fits(self, heading: str) -> dict[str, Fit]:
        """The roles that a heading may name, the surest first."""
        found = self._known.get(heading)
        if found is None:
            found = self._known[heading] = self._judge(heading)
        return found

    def of(self, group: str, own: str) -> dict[str, Fit]:
        """The roles of a heading under a group; the group alone says less than a heading of its own."""
        if not group:
            return self.fits(own)
        owners = [code for code, fit in self.fits(group).items() if fit == Fit.EXACT and self.wanted[code].is_group]
        if owners and own:
            return {} if self.is_technical(own) else dict.fromkeys(owners, Fit.EXACT)
        said = Counter(self.fits(own)) | Counter(self.fits(f"{group} {own}"))
        said |= Counter({code: min(fit, Fit.LEADS) for code, fit in self.fits(group).items()})
        exact = [code for code, fit in self.fits(f"{own} {group}").items() if own and fit == Fit.EXACT]
        if len(exact) == 1:  # « Date » under « Réponse » is « Date réponse », whatever « Date » alone is
            said = Counter({code: min(fit, Fit.WITHIN) for code, fit in said.items()} | {exact[0]: Fit.EXACT})
        return {code: Fit(fit) for code, fit in said.most_common()}

    def near(self, heading: str) -> str:
        """The role whose name resembles the heading most; empty when none does."""
        scores = {code: one.resembles(heading) for code, one in self.wanted.items()}
        best = max(scores, key=lambda code: scores[code], default="")
        return best if best and scores[best] >= NEAR_ENOUGH else ""

    def said(self, headings: Iterable[str], least: Fit = Fit.LEADS) -> set[str]:
        """The roles that headings name, one at most for each."""
        best = (next(iter(self.fits(heading).items()), ("", Fit.NONE)) for heading in headings)
        return {code for code, fit in best if fit >= least}

    def is_technical(self, heading: str) -> bool:
        """Whether a column tells how the file was made, not what it is about."""
        words = [words for words, _aside in _readings(heading)]
        return bool(self._technical) and any(_pattern(self._technical).fullmatch(one) for one in words)

    def _judge(self, heading: str) -> dict[str, Fit]:
        if not heading or len(heading) > LONGEST_HEADING:
            return {}
        found = {code: fit for code, one in self.wanted.items() if (fit := one.fits(heading))}
        for code, fit in found.items():
            if fit == Fit.LEADS and self._names_another(code, heading):
                found[code] = Fit.WITHIN
        return dict(sorted(found.items(), key=lambda pair: -pair[1]))

    def _names_another(self, code: str, heading: str) -> bool:
        """Whether what follows the words of a role names another one: « Constat / Action », « Action et pilote »."""
        for words, _aside in _readings(heading):
            lead = self.wanted[code].led_by(words)
            first, _, others = lead.partition(" ")
            rest = others if first in AND else lead if first not in STOP_WORDS else ""
            if rest and any(one.begins(rest) for other, one in self.wanted.items() if other != code):
                return True
        return False


@lru_cache(maxsize=1024)
def _pattern(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![a-z0-9])(?:{words})(?![a-z0-9])")


@lru_cache(maxsize=4096)
def _readings(heading: str) -> tuple[tuple[str, str], ...]:
    """The plain words of a heading: whole, with « numéro » for « n° », without what brackets hold (told beside)."""
    text = _PLURAL.sub("", heading)
    aside = plain(" ".join(_ASIDE.findall(text)))
    readings = [(plain(text), "")]
    if aside:
        readings.append((plain(_ASIDE.sub(" ", text)), aside))
    if _NUMBER_SIGN.search(text):
        readings.append((plain(_NUMBER_SIGN.sub("numero ", text)), ""))
    return tuple(readings)


def _led(rest: str) -> Fit:
    """What words after those of a role make of it: « 1 » names a thing of the kind, « réalisée » turns the sense."""
    if rest.replace(" ", "").isdigit():
        return Fit.NONE
    first = rest.split(" ", maxsplit=1)[0]
    is_completed = first in STOP_WORDS and first not in AND
    return Fit.LEADS if is_completed or not _TURNS.search(rest) else Fit.WITHIN
