"""What awaits who answers for agents: whom to train, whom to tutor, absences to follow up, tutorings that end."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q

from training.enums import HELD, Attendance, Status
from training.follow_up.reading import FollowedLine, FollowUp, follow_up
from training.models import Enrolment, Post, SessionTheme, TutoringAgreement
from training.rules.dates import add_months

FOLLOWED_MONTHS = 12  # an absence older than that is told by the due date alone
CONCLUDED_WITHIN = timedelta(days=30)  # before its end, a tutoring is to be renewed or assessed
ASSESSED_WITHIN = timedelta(days=90)  # after it, its assessment is still asked for


@dataclass(frozen=True)
class Duties:
    """Of the agents of some units on a day; each list is in the order in which it presses."""

    to_train: list[FollowedLine]
    untutored: list[FollowedLine]
    absent: list[Enrolment]
    to_conclude: list[TutoringAgreement]


def duties(units: Collection[int], on: date) -> Duties:
    """What awaits on a day, in a constant number of queries."""
    found = follow_up(units=units)
    lines = found.lines(on)
    return Duties(_to_train(found, lines, on), _untutored(lines), _absent(units, on), _to_conclude(units, on))


def _to_train(found: FollowUp, lines: list[FollowedLine], on: date) -> list[FollowedLine]:
    """Those who are late, then those whose renewal window is open."""
    told = [line for line in lines if _is_urgent(found, line, on)]
    return sorted(told, key=lambda line: (line.standing.due_on or date.max, line.agent.name))


def _is_urgent(found: FollowUp, line: FollowedLine, on: date) -> bool:
    due = line.standing.due_on
    if due is None or line.standing.status == Status.LEAVING:
        return False
    return due <= add_months(on, found.rule(line.followed, on).window_months)


def _untutored(lines: list[FollowedLine]) -> list[FollowedLine]:
    """Agents to train who took their post and have no tutor; asked within 15 days, and until there is one."""
    told = [line for line in lines if line.standing.status == Status.TO_TRAIN and line.standing.last_training is None]
    first = {line.agent.pk: line for line in reversed(told)}
    return sorted(first.values(), key=lambda line: line.followed.post.start)


def _absent(units: Collection[int], on: date) -> list[Enrolment]:
    """Absences of the last twelve months of agents who hold a post, without a later seat for the course or a theme."""
    themes = SessionTheme.objects.filter(session=OuterRef(OuterRef("session"))).values("theme")
    again = Enrolment.objects.filter(
        Q(session__course=OuterRef("session__course")) | Q(session__covered__theme__in=themes),
        agent=OuterRef("agent"),
        state__in=HELD,
        session__starts_on__gt=OuterRef("session__starts_on"),
    )
    rows = Enrolment.objects.filter(
        Exists(Post.objects.held(on).filter(agent=OuterRef("agent"))),
        ~Exists(again),
        state=Attendance.ABSENT,
        agent__unit__in=list(units),
        agent__erased_on__isnull=True,
        session__ends_on__range=(add_months(on, -FOLLOWED_MONTHS), on),
    )
    return list(rows.select_related("agent__unit", "session__course").order_by("session__ends_on", "pk"))


def _to_conclude(units: Collection[int], on: date) -> list[TutoringAgreement]:
    """Tutorings that end soon or have ended, neither renewed nor assessed."""
    rows = TutoringAgreement.objects.filter(
        unit__in=list(units),
        renewals__isnull=True,
        assessed_on__isnull=True,
        tutee__erased_on__isnull=True,
        ends_on__range=(on - ASSESSED_WITHIN, on + CONCLUDED_WITHIN),
    )
    return list(rows.select_related("tutee", "tutor").order_by("ends_on", "pk"))
