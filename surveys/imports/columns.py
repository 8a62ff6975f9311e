"""Columns of a survey file: the questions as each tool writes them, what comes with a form, how it was filled in.

Sphinx writes « Satisfaction : le délai d’attente »; LimeSurvey « A1 », « A1[SQ003] », « A1[SQ003]. Question [le délai
d’attente] »; a matrix with crosses « le délai d’attente » over « Très satisfait », « Satisfait »…
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from core.importing.tables.personal import is_personal_heading
from core.importing.tables.wanted import LONGEST_HEADING, Content, Fit, Wanted
from core.importing.words import plain, tokens
from core.sheets.reading.model import Sheet, Workbook
from surveys.enums import CRITERION_KINDS, NOT_CONCERNED, QuestionKind
from surveys.imports import scales
from surveys.imports.scales import Family
from surveys.imports.words import WORDS, text_of_raw
from surveys.models import Question
from surveys.rules import questions

NUMBER, DATE, PLACE, LANGUAGE, CHANNEL = "@number", "@date", "@place", "@language", "@channel"
TESTER, DURATION, SCENARIO = "@tester", "@duration", "@scenario"
OF_FORM = {
    NUMBER: ("Numéro du formulaire", "key"),
    DATE: ("Date du formulaire", "date"),
    PLACE: ("Lieu d’accueil", "label"),
    LANGUAGE: ("Langue", "text"),
    CHANNEL: ("Canal", "text"),
    TESTER: ("Enquêteur", "person"),
    DURATION: ("Durée du test", "text"),
    SCENARIO: ("Scénario", "text"),
}
CROSS = "="  # between a question and one of its answers: « courtoisie=very_satisfied »
TICKED, BLANK = re.compile(r"x|1|oui|o|yes|y|vrai|true|coche|[✓✔☑✅☒✗]"), re.compile(r"0|n|non|no|faux|false|[☐□]")
TECHNICAL = "|".join(WORDS["technical"].values())  # how the form was filled in, as each tool says it
SEARCHED = 30  # rows of a sheet in which headings of crosses are looked for
MOST_WORDS = 6  # of the words of an answer at the end of a heading
_SPECIAL = {code: re.compile(pattern) for code, pattern in WORDS["special"].items()}
_STAMPS = [re.compile(words) for words in WORDS["stamps"]]
_NUMBERED = re.compile(r"^\s*(n\s*°|no\.|num\.|num[ée]ro)(?=\W|$)", re.IGNORECASE)
_CODE = re.compile(r"^([A-Za-z]\w*?)(?:\[([\w-]+)\]|_(SQ\w+)|(SQ\d+))?(?:\.\s|\.?$)")
_ORDINAL = re.compile(r"^\(?\d{1,3}\s*(?:\.(?!\d)|[)°])\s*")  # « 3. », « 12) »
_COLON = re.compile(r"\s*[:–—]\s+|\s+[-/]\s+")
_NOTE = re.compile(r"\s*\([^()]*(?:\d|plusieurs|obligatoire)[^()]*\)\s*$", re.IGNORECASE)  # « (de 1 à 5) »
_BRACKET = re.compile(r"\[([^\[\]]+)\]\s*$")
_OF_MARKS = re.compile(r"\(\s*\d|\d+\s*=")  # « (4 = très satisfait) »
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_OF_QUIZ = re.compile(r"(points?|feedback|commentaires?)\s*[-–:]\s", re.IGNORECASE)  # Microsoft Forms
_OTHER_SENSE = re.compile(rf"\b(?:{WORDS['other_sense']})\b")


@dataclass(frozen=True)
class Judged(Wanted):
    """A column that `fit` alone judges: « la courtoisie [Très satisfait] » is an answer, not its question."""

    @cached_property
    def plain_names(self) -> frozenset[str]:
        return frozenset()


@dataclass(frozen=True)
class Heads:
    """Judges the headings of a file for the questions of one questionnaire; each spelling once."""

    questions: Sequence[Question]
    years: frozenset[str] = frozenset()  # those of the campaign: a heading of another one is asked about
    _named: dict[str, str] = field(default_factory=dict)
    _fits: dict[str, dict[str, Fit]] = field(default_factory=dict)

    @cached_property
    def labels(self) -> dict[str, str]:
        return {question.code: question.label for question in self.questions}

    def wanted_in(self, book: Workbook) -> list[Wanted]:
        """The questions and what comes with a form; one column per answer where answers head columns of crosses."""
        found = [self._wanted(code, label, "Questions", "value") for code, label in self.labels.items()]
        found += [self._wanted(code, told[0], "Autour du formulaire", told[1]) for code, told in OF_FORM.items()]
        if any(map(self._has_crosses, book.sheets)):
            told = {
                f"{q.code}{CROSS}{a}": f"{q.label} : {says}"
                for q in self.questions
                for a, says in answers_of(q).items()
            }
            found += [self._wanted(code, label, "Une colonne par réponse", "value") for code, label in told.items()]
        return found

    def named(self, text: str) -> str:
        """The code of the question that a heading names, wherever the tool puts its words; empty for none."""
        if text not in self._named:
            is_other = _NUMBERED.match(text) or _OF_QUIZ.match(text)
            words = () if is_other else (words for part in parts_of(text) for words in _spellings(part))
            self._named[text] = next((self._index[one] for one in words if one in self._index), "")
        return self._named[text]

    def crossed(self, text: str) -> tuple[str, str]:
        """The question that a heading names, and its answer that ends it; empty for none."""
        words, likely = text.split(), ""
        for size in range(min(MOST_WORDS, len(words) - 1), 0, -1):
            if code := self.named(" ".join(words[:-size]).rstrip(" :–—-/[(")):
                said = " ".join(words[-size:])
                is_legend = _OF_MARKS.match(said)
                answer = "" if is_legend else answer_said(self._by_code[code], said.strip("[]() -–:"))
                if answer:
                    return code, answer
                likely = likely or code
        return likely, ""

    def fits(self, text: str) -> dict[str, Fit]:
        """How surely a heading names each role."""
        if text not in self._fits:
            self._fits[text] = self._judge(text)
        return self._fits[text]

    def _judge(self, text: str) -> dict[str, Fit]:
        if _OF_QUIZ.match(text):
            return {}
        found = {special: Fit.EXACT} if (special := special_of(text)) else {}
        found |= self._of_question(text)
        if self.years and plain(text) not in self._index and set(_YEAR.findall(text)) - self.years:
            return dict.fromkeys(found, Fit.WITHIN)
        return found

    def _of_question(self, text: str) -> dict[str, Fit]:
        """The answer under a question, the question, or the only one that the words resemble."""
        code, answer = self.crossed(text)
        if code and answer:
            is_sure = answer != NOT_CONCERNED or not scales.ends_unsure(text)
            return {f"{code}{CROSS}{answer}": Fit.EXACT if is_sure else Fit.WITHIN}
        if named := self.named(text):
            is_other = has_other_sense(text) and plain(text) not in self._index
            return {named: Fit.WITHIN if is_other else Fit.EXACT}
        alike = self._resembling(text)
        return dict.fromkeys(alike, Fit.WITHIN) if len(alike) == 1 else {}

    def _resembling(self, text: str) -> set[str]:
        """The questions that have all the words of a heading."""
        told = ({word for word in tokens(part) if len(word) > 2} for part in parts_of(text))
        return {code for words in told for code, name in self._tokens if words and words <= name}

    def _wanted(self, code: str, label: str, group: str, colour: str) -> Wanted:
        def fit(text: str) -> Fit:
            return self.fits(text).get(code, Fit.NONE)

        content = Content.DAYS if code == DATE else Content.ANY
        return Judged(code, label, group=group, colour=colour, content=content, fit=fit)

    def _has_crosses(self, sheet: Sheet) -> bool:
        rows = sheet.values[:SEARCHED]
        return any(self._heads_crosses(row, below) for row, below in zip(rows, [*rows[1:], []], strict=True))

    def _heads_crosses(self, row: Sequence[Any], below: Sequence[Any]) -> bool:
        """Whether a row names answers over crosses, or questions with their answers."""
        texts = {rank: value.strip() for rank, value in enumerate(row) if isinstance(value, str)}
        heads = [rank for rank, text in texts.items() if is_modality(text)]
        under = [text_of_raw(below[rank]) for rank in heads if rank < len(below) and below[rank] not in (None, "")]
        if len(heads) > 1 and under and all(map(is_tick, under)):
            return True
        return sum(len(text) < LONGEST_HEADING and all(self.crossed(text)) for text in texts.values()) > 1

    @cached_property
    def _by_code(self) -> dict[str, Question]:
        return {question.code: question for question in self.questions}

    @cached_property
    def _tokens(self) -> list[tuple[str, frozenset[str]]]:
        return [(question.code, frozenset(tokens(name))) for question in self.questions for name in names_of(question)]

    @cached_property
    def _index(self) -> dict[str, str]:
        """Spellings of names to codes; a name that two questions share names neither."""
        found: dict[str, set[str]] = {}
        for question in self.questions:
            for words in (words for name in names_of(question) for words in _spellings(name)):
                found.setdefault(words, set()).add(question.code)
        return {words: codes.pop() for words, codes in found.items() if len(codes) == 1}


def names_of(question: Question) -> list[str]:
    """Every name of a question: its code, its labels, those of other tools."""
    names = (question.code, question.label, question.label_easy, question.label_en, *question.aliases)
    return [name for name in names if name]


def answers_of(question: Question) -> dict[str, str]:
    """The answers of a question with their words; none for a free text."""
    found = dict(questions.answers_of(question))
    if question.kind in CRITERION_KINDS and question.allows_not_concerned:
        found[NOT_CONCERNED] = "Non concerné"
    return found


def answer_said(question: Question, words: str) -> str:
    """The answer that the words over a column name; empty for none."""
    if question.kind in CRITERION_KINDS and (scales.is_outside(words) or scales.is_unsure(words)):
        return NOT_CONCERNED
    if question.kind == QuestionKind.SCALE:
        return next(iter((scales.known_levels([words]) or {}).values()), "")
    if question.kind == QuestionKind.YES_NO:
        return scales.known_yes_no(words)
    return choices_of(question).get(plain(words), "")


def choices_of(question: Question) -> dict[str, str]:
    """The choices of a question by every way to write them."""
    found: dict[str, str] = {}
    for choice in question.choices:
        for name in ("code", "label", "label_easy", "label_en"):
            if words := plain(choice.get(name, "")):
                found.setdefault(words, choice["code"])
    return found


def is_modality(text: str) -> bool:
    """Whether a cell is an answer to a criterion in words."""
    return (
        scales.family_of(text) in (Family.SATISFACTION, Family.YES_NO)
        or scales.is_outside(text)
        or scales.is_unsure(text)
    )


def is_tick(text: str) -> bool:
    """Whether a cell is a cross, or the lack of one."""
    return bool(TICKED.fullmatch(plain(text) or text) or BLANK.fullmatch(plain(text) or text))


def parts_of(text: str) -> Iterator[str]:
    """What may name the question in a heading: all of it, what is between brackets, its end, its code."""
    yield text
    if (ranked := _ORDINAL.match(text)) and ranked.end() < len(text):
        yield from parts_of(text[ranked.end() :])
    if (bare := _NOTE.sub("", text)) != text:
        yield from parts_of(bare)
    if bracketed := _BRACKET.search(text):
        yield bracketed[1]
        if re.search(r"\d", bracketed[1]):  # « … [1 très insatisfait - 5 très satisfait] » tells the scale
            yield text[: bracketed.start()].strip()
    after = _COLON.split(text, maxsplit=1)
    if len(after) > 1:
        yield after[1]
    if code := _CODE.match(text):
        if code.end() < len(text):
            yield text[code.end() :]
        yield from filter(None, (code[2], code[3], code[4], code[1]))


def special_of(text: str) -> str:
    """« @number », « @date »…; empty for anything else."""
    if is_personal_heading(text):
        return ""
    if _NUMBERED.match(text):
        return NUMBER
    return next((code for words in _bare(text) for code, pattern in _SPECIAL.items() if pattern.fullmatch(words)), "")


def is_stamp(text: str) -> int:
    """The rank of a heading that a tool gives to the instant of a form, 1 for its sending; 0 for any other."""
    words = plain(text)
    return next((rank for rank, pattern in enumerate(_STAMPS, start=1) if pattern.search(words)), 0)


def has_other_sense(text: str) -> bool:
    """Whether a heading asks something else of a criterion: its importance, why, a comment."""
    return bool(_OTHER_SENSE.search(plain(text)))


def series_of(headings: Sequence[str]) -> list[list[int]]:
    """The ranks of bare codes that differ by their last number only, put together."""
    found: dict[str, list[int]] = {}
    for rank, text in enumerate(headings):
        code = _CODE.match(text)
        if code and code.end() == len(text):
            found.setdefault(re.sub(r"\d+(?=\W*$)", "#", text), []).append(rank)
    return list(found.values())


def _bare(text: str) -> Iterator[str]:
    """The plain words of a heading; for « submitdate. Date de soumission », its code and its words too."""
    text = _ORDINAL.sub("", text)
    yield plain(text)
    code = _CODE.match(text)
    if code and code.end() < len(text):
        yield plain(code[1])
        yield plain(text[code.end() :])


def _spellings(name: str) -> Iterator[str]:
    """The plain words of a name, then those that count: an article or a plural changes nothing."""
    yield plain(name)
    yield " ".join(tokens(name))
