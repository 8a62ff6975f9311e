"""`/sante`: may this instance serve? Read by the proxy and the monitoring, without account, without detail."""

from datetime import timedelta

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.db import DatabaseError, InterfaceError, connection
from django.http import JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from core.models import WorkerBeat

WORKER_IS_LATE_AFTER = timedelta(minutes=2)
OK, DOWN, LATE = "ok", "down", "late"


@login_not_required
@never_cache
@require_safe
def health(request):
    """503 when a page could not be served; a late worker only shows, since pages still work without it."""
    parts = {"database": _database()}
    if settings.REDIS_URL:
        parts["redis"] = _redis()
    is_up = all(state == OK for state in parts.values())
    parts["worker"] = _worker() if parts["database"] == OK else LATE
    return JsonResponse({"status": OK if is_up else DOWN, **parts}, status=200 if is_up else 503)


def _database() -> str:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except (DatabaseError, InterfaceError):
        return DOWN
    return OK


def _redis() -> str:
    try:
        cache.get("health")
    except Exception:  # redis, kombu and the network each have their own
        return DOWN
    return OK


def _worker() -> str:
    recent = WorkerBeat.objects.filter(seen_at__gt=timezone.now() - WORKER_IS_LATE_AFTER)
    return OK if recent.exists() else LATE
