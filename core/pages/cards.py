"""What the core puts in the queue of the home page: an alarm when the history is no longer what was sealed."""

from collections.abc import Iterator

from django.urls import reverse

from core.base.home import QueueSource, Todo, Urgency, home_queue
from core.services import seals


def history_breach(request) -> Iterator[Todo]:
    """One line per stretch of history found changed by the last verification; nothing while all is well."""
    job = seals.last_verification()
    for words in job.result["breaches"] if job else []:
        url = reverse("core:seals")
        yield Todo(
            f"Historique modifié : {words}",
            url,
            since=job.ended_at.date(),
            action="Voir les sceaux",
            urgency=Urgency.ALARM,
        )


def register() -> None:
    """Register the source with the home page."""
    home_queue.register(QueueSource("history", seals.PERMISSION, history_breach, 1))
