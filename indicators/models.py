"""Catalogue, targets, monthly values, yearly readings, campaigns and sealed dashboards."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from core import history
from core.models import AbstractImport, Job
from indicators.enums import CampaignState, Direction, Frequency, Measure, Source, ValueState, YearRule
from indicators.querysets import (
    AssignmentQuerySet,
    BySiteQuerySet,
    CampaignQuerySet,
    IndicatorQuerySet,
    ReadingQuerySet,
    TargetQuerySet,
    ValueQuerySet,
)
from organisations.enums import Role
from organisations.models import Unit
from referential.models import Engagement

MONTH_RANGE = Q(month__gte=1, month__lte=12)


class Family(models.Model):
    """A band of the grid: « Accueil téléphonique », « Réclamations »…"""

    code = models.SlugField("code", unique=True)
    name = models.CharField("nom", max_length=120)
    position = models.PositiveSmallIntegerField("rang", default=0)
    history = history.records()

    class Meta:
        verbose_name = "famille"
        verbose_name_plural = "familles"
        ordering = ("position", "name")

    def __str__(self):
        return self.name


class Indicator(models.Model):
    """A figure followed month by month, with its unit, rule of the year and source."""

    code = models.SlugField("code", max_length=80, unique=True)
    label = models.CharField("intitulé", max_length=200)
    family = models.ForeignKey(Family, models.PROTECT, related_name="indicators", verbose_name="famille")
    engagement = models.ForeignKey(
        Engagement, models.PROTECT, null=True, blank=True, related_name="indicators", verbose_name="engagement"
    )
    owner = models.ForeignKey(
        Unit,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="own_indicators",
        verbose_name="propre à",
        help_text="Vide : indicateur du catalogue commun.",
    )
    measure = models.CharField("unité", max_length=10, choices=Measure)
    direction = models.CharField("sens", max_length=2, choices=Direction, blank=True, default=Direction.NONE)
    year_rule = models.CharField("règle de l’année", max_length=10, choices=YearRule)
    frequency = models.CharField("fréquence", max_length=10, choices=Frequency, default=Frequency.MONTHLY)
    numerator_label = models.CharField("numérateur", max_length=200, blank=True)
    denominator_label = models.CharField("dénominateur", max_length=200, blank=True)
    responsible_role = models.CharField(
        "saisi par", max_length=20, choices=Role, default=Role.HEAD_OF_SERVICE, blank=True
    )
    collector = models.CharField("calcul automatique", max_length=80, blank=True)
    definition = models.TextField("définition", blank=True)
    source = models.CharField("source de la règle", max_length=300, blank=True)
    aliases = models.JSONField("autres intitulés rencontrés", default=list, blank=True)
    position = models.PositiveSmallIntegerField("rang", default=0)
    is_active = models.BooleanField("suivi", default=True)
    history = history.records()

    objects = IndicatorQuerySet.as_manager()

    class Meta:
        verbose_name = "indicateur"
        verbose_name_plural = "indicateurs"
        ordering = ("family", "position", "pk")

    def __str__(self):
        return self.label

    @property
    def due_months(self) -> list[int]:
        """Months in which a figure is due."""
        return Frequency(self.frequency).due_months

    @property
    def has_counts(self) -> bool:
        """Whether the figure is typed as a numerator and a denominator."""
        return bool(self.numerator_label and self.denominator_label)

    @property
    def alias_labels(self) -> tuple[str, ...]:
        """The other labels met in grids, without the family and engagement that tell them apart."""
        return tuple(alias["label"] for alias in self.aliases)


class Assignment(models.Model):
    """An indicator followed at a site and entered by one of its units; several units split the indicator."""

    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="assignments", verbose_name="indicateur")
    site = models.ForeignKey(Unit, models.PROTECT, related_name="site_assignments", verbose_name="site")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="assignments", verbose_name="service qui saisit")
    valid_from = models.DateField("depuis le")
    valid_until = models.DateField("jusqu’au", null=True, blank=True)
    history = history.records()

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = "affectation"
        verbose_name_plural = "affectations"
        ordering = ("site", "indicator", "unit")
        constraints = (
            models.UniqueConstraint(fields=["indicator", "unit", "valid_from"], name="assignment_once"),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
                name="assignment_dates_in_order",
            ),
        )

    def __str__(self):
        return f"{self.indicator} : {self.unit}"


class Target(models.Model):
    """What is aimed at between two dates, at one site or everywhere. A rate is a ratio (0.95)."""

    indicator = models.ForeignKey(Indicator, models.CASCADE, related_name="targets", verbose_name="indicateur")
    site = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="targets", verbose_name="site",
        help_text="Vide : tous les sites.",
    )  # fmt: skip
    direction = models.CharField("sens", max_length=2, choices=[c for c in Direction.choices if c[0]])
    value = models.DecimalField("valeur", max_digits=16, decimal_places=6)
    valid_from = models.DateField("depuis le")
    valid_until = models.DateField("jusqu’au", null=True, blank=True)
    source = models.CharField("source", max_length=300, blank=True)
    history = history.records()

    objects = TargetQuerySet.as_manager()

    class Meta:
        verbose_name = "cible"
        verbose_name_plural = "cibles"
        ordering = ("indicator", "-valid_from")
        constraints = (
            models.UniqueConstraint(fields=["indicator", "site", "valid_from"], name="target_once_per_site_and_day"),
            models.UniqueConstraint(
                fields=["indicator", "valid_from"], condition=Q(site__isnull=True), name="target_for_all_once_per_day"
            ),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
                name="target_dates_in_order",
            ),
        )

    def __str__(self):
        return f"{self.indicator} {self.direction} {self.value}"


class Value(models.Model):
    """The figure of one indicator, unit and month, or the state that explains its absence."""

    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="values", verbose_name="indicateur")
    site = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="site")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="values", verbose_name="service")
    year = models.PositiveSmallIntegerField("année")
    month = models.PositiveSmallIntegerField("mois")
    state = models.CharField("état", max_length=15, choices=ValueState, default=ValueState.MEASURED)
    value = models.DecimalField("valeur", max_digits=16, decimal_places=6, null=True, blank=True)
    numerator = models.BigIntegerField("numérateur", null=True, blank=True)
    denominator = models.BigIntegerField("dénominateur", null=True, blank=True)
    reason = models.CharField("raison", max_length=200, blank=True)
    comment = models.TextField("commentaire", blank=True)
    source = models.CharField("origine", max_length=10, choices=Source, default=Source.TYPED)
    is_amendment = models.BooleanField("rectification après clôture", default=False)
    version = models.PositiveIntegerField("version", default=1)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="saisi par"
    )
    entered_at = models.DateTimeField("saisi le", default=timezone.now)
    history = history.records()

    objects = ValueQuerySet.as_manager()

    class Meta:
        verbose_name = "valeur"
        verbose_name_plural = "valeurs"
        ordering = ("year", "month", "indicator", "unit")
        constraints = (
            models.UniqueConstraint(fields=["indicator", "unit", "year", "month"], name="value_once_per_month"),
            models.CheckConstraint(condition=MONTH_RANGE, name="value_month_1_to_12"),
            models.CheckConstraint(
                condition=Q(state="measured", value__isnull=False) | (~Q(state="measured") & Q(value__isnull=True)),
                name="value_only_when_measured",
            ),
            models.CheckConstraint(
                condition=Q(denominator__isnull=True) | Q(denominator__gt=0), name="value_denominator_positive"
            ),
        )
        indexes = (
            models.Index(fields=["site", "year", "month"], name="value_site_month"),
            models.Index(fields=["unit", "year", "month"], name="value_unit_month"),
        )

    def __str__(self):
        return f"{self.indicator} {self.month:02d}/{self.year}"

    def touch(self) -> None:
        """Date the writing of the value."""
        self.entered_at = timezone.now()


class Reading(models.Model):
    """The year of one indicator at one site, ready to print: months, reading, target, N-1, warnings.

    A summary row: refreshed by `services.readings.refresh` in the transaction that writes a value, a target or a past
    result, and rebuildable at any time. `months` holds twelve objects {month, state, value, numerator, denominator,
    reason, comment, parts, amended}, figures as strings; `unit_id` and `version` too where one unit enters.
    """

    indicator = models.ForeignKey(Indicator, models.CASCADE, related_name="readings", verbose_name="indicateur")
    site = models.ForeignKey(Unit, models.PROTECT, related_name="readings", verbose_name="site")
    year = models.PositiveSmallIntegerField("année")
    months = models.JSONField("mois", default=list)
    measured_months = models.PositiveSmallIntegerField("mois mesurés", default=0)
    rule = models.CharField("règle appliquée", max_length=10, choices=YearRule)
    value = models.DecimalField("lecture de l’année", max_digits=24, decimal_places=12, null=True)
    weighted = models.DecimalField("lecture pondérée", max_digits=24, decimal_places=12, null=True)
    mean = models.DecimalField("moyenne des mois", max_digits=24, decimal_places=12, null=True)
    target_direction = models.CharField("sens de la cible", max_length=2, blank=True)
    target_value = models.DecimalField("cible", max_digits=16, decimal_places=6, null=True)
    target_met = models.BooleanField("cible atteinte", null=True)
    previous_value = models.DecimalField("N-1", max_digits=24, decimal_places=12, null=True)
    previous_target_met = models.BooleanField("cible N-1 atteinte", null=True)
    warnings = models.JSONField("alertes", default=list)
    refreshed_at = models.DateTimeField("à jour au", auto_now=True)

    objects = ReadingQuerySet.as_manager()

    class Meta:
        verbose_name = "lecture annuelle"
        verbose_name_plural = "lectures annuelles"
        constraints = (
            models.UniqueConstraint(fields=["site", "year", "indicator"], name="reading_once_per_site_and_year"),
        )
        indexes = (models.Index(fields=["indicator", "site", "year"], name="reading_indicator"),)

    def __str__(self):
        return f"{self.indicator} {self.year}"


class PastResult(models.Model):
    """A yearly result taken over as it was published (column « N-1 » of a grid), used when its months are unknown."""

    indicator = models.ForeignKey(Indicator, models.CASCADE, related_name="past_results", verbose_name="indicateur")
    site = models.ForeignKey(Unit, models.PROTECT, related_name="past_results", verbose_name="site")
    year = models.PositiveSmallIntegerField("année")
    value = models.DecimalField("valeur", max_digits=16, decimal_places=6, null=True, blank=True)
    text = models.CharField("tel qu’écrit", max_length=100, blank=True)
    target_met = models.BooleanField("cible atteinte", null=True, blank=True)
    history = history.records()

    objects = BySiteQuerySet.as_manager()

    class Meta:
        verbose_name = "résultat repris"
        verbose_name_plural = "résultats repris"
        constraints = (models.UniqueConstraint(fields=["indicator", "site", "year"], name="past_result_once_per_year"),)

    def __str__(self):
        return f"{self.indicator} {self.year} : {self.text}"


class Campaign(models.Model):
    """A month of entry at a site: open, then validated, then closed. Later corrections are amendments."""

    site = models.ForeignKey(Unit, models.PROTECT, related_name="campaigns", verbose_name="site")
    year = models.PositiveSmallIntegerField("année")
    month = models.PositiveSmallIntegerField("mois")
    state = models.CharField("état", max_length=10, choices=CampaignState, default=CampaignState.OPEN)
    due_on = models.DateField("à saisir pour le")
    validated_at = models.DateTimeField("validé le", null=True, blank=True)
    validated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="validé par"
    )
    closed_at = models.DateTimeField("clos le", null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="clos par"
    )
    history = history.records()

    objects = CampaignQuerySet.as_manager()

    class Meta:
        verbose_name = "mois de saisie"
        verbose_name_plural = "mois de saisie"
        ordering = ("-year", "-month", "site")
        constraints = (
            models.UniqueConstraint(fields=["site", "year", "month"], name="campaign_once_per_month"),
            models.CheckConstraint(condition=MONTH_RANGE, name="campaign_month_1_to_12"),
        )

    def __str__(self):
        return f"{self.month:02d}/{self.year} – {self.site}"


class Snapshot(models.Model):
    """A sealed edition of the dashboard of a site and month, kept with the digest of its inputs."""

    append_only = True  # triggers of core.triggers refuse UPDATE and DELETE

    site = models.ForeignKey(Unit, models.PROTECT, related_name="snapshots", verbose_name="site")
    year = models.PositiveSmallIntegerField("année")
    month = models.PositiveSmallIntegerField("mois")
    edition = models.PositiveSmallIntegerField("édition")
    payload = models.JSONField("tableau de bord")
    changes = models.JSONField("ce qui a changé depuis l’édition précédente", default=list)
    digest = models.CharField("empreinte SHA-256 des données", max_length=64)
    created_at = models.DateTimeField("calculé le", auto_now_add=True)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="demandé par"
    )
    job = models.ForeignKey(Job, models.PROTECT, null=True, related_name="+", verbose_name="travail")

    objects = BySiteQuerySet.as_manager()

    class Meta:
        verbose_name = "édition du tableau de bord"
        verbose_name_plural = "éditions du tableau de bord"
        ordering = ("-year", "-month", "-edition")
        constraints = (
            models.UniqueConstraint(fields=["site", "year", "month", "edition"], name="snapshot_edition_once"),
        )

    def __str__(self):
        return f"Tableau de bord {self.month:02d}/{self.year} – {self.site}, édition {self.edition}"


class GridImport(AbstractImport):
    """A grid of indicators sent for a site and a year."""

    site = models.ForeignKey(Unit, models.PROTECT, related_name="grid_imports", verbose_name="site")
    year = models.PositiveSmallIntegerField("année")
    history = history.records(excluded_fields=["preview"])

    objects = BySiteQuerySet.as_manager()

    class Meta:
        verbose_name = "import de grille"
        verbose_name_plural = "imports de grille"
        ordering = ("-sent_at",)


class RowMatch(models.Model):
    """The indicator chosen for a row of a site's grid, remembered for the next import; none: the row is left out."""

    site = models.ForeignKey(Unit, models.CASCADE, related_name="row_matches", verbose_name="site")
    key = models.CharField("ligne reconnue", max_length=400)
    indicator = models.ForeignKey(
        Indicator,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="row_matches",
        verbose_name="indicateur",
        help_text="Vide : ligne laissée de côté.",
    )
    history = history.records()

    objects = BySiteQuerySet.as_manager()

    class Meta:
        verbose_name = "correspondance de ligne"
        verbose_name_plural = "correspondances de ligne"
        constraints = (models.UniqueConstraint(fields=["site", "key"], name="row_match_once_per_site"),)

    def __str__(self):
        return f"{self.key} → {self.indicator or 'laissée de côté'}"
