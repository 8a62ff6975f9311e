"""What a column of a file stands for: a question, or what comes with the form (number, day, place…).

Sphinx writes « Satisfaction : le délai d’attente »; LimeSurvey « A1 », « A1[SQ003] », « A1[SQ003]. Question [le délai
d’attente] ». What was chosen for a column is remembered under its plain words (`key_of`).
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from core.imports.words import plain, tokens
from surveys.imports.table import Heading

NUMBER, DATE, PLACE, LANGUAGE = "@number", "@date", "@place", "@language"
TESTER, DURATION, SCENARIO = "@tester", "@duration", "@scenario"
LEFT_OUT = ""
KNOWN, REMEMBERED, CHOSEN, PROPOSED, TECHNICAL, UNKNOWN = (
    "known", "remembered", "chosen", "proposed", "technical", "unknown",
)  # fmt: skip

TARGET_LABELS = {
    NUMBER: "Numéro du formulaire",
    DATE: "Date du formulaire",
    PLACE: "Lieu d’accueil",
    LANGUAGE: "Langue",
    TESTER: "Enquêteur",
    DURATION: "Durée du test",
    SCENARIO: "Scénario",
}
LONGEST_KEY = 300

_NUMBERED = re.compile(r"^\s*(n\s*°|no\.|num\.|num[ée]ro)(?=\W|$)", re.IGNORECASE)
_FORM = r"(formulaire|questionnaire|observation|reponse|fiche|appel|test|visite|message|enquete)"
_SPECIAL = tuple(
    (target, re.compile(pattern))
    for target, pattern in (
        (NUMBER, rf"id|identifiant|numero|cle|response id|id (de la |du |de l )?{_FORM}|{_FORM} id"),
        (DATE, rf"(date|jour)( d| de| du| de l| de la| des)?( {_FORM}s?| saisie| passage)?"
               r"|date (de )?(soumission|submitted|remplissage)|submitdate|horodat(eur|age)|timestamp|rempli[e]? le"),
        (PLACE, r"lieu( d accueil| de (passage|la visite|l enquete))?|place|point d accueil|accueil visite"),
        (LANGUAGE, r"startlanguage|langue( de depart| de base)?|language|start language"),
        (TESTER, r"enquet(eur|rice)|testeur|testeuse|appelant|(enquete|realise|teste) par"),
        (DURATION, rf"duree( d| de l| du)?( {_FORM})?( en secondes| secondes| s)?|temps d appel"),
        (SCENARIO, r"scenario"),
    )
)  # fmt: skip
# Left out without a word: they say how the form was filled in, not what was answered.
_TECHNICAL = re.compile(
    r"lastpage|derniere page|last page|seed|tete de serie|token|code d acces|startdate|date de (lancement|debut)"
    r"|date started|datestamp|date (de la )?derniere action|date last action|interviewtime|duree totale|total time"
    r"|grouptime.*|duree pour( le groupe)?.*|.+time|completed|termine|progression|origine de la saisie|modifie le"
)
_PERSONAL = re.compile(
    r"ip|ipaddr|ip address|adresse ip|refurl|referrer url|url (de )?(reference|referencement)"
    r"|adresse (mail|e mail|electronique)|(e )?mail|courriel|email( address)?|nom|prenom|telephone"
)
_CODE = re.compile(r"^([A-Za-z]\w*?)(?:\[([\w-]+)\]|_(SQ\w+)|(SQ\d+))?(?:\.\s|\.?$)")
_COLON = re.compile(r"\s*[:–—]\s+|\s+[-/]\s+")
_BRACKET = re.compile(r"\[([^\[\]]+)\]\s*$")


@dataclass(frozen=True)
class Name:
    """A question as files name it: its code and its other names."""

    code: str
    names: tuple[str, ...]
    is_criterion: bool = False


@dataclass(frozen=True)
class Column:
    """A column, what it stands for (`target`: a code of question, « @date », empty: left out), how that is known."""

    heading: Heading
    target: str
    status: str

    @property
    def needs_decision(self) -> bool:
        return self.status == UNKNOWN


class Recognition:
    """Recognises the columns of a file for one questionnaire; `remembered` maps keys to targets."""

    def __init__(self, questions: Sequence[Name], remembered: Mapping[str, str] | None = None):
        self.questions = questions
        self.remembered = remembered or {}
        self._by_name = _index(questions)

    def is_known(self, text: str) -> bool:
        """Whether a text is likely to be a heading, to find the row of headings."""
        is_special = bool(special_of(text)) or is_technical(text)
        return is_special or bool(self.question_named(text)) or key_of(text) in self.remembered

    def question_named(self, text: str) -> str:
        """The code of the question that a heading names; empty for none."""
        if _NUMBERED.match(text):
            return ""
        return next((self._by_name[words] for part in parts_of(text) if (words := plain(part)) in self._by_name), "")

    def columns(self, headings: Sequence[Heading], chosen: Mapping[str, str] | None = None) -> list[Column]:
        """Every column with its target; `chosen` maps keys to what the person decides on the preview."""
        found = [self._column(heading, chosen or {}) for heading in headings]
        found = _one_of_each(found)
        return self._in_order(found)

    def _column(self, heading: Heading, chosen: Mapping[str, str]) -> Column:
        key = key_of(heading.text)
        if key in chosen:
            return Column(heading, chosen[key], CHOSEN)
        if key in self.remembered:
            return Column(heading, self.remembered[key], REMEMBERED)
        if code := self.question_named(heading.text):
            return Column(heading, code, KNOWN)
        if target := special_of(heading.text):
            return Column(heading, target, KNOWN)
        if is_technical(heading.text):
            return Column(heading, LEFT_OUT, TECHNICAL)
        code = self._resembling(heading.text)
        return Column(heading, code, PROPOSED) if code else Column(heading, LEFT_OUT, UNKNOWN)

    def _resembling(self, text: str) -> str:
        """The one question that has all the words of the heading; none when two have."""
        for part in parts_of(text):
            words = {word for word in tokens(part) if len(word) > 2}
            if len(words) < 2:
                continue
            codes = {
                question.code for question in self.questions for name in question.names if words <= set(tokens(name))
            }
            if len(codes) == 1:
                return codes.pop()
        return ""

    def _in_order(self, columns: list[Column]) -> list[Column]:
        """Bare codes (A1, A2… or SQ001, SQ002…), as many as the criteria not found: taken in their order."""
        taken = {column.target for column in columns}
        left = [question.code for question in self.questions if question.is_criterion and question.code not in taken]
        bare = [column for column in columns if column.status == UNKNOWN and _CODE.match(column.heading.text)]
        for series in _series(bare):
            if len(left) > 1 and len(series) == len(left):
                found = dict(zip(series, left, strict=True))
                return [Column(c.heading, found[c], PROPOSED) if c in found else c for c in columns]
        return columns


def key_of(text: str) -> str:
    """What a column is remembered under."""
    return plain(text)[:LONGEST_KEY] or text.strip()[:LONGEST_KEY]


def parts_of(text: str) -> Iterator[str]:
    """What may name the question in a heading: all of it, its end, what is between brackets, its code."""
    yield text
    if bracketed := _BRACKET.search(text):
        yield bracketed[1]
    after = _COLON.split(text, maxsplit=1)
    if len(after) > 1:
        yield after[1]
    if code := _CODE.match(text):
        if code.end() < len(text):
            yield text[code.end():]  # fmt: skip
        for part in (code[2], code[3], code[4], code[1]):
            if part:
                yield part


def special_of(text: str) -> str:
    """« @number », « @date »…; empty for anything else."""
    if _NUMBERED.match(text):
        return NUMBER
    return next((target for words in _bare(text) for target, pattern in _SPECIAL if pattern.fullmatch(words)), "")


def is_technical(text: str) -> bool:
    """Whether a column tells how the form was filled in."""
    return any(_TECHNICAL.fullmatch(words) for words in _bare(text))


def is_personal(text: str) -> bool:
    """Whether a column may tell who answered: it is not even kept in the preview."""
    return any(_PERSONAL.fullmatch(words) for words in _bare(text))


def _bare(text: str) -> Iterator[str]:
    """The plain words of a heading; for « submitdate. Date de soumission », its code and its words too."""
    yield plain(text)
    code = _CODE.match(text)
    if code and code.end() < len(text):
        yield plain(code[1])
        yield plain(text[code.end() :])


def _index(questions: Sequence[Name]) -> dict[str, str]:
    """Plain names to codes; a name that two questions share names neither."""
    found: dict[str, set[str]] = {}
    for question in questions:
        for name in (question.code, *question.names):
            if words := plain(name):
                found.setdefault(words, set()).add(question.code)
    return {words: codes.pop() for words, codes in found.items() if len(codes) == 1}


def _one_of_each(columns: list[Column]) -> list[Column]:
    """Of several columns of dates or numbers that nobody chose, the first; the others are technical."""
    seen: set[str] = set()
    kept = []
    for column in columns:
        is_second = column.target.startswith("@") and column.target in seen and column.status == KNOWN
        kept.append(Column(column.heading, LEFT_OUT, TECHNICAL) if is_second else column)
        seen.add(column.target)
    return kept


def _series(columns: Sequence[Column]) -> list[list[Column]]:
    """Columns whose codes differ by their last number only, by what they share."""
    found: dict[str, list[Column]] = {}
    for column in columns:
        code = _CODE.match(column.heading.text)
        whole = code[0] if code else ""
        found.setdefault(re.sub(r"\d+(?=\W*$)", "#", whole), []).append(column)
    return list(found.values())
