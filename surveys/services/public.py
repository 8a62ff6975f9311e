"""Forms of people without an account: web, QR code, tablet. Limited per place and network, of which nothing is kept."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID, uuid5

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from core.base.errors import UserError
from core.base.words import in_words
from core.record import history, limits
from surveys.enums import CampaignState, Channel, Language
from surveys.models import Campaign, CollectionPoint, Response
from surveys.rules import answers as rules
from surveys.services import entrances, intake

PERIOD = timedelta(hours=1)
LIMIT = 300  # forms an hour from one network to one address: a whole hall behind one connection
LIMITS = {
    Channel.TABLET: 3_000,  # a tablet that comes back sends its day at once; what is refused stays in its queue
    Channel.WEB: 60,  # a link is opened at home: no hall stands behind
}
CORRECTION = timedelta(minutes=10)
GRACE = timedelta(hours=1)
NOT_OURS = "Ce formulaire est ouvert depuis trop longtemps : vérifiez vos réponses, puis envoyez-les de nouveau."
logger = logging.getLogger(__name__)


class Reception(StrEnum):
    """What became of a form sent by the public."""

    RECEIVED = "received"
    KNOWN = "known"  # the same form, with the same answers, was there
    CORRECTED = "corrected"  # the same form, sent again a moment later with other answers
    LATE = "late"  # kept, set aside: the survey was over


class TooManyForms(UserError):
    """The network sent more forms than the limit; the same form can be sent again later."""


class NotOurForm(UserError):
    """Not a form that we drew, or one drawn too long ago: nothing is kept, and it is drawn again with its answers."""


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
    opened_at: datetime | None = None  # when the form was drawn, as its token says


def receive(point: CollectionPoint, sent: Sent, *, network: str) -> Reception:
    """Record a form of the public, once per key; the point is one that `entrances` gives, and may be a moment old.

    A key serves retries of the same answers. Others under the same key are a correction within some minutes, from the
    same point; else they are another form.

    `AnswersRefused` for what a person can mend, `EmptyForm`, `NotOurForm`, `TooManyForms` past the limit,
    `SurveyClosed` before the opening.
    """
    row = _read(point, sent)
    if not row.withdrawn_at and _insert_if_open(row, point, network):
        return Reception.RECEIVED
    present = entrances.read(point.token)
    if present is None:
        raise NotOurForm(NOT_OURS)
    row = _read(present, sent)
    known = _insert_within_limit(row, present, network)
    if known is not None and known.answers != row.answers:
        if _is_correction(known, present):
            return _correct(known, row)
        row.key = uuid5(row.key, repr(sorted(row.answers.items())))
        known = _insert_within_limit(row, present, network)
    if (known or row).withdrawn_at:
        return Reception.LATE
    return Reception.KNOWN if known else Reception.RECEIVED


def _is_correction(known: Response, point: CollectionPoint) -> bool:
    is_recent = timezone.now() - known.received_at < CORRECTION
    return is_recent and known.point_id == point.pk and not known.withdrawn_at and point.campaign.is_open


def _correct(known: Response, row: Response) -> Reception:
    known.answers, known.has_text, known.language = row.answers, row.has_text, row.language
    history.save(known, by=None, reason="Corrigé par qui répond", fields=["answers", "has_text", "language"])
    return Reception.CORRECTED


def _read(point: CollectionPoint, sent: Sent) -> Response:
    """The row to write."""
    if point.campaign.state == CampaignState.DRAFT:
        raise intake.refusal_of(point.campaign)
    cleaned = rules.clean(intake.definition_of(point.campaign.questionnaire), sent.answers, requiring=True)
    if sent.key is None or sent.is_trapped or cleaned.is_forged or sent.opened_at is None:
        logger.info("not our form, on collection point %s", point.pk)
        raise NotOurForm(NOT_OURS)
    if cleaned.problems:
        raise intake.AnswersRefused(cleaned.problems)
    if not cleaned.answers:
        raise EmptyForm("Aucune réponse : répondez à au moins une question.")
    return _row(point, sent, cleaned, key=sent.key)


def _insert_if_open(row: Response, point: CollectionPoint, network: str) -> bool:
    return entrances.insert_if_open(
        row,
        questionnaire_id=point.campaign.questionnaire_id,
        key=_limit_key(point, network),
        limit=_limit(point),
        period=PERIOD,
    )


def _row(point: CollectionPoint, sent: Sent, cleaned: rules.Cleaned, *, key: UUID) -> Response:
    """A form that comes too late is kept, out of the results: a tablet may have held it for days."""
    answered_on = _day(point.campaign, sent)
    late = _lateness(point, answered_on, sent.opened_at)
    return Response(
        campaign=point.campaign,
        key=key,
        channel=point.channel,
        point=point,
        place_id=point.place_id,
        language=sent.language,
        answered_on=answered_on,
        answers=cleaned.answers,
        has_text=cleaned.has_text,
        withdrawn_at=timezone.now() if late else None,
        withdrawn_reason=late,
    )


def _day(campaign: Campaign, sent: Sent) -> date:
    """The day that a tablet tells, its clock put right; else that on which the form was opened, if it was just now."""
    today, told = timezone.localdate(), sent.answered_on
    if told is None and sent.opened_at and timezone.now() - sent.opened_at < GRACE:
        told = timezone.localdate(sent.opened_at)
    return told if told and campaign.starts_on <= told <= today else today


def _lateness(point: CollectionPoint, answered_on: date, opened_at: datetime | None) -> str:
    """Why a form does not count: the survey is closed, its point is out of service, the day is outside its dates.

    One that was opened before the closing, and sent a moment after it, counts.
    """
    campaign = point.campaign
    closed_at = campaign.closed_at
    is_in_time = closed_at and opened_at and opened_at <= closed_at and timezone.now() - opened_at < GRACE
    if not campaign.is_open and not is_in_time:
        return f"Reçu après la clôture de l’enquête, rempli le {in_words(answered_on)}."
    if not point.is_in_service(timezone.localdate()):
        return f"Reçu d’un point de collecte hors service, rempli le {in_words(answered_on)}."
    if not campaign.starts_on <= answered_on <= campaign.ends_on:
        return f"Rempli le {in_words(answered_on)}, hors des dates de l’enquête."
    return ""


def _insert_within_limit(row: Response, point: CollectionPoint, network: str) -> Response | None:
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
    return None


def _limit(point: CollectionPoint) -> int:
    return LIMITS.get(Channel(point.channel), LIMIT)


def _limit_key(point: CollectionPoint, network: str) -> str:
    """Sealed with the secret of the site: the address cannot be found again from the counter."""
    return salted_hmac("surveys.intake", f"{point.pk}|{network}").hexdigest()
