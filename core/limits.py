"""How often something may be asked for: a counter per key and period, in the database, so shared by all processes."""

from datetime import UTC, datetime, timedelta
from hashlib import sha256

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from core.models import RateLimit


@transaction.atomic
def take(key: str, *, limit: int, period: timedelta) -> bool:
    """Count one more request under the key; False once there are more than `limit` in the current period."""
    now = timezone.now()
    number = int(now.timestamp() // period.total_seconds())
    digest = sha256(f"{key}|{period}|{number}".encode()).hexdigest()
    ends_at = datetime.fromtimestamp((number + 1) * period.total_seconds(), tz=UTC)
    RateLimit.objects.filter(expires_at__lt=now).delete()
    row, _created = RateLimit.objects.get_or_create(key=digest, defaults={"expires_at": ends_at})
    RateLimit.objects.filter(pk=row.pk).update(count=F("count") + 1)
    row.refresh_from_db(fields=["count"])
    return row.count <= limit
