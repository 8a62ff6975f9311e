"""`/sante`: may this instance serve? Read by the proxy and the monitoring, without account, without detail."""

import os
import tempfile
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.db import DatabaseError, InterfaceError, connection
from django.http import JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from core.models import Notice, WorkerBeat
from core.record import guards
from core.record.querysets import GIVE_UP_AFTER
from core.record.whole_files import PARTS

WORKER_IS_LATE_AFTER = timedelta(minutes=2)
MAILS_ARE_LATE_AFTER = timedelta(minutes=15)
PROBE = 64 * 1024
OK, DOWN, LATE, WEAK = "ok", "down", "late", "weak"


@login_not_required
@never_cache
@require_safe
def health(request):
    """503 when a page could not be served; late mails, a late worker or a weak guard only show."""
    parts = {"database": _database(), "files": _files()}
    if settings.REDIS_URL:
        parts["redis"] = _redis()
    is_up = all(state == OK for state in parts.values())
    parts["worker"] = _worker() if parts["database"] == OK else LATE
    parts["mails"] = _mails() if parts["database"] == OK else LATE
    parts["guards"] = _guards() if parts["database"] == OK else WEAK
    return JsonResponse({"status": OK if is_up else DOWN, **parts}, status=200 if is_up else 503)


def _database() -> str:
    """Whether the database answers and can write: no row of ours, a mark in its journal or a file beside it."""
    on_postgresql = connection.vendor == "postgresql"
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_logical_emit_message(true, 'sante', '')" if on_postgresql else "SELECT 1")
    except (DatabaseError, InterfaceError):
        return DOWN
    file = Path(str(connection.settings_dict["NAME"]))
    return OK if on_postgresql or not file.is_file() or _can_write(file.parent) else DOWN


def _files() -> str:
    """Whether a file can be written where files are kept."""
    return OK if _can_write(Path(settings.MEDIA_ROOT) / PARTS) else DOWN


def _can_write(directory: Path) -> bool:
    try:
        directory.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=directory) as file:
            file.write(bytes(PROBE))
            file.flush()
            os.fsync(file.fileno())
    except OSError:
        return False
    return True


def _redis() -> str:
    try:
        cache.get("health")
    except Exception:  # redis, kombu and the network each have their own
        return DOWN
    return OK


def _mails() -> str:
    """Late when a message has waited for the mail server."""
    waiting = Notice.objects.filter(tried_at=None, created_at__range=_since(MAILS_ARE_LATE_AFTER))
    return LATE if waiting.exists() else OK


def _since(delay: timedelta) -> tuple:
    now = timezone.now()
    return now - GIVE_UP_AFTER, now - delay


def _worker() -> str:
    recent = WorkerBeat.objects.filter(seen_at__gt=timezone.now() - WORKER_IS_LATE_AFTER)
    return OK if recent.exists() else LATE


def _guards() -> str:
    """Of the append-only tables, by their text; their effect is tried each night."""
    return WEAK if guards.declared() else OK
