"""The criteria of a survey beside those of the one before: N-1, in every deck that shows a survey."""

from core.base.words import in_words
from core.pages.decks import Bar, Slide
from core.pages.decks.paging import fitted
from surveys.enums import CampaignState
from surveys.models import Campaign
from surveys.results.content import SurveyContent, content_of

TITLE = "Par rapport à l’enquête précédente"
WIDTHS = (10, 5, 5)


def compared(campaign: Campaign, content: SurveyContent, *, title: str = TITLE) -> list[Slide]:
    """The same criteria at the same site the time before, where the same questionnaire was asked; nothing else."""
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
        (line.criterion, _told(before[line.criterion]), _told(line))
        for line in content.lines
        if line.criterion in before
    ]
    notes = "Deux résultats dont les marges se recouvrent ne diffèrent pas de façon établie."
    return [Slide(name, head=head, rows=page, widths=WIDTHS, notes=notes) for name, page in fitted(title, rows, WIDTHS)]


def _told(line: Bar) -> str:
    """« 86,3 % (51 réponses) »."""
    return f"{line.percent} ({line.base})" if line.base else line.percent
