"""The schedule of the settings in embedded mode: each due entry becomes a job, in the transaction that marks its tick.

Two workers cannot double a tick (one UPDATE on its row), a worker killed in the middle does not lose it (it is a job),
and ticks missed while nothing ran are caught up once.
"""

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.module_loading import import_string

from core import jobs
from core.jobs import JobContext, job_kind
from core.models import ScheduleTick

KIND = "scheduled_task"
HOUSEKEEPING = {"core.tasks.sweep_jobs"}  # the embedded worker does it by itself


@job_kind(KIND, label="Tâche programmée", is_routine=True)
def run_scheduled_task(job: JobContext, *, task: str, args: list, kwargs: dict) -> None:
    app = import_string(settings.TASKS_APP)
    app.loader.import_default_modules()
    app.tasks[task](*args, **kwargs)


def tick() -> list[str]:
    """Enqueue what is due; the names of the entries started by this call."""
    entries = {
        name: entry for name, entry in settings.CELERY_BEAT_SCHEDULE.items() if entry["task"] not in HOUSEKEEPING
    }
    last_runs = dict(ScheduleTick.objects.values_list("name", "last_run_at"))
    for name in entries.keys() - last_runs.keys():  # first start: nothing was missed before the installation
        ScheduleTick.objects.get_or_create(name=name, defaults={"last_run_at": timezone.now()})
    return [
        name for name, entry in entries.items() if name in last_runs and _start_if_due(name, entry, last_runs[name])
    ]


def _start_if_due(name: str, entry: dict, last_run_at) -> bool:
    if not _is_due(entry, last_run_at):
        return False
    with transaction.atomic():
        mine = ScheduleTick.objects.filter(name=name, last_run_at=last_run_at).update(last_run_at=timezone.now())
        if mine:
            parameters = {
                "task": entry["task"],
                "args": list(entry.get("args", ())),
                "kwargs": entry.get("kwargs", {}),
            }
            jobs.enqueue(KIND, by=None, label=name, parameters=parameters, key=f"schedule:{name}")
    return bool(mine)


def _is_due(entry: dict, last_run_at) -> bool:
    from celery.schedules import maybe_schedule  # heavy: only a worker looks at the hour

    return maybe_schedule(entry["schedule"], app=import_string(settings.TASKS_APP)).is_due(last_run_at).is_due
