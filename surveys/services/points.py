"""The ways in for forms: their address is drawn at random, and put out of service when it should be no more."""

import secrets
from datetime import date

from django.db import transaction

from core import history
from core.errors import UserError
from core.words import in_words
from organisations.models import User
from surveys.enums import CampaignState, Channel, Kind, Language
from surveys.models import Campaign, CollectionPoint, Place

TOKEN_BYTES = 16  # 128 bits: nobody guesses an address, and a QR code of it stays coarse enough to be scanned
CHANNELS = {
    Kind.SATISFACTION: (Channel.WEB, Channel.QR, Channel.TABLET),
    Kind.MYSTERY: (Channel.INVESTIGATOR,),
}
FIELDS = ("label", "place", "language", "expires_on")


@transaction.atomic
def add_point(
    campaign: Campaign, *, channel: str, by: User | None, place: Place | None = None, label: str = "",
    language: str = Language.FRENCH, expires_on: date | None = None, reason: str = "",
) -> CollectionPoint:  # fmt: skip
    """A point with an address of its own. UserError on a closed campaign, a channel or a place that is not its own."""
    _refuse_closed(campaign)
    point = CollectionPoint(
        campaign=campaign, channel=channel, place=place, label=label.strip(), language=language, expires_on=expires_on,
        token=draw_token(),
    )  # fmt: skip
    _check(point)
    history.save(point, by=by, reason=reason)
    return point


@transaction.atomic
def change_point(point: CollectionPoint, *, by: User, reason: str = "", **fields) -> CollectionPoint:
    """Change its words, place, language or last day; its address stays."""
    point = _locked(point)
    _refuse_closed(point.campaign)
    for name, value in fields.items():
        if name not in FIELDS:
            raise TypeError(f"{name} is not a field of a collection point")
        setattr(point, name, value.strip() if isinstance(value, str) else value)
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


def _set_active(point: CollectionPoint, is_active: bool, *, by: User, reason: str) -> CollectionPoint:
    point = _locked(point)
    if point.is_active == is_active:
        raise UserError("Ce point de collecte est déjà " + ("en service." if is_active else "hors service."))
    if is_active:
        _refuse_closed(point.campaign)
    point.is_active = is_active
    history.save(point, by=by, reason=reason)
    return point


def _locked(point: CollectionPoint) -> CollectionPoint:
    rows = CollectionPoint.objects.select_for_update(of=("self",)).select_related("campaign__site", "place")
    return rows.get(pk=point.pk)


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
