"""The page of a campaign: its counter, its curve, where forms come from, its points, what can be done."""

from django.shortcuts import render
from django.utils import timezone

from core.base.figures import COUNT, format_number
from core.pages import PageAction, charts
from core.pages.detail import DetailPage, ObjectPage
from core.pages.qr import qr_svg
from organisations.permissions import Permission
from surveys.checks import date_contradiction
from surveys.enums import CampaignState, Channel, Language
from surveys.follow_up import FollowUp, follow, pace_of, points_of
from surveys.models import Campaign, CollectionPoint, Response
from surveys.printing.addresses import address_of
from surveys.services.bursts import bursts_of
from surveys.tables.campaigns import state_of
from surveys.views.campaigns import OfCampaigns

EDIT, ENTER, VIEW = Permission.SURVEY_EDIT, Permission.SURVEY_ENTER, Permission.SURVEY_VIEW
DRAFT, OPEN, CLOSED = CampaignState.DRAFT, CampaignState.OPEN, CampaignState.CLOSED
VERBS = (
    (PageAction("Ouvrir la campagne", "surveys:campaign-open", EDIT, kind=""), {DRAFT}),
    (PageAction("Saisir les formulaires papier", "surveys:paper", ENTER, kind=""), {OPEN}),
    (PageAction("Scénarios et tests", "surveys:tests", EDIT, kind=""), {DRAFT, OPEN, CLOSED}),
    (PageAction("Résultats", "surveys:results", VIEW), {OPEN, CLOSED}),
    (PageAction("Importer des réponses", "surveys:import-upload", Permission.SURVEY_IMPORT), {OPEN}),
    (PageAction("Formulaires reçus", "surveys:responses", EDIT, kind="tertiary"), {OPEN, CLOSED}),
    (PageAction("Affiches et diaporamas", "surveys:publications", VIEW), {CLOSED}),
    (PageAction("Modifier", "surveys:campaign-edit", EDIT), {DRAFT, OPEN, CLOSED}),
    (PageAction("Clore la campagne", "surveys:campaign-close", EDIT), {OPEN}),
    (PageAction("Rouvrir", "surveys:campaign-reopen", EDIT, kind="tertiary"), {CLOSED}),
    (PageAction("Supprimer", "surveys:campaign-remove", EDIT, kind="tertiary"), {DRAFT}),
)


class CampaignDetail(OfCampaigns, DetailPage):
    """Where a campaign stands, and the next thing to do."""

    template_name = "surveys/campaigns/detail.html"
    facts = ("terms", "investigator", "presented_on", "significance_threshold", "public_threshold")

    def get_actions(self) -> list[dict[str, str]]:
        campaign = self.object
        return [
            action.shown(campaign.code)
            for action, states in VERBS
            if campaign.state in states
            and self.allows(action.permission)
            and action.url_name != ("surveys:paper" if campaign.is_mystery else "surveys:tests")
        ]

    def get_context_data(self, **context) -> dict:
        campaign, today = self.object, timezone.localdate()
        followed = follow(campaign, on=today)
        return super().get_context_data(
            campaign=campaign,
            state=state_of(campaign, today),
            followed=followed,
            pace=followed.pace,
            curve=curve_of(followed),
            points=[self.shown(point, followed, today) for point in points_of(campaign, self.request.user)],
            paper_languages=self.paper_languages(),
            contradiction=date_contradiction(campaign),
            bursts=bursts_of(campaign) if self.allows(EDIT) and campaign.is_open else [],
            may_edit=self.allows(EDIT),
            may_enter=self.allows(ENTER),
            takes_points=self.allows(EDIT) and campaign.state != CLOSED and not campaign.is_mystery,
            **context,
        )

    def paper_languages(self) -> list[tuple[str, str]]:
        if self.object.state == CLOSED or not self.allows(ENTER):
            return []
        if self.object.is_mystery:
            return [(Language.FRENCH.value, "Grille à imprimer")]
        return [(language.value, language.label) for language in Language]

    def shown(self, point: CollectionPoint, followed: FollowUp, today) -> dict:
        """A point as its row shows it; its address is for those who collect, not for readers."""
        has_code = point.channel == Channel.QR
        address = address_of(point) if self.allows(ENTER) and has_address(point) else ""
        return {
            "point": point,
            "returns": followed.by_point.get(point.pk, 0),
            "address": address,
            "has_code": bool(address) and has_code,
            "qr": qr_svg(address, title=f"QR code de {point}") if address and has_code and point.is_active else "",
            "is_tablet": bool(address) and point.channel == Channel.TABLET,
            "is_in_service": point.is_active and not (point.expires_on and point.expires_on < today),
        }


class CampaignCounter(OfCampaigns, ObjectPage):
    """The counter alone: the page of an open campaign asks for it again and again, and shows forms as they come."""

    def get(self, request, *args, **kwargs):
        campaign, today = self.object, timezone.localdate()
        returns = Response.objects.filter(campaign=campaign).counted().count()
        shown = {"campaign": campaign, "state": state_of(campaign, today), "pace": pace_of(campaign, returns, on=today)}
        return render(request, "surveys/campaigns/_counter.html", shown)


def has_address(point: CollectionPoint) -> bool:
    """Whether the public opens it; a guest link is given by the pages of mystery tests."""
    return point.channel in {Channel.WEB, Channel.QR, Channel.TABLET}


def curve_of(followed: FollowUp) -> str:
    """The returns since the beginning, against the goal; empty before the first one."""
    campaign: Campaign = followed.campaign
    points = followed.curve
    if not followed.returns or not points:
        return ""
    goal = {"target": campaign.goal, "target_direction": ">="} if campaign.goal else {}
    return charts.figure(
        points,
        measure=COUNT,
        title=f"Retours depuis le {campaign.starts_on:%d/%m/%Y}",
        description=f"{format_number(followed.returns)} retours au total.",
        **goal,
    )
