"""What the surveys put on the home page: campaigns to open, watch and close; forms to enter and tablets to start."""

from django.urls import reverse
from django.utils import timezone

from core.base.registries import CardContent, CardRow, HomeCard, home_cards
from organisations.permissions import Permission
from surveys.enums import CampaignState, Channel
from surveys.follow_up import pace_of
from surveys.models import Campaign, CollectionPoint
from surveys.printing.addresses import path_of
from surveys.rules.pace import Pace

MOST_ROWS = 6
SOON = 7  # days before its beginning, a campaign in preparation is to be opened


def to_run(request) -> CardContent | None:
    """Campaigns to open, close or help, and the others with their counter, for those who run them."""
    today = timezone.localdate()
    campaigns = Campaign.objects.filter(site_id__in=request.user.access.units_with(Permission.SURVEY_EDIT))
    alive = campaigns.exclude(state=CampaignState.CLOSED).with_returns().select_related("site")
    rows = [
        _row(campaign, pace_of(campaign, campaign.returns, on=today)) for campaign in alive.order_by("ends_on", "pk")
    ]
    if not rows:
        return None
    rows.sort(key=lambda row: not row.badge)
    return CardContent(rows=rows[:MOST_ROWS], more_url=reverse("surveys:campaigns"), more_label="Toutes les campagnes")


def _row(campaign: Campaign, pace: Pace) -> CardRow:
    url = reverse("surveys:campaign", args=[campaign.code])
    label = f"{campaign.title}, {campaign.site}"
    if campaign.state == CampaignState.DRAFT:
        is_due = (campaign.starts_on - pace.on).days <= SOON
        return CardRow(
            label, url, f"En préparation, commence le {campaign.starts_on:%d/%m/%Y}", *(("À ouvrir", "new") * is_due)
        )
    detail = f"{pace.count}, jusqu’au {campaign.ends_on:%d/%m/%Y}"
    if pace.is_over:
        return CardRow(label, url, detail, "À clore", "new")
    if pace.is_behind:
        return CardRow(label, url, detail, "En retard", "warning")
    return CardRow(label, url, detail, *(("Objectif atteint", "success") * pace.is_reached))


def to_collect(request) -> CardContent | None:
    """The open surveys of the hall: forms to enter, tablets to start; for agents, in one tap."""
    user = request.user
    if user.can(Permission.SURVEY_EDIT):
        return None
    today = timezone.localdate()
    sites = user.sites_with(Permission.SURVEY_ENTER)
    campaigns = Campaign.objects.open().satisfaction().filter(site_id__in=sites, starts_on__lte=today)
    campaigns = list(campaigns.with_returns().order_by("ends_on", "pk")[:MOST_ROWS])
    tablets = CollectionPoint.objects.in_service(today).filter(campaign__in=campaigns, channel=Channel.TABLET)
    by_campaign: dict[int, list[CollectionPoint]] = {}
    for tablet in tablets.select_related("place", "campaign"):
        by_campaign.setdefault(tablet.campaign_id, []).append(tablet)
    rows = [row for campaign in campaigns for row in _collecting(campaign, by_campaign.get(campaign.pk, []), today)]
    return CardContent(rows=rows) if rows else None


def _collecting(campaign: Campaign, tablets: list[CollectionPoint], today) -> list[CardRow]:
    pace = pace_of(campaign, campaign.returns, on=today)
    entry = reverse("surveys:paper", args=[campaign.code])
    rows = [CardRow("Saisir les formulaires papier", entry, f"{campaign.title} : {pace.count}")]
    if not pace.is_over:
        rows += [CardRow("Lancer la tablette", path_of(tablet), f"{tablet}, {campaign.title}") for tablet in tablets]
    return rows


def register() -> None:
    """Register the cards with the home page."""
    home_cards.register(HomeCard("surveys-run", "Enquêtes", Permission.SURVEY_EDIT, to_run, 40, "todo"))
    home_cards.register(
        HomeCard("surveys-collect", "L’enquête en cours", Permission.SURVEY_ENTER, to_collect, 40, "todo")
    )
