"""What is settled for a whole grid while it is read, what is asked on the way, and what becomes of each cell."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from core.importing.accounts import Accounts
from core.importing.asks import Ask, Given, Option, settle
from core.importing.numbers import Writing
from core.importing.places import Problem, ReadPlace
from core.importing.vocabulary import Words

NOT_TAKEN = "-"
CHOSEN_OUT = "non repris (choisi)"
TAKE = (Option("yes", "Les reprendre"), Option(NOT_TAKEN, "Ne pas les reprendre"))


@dataclass
class Context:
    """`waiting` are the cells that wait for an answer, `left_out` those that are not taken, with the reason."""

    given: Given
    words: Words
    accounts: Accounts
    problems: list[Problem] = field(default_factory=list)
    writing: Writing | None = None
    points: bool = False  # another row of the file writes its rates 98,7
    asks: dict[str, Ask] = field(default_factory=dict)
    waiting: dict[ReadPlace, str] = field(default_factory=dict)
    left_out: dict[ReadPlace, str] = field(default_factory=dict)

    def ask(self, code: str, question: str, options: Sequence[Option], *places: ReadPlace, **settled: Any) -> Ask:
        """A question of the trade; asked again, it is about more cells."""
        known = self.asks.get(code)
        one = settle(self.given, code, question, options, places=[*(known.places if known else ()), *places], **settled)
        self.asks[code] = one
        return one

    def ask_cell(self, code: str, question: str, options: Sequence[Option], place: ReadPlace, proposed: str) -> str:
        """The answer to a question about a cell, empty while it waits; one question may serve many."""
        one = self.ask(code, question, options, place, proposed=proposed, is_remembered=False)
        return self.answered(one.value, place, code)

    def word(self, kind: str, text: str, place: ReadPlace, options: Sequence[Option], **settled: Any) -> str:
        """What a word of a cell becomes, empty while it waits."""
        return self.answered(self.words.read(kind, text, place, options, **settled), place, f"word:{kind}")

    def answered(self, answer: str, place: ReadPlace, code: str) -> str:
        """Keep what becomes of the cell, and give the answer."""
        if not answer:
            self.waiting[place] = code
        elif answer == NOT_TAKEN:
            self.left_out[place] = CHOSEN_OUT
        return answer

    def set_aside(self, places: Iterable[ReadPlace], ask: Ask, why: str) -> None:
        """These cells wait for the answer to an ask, or are left out by it."""
        cells = [key_of(place) for place in places]
        if ask.is_open:
            self.accounts.ask(cells, ask.code)
        else:
            self.accounts.leave_out(cells, why)


def key_of(place: ReadPlace) -> tuple[str, int, int]:
    """The cell of a place, as the account knows it."""
    return place.sheet, place.row, place.column
