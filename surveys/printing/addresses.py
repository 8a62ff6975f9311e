"""The address of a collection point, as it is printed and opened."""

from django.urls import reverse

from core import notices
from surveys.enums import Channel
from surveys.models import CollectionPoint

URL_NAMES = {Channel.TABLET: "surveys:kiosk", Channel.INVESTIGATOR: "surveys:guest"}


def path_of(point: CollectionPoint) -> str:
    """The page of a point: the screens of the tablet, the programme of an investigator, or the questionnaire."""
    return reverse(URL_NAMES.get(Channel(point.channel), "surveys:respond"), args=[point.token])


def address_of(point: CollectionPoint) -> str:
    """The full address that a person types or scans."""
    return notices.absolute(path_of(point))
