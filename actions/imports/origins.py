"""What a plan was born of, and when, as its title tells: « suite à l’audit interne du 16/10/2015 »."""

import re
from datetime import date

from actions.enums import Origin
from actions.imports.words import dates_in
from core.imports.words import plain

# In this order: lessons from other audits are no audit of the site.
_SIGNS = (
    (r"retours? d ?experiences?|\brex\b", Origin.FEEDBACK),
    (r"mysteres?", Origin.MYSTERY_SURVEY),
    (r"satisfaction", Origin.SATISFACTION_SURVEY),
    (r"\bclu\b|comites? loca(?:l|ux) des usagers", Origin.CLU),
    (r"\bcopil\b|comites? de pilotage", Origin.COPIL),
    (r"reclamations?|plaintes?|suggestions?", Origin.COMPLAINT),
    (r"audits? (?:externe|de labellisation|de certification|de suivi|afnor)|\bafnor\b", Origin.EXTERNAL_AUDIT),
    (r"audits? internes?|\baudits?\b", Origin.INTERNAL_AUDIT),
)
_LIMIT = re.compile(r"(?:avant|depuis|jusqu['’]au)(?: le)? ?$", re.IGNORECASE)
_UPDATED = re.compile(r"^\W*(?:document )?(?:maj|mise? a jour)\b")


def origin_of(title: str) -> Origin:
    """OTHER when the title does not tell."""
    words = plain(title)
    return next((origin for sign, origin in _SIGNS if re.search(sign, words)), Origin.OTHER)


def origin_day(title: str) -> date | None:
    """The day of the audit, meeting or survey: the first one written, limits (« avant le… ») apart."""
    days = list(dates_in(title))
    own = [day for place, day in days if not _LIMIT.search(title[:place])]
    return next(iter(own or [day for _place, day in days]), None)


def updated_day(text: str) -> date | None:
    """The day of « màj 07/10/16 »; None for any other words."""
    if not _UPDATED.match(plain(text)):
        return None
    return next((day for _place, day in dates_in(text)), None)
