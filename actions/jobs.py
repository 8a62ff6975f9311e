"""Background work of the action plans."""

from datetime import date

from django.urls import reverse

from actions.enums import ExtractFormat
from actions.exports.files import WRITERS, file_name
from actions.imports.reading import read_document, recognised
from actions.models import PlanImport
from actions.services import extracts
from core.errors import UserError
from core.imports import flow
from core.jobs import JobContext, job_kind
from core.pdf import MissingLibraryError
from organisations.models import Unit
from organisations.permissions import Permission


def _may_read(user, job) -> bool:
    record = PlanImport.objects.filter(pk=job.parameters["pk"]).first()
    return record is not None and user.can(Permission.ACTION_IMPORT, record.site_id)


@job_kind("read_plans", label="Lecture d’un plan d’actions", leads_on=True, may_restart=_may_read)
def read_plans(job: JobContext, *, pk: int) -> dict | None:
    """Read the plans sent by a person and keep their preview."""
    record = PlanImport.objects.select_related("site").filter(pk=pk).first()
    if record is None:
        return None
    flow.read_file(record, job=job, preview=_preview, reader=read_document)
    return {"url": reverse("actions:import", args=[pk])}


def _preview(record: PlanImport, content) -> dict:
    return {"document": recognised(content, sheet=record.sheet).to_json()}


def _may_read_history(user, job) -> bool:
    return user.can(Permission.HISTORY_VIEW, job.parameters["site_id"])


@job_kind(
    "plan_extract", label="Extrait daté d’un plan d’actions", visible_to=_may_read_history, may_open=_may_read_history,
    may_restart=_may_read_history, is_routine=True,
)  # fmt: skip
def plan_extract(job: JobContext, *, site_id: int, on: str, plan: int | None) -> dict | None:
    """Print the state of a day; its digests are kept in the transaction that marks the job done."""
    site = Unit.objects.filter(pk=site_id).first()
    if site is None:
        return None
    day, write = date.fromisoformat(on), WRITERS[ExtractFormat.PDF]
    job.progress(20, "Lecture de l’historique et mise en page")
    try:
        extract, content = extracts.prepare(
            site, on=day, plan=plan, format=ExtractFormat.PDF, write=write, by=job.requested_by
        )
    except MissingLibraryError as error:
        raise UserError(str(error)) from error
    job.attach(file_name(site, day, ExtractFormat.PDF), content)
    job.on_done(lambda: extracts.keep(extract))
    url = f"{reverse('actions:as-of', args=[site.code])}?au={day:%Y-%m-%d}{f'&plan={plan}' if plan else ''}"
    return {"url": url, "message": f"État au {day:%d/%m/%Y}, empreinte {extract.state_digest[:16]}…"}
