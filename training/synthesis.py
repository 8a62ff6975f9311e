"""The figures of a year: agents concerned and to train by theme, trained by course, agreements by service."""

from collections import Counter, defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date

from core.importing.words import plain
from training.enums import Attendance
from training.follow_up import Followed, follow_up
from training.models import Enrolment, Session, TutoringAgreement
from training.rules.words import observation


@dataclass(frozen=True)
class Trained:
    """A course of a year: how many were trained, and what is told of its sessions."""

    course: str
    number: int
    sessions: int = 0
    seats: int | None = None
    states: Counter[str] = field(default_factory=Counter)
    comments: tuple[str, ...] = ()

    @property
    def observation(self) -> str:
        """Sessions, seats, selected and absent, and what was written of them."""
        return observation(self.sessions, self.seats, self.states, self.comments)


@dataclass(frozen=True)
class Balance:
    """The year of a unit and of those below; `on` is the day on which posts are looked at."""

    year: int
    on: date
    concerned: dict[str, int]
    to_train: dict[str, int]
    courses: list[Trained]
    agreements: dict[str, int]

    @property
    def trained(self) -> dict[str, int]:
        return {one.course: one.number for one in self.courses if one.number}

    @property
    def total_concerned(self) -> int:
        return sum(self.concerned.values())

    @property
    def total_to_train(self) -> int:
        return sum(self.to_train.values())

    @property
    def total_trained(self) -> int:
        return sum(self.trained.values())

    @property
    def total_agreements(self) -> int:
        return sum(self.agreements.values())


def balance(units: Collection[int], year: int, *, today: date) -> Balance:
    """The balance of some units: posts held on 31 December, or today when the year is not over."""
    on = min(date(year, 12, 31), today)
    found = follow_up(units=units)
    held = found.held(on)
    due = [one for one in held if found.is_to_train(one, year=year, on=on)]
    concerned, to_train = _people(held), _people(due)
    return Balance(
        year,
        on,
        concerned={theme: len(people) for theme, people in concerned.items()},
        to_train={theme: len(to_train.get(theme, ())) for theme in concerned},
        courses=courses_of(units, year),
        agreements=agreements_of(units, year),
    )


def _people(posts: list[Followed]) -> dict[str, set[int]]:
    """The agents of each theme, in the order of the themes."""
    found: dict[str, set[int]] = defaultdict(set)
    for one in sorted(posts, key=lambda one: (one.theme.position, one.theme.name)):
        found[one.theme.name].add(one.agent.pk)
    return found


def courses_of(units: Collection[int], year: int) -> list[Trained]:
    """The courses whose sessions ended in the year, with the agents of the units who were enrolled."""
    people: dict[str, set[int]] = defaultdict(set)
    states: dict[str, Counter[str]] = defaultdict(Counter)
    sessions: dict[str, list[Session]] = defaultdict(list)
    rows = Enrolment.objects.filter(session__ends_on__year=year, agent__unit__in=units)
    rows = rows.select_related("session__course").order_by("session__starts_on", "session_id", "pk")
    for row in rows:
        course = row.session.course.name
        states[course][row.state] += 1
        if row.session not in sessions[course]:
            sessions[course].append(row.session)
        if row.state == Attendance.PRESENT:
            people[course].add(row.agent_id)
    return [_trained(course, len(people[course]), held, states[course]) for course, held in sessions.items()]


def _trained(course: str, number: int, sessions: list[Session], states: Counter[str]) -> Trained:
    seats = sum(one.seats for one in sessions if one.seats) if all(one.seats for one in sessions) else None
    comments = [sessions[0].course.comment, *(one.comment for one in sessions)]
    return Trained(course, number, len(sessions), seats, states, tuple(dict.fromkeys(filter(None, comments))))


def agreements_of(units: Collection[int], year: int) -> dict[str, int]:
    """Agreements in force on at least one day of the year, by service; a renewal and what it renews count once."""
    rows = TutoringAgreement.objects.filter(unit__in=units)
    renewed = dict(rows.order_by().values_list("pk", "renews_id"))
    counted: dict[str, set[int]] = defaultdict(set)
    names: dict[str, str] = {}
    in_year = rows.overlapping(date(year, 1, 1), date(year, 12, 31)).order_by("service", "starts_on", "pk")
    for row in in_year:
        key = plain(row.service)
        names.setdefault(key, row.service)
        counted[key].add(_first(row.pk, renewed))
    return {names[key]: len(found) for key, found in counted.items()}


def _first(pk: int, renewed: dict[int, int | None]) -> int:
    """The first agreement of a line of renewals."""
    seen = {pk}
    while (before := renewed.get(pk)) is not None and before not in seen:
        pk = before
        seen.add(pk)
    return pk
