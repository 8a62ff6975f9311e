"""The last survey of a kind: n, interval and N-1; the one presented in this meeting first."""

from dataclasses import replace
from datetime import timedelta
from urllib.parse import urlencode

from django.urls import reverse

from clu.publications.part import Asked, Part
from core.base.words import in_words
from core.pages.decks import Slide
from core.pages.decks.paging import fitted
from surveys.enums import CampaignState, Kind
from surveys.models import Campaign
from surveys.publications import SurveyContent, content_of
from surveys.publications.slides import results

RECENT = timedelta(days=550)
WIDTHS = (10, 5, 5)


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
    return Part([head, *told, *_years(campaign, content, short)])


def _too_late(campaign: Campaign) -> str:
    return f"Attention : l’enquête est datée du {in_words(campaign.ends_on)}, après cette réunion"


def _years(campaign: Campaign, content: SurveyContent, short: str) -> list[Slide]:
    """The same criteria the year before, where the same questionnaire was asked."""
    earlier = (
        Campaign.objects.filter(
            site=campaign.site_id,
            kind=campaign.kind,
            state=CampaignState.CLOSED,
            ends_on__lt=campaign.starts_on,
            questionnaire__code=campaign.questionnaire.code,
        )
        .select_related("site", "questionnaire")
        .order_by("-ends_on", "-pk")
        .first()
    )
    if earlier is None:
        return []
    before = {line.criterion: line for line in content_of(earlier).lines}
    head = ("Critère", f"N-1 ({in_words(earlier.ends_on)})", f"N ({in_words(campaign.ends_on)})")
    rows = [
        (line.criterion, _told(before.get(line.criterion)), _told(line))
        for line in content.lines
        if line.criterion in before
    ]
    notes = "Deux résultats dont les marges se recouvrent ne diffèrent pas de façon établie."
    return [
        Slide(title, head=head, rows=page, widths=WIDTHS, notes=notes)
        for title, page in fitted(f"{short} : par rapport à l’enquête précédente", rows, WIDTHS)
    ]


def _small(title: str) -> str:
    return title[:1].lower() + title[1:]


def _told(line) -> str:
    """« 86,3 % (51 réponses) »."""
    return f"{line.percent} ({line.base})" if line.base else line.percent
