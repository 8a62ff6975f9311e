"""Forms of people without an account: web, QR code, tablet. Limited per place and network, of which nothing is kept."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from core import limits
from core.errors import UserError
from core.words import in_words
from surveys.enums import CampaignState, Channel, Language
from surveys.models import Campaign, CollectionPoint, Response
from surveys.rules import answers as rules
from surveys.services import entrances, intake

PERIOD = timedelta(hours=1)
LIMIT = 300  # forms an hour from one network to one address: a whole hall behind one connection
TABLET_LIMIT = 3_000  # a tablet that comes back sends its day at once; what is refused stays in its queue
logger = logging.getLogger(__name__)


class Outcome(StrEnum):
    """What became of a form sent by the public."""

    RECEIVED = "received"
    LATE = "late"  # kept, set aside: the survey was over
    IGNORED = "ignored"  # forged: nothing is kept, and the sender is thanked like anybody


class TooManyForms(UserError):
    """The network sent more forms than the limit; the same form can be sent again later."""


class EmptyForm(UserError):
    """Nothing was answered: there is nothing to keep, and nothing to thank for."""


@dataclass(frozen=True)
class Sent:
    """What a public form sends. `key` is None when it is not one; `is_trapped` when a field nobody sees was filled."""

    key: UUID | None
    answers: Mapping[str, Any]
    language: str = Language.FRENCH
    answered_on: date | None = None
    is_trapped: bool = False


def receive(point: CollectionPoint, sent: Sent, *, network: str) -> Outcome:
    """Record a form of the public, once per key; the point is one that `entrances` gives, and may be a moment old.

    `AnswersRefused` for what a person can mend, `EmptyForm`, `TooManyForms` past the limit, `SurveyClosed` before the
    opening.
    """
    row = _read(point, sent)
    if row is None:
        return Outcome.IGNORED
    if not row.withdrawn_at and _insert_if_open(row, point, network):
        return Outcome.RECEIVED
    present = entrances.read(point.token)
    row = _read(present, sent) if present else None
    if row is None:
        return Outcome.IGNORED
    row = _insert_within_limit(row, present, network)
    return Outcome.LATE if row.withdrawn_at else Outcome.RECEIVED


def _read(point: CollectionPoint, sent: Sent) -> Response | None:
    """The row to write; None for a forged form."""
    if point.campaign.state == CampaignState.DRAFT:
        raise intake.refusal_of(point.campaign)
    cleaned = rules.clean(intake.definition_of(point.campaign.questionnaire), sent.answers, requiring=True)
    if sent.key is None or sent.is_trapped or cleaned.is_forged:
        logger.info("forged form on collection point %s", point.pk)
        return None
    if cleaned.problems:
        raise intake.AnswersRefused(cleaned.problems)
    if not cleaned.answers:
        raise EmptyForm("Aucune réponse : répondez à au moins une question.")
    return _row(point, sent, cleaned)


def _insert_if_open(row: Response, point: CollectionPoint, network: str) -> bool:
    return entrances.insert_if_open(
        row, questionnaire_id=point.campaign.questionnaire_id, key=_limit_key(point, network), limit=_limit(point),
        period=PERIOD,
    )  # fmt: skip


def _row(point: CollectionPoint, sent: Sent, cleaned: rules.Cleaned) -> Response:
    """A form that comes too late is kept, out of the results: a tablet may have held it for days."""
    answered_on = _day(point.campaign, sent.answered_on)
    late = _lateness(point, answered_on)
    return Response(
        campaign=point.campaign, key=sent.key, channel=point.channel, point=point, place_id=point.place_id,
        language=sent.language, answered_on=answered_on, answers=cleaned.answers, has_text=cleaned.has_text,
        withdrawn_at=timezone.now() if late else None, withdrawn_reason=late,
    )  # fmt: skip


def _day(campaign: Campaign, told: date | None) -> date:
    """The day that a tablet tells, unless its clock is wrong."""
    today = timezone.localdate()
    return told if told and campaign.starts_on <= told <= today else today


def _lateness(point: CollectionPoint, answered_on: date) -> str:
    """Why a form does not count: the survey is closed, its point is out of service, the day is outside its dates."""
    campaign = point.campaign
    if not campaign.is_open:
        return f"Reçu après la clôture de l’enquête, rempli le {in_words(answered_on)}."
    if not point.is_in_service(timezone.localdate()):
        return f"Reçu d’un point de collecte hors service, rempli le {in_words(answered_on)}."
    if not campaign.starts_on <= answered_on <= campaign.ends_on:
        return f"Rempli le {in_words(answered_on)}, hors des dates de l’enquête."
    return ""


def _insert_within_limit(row: Response, point: CollectionPoint, network: str) -> Response:
    """One transaction for the count and the form; what was received already is never refused, and given back."""
    try:
        with transaction.atomic():
            if not limits.take(_limit_key(point, network), limit=_limit(point), period=PERIOD):
                raise TooManyForms("Trop de réponses arrivent en même temps : patientez quelques minutes.")
            Response.objects.bulk_create([row])
    except (IntegrityError, TooManyForms):
        known = Response.objects.filter(key=row.key).first()
        if known is None:
            raise
        return known
    return row


def _limit(point: CollectionPoint) -> int:
    return TABLET_LIMIT if point.channel == Channel.TABLET else LIMIT


def _limit_key(point: CollectionPoint, network: str) -> str:
    """Sealed with the secret of the site: the address cannot be found again from the counter."""
    return salted_hmac("surveys.intake", f"{point.pk}|{network}").hexdigest()
