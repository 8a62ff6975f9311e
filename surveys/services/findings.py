"""From a weak criterion to a finding of the action plan that follows the survey, in one verb."""

from django.db import transaction

from actions.enums import FindingKind, Origin
from actions.models import Finding, Plan
from actions.services import findings, plans
from core.base.errors import UserError
from core.base.figures import RATE, format_figure
from core.record import history
from referential.enums import Theme
from surveys.enums import CampaignState, Kind
from surveys.models import Campaign, CriterionFinding, Question
from surveys.results import CriterionRow, leaving

ORIGINS = {Kind.SATISFACTION: Origin.SATISFACTION_SURVEY, Kind.MYSTERY: Origin.MYSTERY_SURVEY}
LONGEST_TITLE = 300


@transaction.atomic
def open_finding(campaign: Campaign, question: Question, *, by, reason: str = "") -> tuple[Finding, bool]:
    """The finding that a criterion of a closed campaign opens in its plan; (the finding, whether it is new)."""
    campaign = Campaign.objects.select_for_update(of=("self",), no_key=True).get(pk=campaign.pk)
    known = CriterionFinding.objects.filter(campaign=campaign, question=question).select_related("finding").first()
    if known:
        return known.finding, False
    row = _row_of(campaign, question)
    reason = reason or f"Critère de « {campaign.title} »"
    finding = findings.add_finding(
        plan_of(campaign, by=by, reason=reason),
        text=sentence(campaign, row),
        kind=FindingKind.WEAKNESS,
        theme=Theme.RECEPTION,
        engagements=[link.engagement for link in question.engagement_links.select_related("engagement")],
        by=by,
        reason=reason,
    )
    history.save(CriterionFinding(campaign=campaign, question=question, finding=finding), by=by, reason=reason)
    return finding, True


def plan_of(campaign: Campaign, *, by, reason: str = "") -> Plan:
    """The plan that follows the campaign: the one that has its findings, or the one of its title, or a new one."""
    linked = CriterionFinding.objects.filter(campaign=campaign).select_related("finding__plan").first()
    if linked:
        return linked.finding.plan
    title = f"Suites de l’enquête – {campaign.title}"[:LONGEST_TITLE]
    known = Plan.objects.filter(site=campaign.site_id, title=title).first()
    return known or plans.create_plan(
        site=campaign.site,
        title=title,
        origin=ORIGINS[Kind(campaign.kind)],
        origin_on=campaign.ends_on,
        by=by,
        reason=reason,
    )


def sentence(campaign: Campaign, row: CriterionRow) -> str:
    """The finding in words, with its base and its interval."""
    low, high = format_figure(row.low, RATE, 0), format_figure(row.high, RATE, 0)
    interval = f"intervalle de confiance à 95 % : de {low} à {high}"
    rate = format_figure(row.rate, RATE)
    if campaign.is_mystery:
        return (
            f"{campaign.title} : « {row.criterion} », {rate} de oui "
            f"({row.satisfied} sur {row.answered} tests évalués ; {interval})."
        )
    return (
        f"{campaign.title} : {rate} de satisfaits sur « {row.criterion} » "
        f"({row.satisfied} sur {row.answered} réponses ; {interval})."
    )


def _row_of(campaign: Campaign, question: Question) -> CriterionRow:
    if campaign.state != CampaignState.CLOSED:
        raise UserError("Attendez la clôture de la campagne : un résultat provisoire ne fonde pas un constat.")
    row = leaving(campaign).by_question.get(question.code)
    if row is None or question.questionnaire_id != campaign.questionnaire_id:
        raise UserError("Ce critère n’est pas de cette enquête.")
    if row.rate is None:
        raise UserError("Ce pourcentage n’est pas significatif : il ne fonde pas un constat.")
    return row
