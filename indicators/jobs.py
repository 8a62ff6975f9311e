"""Background work of the indicators."""

from django.urls import reverse

from core.jobs import JobContext, job_kind
from indicators.services import dashboards
from organisations.models import Unit
from organisations.permissions import Permission


@job_kind(
    "compute_dashboard",
    label="Tableau de bord",
    may_restart=Unit.scope.for_job("site_id", Permission.DASHBOARD_COMPUTE),
)
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
