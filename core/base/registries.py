"""Knowledge that goes up: each app registers its own in `AppConfig.ready()`, the apps above read it here."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from importlib import import_module
from threading import RLock
from typing import Any, Generic, Protocol, TypeVar

from django.db.models import QuerySet
from django.http import HttpRequest


class Registered(Protocol):
    """What a registry holds: something with a code of its own and a place."""

    @property
    def code(self) -> str: ...

    @property
    def position(self) -> int: ...


T = TypeVar("T", bound=Registered)


class Registry(Generic[T]):
    """Entries known by their code, read in the order of their position."""

    def __init__(self, name: str):
        self.name = name
        self._entries: dict[str, T] = {}
        self._later: list[str | Callable[[], object]] = []
        self._lock = RLock()

    def register(self, entry: T) -> T:
        """Add an entry; the same one twice is harmless, another one under the same code is a programming error."""
        if self._entries.setdefault(entry.code, entry) != entry:
            raise ValueError(f"{self.name}: the code {entry.code!r} is already taken")
        return entry

    def __deepcopy__(self, memo: dict[int, Any]) -> "Registry[T]":
        """A form that asks a registry for its choices is copied; the registry is one."""
        return self

    def later(self, load: str | Callable[[], object]) -> None:
        """Register entries when they are first read: `actions.jobs` is imported, `actions.cards:register` called.

        What a web process does not need for its first page costs its start nothing.
        """
        self._later.append(load)

    @property
    def known(self) -> dict[str, T]:
        """The entries by their code, those of later loaded first; a thread waits until they are."""
        with self._lock:
            while self._later:
                load = self._later.pop(0)
                if not isinstance(load, str):
                    load()
                    continue
                module, _, name = load.partition(":")
                loaded = import_module(module)
                if name:
                    getattr(loaded, name)()
        return self._entries

    def items(self) -> list[T]:
        return sorted(self.known.values(), key=lambda entry: (entry.position, entry.code))

    def get(self, code: str) -> T:
        """The entry of that code; KeyError when there is none."""
        return self.known[code]

    def for_user(self, user) -> list[T]:
        """The entries whose permission the user holds somewhere; an entry without permission is for everyone."""
        return [entry for entry in self.items() if not getattr(entry, "permission", "") or user.can(entry.permission)]

    def __iter__(self) -> Iterator[T]:
        return iter(self.items())

    def __contains__(self, code: object) -> bool:
        return code in self.known

    def __len__(self) -> int:
        return len(self.known)


SETTINGS = "Réglages"  # the group of the menu that stands apart: what is set once


@dataclass(frozen=True)
class MenuItem:
    """An entry of the main menu; entries of one group share a drop-down.

    words: the other words by which search finds it. help: the section of the help page that explains it.
    """

    label: str
    url_name: str
    permission: str
    position: int = 100
    icon: str = ""
    group: str = ""
    words: str = ""
    help: str = ""

    @property
    def code(self) -> str:
        return self.url_name


@dataclass(frozen=True)
class Gesture:
    """What is done on a page (« Clore un mois »), found by its verb or by the other words for it."""

    label: str
    url_name: str
    permission: str
    words: str = ""
    group: str = ""
    position: int = 100

    @property
    def code(self) -> str:
        return self.label


@dataclass(frozen=True)
class CardRow:
    """A line of a home card: what is to be done, one click from doing it."""

    label: str
    url: str = ""
    detail: str = ""
    badge: str = ""
    level: str = ""  # "", "info", "success", "warning", "error": the levels of a DSFR badge


@dataclass(frozen=True)
class CardContent:
    """What a home card shows: plain rows, or a template of the app with its context."""

    rows: Sequence[CardRow] = ()
    template: str = ""
    context: Mapping[str, Any] = field(default_factory=dict)
    more_url: str = ""
    more_label: str = ""


@dataclass(frozen=True)
class HomeCard:
    """A card of the home page; `render(request)` gives None when it has nothing to say to that person."""

    code: str
    title: str
    permission: str
    render: Callable[[HttpRequest], CardContent | None]
    position: int = 100
    zone: str = "todo"  # "todo" (ce que je dois faire), "missing" (ce qui manque), "state" (état de l’année)


@dataclass(frozen=True)
class KeyFigure:
    """A figure that the first page of the bilan shows: « 40 », « agents formés », « 59 devaient l’être »."""

    value: str
    label: str
    detail: str = ""  # its base, its interval, its target
    rows: str = ""  # the address of the rows it is counted from; empty: those of its section


@dataclass(frozen=True)
class ReportSection:
    """A chapter of the annual report: `context(site, year)` feeds its template, on screen and in print."""

    code: str
    title: str
    position: int
    context: Callable[[Any, int], Mapping[str, Any]]
    template: str
    permission: str = ""
    source: str = ""  # the entry of the menu (its address) where what it says is entered
    origin: str = ""  # what its figures are counted from, as its readers are told: « registre des réclamations »
    asked: str = ""  # how the list of its source is narrowed to a year: « since={year}-01-01 »


@dataclass(frozen=True)
class EventDate:
    """A date that matters to a site (« prochain CLU »); `find(site, on)` gives the next ones, soonest first."""

    code: str
    label: str
    find: Callable[[Any, date], Iterable[date]]
    position: int = 100
    permission: str = ""


@dataclass(frozen=True)
class RetentionRule:
    """How long personal data is kept: `due(on)` lists what is past its term, `erase(rows, by=)` deals with it."""

    code: str
    label: str
    term: str
    due: Callable[[date], QuerySet]
    erase: Callable[..., int]
    position: int = 100


@dataclass(frozen=True)
class PersonalColumn:
    """A column that may say who somebody is: `app.Model.field`, what, how long, and the rule that erases it if any.

    What history keeps of it stays as evidence of who did what; identities of people outside never enter history.
    """

    code: str
    label: str
    term: str
    rule: str = ""  # code of a `RetentionRule`, or of nothing where it goes with its object
    position: int = 100


@dataclass(frozen=True)
class Contradiction:
    """What a consistency check found, with the page where it is mended.

    about: what it is found of (an action, an indicator, a label); `check` another code than that of its check, where
    one check finds several kinds.
    """

    message: str
    url: str = ""
    level: str = "warning"
    about: str = ""
    check: str = ""


@dataclass(frozen=True)
class ConsistencyCheck:
    """A check of the figures and dates of a site's year, listed before a meeting."""

    code: str
    title: str
    run: Callable[[Any, int], Iterable[Contradiction]]
    position: int = 100
    permission: str = ""
    is_omission: bool = False  # what is missing, rather than what cannot be true together


@dataclass(frozen=True)
class State:
    """Something shown that must not change any more; `measure()` gives how many rows make it, and their digest."""

    kind: str
    key: str
    label: str
    broken: str  # the sentence that tells it has changed
    measure: Callable[[], tuple[int, str]]


@dataclass(frozen=True)
class SealedStates:
    """What is sealed with the history without being a history: `states()` gives those that are final at this moment.

    The key of a state changes when it is legitimately opened again (the instant of its closing is part of it).
    """

    code: str
    states: Callable[[], Iterable[State]]
    position: int = 100


@dataclass(frozen=True)
class JobKind:
    """A kind of background work, declared with `core.jobs.job_kind`; `run(job, **parameters)` gives the result kept."""

    code: str
    label: str
    run: Callable[..., dict | None]
    position: int = 100
    visible_to: Callable[[Any, Any], bool] | None = None  # (user, job): who follows it besides the requester
    may_restart: Callable[[Any, Any], bool] | None = None  # (user, job): who may ask for it again; None: who sees it
    may_open: Callable[[Any, Any], bool] | None = None  # (user, job): who may have its file; None: who sees it
    time_limit: timedelta = timedelta(minutes=30)
    leads_on: bool = False  # the page of progress opens the result by itself once the work is done
    is_routine: bool = False  # the row is removed a week after it ended well

    def is_visible_to(self, user, job) -> bool:
        return self.visible_to is not None and self.visible_to(user, job)

    def is_openable_by(self, user, job) -> bool:
        return self.may_open is None or self.may_open(user, job)

    def is_restartable_by(self, user, job) -> bool:
        return self.may_restart is None or self.may_restart(user, job)


@dataclass(frozen=True)
class CalendarListener:
    """Who counts delays: `on_change()` is called once a holiday or a closed day was added, moved or removed."""

    code: str
    on_change: Callable[[], None]
    position: int = 100


@dataclass(frozen=True)
class ErrorLayout:
    """Whose pages have their own errors: in their layout and language, `render(request, status)`."""

    code: str
    takes: Callable[[HttpRequest], bool]
    render: Callable[[HttpRequest, int], Any]
    position: int = 100


menu: Registry[MenuItem] = Registry("menu")
gestures: Registry[Gesture] = Registry("gestures")
home_cards: Registry[HomeCard] = Registry("home_cards")
report_sections: Registry[ReportSection] = Registry("report_sections")
event_dates: Registry[EventDate] = Registry("event_dates")
retention_rules: Registry[RetentionRule] = Registry("retention_rules")
personal_columns: Registry[PersonalColumn] = Registry("personal_columns")
consistency_checks: Registry[ConsistencyCheck] = Registry("consistency_checks")
sealed_states: Registry[SealedStates] = Registry("sealed_states")
job_kinds: Registry[JobKind] = Registry("job_kinds")
calendar_listeners: Registry[CalendarListener] = Registry("calendar_listeners")
error_layouts: Registry[ErrorLayout] = Registry("error_layouts")
