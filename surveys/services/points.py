"""The ways in for forms: their address is drawn at random, and put out of service when it should be no more."""

import secrets
from datetime import date

from django.db import transaction

from core.base.errors import UserError
from core.base.words import in_words
from core.record import history
from core.record.deeds import locked, set_fields
from organisations.models import User
from surveys.enums import CampaignState, Channel, Kind, Language
from surveys.models import Campaign, CollectionPoint, Place

TOKEN_BYTES = 16  # 128 bits: nobody guesses an address, and a QR code of it stays coarse enough to be scanned
# Of what is printed and typed: no vowel that would make a word, no sign that looks like another.
ALPHABET = "23456789BCDFGHJKMNPQRSTVWXZ"
CODE_LENGTH = 6
CHANNELS = {
    Kind.SATISFACTION: (Channel.WEB, Channel.QR, Channel.TABLET),
    Kind.MYSTERY: (Channel.INVESTIGATOR,),
}
FIELDS = ("label", "place", "language", "expires_on")


@transaction.atomic
def add_point(
    campaign: Campaign,
    *,
    channel: str,
    by: User | None,
    place: Place | None = None,
    label: str = "",
    language: str = Language.FRENCH,
    expires_on: date | None = None,
    reason: str = "",
) -> CollectionPoint:
    """A point with an address of its own. UserError on a closed campaign, a channel or a place that is not its own."""
    _refuse_closed(campaign)
    point = CollectionPoint(
        campaign=campaign,
        channel=channel,
        place=place,
        label=label.strip(),
        language=language,
        expires_on=expires_on,
        token=draw_token(),
        code=None if channel == Channel.INVESTIGATOR else draw_code(),
    )
    _check(point)
    history.save(point, by=by, reason=reason)
    return point


@transaction.atomic
def change_point(point: CollectionPoint, *, by: User, reason: str = "", **fields) -> CollectionPoint:
    """Change its words, place, language or last day; its address stays."""
    point = locked(point, "campaign__site", "place")
    _refuse_closed(point.campaign)
    set_fields(point, fields, FIELDS)
    _check(point)
    history.save(point, by=by, reason=reason)
    return point


@transaction.atomic
def disable_point(point: CollectionPoint, *, by: User, reason: str = "") -> CollectionPoint:
    """Its address answers that the point is closed; the forms it brought stay."""
    return _set_active(point, False, by=by, reason=reason)


@transaction.atomic
def enable_point(point: CollectionPoint, *, by: User, reason: str = "") -> CollectionPoint:
    """The same address takes forms again."""
    return _set_active(point, True, by=by, reason=reason)


def draw_token() -> str:
    """An address that nobody guesses."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def draw_code() -> str:
    """A short address, free in this installation: « K7QF3M »."""
    while True:
        code = "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))
        if not CollectionPoint.objects.filter(code=code).exists():
            return code


def find_by_code(typed: str) -> CollectionPoint | None:
    """The public point of a short address as a person types it: any case, with or without dashes and spaces."""
    code = "".join(sign for sign in typed.upper() if sign in ALPHABET)
    return CollectionPoint.objects.public().filter(code=code).first() if len(code) == CODE_LENGTH else None


def _set_active(point: CollectionPoint, is_active: bool, *, by: User, reason: str) -> CollectionPoint:
    point = locked(point, "campaign__site", "place")
    if point.is_active == is_active:
        raise UserError("Ce point de collecte est déjà " + ("en service." if is_active else "hors service."))
    if is_active:
        _refuse_closed(point.campaign)
    point.is_active = is_active
    history.save(point, by=by, reason=reason)
    return point


def _refuse_closed(campaign: Campaign) -> None:
    if campaign.state == CampaignState.CLOSED:
        raise UserError("La campagne est close : rouvrez-la pour changer ses points de collecte.")


def _check(point: CollectionPoint) -> None:
    campaign = point.campaign
    if point.channel not in CHANNELS[Kind(campaign.kind)]:
        raise UserError("Ce canal ne convient pas à cette campagne.", field="channel")
    if point.language not in Language.values:
        raise UserError("Choisissez la langue proposée.", field="language")
    if point.place and point.place.site_id != campaign.site_id:
        raise UserError(f"« {point.place} » n’est pas un lieu de « {campaign.site} ».", field="place")
    if point.expires_on and point.expires_on < campaign.starts_on:
        raise UserError(
            f"La campagne commence le {in_words(campaign.starts_on)} : le point de collecte doit valoir jusque-là.",
            field="expires_on",
        )
