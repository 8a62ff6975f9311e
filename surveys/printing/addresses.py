"""The address of a collection point, as it is printed and opened."""

from django.urls import reverse

from core.jobs import notices
from surveys.enums import Channel
from surveys.models import CollectionPoint

URL_NAMES = {Channel.TABLET: "surveys:kiosk", Channel.INVESTIGATOR: "surveys:guest"}


def path_of(point: CollectionPoint) -> str:
    """The page of a point: the screens of the tablet, the programme of an investigator, or the questionnaire."""
    return reverse(URL_NAMES.get(Channel(point.channel), "surveys:respond"), args=[point.token])


def address_of(point: CollectionPoint) -> str:
    """The full address that a person types or scans: short where it is printed."""
    return notices.absolute(reverse("surveys-short", args=[typed(point.code)]) if point.code else path_of(point))


def typed(code: str) -> str:
    """A code as it is printed, in two halves: « K7Q-F3M »."""
    return f"{code[:3]}-{code[3:]}"
