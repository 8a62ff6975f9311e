"""Bursts: many forms at one point in a few minutes, told beside the counter and set aside in one gesture.

A hall sends one form a minute at most; a loop sends hundreds. A tablet that comes back sends its day at once: tablets
are left out.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db import transaction

from core.base.errors import UserError
from core.record import changesets
from organisations.models import User
from surveys.enums import Channel
from surveys.models import Campaign, CollectionPoint, Response
from surveys.services import intake

WINDOW = timedelta(minutes=10)
MOST = 20  # forms of one point in a window
MOST_ALIKE = 8  # the same answers, in the same window
WATCHED = (Channel.WEB, Channel.QR)
REASON = "Rafale : {count} formulaires en dix minutes par « {point} »."


@dataclass(frozen=True)
class Burst:
    """Forms of one point in one window; `alike` of them have the same answers."""

    point: CollectionPoint
    starts_at: datetime
    count: int
    alike: int

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + WINDOW

    @property
    def key(self) -> str:
        return f"{self.point.pk}-{int(self.starts_at.timestamp())}"


def bursts_of(campaign: Campaign) -> list[Burst]:
    """The bursts among the forms that count, newest first."""
    rows = Response.objects.filter(campaign=campaign, channel__in=WATCHED, point__isnull=False).counted()
    windows: dict[tuple[int, int], list[str]] = defaultdict(list)
    for point, at, answers in rows.values_list("point", "received_at", "answers"):
        windows[point, _window(at)].append(repr(sorted(answers.items())))
    told = {key: (len(texts), Counter(texts).most_common(1)[0][1]) for key, texts in windows.items()}
    found = {key: counts for key, counts in told.items() if counts[0] > MOST or counts[1] > MOST_ALIKE}
    if not found:
        return []
    points = CollectionPoint.objects.select_related("place", "campaign").in_bulk({point for point, _ in found})
    bursts = [Burst(points[point], _instant(window), *counts) for (point, window), counts in found.items()]
    return sorted(bursts, key=lambda burst: burst.starts_at, reverse=True)


@transaction.atomic
def set_aside(campaign: Campaign, key: str, *, by: User) -> int:
    """Leave a burst out of the results, in one act, taken back form by form; how many were set aside."""
    burst = next((one for one in bursts_of(campaign) if one.key == key), None)
    if burst is None:
        raise UserError("Cette rafale est déjà écartée, ou n’en est plus une.")
    rows = Response.objects.filter(point=burst.point, received_at__gte=burst.starts_at, received_at__lt=burst.ends_at)
    forms = list(rows.counted().select_related("campaign").order_by("pk"))
    with changesets.opened():
        for row in forms:
            intake.set_aside(row, by=by, reason=REASON.format(count=len(forms), point=burst.point))
    return len(forms)


def _window(at: datetime) -> int:
    return int(at.timestamp() // WINDOW.total_seconds())


def _instant(window: int) -> datetime:
    return datetime.fromtimestamp(window * WINDOW.total_seconds(), UTC)
