"""What the surveys put on the home page: campaigns to open, watch and close; forms to enter and tablets to start."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone

from core.base.home import QueueSource, StatePart, Todo, Told, Urgency, home_queue, home_state, once
from core.base.registries import CardContent, CardRow, HomeCard, home_cards
from organisations.permissions import Permission
from surveys.enums import CampaignState, Channel
from surveys.follow_up import pace_of
from surveys.models import Campaign, CollectionPoint
from surveys.printing.addresses import path_of
from surveys.results import leaving
from surveys.results import words as say
from surveys.rules.pace import Pace

MOST_ROWS = 3
SOON = 7  # days before its beginning, a campaign in preparation is to be opened


def to_run(request) -> Iterator[Todo]:
    """Campaigns to open, to close or to help, for those who run them."""
    for campaign, pace in _run_by(request):
        page, opened, closed = (
            reverse(f"surveys:{name}", args=[campaign.code]) for name in ("campaign", "campaign-open", "campaign-close")
        )
        title, where = campaign.title, str(campaign.site)
        if campaign.state == CampaignState.DRAFT:
            if (campaign.starts_on - pace.on).days <= SOON:
                yield Todo(title, page, where, due=campaign.starts_on, action="Ouvrir", action_url=opened)
        elif pace.is_over:
            what = f"{title} est terminée : {pace.count}"
            yield Todo(what, page, where, since=campaign.ends_on, action="Clore", action_url=closed)
        elif pace.is_behind:
            what = f"{title} : {pace.count}, trop peu pour son rythme"
            yield Todo(what, page, where, due=campaign.ends_on, action="Voir la collecte", urgency=Urgency.NOW)


def state(request) -> Iterator[Told]:
    """The campaigns under way with their counter; who runs none reads the last satisfaction survey that is closed."""
    for campaign, pace in _run_by(request):
        if campaign.state == CampaignState.OPEN and not pace.is_over:
            url = reverse("surveys:campaign", args=[campaign.code])
            value, until = str(pace.returns), f"jusqu’au {campaign.ends_on:%d/%m/%Y}"
            yield Told(campaign.title, f"{value} sur {pace.goal}" if pace.goal else value, until, url)
    if not request.user.can(Permission.SURVEY_EDIT):
        yield from _satisfaction(request)


def _satisfaction(request) -> Iterator[Told]:
    """The overall rate with its interval; nothing where it is not significant."""
    rows = Campaign.objects.visible_to(request.user).satisfaction().filter(state=CampaignState.CLOSED)
    last = rows.order_by("-ends_on", "-pk").first()
    found = leaving(last).overall if last else None
    if last and found and found.is_significant:
        rate, told = say.overall_rate(found), f"{say.between(found.interval)}, {last.ends_on:%m/%Y}"
        url = reverse("surveys:results", args=[last.code])
        yield Told("Satisfaction des usagers", rate, told, url, f"satisfaction de {rate} ({told})")


def _run_by(request) -> list[tuple[Campaign, Pace]]:
    """The campaigns that the person runs and that are not closed, read once a request."""
    today = timezone.localdate()
    campaigns = Campaign.objects.filter(site_id__among=request.user.access.units_with(Permission.SURVEY_EDIT))
    alive = campaigns.exclude(state=CampaignState.CLOSED).with_returns().select_related("site")
    rows = alive.order_by("ends_on", "pk")
    return once(request, "campaigns", lambda: [(row, pace_of(row, row.returns, on=today)) for row in rows])


def to_collect(request) -> CardContent | None:
    """The open surveys of the hall: forms to enter, tablets to start; for agents, in one tap."""
    user = request.user
    if user.can(Permission.SURVEY_EDIT):
        return None
    today = timezone.localdate()
    sites = user.sites_with(Permission.SURVEY_ENTER)
    campaigns = Campaign.objects.open().satisfaction().filter(site_id__among=sites, starts_on__lte=today)
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
    """Register the lines, how things stand and the card with the home page."""
    home_queue.register(QueueSource("surveys-run", Permission.SURVEY_EDIT, to_run, 40))
    home_state.register(StatePart("surveys", Permission.SURVEY_VIEW, state, 30))
    home_cards.register(
        HomeCard("surveys-collect", "L’enquête en cours", Permission.SURVEY_ENTER, to_collect, 40, "gesture")
    )
