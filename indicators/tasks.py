"""What the schedule runs for the indicators; each task is one service call."""

from celery import shared_task
from django.utils import timezone

from indicators.services import campaigns, collecting, dashboards


@shared_task
def open_month() -> int:
    """On the first of the month: open the month just ended at every site."""
    return len(campaigns.open_due_months(timezone.localdate()))


@shared_task
def compute_monthly_dashboards() -> int:
    """On the sixteenth: ask for the dashboard of the month just ended at every site."""
    return dashboards.request_all(*campaigns.previous_month(timezone.localdate()))


@shared_task
def chase_missing_values() -> int:
    """Each working morning: one digest per person of what is overdue."""
    return len(campaigns.chase_overdue(timezone.localdate()))


@shared_task
def collect_figures() -> int:
    """Each night: compute again the automatic figures of the open months."""
    return collecting.collect_open_months()
