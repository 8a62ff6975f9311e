"""Verbs of the seals of history: seal each night, verify when asked and each week."""

import logging
from datetime import datetime

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from core import jobs
from core.jobs import JobContext, job_kind
from core.models import HistorySeal, Job
from core.record import guards, seals, verification
from core.record.verification import SETTLED_AFTER

logger = logging.getLogger(__name__)
KIND = "verify_history"
PERMISSION = "history_view"
DIGEST_LENGTH = 64


def seal(*, settled_before: datetime | None = None) -> HistorySeal | None:
    """Seal the history rows written since the last seal; None when there is none, or when another process just did.

    `settled_before` is the instant before which no running transaction can still write: an hour ago by default.
    """
    last = HistorySeal.objects.order_by("sealed_at").last()
    parts = seals.parts_since(last, settled_before=settled_before or timezone.now() - SETTLED_AFTER)
    if not any(part.count for part in parts):
        return None
    number = seals.expected() + 1
    made = seals.sealed(parts, previous=last.digest if last else "", at=timezone.now(), number=number)
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError:  # one seal follows each seal
        return None
    transaction.on_commit(lambda: seals.remember_number(number))
    return made


def request_verification(*, by, head: str = "") -> Job:
    """Ask for all the history to be read again, one reading at a time; `head` is a digest printed or mailed."""
    head = verification.heads_in(head)[:DIGEST_LENGTH]
    return jobs.enqueue(KIND, by=by, key=f"{KIND}:{head}" if head else KIND, parameters={"head": head} if head else {})


def check_guards() -> list[guards.Fault]:
    """Try the guards of the append-only tables; what is weak is logged, and the history is verified at once."""
    found = guards.faults()
    for fault in found:
        logger.error("append-only tables: %s", fault.words)
    if found:
        request_verification(by=None)
    return found


def last_verification() -> Job | None:
    """The last reading that went to its end, whoever asked for it."""
    return Job.objects.finished(KIND).first()


@job_kind(KIND, label="Vérification de l’historique", visible_to=lambda user, job: user.can(PERMISSION))
def verify_history(job: JobContext, *, head: str = "") -> dict:
    """Read the history again, with the head given and the one that the last reading saw, and keep what was found."""
    last = last_verification()
    heads = [one for one in (head, last.result.get("head") if last else "") if one]
    found = verification.verify(heads=heads, progress=job.progress)
    for breach in found.breaches:
        logger.error("history breach: %s", breach.text)
    kept = {"rows": found.rows, "seals": found.seals, "expected": found.expected, "waiting": found.waiting}
    breaches = [breach.text for breach in found.breaches]
    words = f"{found.words}{verification.words_of_head(head)}"
    return {"url": reverse("core:seals"), "message": words, "breaches": breaches, "head": seals.head(), **kept}
