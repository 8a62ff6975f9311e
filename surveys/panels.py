"""What the surveys add to the page of a finding: the criterion it comes from, and what later surveys say of it."""

from django.urls import reverse

from actions.models import Finding
from actions.registries import Panel, finding_panels
from core.registries import CardContent, CardRow
from organisations.permissions import Permission
from surveys.enums import CampaignState
from surveys.models import Campaign, CampaignResult, CriterionFinding
from surveys.results import Results, Row
from surveys.results import words as say
from surveys.results.reading import of_kept
from surveys.rules.statistics import compare

MOST_LATER = 3


def criteria(request, finding: Finding) -> CardContent | None:
    """The criterion whose weakness opened the finding, then the same one in the surveys held since: did it work?"""
    links = CriterionFinding.objects.filter(
        finding=finding, campaign__in=Campaign.objects.visible_to(request.user)
    ).select_related("campaign__questionnaire", "question")
    rows = [row for link in links for row in _rows(link)]
    return CardContent(rows=rows) if rows else None


def _rows(link: CriterionFinding) -> list[CardRow]:
    found = [of_kept(kept, [link.question]) for kept in _since(link.campaign)]
    if not found or link.question.code not in found[0].by_question:
        return []
    origin = found[0].by_question[link.question.code]
    return [_row(results, results.by_question[link.question.code], origin) for results in found[: MOST_LATER + 1]]


def _since(campaign: Campaign) -> list[CampaignResult]:
    """The kept results of the campaign, then of those closed since at the site with the same questionnaire."""
    rows = CampaignResult.objects.filter(
        campaign__site=campaign.site_id, campaign__kind=campaign.kind, campaign__state=CampaignState.CLOSED,
        campaign__questionnaire__code=campaign.questionnaire.code, campaign__starts_on__gte=campaign.starts_on,
    ).select_related("campaign")  # fmt: skip
    return list(rows.order_by("campaign__starts_on", "campaign_id"))


def _row(results: Results, row: Row, origin: Row) -> CardRow:
    campaign = results.campaign
    sign, words = say.arrow(compare(row.proportion, origin.proportion)) if row is not origin else ("", "")
    detail = f"{say.percent(row)} ({say.base(row, is_mystery=campaign.is_mystery)}) {sign} {words}".strip()
    url = f"{reverse('surveys:results', args=[campaign.code])}#critere-{row.question}"
    return CardRow(f"{campaign.title}\u202f: {row.criterion}", url, detail)


def register() -> None:
    """Register the panel."""
    finding_panels.register(Panel("survey_criterion", "D’où vient ce constat", criteria, 50, Permission.SURVEY_VIEW))
