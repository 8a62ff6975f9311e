"""Named reads of jobs and notices."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from core.base.enums import JobState

RING_AGAIN_AFTER = timedelta(minutes=2)
FORGOTTEN_AFTER = timedelta(seconds=10)
GIVE_UP_AFTER = timedelta(days=2)
ATTEMPTS_IN_ALL = 10  # times the permitted attempts, when most were interrupted from outside


class JobQuerySet(models.QuerySet):
    """Background work."""

    def pending(self):
        return self.filter(state__in=[JobState.QUEUED, JobState.RUNNING])

    def requested_by(self, user):
        """The person's own jobs, latest first."""
        return self.filter(requested_by=user).order_by("-created_at", "-pk")

    def finished(self, kind: str):
        """Jobs of that kind that went well, latest first."""
        return self.filter(kind=kind, state=JobState.DONE).order_by("-ended_at", "-pk")

    def claimable(self, now: datetime):
        """What a worker may take: waiting and due, or held by a worker that gave no sign of life; oldest first."""
        waiting = Q(state=JobState.QUEUED) & (Q(not_before=None) | Q(not_before__lte=now))
        abandoned = Q(state=JobState.RUNNING, lease_until__lt=now) & ~_is_spent()
        return self.filter(waiting | abandoned).order_by("pk")

    def exhausted(self, now: datetime):
        """Held by a worker that died during the last permitted attempt."""
        return self.filter(_is_spent(), state=JobState.RUNNING, lease_until__lt=now)

    def spent(self):
        """Out of attempts."""
        return self.filter(_is_spent())

    def forgotten(self, now: datetime):
        """Claimable, and no worker was told of it lately: never, or long enough ago for the message to be lost."""
        unheard = Q(rung_at=None, created_at__lt=now - FORGOTTEN_AFTER) | Q(rung_at__lt=now - RING_AGAIN_AFTER)
        return self.claimable(now).filter(unheard | Q(state=JobState.RUNNING))


def _is_spent() -> Q:
    """Three attempts that failed by the job's own fault, or thirty in all."""
    most = settings.JOB_MAX_ATTEMPTS
    return Q(attempt__gte=F("interruptions") + most) | Q(attempt__gte=most * ATTEMPTS_IN_ALL)


class NoticeQuerySet(models.QuerySet):
    """Messages to people."""

    def due(self, now: datetime):
        """Not sent yet, not in doubt, not given up, and not waiting for a later try; oldest first."""
        return self.filter(
            Q(retry_at=None) | Q(retry_at__lte=now), tried_at=None, created_at__gt=now - GIVE_UP_AFTER
        ).order_by("pk")

    def in_doubt(self):
        """Handed to the mail server, which never answered: perhaps sent, never sent again."""
        return self.filter(tried_at__isnull=False, sent_at=None)
