"""Knowledge that goes up: each app registers its own in `AppConfig.ready()`, the apps above read it here."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Generic, Protocol, TypeVar

from django.db.models import QuerySet
from django.http import HttpRequest


class Entry(Protocol):
    """What a registry holds: something with a code of its own and a place."""

    @property
    def code(self) -> str: ...

    @property
    def position(self) -> int: ...


T = TypeVar("T", bound=Entry)


class Registry(Generic[T]):
    """Entries known by their code, read in the order of their position."""

    def __init__(self, name: str):
        self.name = name
        self._entries: dict[str, T] = {}

    def register(self, entry: T) -> T:
        """Add an entry; the same one twice is harmless, another one under the same code is a programming error."""
        if self._entries.setdefault(entry.code, entry) != entry:
            raise ValueError(f"{self.name}: the code {entry.code!r} is already taken")
        return entry

    def items(self) -> list[T]:
        return sorted(self._entries.values(), key=lambda entry: (entry.position, entry.code))

    def get(self, code: str) -> T:
        """The entry of that code; KeyError when there is none."""
        return self._entries[code]

    def for_user(self, user) -> list[T]:
        """The entries whose permission the user holds somewhere; an entry without permission is for everyone."""
        return [entry for entry in self.items() if not getattr(entry, "permission", "") or user.can(entry.permission)]

    def __iter__(self) -> Iterator[T]:
        return iter(self.items())

    def __contains__(self, code: object) -> bool:
        return code in self._entries

    def __len__(self) -> int:
        return len(self._entries)


@dataclass(frozen=True)
class MenuItem:
    """An entry of the main menu; entries of one group share a drop-down."""

    label: str
    url_name: str
    permission: str
    position: int = 100
    icon: str = ""
    group: str = ""

    @property
    def code(self) -> str:
        return self.url_name


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
class ReportSection:
    """A chapter of the annual report: `context(site, year)` feeds its template, on screen and in print."""

    code: str
    title: str
    position: int
    context: Callable[[Any, int], Mapping[str, Any]]
    template: str
    permission: str = ""


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
class Contradiction:
    """What a consistency check found, with the page where it is mended."""

    message: str
    url: str = ""
    level: str = "warning"


@dataclass(frozen=True)
class ConsistencyCheck:
    """A check of the figures and dates of a site's year, listed before a meeting."""

    code: str
    title: str
    run: Callable[[Any, int], Iterable[Contradiction]]
    position: int = 100
    permission: str = ""


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


menu: Registry[MenuItem] = Registry("menu")
home_cards: Registry[HomeCard] = Registry("home_cards")
report_sections: Registry[ReportSection] = Registry("report_sections")
event_dates: Registry[EventDate] = Registry("event_dates")
retention_rules: Registry[RetentionRule] = Registry("retention_rules")
consistency_checks: Registry[ConsistencyCheck] = Registry("consistency_checks")
job_kinds: Registry[JobKind] = Registry("job_kinds")
