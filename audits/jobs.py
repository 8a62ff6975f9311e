"""Background work of the audits: binders."""

from datetime import date

from django.urls import reverse

from audits.exports import binder
from audits.services import binders
from core.jobs import JobContext, job_kind
from organisations.models import Unit
from organisations.permissions import Permission

_makes = Unit.scope.for_job("site_id", Permission.AUDIT_EDIT)


@job_kind(binders.JOB, label="Classeur de l’auditeur", visible_to=_makes, may_open=_makes, may_restart=_makes)
def make_binder(job: JobContext, *, site_id: int, on: str) -> dict | None:
    """Make the binder of a site as it stood on a day; its row is created in the transaction that marks the job done."""
    site = Unit.objects.sites().filter(pk=site_id).first()
    if site is None:
        return None
    day = date.fromisoformat(on)
    job.progress(20, "Lecture du site et de ses pièces")
    made = binder.make(site, day, by=job.requested_by)
    job.attach(binders.name_of(site, day), made.data)
    job.on_done(
        lambda: binders.keep(site, day, data=made.data, digest=made.digest, entries=made.entries, by=job.requested_by)
    )
    refused = f" {len(made.refused)} pièces n’ont pas pu être reprises." if made.refused else ""
    return {"url": reverse("audits:binders"), "message": f"Le classeur est prêt : {made.entries} fichiers.{refused}"}
