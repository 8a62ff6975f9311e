"""Binders made for auditors: kept with their digest, their making in the history."""

from datetime import date

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from audits.models import Binder
from core import jobs
from core.base.errors import UserError
from core.models import Job
from core.record.deeds import Deed
from organisations.models import Unit

JOB = "make_binder"


def name_of(site: Unit, on: date) -> str:
    return f"classeur-{site.code}-{on.isoformat()}.zip"


def request(*, site: Unit, state_on: date, by) -> Job:
    """Ask for a binder in the background."""
    if state_on > timezone.localdate():
        raise UserError("Ce jour n’est pas encore venu.", field="state_on")
    return jobs.enqueue(
        JOB,
        by=by,
        label=f"Classeur de l’auditeur – {site}, {state_on:%d/%m/%Y}",
        parameters={"site_id": site.pk, "on": state_on.isoformat()},
        key=f"{JOB}:{site.pk}:{state_on.isoformat()}",
    )


@transaction.atomic
def keep(site: Unit, on: date, *, data: bytes, digest: str, entries: int, by, reason: str = "") -> Binder:
    """Keep a binder that was made, under a name of ours."""
    name = name_of(site, on)
    binder = Binder(site=site, state_on=on, name=name, size=len(data), digest=digest, entries=entries, made_by=by)
    binder.file = ContentFile(data, name=name)
    return Deed(by, reason or f"Classeur de l’auditeur au {on:%d/%m/%Y}").create([binder])[0]
