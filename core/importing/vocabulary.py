"""The words of a file and what they become: one table for all of them, known ones too, each changeable."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from core.importing.asks import Ask, Given, Option, settle
from core.importing.places import ReadPlace
from core.importing.words import plain

LONGEST_TEXT = 80  # a longer cell is a sentence: told whole at its place, cut in the table


@dataclass
class Word:
    """One spelling of one kind (« statut », « niveau »): its ask and the cells where it stands."""

    kind: str
    text: str
    ask: Ask
    places: list[ReadPlace] = field(default_factory=list)

    @property
    def lines(self) -> int:
        return len(self.places)


@dataclass
class Words:
    """Collects the words met while reading. A kind is shared by all the columns of one scale."""

    given: Given = field(default_factory=Given)
    found: dict[str, Word] = field(default_factory=dict)

    def read(
        self,
        kind: str,
        text: str,
        place: ReadPlace,
        options: Sequence[Option],
        *,
        known: str = "",
        proposed: str = "",
        question: str = "",
    ) -> str:
        """What a word becomes (a value of `options`), empty while it is asked. `known`: what it surely means."""
        word = self.word(kind, text, options, known=known, proposed=proposed, question=question)
        word.places.append(place)
        return word.ask.value

    def word(
        self,
        kind: str,
        text: str,
        options: Sequence[Option],
        *,
        known: str = "",
        proposed: str = "",
        question: str = "",
    ) -> Word:
        """A word with its ask, for a caller that tells its places itself: a long file has few different words."""
        code = f"word:{kind}:{key_of(text)}"
        word = self.found.get(code)
        if word is None:
            asked = question or f"Que veut dire « {text[:LONGEST_TEXT]} » ?"
            ask = settle(self.given, code, asked, options, found=known, proposed=proposed, text=text)
            word = self.found[code] = Word(kind, text, ask)
        return word

    @property
    def table(self) -> list[Word]:
        """All the words, those to decide first, then the commonest."""
        return sorted(self.found.values(), key=lambda word: (not word.ask.is_open, word.kind, -word.lines))

    def asks(self) -> list[Ask]:
        """Their questions, each with the cells it is about."""
        return [replace(word.ask, places=tuple(word.places)) for word in self.found.values()]


def key_of(text: str) -> str:
    """The key of a spelling: accents and case apart, but a symbol stays a symbol (« ✓ » is not nothing)."""
    return plain(text) or " ".join(text.split())
