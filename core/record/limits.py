"""How often something may be asked for: a counter per key and period, in the database, so shared by all processes."""

from datetime import UTC, datetime, timedelta
from hashlib import sha256

from django.db import connection, transaction
from django.utils import timezone

from core.models import RateLimit

# Written out: every form of the public runs it, and the ORM takes longer to write it than the database to answer.
COUNT_ONE = 'UPDATE "core_ratelimit" SET "count" = "count" + 1 WHERE "key" = %s AND "count" < %s'


def take(key: str, *, limit: int, period: timedelta) -> bool:
    """Count one more request under the key; False once there are more than `limit` in the current period.

    One UPDATE, but for the first request of a period, which also clears the counters of past periods.
    """
    digest, number = counter(key, period)
    if _count(digest, limit):
        return True
    if RateLimit.objects.filter(key=digest).exists():
        return False
    _start(digest, ends_at=datetime.fromtimestamp((number + 1) * period.total_seconds(), tz=UTC))
    return _count(digest, limit)


def counter(key: str, period: timedelta) -> tuple[str, int]:
    """The key of the counter of the current period, and the number of that period."""
    number = int(timezone.now().timestamp() // period.total_seconds())
    return sha256(f"{key}|{period}|{number}".encode()).hexdigest(), number


def _count(digest: str, limit: int) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(COUNT_ONE, [digest, limit])
        return cursor.rowcount == 1


@transaction.atomic
def _start(digest: str, *, ends_at: datetime) -> None:
    RateLimit.objects.filter(expires_at__lte=timezone.now()).delete()
    RateLimit.objects.bulk_create([RateLimit(key=digest, expires_at=ends_at)], ignore_conflicts=True)
