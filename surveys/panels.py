"""What the surveys add: to a finding, the criterion it comes from, then and since; to an engagement, its criteria."""

from django.urls import reverse

from actions.models import Finding
from actions.registries import Panel, finding_panels
from core.base.registries import CardContent, CardRow
from organisations.permissions import Permission
from referential.registries import Dossier, FilePart, file_parts
from surveys.enums import CampaignState
from surveys.models import Campaign, CampaignResult, CriterionFinding, Question
from surveys.results import CriterionRow, Results
from surveys.results import words as say
from surveys.results.disclosure import controlled
from surveys.results.reading import is_current, of_kept
from surveys.rules.statistics import compare

MOST_LATER, MOST_SURVEYS = 3, 6


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
        campaign__site=campaign.site_id,
        campaign__kind=campaign.kind,
        campaign__state=CampaignState.CLOSED,
        campaign__questionnaire__code=campaign.questionnaire.code,
        campaign__starts_on__gte=campaign.starts_on,
    ).select_related("campaign")
    return list(rows.order_by("campaign__starts_on", "campaign_id"))


def _row(results: Results, row: CriterionRow, origin: CriterionRow) -> CardRow:
    campaign = results.campaign
    sign, words = say.arrow(compare(row.proportion, origin.proportion)) if row is not origin else ("", "")
    detail = f"{say.percent(row)} ({say.base(row, is_mystery=campaign.is_mystery)}) {sign} {words}".strip()
    url = f"{reverse('surveys:results', args=[campaign.code])}#critere-{row.question}"
    return CardRow(f"{campaign.title}\u202f: {row.criterion}", url, detail)


def of_engagement(dossier: Dossier) -> CardContent:
    """The criteria that serve the engagement, in the last surveys closed at the site, the last one first."""
    campaigns = Campaign.objects.visible_to(dossier.user).filter(site=dossier.site, state=CampaignState.CLOSED)
    asked = Question.objects.filter(engagement_links__engagement__in=dossier.keys).distinct()
    kept = CampaignResult.objects.filter(campaign__in=campaigns, campaign__questionnaire__questions__in=asked)
    shown = kept.select_related("campaign").distinct().order_by("-campaign__starts_on", "-campaign_id")[:MOST_SURVEYS]
    questions = list(asked.order_by("position", "pk"))
    results = [
        controlled(of_kept(one, [q for q in questions if q.questionnaire_id == one.campaign.questionnaire_id]))
        for one in shown
        if is_current(one.campaign, one)
    ]
    return CardContent(rows=[_row(one, row, row) for one in results for row in one.rows])


def register() -> None:
    """Register the panels."""
    file_parts.register(
        FilePart(
            "surveys",
            "Critères d’enquête",
            of_engagement,
            "Aucune enquête close de ce site n’interroge sur cet engagement.",
            40,
            Permission.SURVEY_VIEW,
        )
    )
    finding_panels.register(Panel("survey_criterion", "D’où vient ce constat", criteria, 50, Permission.SURVEY_VIEW))
