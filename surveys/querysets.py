"""Named reads of the surveys."""

from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from organisations.scope import ScopedQuerySet
from surveys.enums import CRITERION_KINDS, PUBLIC_CHANNELS, CampaignState, Channel, Kind


class QuestionnaireQuerySet(ScopedQuerySet):
    """Common models, and the questionnaires of the sites one reads."""

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


class SurveyCampaignQuerySet(ScopedQuerySet):
    """Campaigns of a site."""

    def open(self):
        return self.filter(state=CampaignState.OPEN)

    def published(self):
        """Closed, with an edition in force: whoever scans the code of a poster, or knows the address, reads it."""
        editions = self.model._meta.apps.get_model("surveys", "PublicEdition").objects.filter(withdrawn_at=None)
        return self.filter(Exists(editions.filter(campaign=OuterRef("pk"))), state=CampaignState.CLOSED)

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


class CollectionPointQuerySet(ScopedQuerySet):
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
        of_campaign = ("questionnaire__frozen_at", "state", "starts_on", "ends_on", "closed_at")
        return (
            self.public()
            .select_related("campaign__questionnaire")
            .only(
                "channel",
                "place",
                "token",
                "language",
                "expires_on",
                "is_active",
                *(f"campaign__{name}" for name in of_campaign),
            )
        )


class ResponseQuerySet(ScopedQuerySet):
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
