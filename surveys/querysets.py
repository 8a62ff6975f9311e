"""Named reads of the surveys."""

from django.db import models
from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from organisations.permissions import Permission
from surveys.enums import CRITERION_KINDS, POSTERS, PUBLIC_CHANNELS, CampaignState, Channel, Kind


class BySiteQuerySet(models.QuerySet):
    """Rows that belong to one site (field `site`): a service of the site reads them too."""

    def visible_to(self, user):
        return self.filter(site_id__in=user.sites_with(Permission.SURVEY_VIEW))


class QuestionnaireQuerySet(models.QuerySet):
    """Common models, and the questionnaires of the sites one reads."""

    def visible_to(self, user):
        if not user.can(Permission.SURVEY_VIEW):
            return self.none()
        sites = user.sites_with(Permission.SURVEY_VIEW)
        seen = self.filter(Q(site__isnull=True) | Q(site_id__in=sites))
        if user.can(Permission.SURVEY_EDIT):
            return seen
        # a grid that freezes tells that a mystery survey begins: it shows itself once one was closed
        campaigns = self.model._meta.apps.get_model("surveys", "Campaign").objects
        used = campaigns.filter(questionnaire=OuterRef("pk"), state=CampaignState.CLOSED, site_id__in=sites)
        return seen.filter(~Q(kind=Kind.MYSTERY) | Exists(used))

    def for_list(self):
        """With the site, and how many questions and criteria they have."""
        return self.select_related("site").annotate(
            question_count=Count("questions", distinct=True),
            criterion_count=Count("questions", filter=Q(questions__kind__in=CRITERION_KINDS), distinct=True),
        )

    def current(self):
        """Those a campaign may choose: no later version has been used."""
        later = self.model._base_manager.filter(
            code=OuterRef("code"), version__gt=OuterRef("version"), frozen_at__isnull=False
        )
        return self.filter(~Exists(later))


class OfQuestionnaireQuerySet(models.QuerySet):
    """Rows of a questionnaire."""

    def visible_to(self, user):
        seen = self.model._meta.apps.get_model("surveys", "Questionnaire").objects.visible_to(user)
        return self.filter(questionnaire__in=seen)


class OfQuestionQuerySet(models.QuerySet):
    """Rows of a question."""

    def visible_to(self, user):
        seen = self.model._meta.apps.get_model("surveys", "Questionnaire").objects.visible_to(user)
        return self.filter(question__questionnaire__in=seen)


class SurveyCampaignQuerySet(models.QuerySet):
    """Campaigns of a site, read in all its services.

    A mystery campaign shows itself to those who run it, and to the others once closed.
    """

    def visible_to(self, user):
        seen = Q(site_id__in=user.sites_with(Permission.SURVEY_VIEW))
        known = ~Q(kind=Kind.MYSTERY) | Q(state=CampaignState.CLOSED)
        runs = Q(site_id__in=user.access.units_with(Permission.SURVEY_EDIT))
        return self.filter((seen & known) | runs)

    def open(self):
        return self.filter(state=CampaignState.OPEN)

    def published(self):
        """Closed, with a poster made: whoever scans its code, or knows the address, reads the results."""
        posters = self.model._meta.apps.get_model("surveys", "Publication").objects.filter(kind__in=POSTERS)
        return self.filter(Exists(posters.filter(campaign=OuterRef("pk"))), state=CampaignState.CLOSED)

    def for_year(self, site, year: int):
        """Those of a site that ended in a year, or are shown in a meeting of that year."""
        return self.filter(Q(ends_on__year=year) | Q(presented_on__year=year), site=site)

    def satisfaction(self):
        return self.filter(kind=Kind.SATISFACTION)

    def mystery(self):
        return self.filter(kind=Kind.MYSTERY)

    def for_list(self):
        return self.select_related("site", "questionnaire")

    def with_returns(self):
        """With the number of forms received; those set aside are out."""
        responses = self.model._meta.apps.get_model("surveys", "Response").objects.counted()
        counted = responses.filter(campaign=OuterRef("pk")).order_by().values("campaign").annotate(n=Count("pk"))
        return self.annotate(returns=Coalesce(Subquery(counted.values("n")), 0))


class OfCampaignQuerySet(models.QuerySet):
    """Rows of a campaign, seen by those who see the campaign."""

    def visible_to(self, user):
        seen = self.model._meta.apps.get_model("surveys", "Campaign").objects.visible_to(user)
        return self.filter(campaign__in=seen)


class CollectionPointQuerySet(OfCampaignQuerySet):
    """Ways in for forms."""

    def in_service(self, on):
        """Those that take forms on that day."""
        return self.filter(Q(expires_on__isnull=True) | Q(expires_on__gte=on), is_active=True)

    def public(self):
        """Those that a person without an account opens."""
        return self.filter(channel__in=PUBLIC_CHANNELS)

    def for_public(self):
        """The same, with all that their page shows."""
        return self.public().select_related("place", "campaign__questionnaire", "campaign__site")

    def for_intake(self):
        """The same, with only what receiving a form reads."""
        of_campaign = ("questionnaire__frozen_at", "state", "starts_on", "ends_on")
        return self.public().select_related("campaign__questionnaire").only(
            "channel", "place", "token", "language", "expires_on", "is_active",
            *(f"campaign__{name}" for name in of_campaign),
        )  # fmt: skip


class ResponseQuerySet(OfCampaignQuerySet):
    """Forms received."""

    def counted(self):
        """Those that count in the results: not set aside."""
        return self.filter(withdrawn_at__isnull=True)

    def paper(self):
        """Those typed from paper."""
        return self.filter(channel=Channel.PAPER)

    def batch_of(self, user, since):
        """What a person has typed from paper since an instant, the last one first."""
        return self.paper().filter(entered_by=user, received_at__gte=since).order_by("-received_at", "-pk")

    def for_list(self):
        return self.select_related("campaign", "place", "entered_by").defer("answers")


class OfResponseQuerySet(models.QuerySet):
    """Rows of a form received."""

    def visible_to(self, user):
        seen = self.model._meta.apps.get_model("surveys", "Campaign").objects.visible_to(user)
        return self.filter(response__campaign__in=seen)
