"""What the schedule runs for the action plans; each task is one service call."""

from celery import shared_task
from django.utils import timezone

from actions.services import deadlines, reminders


@shared_task
def follow_events() -> int:
    """Each night: the deadlines that wait for a meeting take its day once it is known."""
    return deadlines.follow_events()


@shared_task
def send_reminders() -> int:
    """Each working morning: the weekly digests of the sites whose day it is."""
    return len(reminders.send_due(timezone.localdate()))
