"""Rings a Celery worker for a queued job. A lost ring costs a few seconds: the sweeper rings again."""

import logging

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.module_loading import import_string

from core.models import Job

logger = logging.getLogger(__name__)
RUN_JOB = "core.tasks.run_job"
IMPATIENT = {"max_retries": 1, "interval_start": 0, "interval_step": 0, "interval_max": 0}  # a person is waiting


def ring_after_commit(job: Job) -> None:
    """Ring once the row can be seen by the worker; nothing to do in embedded mode, where workers look by themselves."""
    if settings.REDIS_URL:
        transaction.on_commit(lambda: ring(job.pk))


def ring(job_id: int) -> bool:
    """Send the job's number to a worker. An unreachable broker is logged, never raised: the row is safe."""
    app = import_string(settings.TASKS_APP)  # Celery is loaded by who sends
    try:
        with app.connection_for_write(transport_options=IMPATIENT) as connection:
            app.send_task(RUN_JOB, args=[job_id], connection=connection, retry=False)
    except Exception:  # kombu raises OperationalError, redis its own errors, DNS an OSError
        logger.warning("broker unreachable, job %s will be rung again", job_id, exc_info=True)
        return False
    Job.objects.filter(pk=job_id).update(rung_at=timezone.now())
    return True
