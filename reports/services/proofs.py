"""Proof-reading: a link for one person until a day, remarks beside the text, dealt with by who writes the report."""

import logging
from datetime import date, timedelta

from django.core import signing
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from core import jobs
from core.base.errors import UserError
from core.jobs import notices
from core.record import history, limits
from reports import notifications
from reports.models import Edition, FrozenChapter, ProofComment, Proofreading

JOB_KIND = "send_proof_link"
LONGEST_DAYS, LONGEST_REMARK, MOST_AN_HOUR = 60, 4000, 120
_signer = signing.Signer(salt="reports.proofreading", sep="~")
logger = logging.getLogger(__name__)


@transaction.atomic
def invite(edition: Edition, *, reader: str, email: str = "", expires_on: date, by) -> Proofreading:
    """Give one person a link to read and comment an edition until a day; mailed where there is an address."""
    today = timezone.localdate()
    if not today <= expires_on <= today + timedelta(days=LONGEST_DAYS):
        raise UserError(f"Le lien vaut jusqu’à un jour des {LONGEST_DAYS} prochains.", field="expires_on")
    made = Proofreading(edition=edition, reader=reader.strip(), email=email, expires_on=expires_on, asked_by=by)
    history.save(made, by=by)
    if email:
        jobs.enqueue(JOB_KIND, by=by, label="Lien de relecture", parameters={"proofreading_id": made.pk})
    return made


def link_of(proofreading: Proofreading) -> str:
    """The whole address; it is signed, and kept nowhere."""
    return notices.absolute(reverse("reports:proof-read", args=[_signer.sign(str(proofreading.pk))]))


def find(token: str) -> Proofreading | None:
    """The proof-reading whose link that is, open or not; each opening is in the log, without the link."""
    try:
        key = int(_signer.unsign(token))
    except (signing.BadSignature, ValueError):
        return None
    found = Proofreading.objects.select_related("edition__report__site").filter(pk=key).first()
    logger.info("proof-reading %s opened", key)
    return found


def send_link(*, proofreading_id: int) -> bool:
    """Mail the link; False when it opens nothing any more."""
    found = Proofreading.objects.select_related("edition__report__site").filter(pk=proofreading_id).first()
    if found is None or not found.email or not found.is_open(timezone.localdate()):
        return False
    notifications.notify_proofreader(found, link=link_of(found))
    return True


@transaction.atomic
def comment(proofreading: Proofreading, *, chapter: FrozenChapter, text: str, passage: str = "") -> ProofComment:
    """Remark something beside a passage. UserError once the link is over, or where there is nothing to say."""
    if not proofreading.is_open(timezone.localdate()):
        raise UserError("Cette relecture est terminée.")
    if not text.strip() or len(text) > LONGEST_REMARK:
        raise UserError(f"Écrivez une remarque, de {LONGEST_REMARK} signes au plus.")
    if chapter.edition_id != proofreading.edition_id:
        raise UserError("Ce chapitre n’est pas de cette édition.")
    if not limits.take(f"proof:{proofreading.pk}", limit=MOST_AN_HOUR, period=timedelta(hours=1)):
        raise UserError("Trop de remarques en peu de temps : reprenez dans une heure.")
    made = ProofComment(proofreading=proofreading, chapter=chapter, text=text.strip(), passage=passage[:300])
    history.save(made, by=None, reason=f"Relecture {proofreading.pk}")
    return made


@transaction.atomic
def end(proofreading: Proofreading, *, by) -> Proofreading:
    """Close the link, by hand or as the reader has finished (`by` None); its remarks stay."""
    if proofreading.ended_at is None:
        proofreading.ended_at = timezone.now()
        history.save(proofreading, by=by)
    return proofreading


@transaction.atomic
def settle(remark: ProofComment, *, by) -> ProofComment:
    """Say that a remark was dealt with, or that it was not after all."""
    remark.is_settled = not remark.is_settled
    history.save(remark, by=by)
    return remark
