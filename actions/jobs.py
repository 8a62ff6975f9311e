"""Background work of the action plans."""

from django.urls import reverse

from actions.imports.reading import read_document, recognised
from actions.models import PlanImport
from core.imports import flow
from core.jobs import JobContext, job_kind
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
