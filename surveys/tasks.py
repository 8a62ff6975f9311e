"""What the schedule runs for the surveys; each task is one service call."""

from celery import shared_task
from django.utils import timezone

from surveys.services import reminders, results


@shared_task
def remind_campaigns_behind() -> int:
    """Each working morning: tell those who run a campaign that is behind, once a week."""
    return reminders.remind(timezone.localdate())


@shared_task
def refresh_results() -> int:
    """Every ten minutes: count anew the campaigns whose kept results lack forms."""
    return results.refresh_stale()
