"""Who is asked, where, when and through what: campaigns, places, collection points, mystery scenarios and tests."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from core.record import history
from organisations.models import Unit
from organisations.scope import Scope, ScopedQuerySet
from surveys.enums import LEAST, CampaignState, Channel, Kind, Language, TestChannel
from surveys.models.questionnaires import Questionnaire
from surveys.querysets import CollectionPointQuerySet, SurveyCampaignQuerySet
from surveys.scope import CAMPAIGN, OF_SITE


class Campaign(models.Model):
    """A survey at a site between two dates. A mystery campaign is hidden from whom it tests until it is closed."""

    code = models.SlugField("code", max_length=80, unique=True)
    kind = models.CharField("nature", max_length=15, choices=Kind)
    title = models.CharField("intitulé", max_length=200)
    questionnaire = models.ForeignKey(
        Questionnaire, models.PROTECT, related_name="campaigns", verbose_name="questionnaire"
    )
    site = models.ForeignKey(Unit, models.PROTECT, related_name="survey_campaigns", verbose_name="site")
    starts_on = models.DateField("du")
    ends_on = models.DateField("au")
    presented_on = models.DateField("présentée en réunion le", null=True, blank=True)
    goal = models.PositiveIntegerField("retours visés", null=True, blank=True)
    significance_threshold = models.PositiveSmallIntegerField(
        "seuil de réponses significatif",
        default=10,
        help_text="En dessous, le pourcentage d’un critère est « non significatif ».",
    )
    public_threshold = models.PositiveSmallIntegerField(
        "effectif le plus petit montré",
        default=LEAST,
        help_text="Un groupe plus petit n’est montré à personne, ni ce qui le ferait deviner ; jamais moins de 5.",
    )
    state = models.CharField("état", max_length=10, choices=CampaignState, default=CampaignState.DRAFT)
    terms = models.TextField("modalités", blank=True, help_text="Support, public visé, outil.")
    investigator = models.CharField("menée par", max_length=200, blank=True)
    closed_at = models.DateTimeField("close le", null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="close par"
    )
    history = history.records()

    objects = SurveyCampaignQuerySet.as_manager()
    scope = CAMPAIGN

    class Meta:
        verbose_name = "campagne d’enquête"
        verbose_name_plural = "campagnes d’enquête"
        ordering = ("-starts_on", "pk")
        constraints = (
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="survey_campaign_dates_in_order"),
            models.CheckConstraint(condition=Q(public_threshold__gte=LEAST), name="survey_campaign_hides_small_groups"),
        )

    def __str__(self):
        return self.title

    @property
    def is_open(self) -> bool:
        return self.state == CampaignState.OPEN

    @property
    def is_running(self) -> bool:
        """Whether forms still come day after day; one whose last day is over may still be typed and imported."""
        return self.state == CampaignState.OPEN and timezone.localdate() <= self.ends_on

    @property
    def is_mystery(self) -> bool:
        return self.kind == Kind.MYSTERY


class Place(models.Model):
    """A counter or hall where the public is met: « Accueil général bâtiment A »."""

    site = models.ForeignKey(Unit, models.PROTECT, related_name="survey_places", verbose_name="site")
    code = models.SlugField("code", max_length=60)
    name = models.CharField("lieu", max_length=200)
    name_en = models.CharField("lieu en anglais", max_length=200, blank=True)
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="service qui accueille"
    )
    is_active = models.BooleanField("proposé", default=True)
    position = models.PositiveSmallIntegerField("rang", default=0)
    history = history.records()

    objects = ScopedQuerySet.as_manager()
    scope = OF_SITE

    class Meta:
        verbose_name = "lieu d’accueil"
        verbose_name_plural = "lieux d’accueil"
        ordering = ("site", "position", "name")
        constraints = (models.UniqueConstraint(fields=["site", "code"], name="place_code_once_per_site"),)

    def __str__(self):
        return self.name


class CollectionPoint(models.Model):
    """A way in for forms: a link, a QR code, a tablet, an investigator’s guest link; its token is its address."""

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="points", verbose_name="campagne")
    channel = models.CharField("canal", max_length=15, choices=Channel)
    place = models.ForeignKey(Place, models.PROTECT, null=True, blank=True, related_name="points", verbose_name="lieu")
    token = models.CharField("jeton", max_length=64, unique=True)
    code = models.CharField("code à taper", max_length=8, unique=True, null=True, blank=True)  # none for a guest link
    label = models.CharField("intitulé", max_length=200, blank=True)
    language = models.CharField("langue proposée", max_length=10, choices=Language, default=Language.FRENCH)
    expires_on = models.DateField("valable jusqu’au", null=True, blank=True)
    is_active = models.BooleanField("en service", default=True)
    history = history.records(excluded_fields=["token", "code"])

    objects = CollectionPointQuerySet.as_manager()
    scope = Scope.through("campaign")

    class Meta:
        verbose_name = "point de collecte"
        verbose_name_plural = "points de collecte"
        ordering = ("campaign", "pk")

    def __str__(self):
        return self.label or f"{self.get_channel_display()} – {self.place or self.campaign}"

    def is_in_service(self, on) -> bool:
        """Whether it takes forms on that day."""
        return self.is_active and (self.expires_on is None or self.expires_on >= on)


class Scenario(models.Model):
    """What an investigator pretends: « demander les horaires du service des étrangers »."""

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="scenarios", verbose_name="campagne")
    position = models.PositiveSmallIntegerField("rang", default=0)
    channel = models.CharField("canal testé", max_length=20, choices=TestChannel)
    title = models.CharField("scénario", max_length=200)
    instructions = models.TextField("consigne", blank=True)
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="service testé"
    )
    contact = models.CharField("numéro ou adresse à joindre", max_length=200, blank=True)
    history = history.records()

    objects = ScopedQuerySet.as_manager()
    scope = Scope.through("campaign")

    class Meta:
        verbose_name = "scénario"
        verbose_name_plural = "scénarios"
        ordering = ("campaign", "position", "pk")

    def __str__(self):
        return self.title


class PlannedTest(models.Model):
    """A mystery test to be made on a day; done once a form answers it."""

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="planned_tests", verbose_name="campagne")
    scenario = models.ForeignKey(Scenario, models.PROTECT, related_name="planned_tests", verbose_name="scénario")
    planned_on = models.DateField("prévu le")
    tester = models.CharField("enquêteur", max_length=200, blank=True)
    response = models.OneToOneField(
        "surveys.Response", models.SET_NULL, null=True, blank=True, related_name="planned_test", verbose_name="test"
    )
    history = history.records()

    objects = ScopedQuerySet.as_manager()
    scope = Scope.through("campaign")

    class Meta:
        verbose_name = "test prévu"
        verbose_name_plural = "tests prévus"
        ordering = ("campaign", "planned_on", "pk")

    def __str__(self):
        return f"{self.scenario} le {self.planned_on:%d/%m/%Y}"
