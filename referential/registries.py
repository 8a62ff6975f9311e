"""Knowledge that goes up about engagements: what each app keeps about one at a site, and whether the site is ready.

An app registers in `AppConfig.ready()`; the page of an engagement, and `audits`, know none of them by name.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from core.base.registries import CardContent, Registry

RED, ORANGE = "red", "orange"


@dataclass(frozen=True)
class Signal:
    """Something that weighs on an engagement: `engagement_id` None where the whole site is concerned."""

    engagement_id: int | None
    level: str  # RED or ORANGE
    sentence: str
    url: str = ""


@dataclass(frozen=True)
class Readiness:
    """A reading: `signals(site, on)` gives what weighs on the engagements of a site on a day, in constant queries."""

    code: str
    label: str
    signals: Callable[[Any, date], Iterable[Signal]]
    position: int = 100


@dataclass(frozen=True)
class Dossier:
    """The file of an engagement: who reads it, at which site, on which day; `keys` has its sub-engagements too."""

    user: Any
    site: Any
    on: date
    keys: Collection[int]


@dataclass(frozen=True)
class FilePart:
    """A part of that file: `read(dossier)` in constant queries; `nothing` is said of an empty one."""

    code: str
    title: str
    read: Callable[[Dossier], CardContent]
    nothing: str
    position: int = 100
    permission: str = ""


readiness: Registry[Readiness] = Registry("readiness")
file_parts: Registry[FilePart] = Registry("file_parts")
