"""Verbs of the seals of history: seal each night, verify when asked and each week."""

import logging
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from core import jobs, seals
from core.jobs import JobContext, job_kind
from core.models import HistorySeal, Job

logger = logging.getLogger(__name__)
KIND = "verify_history"
SETTLED_AFTER = timedelta(hours=1)  # no transaction lasts that long
PERMISSION = "history_view"


def seal(*, settled_before: datetime | None = None) -> HistorySeal | None:
    """Seal the history rows written since the last seal; None when there is none, or when another process just did.

    `settled_before` is the instant before which no running transaction can still write: an hour ago by default.
    """
    last = HistorySeal.objects.order_by("sealed_at").last()
    parts = seals.parts_since(last, settled_before=settled_before or timezone.now() - SETTLED_AFTER)
    if not any(part.count for part in parts):
        return None
    made = seals.sealed(parts, previous=last.digest if last else "", at=timezone.now())
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError:  # one seal follows each seal
        return None
    return made


def request_verification(*, by) -> Job:
    """Ask for the whole sealed history to be read again; one reading at a time."""
    return jobs.enqueue(KIND, by=by, key=KIND)


def last_verification() -> Job | None:
    """The last reading that went to its end, whoever asked for it."""
    return Job.objects.finished(KIND).first()


@job_kind(KIND, label="Vérification de l’historique", visible_to=lambda user, job: user.can(PERMISSION))
def verify_history(job: JobContext) -> dict:
    """Read the sealed history again and keep what was found."""
    found = seals.verify(progress=job.progress)
    for breach in found.breaches:
        logger.error("history breach: %s, seal of %s: %s", breach.what, breach.sealed_at.isoformat(), breach.words)
    breaches = [f"{one.what}, sceau du {one.sealed_at:%d/%m/%Y} : {one.words}" for one in found.breaches]
    kept = {"rows": found.rows, "seals": found.seals, "waiting": found.waiting, "breaches": breaches}
    return {"url": reverse("core:seals"), "message": found.words, **kept}
