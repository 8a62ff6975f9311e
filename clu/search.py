"""What committees give to search: their meetings, by kind, year and place."""

from django.db.models import CharField
from django.db.models.functions import Cast, ExtractYear
from django.urls import reverse

from clu.models import Meeting
from core.base.registries import Gesture
from core.pages.search import Found, Searched, give
from organisations.permissions import Permission


def _meeting(meeting: Meeting) -> Found:
    return Found(meeting.title, reverse("clu:meeting", args=[meeting.pk]), meeting.committee.site.name)


MEETINGS = Meeting.objects.for_list().annotate(year=Cast(ExtractYear("held_on"), CharField()))


def register() -> None:
    """Give meetings."""
    give(
        Searched(
            "meetings",
            "réunion",
            "Réunions",
            MEETINGS,
            ("committee__kind", "committee__name", "year", "place"),
            _meeting,
            order=("-held_on", "-pk"),
            position=50,
        ),
        Gesture("Ajouter une instance", "clu:committee-create", Permission.COMMITTEE_EDIT, "créer clu copil réunion"),
    )
