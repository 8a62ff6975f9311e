"""Knowledge that goes up to the pages of the plans and to the weekly digest: what other apps say there.

An app above registers a panel in `AppConfig.ready()`: the indicator an action should move, the survey or the complaint
that opened a finding, its twins. A panel that has nothing to say gives None.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from core.base.registries import CardContent, Registry


@dataclass(frozen=True)
class Panel:
    """A card of a page: `render(request, object)` gives its rows, or a template of the app with its context."""

    code: str
    title: str
    render: Callable[[Any, Any], CardContent | None]
    position: int = 100
    permission: str = ""


@dataclass(frozen=True)
class MeetingDates:
    """Days of meetings that an app above keeps: `find(site, origin, on)` gives those of a CLU or COPIL from a day."""

    code: str
    find: Callable[[Any, str, date], Iterable[date]]
    position: int = 100


@dataclass(frozen=True)
class DigestLine:
    """A line of the digest of a person: what waits for them at a site, and its page."""

    person: Any
    site_id: int
    text: str
    path: str


@dataclass(frozen=True)
class DigestPart:
    """What an app above puts in the weekly digest: `find(charges, site_ids, on)`; `one`, `many` count its lines."""

    code: str
    title: str
    one: str
    many: str
    find: Callable[[Any, set[int], date], Iterable[DigestLine]]
    position: int = 100


digest_parts: Registry[DigestPart] = Registry("digest_parts")
meeting_dates: Registry[MeetingDates] = Registry("meeting_dates")
action_panels: Registry[Panel] = Registry("action_panels")
finding_panels: Registry[Panel] = Registry("finding_panels")


def panels_of(registry: Registry[Panel], request, obj) -> list[dict]:
    """The panels that have something to say to that person: [{title, content}]."""
    shown = [(panel.title, panel.render(request, obj)) for panel in registry.for_user(request.user)]
    return [{"title": title, "content": content} for title, content in shown if content is not None]
