"""Imports to check on the home page: every kind of file sent and not yet recorded, in one queue."""

from collections.abc import Iterator
from typing import Any

from django.utils import timezone

from core.base.enums import ImportState
from core.base.home import QueueSource, Todo, home_queue
from core.importing.kinds import imports_in

MOST = 4


def imports_to_check(request: Any) -> Iterator[Todo]:
    """What the person may record, the latest first."""
    for kind, record in imports_in(ImportState.PREVIEW, user=request.user, most=MOST):
        since = timezone.localdate(record.sent_at)
        yield Todo(
            f"Import à vérifier : {record.name}", kind.url(record), kind.place(record), since=since, action="Vérifier"
        )


def register() -> None:
    """Register the source with the home page."""
    home_queue.register(QueueSource("imports-to-check", "", imports_to_check, 35))
