"""The home page as the apps feed it: the lines of one queue, how things stand, the first steps.

Each app registers its own in `cards.py`; the page sorts the lines of all of them by urgency.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum
from itertools import chain
from typing import Any, TypeVar

from django.db.models import Count, QuerySet, Window
from django.http import HttpRequest
from django.urls import reverse

from core.base.registries import Registry, home_cards
from core.base.words import counted, due_words, since_words

SOON = timedelta(days=7)
SHOWN_ROWS = 4  # of one source, before a line that stands for the others
FORGOTTEN = timedelta(days=365)  # late for longer, it is to be decided on rather than hurried
T = TypeVar("T")


class Urgency(IntEnum):
    """Where a line stands in the queue."""

    ALARM = 0  # something is broken
    LATE = 1
    NOW = 2  # within a week, or waiting for the person's hand
    SOON = 3
    LATER = 4  # to be decided or looked at, nothing falls due


@dataclass(frozen=True)
class Todo:
    """A line of the queue: what, where, until or since when, and the button that does it.

    due: the day it falls due, from which its urgency follows; since: how long it has waited. `posts`: the button does
    it at once, for what can be undone; else it leads to the page that does it (`url` where that is the same one).
    """

    what: str
    url: str = ""
    where: str = ""
    due: date | None = None
    since: date | None = None
    action: str = ""
    action_url: str = ""
    posts: bool = False
    urgency: Urgency | None = None

    def urgency_on(self, on: date) -> Urgency:
        """Said, else told by the day it falls due; what only waits is for now."""
        if self.urgency is not None:
            return self.urgency
        if self.due is None or on <= self.due <= on + SOON:
            return Urgency.NOW
        if self.due < on - FORGOTTEN:
            return Urgency.LATER
        return Urgency.LATE if self.due < on else Urgency.SOON

    def when(self, on: date) -> str:
        """« en retard de 14 jours », « dans 3 jours », « depuis hier »; empty without a day."""
        if self.due is not None:
            return due_words(self.due, on)
        return since_words(self.since, on) if self.since else ""


@dataclass(frozen=True)
class QueueSource:
    """What an app adds to the queue; `find(request)` gives the lines of that person, in any order.

    position: what weighs more among lines of one urgency, from the user who waits to what is only to be looked at.
    """

    code: str
    permission: str
    find: Callable[[HttpRequest], Iterable[Todo]]
    position: int = 100


@dataclass(frozen=True)
class Told:
    """How one matter stands: a figure of the band, and the words of the sentence that the direction reads first.

    Either may be left out: no label, no figure; no words, nothing in the sentence.
    """

    label: str = ""
    value: str = ""
    detail: str = ""
    url: str = ""
    words: str = ""


@dataclass(frozen=True)
class StatePart:
    """What an app tells of how things stand; `tell(request)` gives nothing when there is nothing to tell."""

    code: str
    permission: str
    tell: Callable[[HttpRequest], Iterable[Told]]
    position: int = 100


@dataclass(frozen=True)
class FirstStep:
    """A step of a new installation: done once there is a row in `done(units)`, then it ticks itself."""

    code: str
    title: str
    detail: str
    permission: str  # who takes it
    who: str  # in words, for those who do not
    url_name: str
    action: str
    done: Callable[[Collection[int]], QuerySet]
    position: int = 100


home_queue: Registry[QueueSource] = Registry("home_queue")
home_state: Registry[StatePart] = Registry("home_state")
first_steps: Registry[FirstStep] = Registry("first_steps")


def fed_by(load: str) -> None:
    """Have an app register what it gives to the page (`actions.cards:register`) once one of its parts is read."""
    parts: tuple[Registry[Any], ...] = (home_queue, home_state, first_steps, home_cards)
    for part in parts:
        part.later(load)


def sorted_queue(sources: Iterable[Iterable[Todo]], on: date) -> list[Todo]:
    """The lines by urgency; within one, those of the first source first, the oldest day of each before the others."""
    by_day = [sorted(todos, key=lambda one: one.due or one.since or date.max) for todos in sources]
    return sorted(chain.from_iterable(by_day), key=lambda one: one.urgency_on(on))


@dataclass(frozen=True)
class Others:
    """The line that stands for those that are not shown: « 326 autres réunions à convoquer », and where to see them."""

    one: str
    many: str
    url_name: str
    action: str

    def told(self, number: int, first: Todo) -> Todo:
        """Their line, with the day of the first of them."""
        what = counted(number, self.one, self.many)
        return Todo(what, reverse(self.url_name), due=first.due, action=self.action, urgency=first.urgency)


def cut(
    rows: Sequence[T] | QuerySet, line: Callable[[T], Todo], others: Others, *, number: int | None = None
) -> Iterator[Todo]:
    """The lines of the first rows, then one for all the others; of a queryset no more is read, in one query.

    `number`: how many there are in all, where only the first rows are given.
    """
    if isinstance(rows, QuerySet):
        first = list(rows.annotate(number_of_rows=Window(Count("pk")))[: SHOWN_ROWS + 1])
        number = first[0].number_of_rows if first else 0
    else:
        first, number = list(rows[: SHOWN_ROWS + 1]), len(rows) if number is None else number
    yield from map(line, first[:SHOWN_ROWS])
    if number > SHOWN_ROWS:
        yield others.told(number - SHOWN_ROWS, line(first[-1]))


def once(request: HttpRequest, what: str, read: Callable[[], T]) -> T:
    """What several lines and figures of the page rest on, read once a request."""
    known: dict[str, T] = request.__dict__.setdefault("_home", {})
    if what not in known:
        known[what] = read()
    return known[what]
