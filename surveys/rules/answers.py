"""From what a form sends to the answers that are kept: known codes, conditions, lengths, « non concerné ».

A blank is absent; an answer to a question that was not to be asked is dropped; HTML is text like any other.
"""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Protocol

from surveys.enums import CRITERION_KINDS, NOT_CONCERNED, Language, Level, QuestionKind, YesNo

LONGEST_TEXT = 5_000  # characters of a free text, as its field says
LONGEST_SHOWN = 40
_KEPT_CONTROLS = {"\n", "\t"}
_BIDI = set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")  # would turn the text beside them round
_SCALES: dict[str, tuple[str, ...]] = {QuestionKind.SCALE: tuple(Level), QuestionKind.YES_NO: tuple(YesNo)}

Answer = str | list[str]


class Reason(StrEnum):
    """Why an answer is not accepted. The first two are a person's slip; the others cannot come out of our forms."""

    MISSING = "missing"
    TOO_LONG = "too_long"
    UNKNOWN_ANSWER = "unknown_answer"
    UNKNOWN_QUESTION = "unknown_question"


SLIPS = frozenset({Reason.MISSING, Reason.TOO_LONG})
_SENTENCES = {
    Reason.MISSING: ("« {label} » : choisissez une réponse.", "“{label}”: please choose an answer."),
    Reason.TOO_LONG: (
        "« {label} » : votre texte est trop long, 5 000 caractères au plus.",
        "“{label}”: your text is too long, 5,000 characters at most.",
    ),
    Reason.UNKNOWN_ANSWER: (
        "« {label} » : « {shown} » n’est pas une réponse proposée.",
        "“{label}”: “{shown}” is not one of the answers.",
    ),
    Reason.UNKNOWN_QUESTION: (
        "« {shown} » n’est pas une question de ce questionnaire.",
        "“{shown}” is not a question of this form.",
    ),
}


class AskedQuestion(Protocol):
    """What the rules read of a question; `surveys.models.Question` has it."""

    code: str
    kind: str
    label: str
    is_required: bool
    allows_not_concerned: bool
    choices: Any
    shown_if_answers: Any


@dataclass(frozen=True)
class AskedItem:
    """A question as the rules see it. `shown_if` is the code of the question it depends on, empty when always asked."""

    code: str
    kind: str
    label: str = ""
    is_required: bool = False
    allows_not_concerned: bool = True
    choices: tuple[str, ...] = ()
    shown_if: str = ""
    shown_if_answers: frozenset[str] = frozenset()

    @property
    def accepted(self) -> tuple[str, ...]:
        """The codes of its answers, in order; a free text has none."""
        codes = _SCALES.get(self.kind, self.choices)
        not_concerned = self.kind in CRITERION_KINDS and self.allows_not_concerned
        return (*codes, NOT_CONCERNED) if not_concerned else codes


Definition = Sequence[AskedItem]


@dataclass(frozen=True)
class AnswerProblem:
    """An answer that is not accepted, told in one sentence."""

    question: str
    reason: Reason
    label: str = ""
    shown: str = ""

    def sentence(self, language: str = Language.FRENCH, *, label: str = "") -> str:
        """In the language of the form; `label` is the question in that language."""
        french, english = _SENTENCES[self.reason]
        words = english if language == Language.ENGLISH else french
        return words.format(label=label or self.label, shown=self.shown)


@dataclass(frozen=True)
class Cleaned:
    """The answers to keep, what is wrong, and the questions answered though they were not to be asked."""

    answers: dict[str, Answer] = field(default_factory=dict)
    problems: list[AnswerProblem] = field(default_factory=list)
    dropped: list[str] = field(default_factory=list)
    has_text: bool = False

    @property
    def is_forged(self) -> bool:
        """Whether something cannot come out of our own form."""
        return any(problem.reason not in SLIPS for problem in self.problems)


def item_of(question: AskedQuestion, shown_if: str = "") -> AskedItem:
    """A question of the database as the rules see it."""
    return AskedItem(
        code=question.code,
        kind=question.kind,
        label=question.label,
        is_required=question.is_required,
        allows_not_concerned=question.allows_not_concerned,
        choices=tuple(choice["code"] for choice in question.choices),
        shown_if=shown_if,
        shown_if_answers=frozenset(question.shown_if_answers),
    )


def clean(
    definition: Definition, raw: Mapping[str, Any], *, requiring: bool = False, is_guided: bool = True
) -> Cleaned:
    """What is kept of the raw answers {question code: code | [codes] | text}; `requiring`: compulsory ones are missed.

    A form already filled in on paper or elsewhere is kept with its blanks, so nothing is required by default. It is not
    `is_guided` either: nobody hid a question there, and one left blank does not say that those after it were not asked.
    """
    items = {item.code: item for item in definition}
    found = {item.code: _read(item, raw.get(item.code)) for item in definition}
    given = {code: value for code, (value, _) in found.items()}
    result = Cleaned(problems=[_problem_of_code(code) for code in raw if code not in items])
    for item in definition:
        answer, refused = found[item.code]
        if is_asked(item, items, given, is_guided=is_guided):
            _keep(result, item, answer, refused, requiring=requiring)
        elif answer or refused:
            result.dropped.append(item.code)
    texts = any(items[code].kind == QuestionKind.TEXT for code in result.answers)
    return Cleaned(result.answers, result.problems, result.dropped, texts)


def _keep(
    result: Cleaned, item: AskedItem, answer: Answer | None, refused: AnswerProblem | None, *, requiring: bool
) -> None:
    """Put an answer among those kept, or say why it is not, or that it is missed."""
    if refused:
        result.problems.append(refused)
    elif answer:
        result.answers[item.code] = answer
    elif requiring and item.is_required:
        result.problems.append(AnswerProblem(item.code, Reason.MISSING, item.label))


def is_asked(
    item: AskedItem, items: Mapping[str, AskedItem], answers: Mapping[str, Answer | None], *, is_guided: bool = True
) -> bool:
    """Whether a question is to be asked: the one it depends on is itself asked, and has one of the right answers.

    Not `is_guided`: unless that one has another answer.
    """
    met = set()
    while item.shown_if:
        parent = items.get(item.shown_if)
        if parent is None or item.code in met:
            return parent is None
        met.add(item.code)
        given = answers.get(parent.code)
        is_open = not is_guided and given in (None, "", NOT_CONCERNED)
        if not is_open and not (given and _matches(given, item.shown_if_answers)):
            return False
        item = parent
    return True


def as_text(value: str) -> str:
    """A free text as it is kept: plain lines, without what a database or a page cannot hold."""
    lines = value.replace("\r\n", "\n").replace("\r", "\n")
    kept = (c for c in lines if c in _KEPT_CONTROLS or unicodedata.category(c) not in {"Cc", "Cs"})
    return "".join(c for c in kept if c not in _BIDI).strip()


def _matches(given: Answer, wanted: frozenset[str]) -> bool:
    """Without a list of answers, any answer will do."""
    codes = {given} if isinstance(given, str) else set(given)
    return not wanted or bool(codes & wanted)


def _read(item: AskedItem, raw: Any) -> tuple[Answer | None, AnswerProblem | None]:
    """The answer in what was sent, or the problem with it; neither for a blank."""
    if raw in (None, "", []):
        return None, None
    if item.kind == QuestionKind.MULTIPLE:
        return _read_several(item, [raw] if isinstance(raw, str) else raw)
    if not isinstance(raw, str):
        return None, _unknown(item, raw)
    if item.kind == QuestionKind.TEXT:
        return _read_text(item, raw)
    code = raw.strip()
    return (code or None, None) if not code or code in item.accepted else (None, _unknown(item, raw))


def _read_text(item: AskedItem, raw: str) -> tuple[str | None, AnswerProblem | None]:
    text = as_text(raw)
    if len(text) > LONGEST_TEXT:
        return None, AnswerProblem(item.code, Reason.TOO_LONG, item.label)
    return text or None, None


def _read_several(item: AskedItem, raw: Any) -> tuple[list[str] | None, AnswerProblem | None]:
    """Codes in the order of the question, each once."""
    if not isinstance(raw, Iterable) or isinstance(raw, Mapping):
        return None, _unknown(item, raw)
    given = [code.strip() if isinstance(code, str) else code for code in raw]
    wrong = [code for code in given if code not in ("", *item.accepted)]
    if wrong:
        return None, _unknown(item, wrong[0])
    return [code for code in item.accepted if code in given] or None, None


def _unknown(item: AskedItem, raw: Any) -> AnswerProblem:
    return AnswerProblem(item.code, Reason.UNKNOWN_ANSWER, item.label, _shown(raw))


def _problem_of_code(code: str) -> AnswerProblem:
    return AnswerProblem(str(code), Reason.UNKNOWN_QUESTION, shown=_shown(code))


def _shown(raw: Any) -> str:
    text = as_text(str(raw))
    return text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]}…"
