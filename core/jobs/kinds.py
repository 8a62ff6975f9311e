"""The kinds of jobs: each app declares its own in `<app>/jobs.py`, imported by its AppConfig.ready()."""

from core.base.registries import JobKind, job_kinds


def job_kind(code: str, *, label: str, **options):
    """Declare `def run(job: JobContext, **parameters) -> dict | None` as the work of a kind of job.

    The options are the fields of `core.base.registries.JobKind`. The result may hold `url`, a local page that shows it.
    """

    def declare(run):
        job_kinds.register(JobKind(code=code, label=label, run=run, **options))
        return run

    return declare


def kind_of(code: str) -> JobKind | None:
    """The kind of that code, or None when this version does not know it."""
    return job_kinds.get(code) if code in job_kinds else None


def routine_kinds() -> list[str]:
    """Kinds whose finished rows are not worth keeping."""
    return [kind.code for kind in job_kinds if kind.is_routine]
