"""The site and the year kept from page to page: chosen in the header, held in a signed cookie of the browser."""

import re
from dataclasses import dataclass
from functools import partial

from django.conf import settings
from django.core import signing

COOKIE = f"{settings.COOKIE_PREFIX}lieu"
MAX_AGE = 90 * 24 * 3600
EVERYWHERE = "Tous mes sites"
_SALT = "organisations.places"
_KIND = re.compile(r"(?:sous-)?préfecture (?:de la |de l’|de l'|des |de |du |d’|d')?", re.IGNORECASE)
_ASIDE = re.compile(r"\s*\([^()]*\)$")


@dataclass(frozen=True)
class Place:
    """A site and a year. No site: all of one's sites, chosen so where `is_chosen`."""

    code: str = ""
    pk: int = 0
    name: str = ""
    year: int = 0
    is_chosen: bool = False

    def __str__(self) -> str:
        return " · ".join(filter(None, (self.name or EVERYWHERE, str(self.year or ""))))


NOWHERE = Place()


def short_name(name: str) -> str:
    """« Aix-en-Provence » for « Sous-préfecture d’Aix-en-Provence (démonstration) »."""
    bare = _ASIDE.sub("", name).strip() or name
    found = _KIND.match(bare)
    rest = bare[found.end() :].strip() if found else bare
    return rest[:1].upper() + rest[1:] or bare


def kept(request) -> Place:
    """The place that this person keeps; NOWHERE before the first."""
    try:
        author, *place = signing.loads(request.COOKIES.get(COOKIE, ""), salt=_SALT, max_age=MAX_AGE)
        return Place(*place) if author == request.user.pk else NOWHERE
    except (signing.BadSignature, TypeError, ValueError):
        return NOWHERE


def keep(response, request, place: Place) -> None:
    """Keep a place for the pages to come."""
    told = [request.user.pk, place.code, place.pk, place.name, place.year, place.is_chosen]
    value = signing.dumps(told, salt=_SALT)
    response.set_cookie(COOKIE, value, max_age=MAX_AGE, secure=settings.SECURE_COOKIES, httponly=True, samesite="Lax")


def is_everywhere(request) -> bool:
    """Whether the person chose to see all their sites together."""
    place = kept(request)
    return place.is_chosen and not place.code


def shown(request) -> Place:
    """What the header says: the place of the page, else the one kept."""
    return getattr(request, "place_shown", None) or kept(request)


def context(request) -> dict:
    """For every template: `place_shown`, worked out where it is printed."""
    return {"place_shown": partial(shown, request)}
