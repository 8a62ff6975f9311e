"""Paper forms typed by an agent: a batch is what one person types in one day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils import timezone

from core.base.errors import UserError
from core.base.words import in_words
from organisations.models import User
from surveys.enums import Channel, Language
from surveys.models import Campaign, Place, Response
from surveys.services import intake


@dataclass(frozen=True)
class Batch:
    """How many forms a person has typed today, and the last one."""

    count: int
    last: Response | None

    @property
    def next_number(self) -> str:
        """The number after the last one, when it is a number."""
        number = self.last.number if self.last else ""
        return str(int(number) + 1).zfill(len(number)) if number.isdecimal() else ""


def batch_of(campaign: Campaign, user: User) -> Batch:
    """What the person has typed today for a campaign."""
    rows = Response.objects.filter(campaign=campaign).batch_of(user, _midnight())
    return Batch(rows.count(), rows.first())


def enter(
    campaign: Campaign,
    *,
    key: UUID,
    answers: Mapping[str, Any],
    answered_on: date,
    by: User,
    place: Place | None = None,
    number: str = "",
    language: str = Language.FRENCH,
) -> tuple[Response, bool]:
    """Record a paper form, once per key. UserError on an empty one, or on a number typed before."""
    if not any(answers.values()):
        raise UserError("Ce formulaire est vide : tapez au moins une réponse.")
    twin = _same_number(campaign, number, key)
    if twin is not None:
        raise UserError(f"Le formulaire n° {number} est déjà saisi ({_when(twin)}).", field="number")
    return intake.receive(
        campaign,
        key=key,
        answers=answers,
        channel=Channel.PAPER,
        answered_on=answered_on,
        place=place,
        language=language,
        entered_by=by,
        number=number,
    )


def correct(response: Response, *, answers: Mapping[str, Any], by: User, **fields: Any) -> Response:
    """Write again a form typed wrongly; see `intake.correct`."""
    return intake.correct(response, answers=answers, by=by, **fields)


def _same_number(campaign: Campaign, number: str, key: UUID) -> Response | None:
    if not number:
        return None
    typed = Response.objects.filter(campaign=campaign, number=number).paper().counted()
    return typed.exclude(key=key).select_related("entered_by").first()


def _when(response: Response) -> str:
    who = f" par {response.entered_by}" if response.entered_by else ""
    return f"le {in_words(timezone.localdate(response.received_at))}{who}"


def _midnight() -> datetime:
    return timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
