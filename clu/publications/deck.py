"""The deck of a meeting in one click, from its agenda and live data."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from clu.enums import ItemContent
from clu.models import AgendaItem, Meeting
from clu.publications import approach, complaints, figures, plans, surveys, training
from clu.publications.part import UNKNOWN_OWNER, Asked, Blank, Part
from clu.rules.agendas import template_of
from core.base.words import in_words
from core.pages.decks import Slide, numbered
from core.pages.decks.paging import fitted_bullets
from indicators.models import Reading
from organisations.enums import Role
from organisations.models import Membership

PARTS: Mapping[str, Callable[[Asked], Part]] = {
    ItemContent.FREE: approach.free,
    ItemContent.APPROACH: approach.approach,
    ItemContent.INDICATORS: figures.indicators,
    ItemContent.SATISFACTION: surveys.satisfaction,
    ItemContent.MYSTERY: surveys.mystery,
    ItemContent.COMPLAINTS: complaints.complaints,
    ItemContent.OPINIONS: approach.opinions,
    ItemContent.PLAN: plans.plan,
    ItemContent.TRAINING: training.training,
    ItemContent.REPLIES: plans.replies,
    ItemContent.REVIEW: approach.review,
    ItemContent.QUESTIONS: approach.questions,
}


@dataclass(frozen=True)
class Deck:
    """The slides in order, cover first, and what is still blank, each with who answers for it."""

    slides: Sequence[Slide]
    blanks: Sequence[Blank]


def deck_of(meeting: Meeting, *, today: date) -> Deck:
    """The deck of a meeting, as its data stand; without an agenda, the usual one of the committee."""
    items = list(meeting.items.all()) or _usual(meeting)
    owner, period = owner_of(meeting), period_of(meeting)
    parts = [PARTS[item.content](Asked(meeting, item, owner, period)) for item in items]
    slides = [_cover(meeting), *_agenda(items), *(slide for part in parts for slide in part.slides)]
    foot = f"{meeting.committee.site}, {meeting.title} – mis à jour le {in_words(today)}"
    return Deck(numbered(slides, foot), [blank for part in parts for blank in part.blanks])


def blanks_of(meeting: Meeting, *, today: date) -> Sequence[Blank]:
    """What is to be typed before the meeting."""
    return deck_of(meeting, today=today).blanks


def file_name(meeting: Meeting, extension: str) -> str:
    """« diaporama-clu-2022-03-10.pptx »."""
    return f"diaporama-{meeting.kind}-{meeting.held_on:%Y-%m-%d}.{extension}"


def owner_of(meeting: Meeting) -> str:
    """The référent of the site, by name; the role where nobody holds it."""
    held = Membership.objects.in_force(meeting.held_on).filter(role=Role.QUALITY_REFERENT)
    row = held.filter(unit=meeting.committee.site_id).select_related("user").order_by("valid_from", "pk").first()
    return f"{UNKNOWN_OWNER} ({row.user})" if row else UNKNOWN_OWNER


def period_of(meeting: Meeting) -> tuple[int, int]:
    """The year of the meeting up to the month before it; the year before, whole, where nothing is measured yet."""
    day = meeting.held_on
    readings = Reading.objects.filter(site=meeting.committee.site_id, year=day.year).values_list("months", flat=True)
    is_measured = any(
        month["month"] < day.month and month["state"] == "measured" for months in readings for month in months
    )
    return (day.year, day.month - 1) if is_measured else (day.year - 1, 12)


def _cover(meeting: Meeting) -> Slide:
    name = meeting.committee.name_on(meeting.held_on)
    when = f"Réunion du {in_words(meeting.held_on)}"
    hour = f" à {meeting.starts_at:%H h %M}" if meeting.starts_at else ""
    bullets = [str(meeting.committee.site), f"{when}{hour}", *([meeting.place] if meeting.place else [])]
    chair = f" Présidée par {meeting.chair}." if meeting.chair else ""
    return Slide(f"{name[:1].upper()}{name[1:]}", bullets, notes=f"{meeting.title}, {meeting.committee.site}.{chair}")


def _agenda(items: Sequence[AgendaItem]) -> list[Slide]:
    bullets = [item.title for item in items]
    return [
        Slide(title, page, notes=f"{len(items)} points à l’ordre du jour.")
        for title, page in fitted_bullets("Ordre du jour", bullets)
    ]


def _usual(meeting: Meeting) -> list[AgendaItem]:
    return [
        AgendaItem(meeting=meeting, position=rank, title=title, content=content)
        for rank, (title, content) in enumerate(template_of(meeting.kind), start=1)
    ]
