"""Background work of the action plans."""

from datetime import date

from django.urls import reverse

from actions.enums import ExtractFormat
from actions.exports.files import WRITERS, file_name
from actions.services import extracts
from core.jobs import JobContext, job_kind
from organisations.models import Unit
from organisations.permissions import Permission

_reads_history = Unit.scope.for_job("site_id", Permission.HISTORY_VIEW)


@job_kind(
    "plan_extract",
    label="Extrait daté d’un plan d’actions",
    visible_to=_reads_history,
    may_open=_reads_history,
    may_restart=_reads_history,
    is_routine=True,
)
def plan_extract(job: JobContext, *, site_id: int, on: str, plan: int | None) -> dict | None:
    """Print the state of a day; its digests are kept in the transaction that marks the job done."""
    site = Unit.objects.filter(pk=site_id).first()
    if site is None:
        return None
    day, write = date.fromisoformat(on), WRITERS[ExtractFormat.PDF]
    job.progress(20, "Lecture de l’historique et mise en page")
    extract, content = extracts.prepare(
        site, on=day, plan=plan, format=ExtractFormat.PDF, write=write, by=job.requested_by
    )
    job.attach(file_name(site, day, ExtractFormat.PDF), content)
    job.on_done(lambda: extracts.keep(extract))
    url = f"{reverse('actions:as-of', args=[site.code])}?au={day:%Y-%m-%d}{f'&plan={plan}' if plan else ''}"
    return {"url": url, "message": f"État au {day:%d/%m/%Y}, empreinte {extract.state_digest[:16]}…"}
