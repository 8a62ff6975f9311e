"""What the schedule runs for complaints; each task is one service call."""

from celery import shared_task

from complaints.services import chasing, clocks, mailing, messages


@shared_task
def read_mailboxes() -> int:
    """Every five minutes: read the mailboxes, and send what waits."""
    messages.wake()
    return mailing.ask_all()


@shared_task
def chase_services() -> int:
    """Each working morning: ask the services for what they were sent."""
    return chasing.chase()


@shared_task
def recompute_open_cases() -> int:
    """Each night: the open cases follow the calendar of their site."""
    return clocks.recompute_all()
