"""Background work of the indicators."""

from django.urls import reverse

from core.imports import flow
from core.jobs import JobContext, job_kind
from core.spreadsheets.model import Workbook
from indicators.imports.planning import recognise_for
from indicators.models import GridImport
from indicators.services import dashboards
from organisations.models import Unit
from organisations.permissions import Permission


def _may_compute(user, job) -> bool:
    return user.can(Permission.DASHBOARD_COMPUTE, job.parameters["site_id"])


def _may_read(user, job) -> bool:
    record = GridImport.objects.filter(pk=job.parameters["pk"]).first()
    return record is not None and user.can(Permission.VALUE_IMPORT, record.site_id)


@job_kind("compute_dashboard", label="Tableau de bord", may_restart=_may_compute)
def compute_dashboard(job: JobContext, *, site_id: int, year: int, month: int) -> dict | None:
    """Seal a new edition of the dashboard of a site and month where its figures have changed."""
    site = Unit.objects.filter(pk=site_id).first()
    if site is None:
        return None
    job.progress(20, "Lecture des valeurs")
    snapshot, is_new = dashboards.seal(site=site, year=year, month=month, by=job.requested_by, job=job.job)
    job.progress(90, "Édition enregistrée")
    message = f"Édition {snapshot.edition} enregistrée." if is_new else "Rien n’a changé depuis la dernière édition."
    return {"url": reverse("indicators:snapshot", args=[snapshot.pk]), "message": message}


@job_kind("read_grid", label="Lecture d’une grille", leads_on=True, may_restart=_may_read)
def read_grid(job: JobContext, *, pk: int) -> dict | None:
    """Read a grid sent by a person and keep its preview."""
    record = GridImport.objects.select_related("site").filter(pk=pk).first()
    if record is None:
        return None
    flow.read_file(record, job=job, preview=_preview)
    return {"url": reverse("indicators:import", args=[pk])}


def _preview(record: GridImport, workbook: Workbook) -> dict:
    grid = recognise_for(record.site, record.year, workbook, record.choices)
    return {"grid": grid.to_json()}
