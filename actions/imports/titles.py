"""What a plan was born of, and when, as its title tells: « suite à l’audit interne du 16/10/2015 »; its « màj » day."""

import re
from collections.abc import Iterator
from datetime import date

from actions.enums import Origin
from actions.imports.roles import SAID, expression
from core.importing.words import plain
from core.time.fuzzy_dates import Kind, parse

_MONTHS = r"janvier|f[ée]vrier|mars|avril|mai|juin|juillet|ao[ûu]t|septembre|octobre|novembre|d[ée]cembre"
_DATE = re.compile(
    rf"\b\d{{1,2}}(?:er|ᵉʳ)?(?: et \d{{1,2}})? (?:{_MONTHS}) \d{{4}}\b|"
    r"\b\d{1,2}[/.-]\d{1,2}[/.-](?:\d{4}|\d{2})\b",
    re.IGNORECASE,
)
_LIMIT = re.compile(r"(?:avant|depuis|jusqu['’]au)(?: le)? ?$", re.IGNORECASE)
_UPDATED = re.compile(r"^\W*(?:document )?(?:maj|mise? a jour|actualise|updated)\b")
_PLAN = re.compile(r"\bplans?\b.*\b(?:actions?|amelioration|progres)\b|^suites? |\bsuivi\b|\baudit\b|\bpaq|programme d")


def origin_of(title: str) -> Origin:
    """OTHER when the title does not tell."""
    words = plain(title)
    signs = SAID["origin"].items()
    return next((Origin(code) for code, said in signs if re.search(expression(said), words)), Origin.OTHER)


def origin_day(title: str) -> date | None:
    """The day of the audit, meeting or survey: the first one written, limits (« avant le… ») apart."""
    days = list(dates_in(title))
    own = [day for place, day in days if not _LIMIT.search(title[:place])]
    return next(iter(own or [day for _place, day in days]), None)


def updated_day(text: str) -> date | None:
    """The day of « màj 07/10/16 »; None for any other words."""
    return next((day for _place, day in dates_in(text)), None) if _UPDATED.match(plain(text)) else None


def is_title(text: str) -> bool:
    """Whether words above a table or a list name a plan."""
    return bool(_PLAN.search(plain(text)))


def opens(text: str) -> bool:
    """Whether the words over headings begin another plan: « Plan d’actions suite à… », « màj 07/10/16 »."""
    return is_title(text) or updated_day(text) is not None


def dates_in(text: str) -> Iterator[tuple[int, date]]:
    """Every day written in a sentence, with its place; « 10 et 11 octobre 2019 » is its first day."""
    for match in _DATE.finditer(text):
        found = parse(match[0].replace("ᵉʳ", "er"), events={})
        if found.kind in (Kind.DAY, Kind.PERIOD) and found.earliest:
            yield match.start(), found.earliest
