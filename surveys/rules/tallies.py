"""Counts the answers of many forms, one after the other: in all, and by place, channel and month.

A conditional criterion counts only the forms where its condition is met. It is not met where the question it depends on
was truly answered otherwise; left blank or « sans objet », that question denies nothing, and an answer given counts.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from surveys.enums import CRITERION_KINDS, NEGATIVE, NOT_CONCERNED, POSITIVE, QuestionKind
from surveys.rules.answers import Answer, AskedItem, Definition

VERSION = 1
CHOICE_KINDS = (QuestionKind.CHOICE, QuestionKind.MULTIPLE)
_EVALUATED = frozenset({*POSITIVE, *NEGATIVE})


class TallyForm(NamedTuple):
    """What is read of a form to count it."""

    answers: Mapping[str, Any]
    place: int | None
    channel: str
    day: date


@dataclass
class GroupTally:
    """The forms of one group: how many, how many answered a criterion, and each answer of each question."""

    returns: int = 0
    forms: int = 0
    answers: Counter[tuple[str, str]] = field(default_factory=Counter)

    def add(self, other: "GroupTally") -> None:
        self.returns += other.returns
        self.forms += other.forms
        self.answers.update(other.answers)

    def to_json(self) -> dict:
        questions: dict[str, dict[str, int]] = {}
        for (code, answer), number in sorted(self.answers.items()):
            questions.setdefault(code, {})[answer] = number
        return {"returns": self.returns, "forms": self.forms, "answers": questions}


def tally(forms: Iterable[TallyForm], definition: Definition) -> dict:
    """The counts as they are kept: {"returns", "forms", "answers", "by_place", "by_channel", "by_month", …}."""
    counting = _Counting(definition)
    for form in forms:
        counting.add(form)
    return counting.to_json()


class _Counting:
    """Forms are added one by one, so that memory depends on places, channels and months, not on their number."""

    def __init__(self, definition: Definition):
        self.criteria = {item.code for item in definition if item.kind in CRITERION_KINDS}
        self.choices = {item.code for item in definition if item.kind in CHOICE_KINDS}
        self.texts = {item.code for item in definition if item.kind == QuestionKind.TEXT}
        self.conditions = {item.code: chain for item in definition if (chain := conditions_of(item, definition))}
        self.cube: dict[tuple[int | None, str, str], GroupTally] = {}
        self.written: Counter[str] = Counter()
        self.days: tuple[str, str] | None = None

    def add(self, form: TallyForm) -> None:
        cell = self._cell_of(form)
        cell.returns += 1
        marks = [self._count(cell, code, answer) for code, answer in form.answers.items() if self._is_asked(code, form)]
        cell.forms += any(marks)

    def _is_asked(self, code: str, form: TallyForm) -> bool:
        """Whether a question was put to who filled the form; a text always counts as written."""
        return code in self.texts or code not in self.conditions or not is_denied(self.conditions[code], form.answers)

    def _count(self, cell: GroupTally, code: str, answer: Answer) -> bool:
        """Count an answer; whether it evaluates a criterion."""
        if code in self.texts:
            self.written[code] += 1
        elif code in self.criteria and isinstance(answer, str):
            cell.answers[code, answer] += 1
            return answer in _EVALUATED
        elif code in self.choices:
            cell.answers.update((code, one) for one in ([answer] if isinstance(answer, str) else answer))
        return False

    def to_json(self) -> dict:
        first, last = self.days or (None, None)
        return {
            "version": VERSION,
            **_sum(self.cube.values()).to_json(),
            "first_on": first,
            "last_on": last,
            "texts": dict(sorted(self.written.items())),
            "by_place": _slices(self.cube, 0),
            "by_channel": _slices(self.cube, 1),
            "by_month": _slices(self.cube, 2),
        }

    def _cell_of(self, form: TallyForm) -> GroupTally:
        day = form.day.isoformat()
        first, last = self.days or (day, day)
        self.days = (min(first, day), max(last, day))
        key = (form.place, form.channel, day[:7])
        cell = self.cube.get(key)
        if cell is None:
            cell = self.cube[key] = GroupTally()
        return cell


def is_denied(conditions: Iterable[tuple[str, frozenset[str]]], answers: Mapping[str, Answer]) -> bool:
    """Whether the question was not to be asked: one it depends on was answered, and otherwise than expected."""
    for parent, expected in conditions:
        given = answers.get(parent)
        if not given or given == NOT_CONCERNED or not expected:
            continue
        if not expected & ({given} if isinstance(given, str) else set(given)):
            return True
    return False


def conditions_of(item: AskedItem, definition: Definition) -> list[tuple[str, frozenset[str]]]:
    """The questions an item depends on, up to the one always asked."""
    items = {one.code: one for one in definition}
    chain: list[tuple[str, frozenset[str]]] = []
    met = {item.code}
    while item.shown_if in items:
        chain.append((item.shown_if, item.shown_if_answers))
        item = items[item.shown_if]
        if item.code in met:
            break
        met.add(item.code)
    return chain


def _slices(cube: Mapping[tuple, GroupTally], axis: int) -> list[dict]:
    """The cells put together along one axis, in the order of their key; no place comes last."""
    found: dict[Any, GroupTally] = {}
    for key, cell in cube.items():
        found.setdefault(key[axis], GroupTally()).add(cell)
    return [{"key": key, **found[key].to_json()} for key in sorted(found, key=lambda key: (key is None, key))]


def _sum(cells: Iterable[GroupTally]) -> GroupTally:
    total = GroupTally()
    for cell in cells:
        total.add(cell)
    return total
