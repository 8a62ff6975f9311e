"""The last survey of a kind: n, interval and N-1; the one presented in this meeting first."""

from dataclasses import replace
from datetime import timedelta
from urllib.parse import urlencode

from django.urls import reverse

from clu.publications.part import Asked, Part
from core.base.words import in_words
from core.pages.decks import Slide
from surveys.enums import CampaignState, Kind
from surveys.models import Campaign
from surveys.publications import content_of
from surveys.publications.slides import results
from surveys.publications.years import TITLE, compared

RECENT = timedelta(days=550)


def satisfaction(asked: Asked) -> Part:
    return _survey(asked, Kind.SATISFACTION, "Enquête de satisfaction")


def mystery(asked: Asked) -> Part:
    return _survey(asked, Kind.MYSTERY, "Enquête mystère")


def shown_in(asked: Asked, kind: str) -> Campaign | None:
    """The closed campaign presented that day, else the last one that ended before it."""
    rows = Campaign.objects.filter(site=asked.site, kind=kind, state=CampaignState.CLOSED).select_related(
        "site", "questionnaire"
    )
    presented = rows.filter(presented_on=asked.on).order_by("-ends_on", "-pk").first()
    recent = rows.filter(ends_on__range=(asked.on - RECENT, asked.on))
    return presented or recent.order_by("-ends_on", "-pk").first()


def _survey(asked: Asked, kind: str, name: str) -> Part:
    campaign = shown_in(asked, kind)
    if campaign is None:
        address = f"{reverse('surveys:campaigns')}?{urlencode({'kind': kind})}"
        return asked.nothing(f"{name} close avant la réunion", url=address)
    content = content_of(campaign)
    head = Slide(
        asked.title,
        [
            f"{content.title} : {content.returns_words}, {content.dates}",
            *([_too_late(campaign)] if campaign.ends_on > asked.on else []),
        ],
        notes=f"{content.title}, {content.returns_words} {content.dates}.",
    )
    short = "Enquête mystère" if content.is_mystery else "Satisfaction"
    told = [replace(slide, title=f"{short} : {_small(slide.title)}") for slide in results(content)]
    return Part([head, *told, *compared(campaign, content, title=f"{short} : {_small(TITLE)}")])


def _too_late(campaign: Campaign) -> str:
    return f"Attention : l’enquête est datée du {in_words(campaign.ends_on)}, après cette réunion"


def _small(title: str) -> str:
    return title[:1].lower() + title[1:]
