"""The delays of the messages of a mystery survey, scenario by scenario: which mailbox answered, and how fast."""

from dataclasses import dataclass

from surveys.models import Campaign, Response
from surveys.rules.delays import Delays, summed


@dataclass(frozen=True)
class ScenarioDelays:
    """A scenario, the mailbox or address it tries, and its delays."""

    title: str
    contact: str
    delays: Delays


def delays_of(campaign: Campaign) -> list[ScenarioDelays]:
    """Those of the tests that say when they were sent, in the order of the scenarios; one query, none for others."""
    if not campaign.is_mystery:
        return []
    rows = Response.objects.filter(campaign=campaign, sent_at__isnull=False).counted().select_related("scenario")
    groups: dict[tuple, list[Response]] = {}
    for row in rows.order_by("scenario__position", "scenario_id", "sent_at", "pk"):
        groups.setdefault(_key(row), []).append(row)
    return [
        ScenarioDelays(title, contact, summed(row.delay for row in tests)) for (title, contact), tests in groups.items()
    ]


def _key(row: Response) -> tuple[str, str]:
    return (row.scenario.title, row.scenario.contact) if row.scenario else ("hors scénario", "")
