"""Figures computed from training: the share of posts up to date, the share of newcomers who are tutored."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.urls import reverse
from django.utils import timezone

from indicators.collectors import Case, Collector, Measured, collectors
from organisations.models import Unit
from training.enums import Status
from training.follow_up import FollowedLine, FollowUp, follow_up
from training.models import Post
from training.rules.dates import last_day_of_month

GOOD = (Status.UP_TO_DATE, Status.EXEMPT)
TUTOR_WITHIN = timedelta(days=15)


@dataclass(frozen=True)
class Share:
    """A share of posts of a month: which count, and which are favourable."""

    counts: Callable[[FollowedLine, date], bool]
    is_good: Callable[[FollowUp, FollowedLine, date], bool]

    def compute(self, site: Unit, year: int, month: int) -> Measured | None:
        """The share on the last day of the month, or today; None for a month without any post, or to come."""
        day = _day(year, month)
        if day is None:
            return None
        found = _found(site)
        lines = [line for line in found.lines(day) if self.counts(line, day)]
        good = sum(self.is_good(found, line, day) for line in lines)
        return Measured(numerator=good, denominator=len(lines)) if lines else None

    def cases(self, site: Unit, year: int) -> Sequence[Case]:
        """The posts behind each month, told without names."""
        found, cases = _found(site), []
        for month in range(1, 13):
            if day := _day(year, month):
                for line in found.lines(day):
                    label = f"{line.service}, {line.theme}"
                    is_counted = self.counts(line, day)
                    is_good = is_counted and self.is_good(found, line, day)
                    why = str(Status(line.standing.status).label)
                    cases.append(Case(month, label, why, is_counted, is_good, reverse("training:follow-up")))
        return cases

    def concerns(self, site: Unit) -> bool:
        return Post.objects.filter(unit__in=Unit.objects.ids_below(site.pk)).exists()


def _found(site: Unit) -> FollowUp:
    return follow_up(units=Unit.objects.ids_below(site.pk))


def _day(year: int, month: int) -> date | None:
    """The day on which a month is read; None when it has not begun."""
    today = timezone.localdate()
    return None if date(year, month, 1) > today else min(last_day_of_month(year, month), today)


def _every(line: FollowedLine, day: date) -> bool:
    return True


def _is_new(line: FollowedLine, day: date) -> bool:
    """Whether the agent took the post in the month, and was not trained already."""
    start = line.followed.post.start
    is_of_month = (start.year, start.month) == (day.year, day.month)
    return is_of_month and line.standing.status not in GOOD


def _is_tutored(found: FollowUp, line: FollowedLine, day: date) -> bool:
    """Whether an agreement began within 15 days of taking the post."""
    start = line.followed.post.start
    return any(
        period.start <= start + TUTOR_WITHIN and (period.end is None or period.end >= start)
        for period in found.tutoring.get(line.agent.pk, ())
    )


UP_TO_DATE = Share(_every, lambda found, line, day: line.standing.status in GOOD)
TUTORED = Share(_is_new, _is_tutored)


def register() -> None:
    for code, label, share in (
        ("training_up_to_date", "Formation : agents à jour", UP_TO_DATE),
        ("training_newcomers_tutored", "Tutorat : nouveaux arrivants tutorés dans les 15 jours", TUTORED),
    ):
        collectors.register(Collector(code, label, share.compute, share.cases, share.concerns))
