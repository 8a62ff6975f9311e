"""What a person may decide about the reading of a file: each a question with its options, answered, remembered or open.

A role of a column, a word, a year, a row of the catalogue: all are asks. Some are settled by the file itself and only
shown, so that they can be changed; the open ones keep the file from being recorded.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from core.importing.accounts import ranges
from core.importing.places import ReadPlace


class Settled(StrEnum):
    """Who settled an ask."""

    FOUND = "found"  # the file says it
    REMEMBERED = "remembered"  # the same headings at the same site, an earlier time
    CHOSEN = "chosen"  # the person, on this preview
    OPEN = "open"  # nobody yet


@dataclass(frozen=True, slots=True)
class Option:
    """A possible answer: what is kept, what is read, the heading it is listed under."""

    value: str
    label: str
    group: str = ""


@dataclass(frozen=True)
class Given:
    """The answers at hand: those of the person over those remembered for the same headings at the same site."""

    chosen: Mapping[str, str] = field(default_factory=dict)
    remembered: Mapping[str, str] = field(default_factory=dict)

    def answer(self, code: str) -> tuple[str, Settled] | None:
        """The answer to an ask, and whose it is."""
        if code in self.chosen:
            return self.chosen[code], Settled.CHOSEN
        if code in self.remembered:
            return self.remembered[code], Settled.REMEMBERED
        return None


def name_of(code: str) -> str:
    """The name of the field of an ask in a form."""
    return f"a-{hashlib.sha256(code.encode()).hexdigest()[:16]}"


@dataclass(frozen=True)
class Posted(Given):
    """The answers of a form as they come, by the names of their fields."""

    data: Mapping[str, str] = field(default_factory=dict)

    def answer(self, code: str) -> tuple[str, Settled] | None:
        value = self.data.get(name_of(code), "")
        return (value, Settled.CHOSEN) if value else None


@dataclass(frozen=True)
class Ask:
    """A question about the reading, in French; `value` is its answer, empty while it is open.

    `proposed` is the likeliest answer: preselected, never taken without the person. `places` are the cells, row or
    heading it is about. `text` is what the file says there. `is_remembered` false: an answer for this file alone.
    """

    code: str
    question: str
    options: Sequence[Option]
    value: str = ""
    source: Settled = Settled.OPEN
    proposed: str = ""
    places: tuple[ReadPlace, ...] = ()
    text: str = ""
    is_remembered: bool = True

    @property
    def is_open(self) -> bool:
        return self.source == Settled.OPEN

    @property
    def name(self) -> str:
        """The name of its field in a form."""
        return name_of(self.code)

    @property
    def selected(self) -> str:
        """What its list shows first."""
        return self.proposed if self.is_open else self.value

    @property
    def value_label(self) -> str:
        """The answer in words."""
        return next((option.label for option in self.options if option.value == self.value), self.value)

    def as_json(self) -> dict:
        """As `--format json` prints it."""
        return {
            "code": self.code,
            "sheet": self.places[0].sheet if self.places else "",
            "cells": ranges(self.places),
            "question": self.question,
            "options": [{"value": option.value, "label": option.label} for option in self.options],
        }


def settle(
    given: Given,
    code: str,
    question: str,
    options: Sequence[Option],
    *,
    found: str = "",
    proposed: str = "",
    places: Iterable[ReadPlace] = (),
    text: str = "",
    is_remembered: bool = True,
) -> Ask:
    """An ask with its answer: that of the person, else the remembered one, else what the file says for sure (`found`).

    An answer that is none of the options (a unit closed since, a column that left) is no answer.
    """
    value, source = found, Settled.FOUND if found else Settled.OPEN
    answer = given.answer(code)
    if answer and any(option.value == answer[0] for option in options):
        value, source = answer
    return Ask(code, question, options, value, source, proposed, tuple(places), text, is_remembered)
