"""The meetings of a site that the apps above know of: the days on which a survey may be presented."""

from datetime import date

from core.base.registries import event_dates
from core.base.words import in_words
from organisations.models import Unit

MOST = 3


def meetings_of(site: Unit, since: date) -> list[tuple[date, str]]:
    """(day, label) of the next meetings, soonest first."""
    found = {(day, event.label) for event in event_dates for day in event.find(site, since)}
    return sorted(found)[:MOST]


def meetings_told(site: Unit, since: date) -> str:
    """« Réunions connues : prochain CLU le 10/06/2022. »; empty where none is known."""
    told = ", ".join(f"{label} le {in_words(day)}" for day, label in meetings_of(site, since))
    return f"Réunions connues : {told}." if told else ""
