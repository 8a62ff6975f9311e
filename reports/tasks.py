"""What the schedule runs for the reports; each task is one service call."""

from celery import shared_task

from reports.services import comparisons, contradictions


@shared_task
def count_contradictions() -> int:
    """Every ten minutes: how many contradictions the sites counted longest ago have in the year under way."""
    return contradictions.count_due()


@shared_task
def compare_ahead() -> int:
    """Each night: the figures by which préfectures are compared, where they are too many to be read at each visit."""
    return comparisons.compare_ahead()
