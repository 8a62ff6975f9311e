"""What a question says in the language of the form: its words, its answers, when it is to be answered.

A text that lacks a translation is given in French and says so (`language`), so that a screen reader pronounces it well.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from surveys.enums import CRITERION_KINDS, NOT_CONCERNED, Kind, Language, Level, QuestionKind, YesNo
from surveys.rules.answers import AnswerProblem, Reason

if TYPE_CHECKING:
    from surveys.models import Question

PREFIX = "q-"  # of the names of the fields
_SUFFIXES = {Language.EASY_FRENCH: "_easy", Language.ENGLISH: "_en"}
_ANSWERS: dict[str, dict[str, str]] = {
    Language.FRENCH: {
        **{level.value: level.label for level in Level},
        **{answer.value: answer.label for answer in YesNo},
        NOT_CONCERNED: "Non concerné",
    },
    Language.EASY_FRENCH: {
        Level.VERY_SATISFIED: "Très content",
        Level.SATISFIED: "Content",
        Level.DISSATISFIED: "Pas très content",
        Level.VERY_DISSATISFIED: "Pas content du tout",
        YesNo.YES: "Oui",
        YesNo.NO: "Non",
        NOT_CONCERNED: "Cela ne me concerne pas",
    },
    Language.ENGLISH: {
        Level.VERY_SATISFIED: "Very satisfied",
        Level.SATISFIED: "Satisfied",
        Level.DISSATISFIED: "Not very satisfied",
        Level.VERY_DISSATISFIED: "Not at all satisfied",
        YesNo.YES: "Yes",
        YesNo.NO: "No",
        NOT_CONCERNED: "Does not apply to me",
    },
}
_OUT_OF_SCOPE = {Language.FRENCH: "Sans objet", Language.EASY_FRENCH: "Sans objet", Language.ENGLISH: "Not applicable"}
_ONLY_IF = {
    Language.FRENCH: (
        "Répondez seulement si vous avez répondu {answers} à la question {number}.",
        "Répondez seulement si vous avez répondu à la question {number}.",
        "« {} »",
        " ou ",
    ),
    Language.EASY_FRENCH: (
        "Répondez seulement si vous avez choisi {answers} à la question {number}.",
        "Répondez seulement si vous avez répondu à la question {number}.",
        "« {} »",
        " ou ",
    ),
    Language.ENGLISH: (
        "Answer only if you chose {answers} in question {number}.",
        "Answer only if you answered question {number}.",
        "“{}”",
        " or ",
    ),
}


@dataclass(frozen=True)
class Wording:
    """Words, and the language they are in when it is not that of the page."""

    words: str
    language: str = ""

    def __str__(self) -> str:
        return self.words


@dataclass(frozen=True)
class WordedOption:
    """An answer to choose. `digit` is the key of the fast entry; empty past nine."""

    code: str
    label: Wording
    id: str
    digit: str = ""
    is_checked: bool = False


@dataclass(frozen=True)
class Shown:
    """A question ready for a page, its answer included. `opens_scale`: the first of a run of satisfaction scales."""

    code: str
    number: int
    kind: str
    label: Wording
    help: Wording
    is_required: bool
    options: tuple[WordedOption, ...] = ()
    text: str = ""
    condition: str = ""
    depends_on: str = ""
    depends_answers: str = ""
    error: str = ""
    missing: str = ""
    opens_scale: bool = False

    @property
    def name(self) -> str:
        return f"{PREFIX}{self.code}"

    @property
    def id(self) -> str:
        return f"question-{self.code}"

    @property
    def answer(self) -> str:
        """What was answered, in words; empty for a blank."""
        return self.text or ", ".join(option.label.words for option in self.options if option.is_checked)

    @property
    def is_multiple(self) -> bool:
        return self.kind == QuestionKind.MULTIPLE

    @property
    def is_text(self) -> bool:
        return self.kind == QuestionKind.TEXT

    @property
    def is_scale(self) -> bool:
        return self.kind == QuestionKind.SCALE


def sheet(
    questions: Sequence["Question"],
    language: str = Language.FRENCH,
    *,
    kind: str = Kind.SATISFACTION,
    values: Mapping[str, Any] | None = None,
    problems: Sequence[AnswerProblem] = (),
) -> list[Shown]:
    """The questions of a questionnaire in order, with the answers already given and what is wrong with them."""
    writer = _Writer(Language(language), kind, {question.pk: rank for rank, question in enumerate(questions, start=1)})
    by_key = {question.pk: question for question in questions}
    wrong = {problem.question: problem for problem in problems}
    given = values or {}
    shown = [
        writer.shown(
            question, by_key.get(question.shown_if_id or 0), given.get(question.code), wrong.get(question.code)
        )
        for question in questions
    ]
    before = [None, *shown]
    return [
        replace(one, opens_scale=one.is_scale and not (last and last.is_scale))
        for last, one in zip(before, shown, strict=False)
    ]


def languages_of(questions: Sequence["Question"]) -> list[Language]:
    """The languages that a questionnaire speaks: French, and each one that some question is worded in."""
    return [Language.FRENCH] + [
        language
        for language, suffix in _SUFFIXES.items()
        if any(getattr(question, f"label{suffix}") for question in questions)
    ]


def text_of(obj: Any, name: str, language: str) -> Wording:
    """The field `name` of an object in a language (`label`, `label_easy`, `label_en`), in French when it lacks."""
    return _text(lambda key: getattr(obj, key, ""), name, language)


def answer_labels(
    question: "Question", language: str = Language.FRENCH, *, kind: str = Kind.SATISFACTION
) -> dict[str, Wording]:
    """The answers a question offers, by code, in order."""
    if question.kind not in CRITERION_KINDS:
        return {
            choice["code"]: _text(lambda key, c=choice: c.get(key, ""), "label", language)
            for choice in question.choices
        }
    codes = [*Level] if question.kind == QuestionKind.SCALE else [*YesNo]
    labels = {str(code.value): Wording(_ANSWERS[language][code.value]) for code in codes}
    if question.allows_not_concerned:
        words = (
            _OUT_OF_SCOPE if kind == Kind.MYSTERY else {key: table[NOT_CONCERNED] for key, table in _ANSWERS.items()}
        )
        labels[NOT_CONCERNED] = Wording(words[Language(language)])
    return labels


@dataclass(frozen=True)
class _Writer:
    """Words the questions of one questionnaire in one language; `numbers`: the rank of each question by its id."""

    language: Language
    kind: str
    numbers: Mapping[int, int]

    def shown(self, question, parent, value, problem) -> Shown:
        label = text_of(question, "label", self.language)
        is_text = question.kind == QuestionKind.TEXT
        return Shown(
            code=question.code,
            number=self.numbers[question.pk],
            kind=question.kind,
            label=label,
            help=text_of(question, "help_text", self.language),
            is_required=question.is_required,
            options=() if is_text else self.options(question, value),
            text=value if is_text and isinstance(value, str) else "",
            condition=self.condition(question, parent) if parent else "",
            depends_on=f"{PREFIX}{parent.code}" if parent else "",
            depends_answers=" ".join(question.shown_if_answers) if parent else "",
            error=problem.sentence(self.language, label=label.words) if problem else "",
            missing=AnswerProblem(question.code, Reason.MISSING).sentence(self.language, label=label.words),
        )

    def options(self, question, value) -> tuple[WordedOption, ...]:
        chosen = {value} if isinstance(value, str) else set(value or ())
        number = self.numbers[question.pk]
        labels = answer_labels(question, self.language, kind=self.kind)
        return tuple(
            WordedOption(code, label, f"reponse-{number}-{rank}", _digit(code, rank, question), code in chosen)
            for rank, (code, label) in enumerate(labels.items(), start=1)
        )

    def condition(self, question, parent) -> str:
        """« Répondez seulement si vous avez répondu « Oui » à la question 3. »"""
        with_answers, with_any, quotes, word = _ONLY_IF[self.language]
        labels = answer_labels(parent, self.language, kind=self.kind)
        wanted = [quotes.format(labels[code]) for code in question.shown_if_answers if code in labels]
        return (with_answers if wanted else with_any).format(answers=word.join(wanted), number=self.numbers[parent.pk])


def _digit(code: str, rank: int, question) -> str:
    """0 for « non concerné », its rank for the others."""
    if code == NOT_CONCERNED and question.kind in CRITERION_KINDS:
        return "0"
    return str(rank) if rank <= 9 else ""


def _text(read, name: str, language: str) -> Wording:
    suffix = _SUFFIXES.get(Language(language), "")
    translated = read(f"{name}{suffix}") if suffix else ""
    if translated or not suffix:
        return Wording(translated or read(name))
    return Wording(read(name), "fr" if language == Language.ENGLISH else "")
