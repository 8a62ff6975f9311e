"""What a file of training becomes: many agents, posts, sessions, enrolments and agreements in a few statements."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from core.record import history
from organisations.models import Unit
from training.models import Agent, Course, Enrolment, PastTraining, Post, Session, SessionTheme, TrainingTheme
from training.models import TutoringAgreement as Agreement
from training.rules.names import split_name
from training.rules.reading import called

POST_FIELDS = ("taken_on", "ended_on", "contract", "contract_ends_on", "exempt_from", "exempt_reason")
AGREEMENT_FIELDS = ("ends_on", "skills", "assessment", "head_signed_on", "tutor_signed_on", "tutee_signed_on")


@dataclass
class Person:
    """Somebody a file names: an agent who is known, or one to add. `posts` are those known, then those of the file.

    A last and a first name of two columns are parted by a tabulation.
    """

    agent: Agent | None
    name: str
    unit: Unit
    number: str = ""
    posts: list[Post] = field(default_factory=list)

    def built(self) -> Agent:
        """The agent to create."""
        last, _, first = self.name.partition("\t")
        parts = (last, first) if first else split_name(self.name)
        return called(Agent(unit=self.unit, number=self.number), *parts)

    def __str__(self) -> str:
        return str(self.agent) if self.agent else " ".join(self.name.split())


@dataclass(kw_only=True)
class AgentTold:
    """The posts and trainings of one person that a line adds or changes."""

    person: Person
    new_posts: list[Post] = field(default_factory=list)
    changed_posts: list[Post] = field(default_factory=list)
    past: list[PastTraining] = field(default_factory=list)


@dataclass(kw_only=True)
class SessionTold:
    """A session with the themes that a line adds to it, and an enrolment in it."""

    session: Session
    person: Person | None
    enrolment: Enrolment | None = None
    themes: list[TrainingTheme] = field(default_factory=list)
    is_changed: bool = False


@dataclass(kw_only=True)
class AgreementTold:
    """An agreement to add or change, between people; `renewals` are those that follow it, in their order."""

    agreement: Agreement
    people: dict[str, Person]
    renewals: list[Agreement] = field(default_factory=list)
    is_changed: bool = False


@transaction.atomic
def record_agents(told: Sequence[AgentTold], *, by, reason: str) -> None:
    """Add the people who are new, their posts and their trainings; change the posts that changed."""
    telling = [one for one in told if one.new_posts or one.changed_posts or one.past]
    _add_people((one.person for one in telling), by=by, reason=reason)
    for one in telling:
        rows: list[Any] = [*one.new_posts, *one.past]
        for row in rows:
            row.agent = one.person.agent
    posts = history.bulk_create([post for one in telling for post in one.new_posts], by=by, reason=reason)
    history.bulk_create([row for one in telling for row in one.past], by=by, reason=reason)
    changed = {post.pk: post for one in telling for post in one.changed_posts if post.pk}
    history.bulk_update(changed.values(), POST_FIELDS, by=by, reason=reason)
    _move(posts, by=by, reason=reason)


@transaction.atomic
def record_sessions(told: Sequence[SessionTold], *, by, reason: str) -> None:
    """Add the courses, sessions, themes and enrolments that are new; change the states that changed."""
    _add_people((one.person for one in told if one.person), by=by, reason=reason)
    sessions = _new(one.session for one in told)
    courses: list[Course] = _new(session.course for session in sessions)
    history.bulk_create(courses, by=by, reason=reason)
    for session in sessions:
        session.course = session.course  # which now has its number
    history.bulk_create(sessions, by=by, reason=reason)
    themes = [SessionTheme(session=one.session, theme=theme) for one in told for theme in one.themes]
    history.bulk_create(themes, by=by, reason=reason)
    new: list[Enrolment] = []
    changed: list[Enrolment] = []
    for one in told:
        if one.enrolment is not None and one.person is not None and one.person.agent is not None:
            (changed if one.enrolment.pk else new).append(one.enrolment)
            one.enrolment.session, one.enrolment.agent = one.session, one.person.agent
    history.bulk_create(new, by=by, reason=reason)
    moved = [one.enrolment for one in told if one.is_changed and one.enrolment in changed]
    history.bulk_update([row for row in moved if row is not None], ["state"], by=by, reason=reason)


@transaction.atomic
def record_agreements(told: Sequence[AgreementTold], *, by, reason: str) -> None:
    """Add the agreements that are new, each after what it renews; change those that changed."""
    _add_people((person for one in told for person in one.people.values()), by=by, reason=reason)
    changed = [one.agreement for one in told if one.agreement.pk and one.is_changed]
    history.bulk_update(changed, AGREEMENT_FIELDS, by=by, reason=reason)
    rows: list[tuple[Agreement, AgreementTold]] = []
    for one in told:
        added = [one.agreement, *one.renewals]
        rows += [(row, one) for row in added if row.pk is None]
    for row, one in sorted(rows, key=lambda found: found[0].starts_on):
        for role, person in one.people.items():
            setattr(row, role, person.agent)
        row.renews = row.renews  # which now has its number
        history.save(row, by=by, reason=reason)


def _add_people(people: Iterable[Person], *, by, reason: str) -> None:
    """Create those who are not known, once each."""
    new = list({id(person): person for person in people if person.agent is None}.values())
    for person, agent in zip(new, [person.built() for person in new], strict=True):
        person.agent = agent
    history.bulk_create([person.agent for person in new if person.agent], by=by, reason=reason)


def _move(posts: Iterable[Post], *, by, reason: str) -> None:
    """An agent works where the last post is held."""
    last: dict[int, Post] = {}
    for post in sorted(posts, key=lambda post: post.taken_on):
        if post.ends_on is None:
            last[post.agent_id] = post
    moved = []
    for post in last.values():
        if post.agent.unit_id != post.unit_id:
            post.agent.unit = post.unit
            moved.append(post.agent)
    history.bulk_update(moved, ["unit"], by=by, reason=reason)


def _new(rows: Iterable) -> list:
    """The rows that are not stored yet, once each."""
    return list({id(row): row for row in rows if row is not None and row.pk is None}.values())
