"""What is followed, by whom and with what target: families, indicators, assignments, targets."""

from django.db import models
from django.db.models import F, Q

from core.base.figures import format_target
from core.record import history
from indicators.enums import Direction, Frequency, Measure, YearRule
from indicators.querysets import AssignmentQuerySet, IndicatorQuerySet, TargetQuerySet
from indicators.scope import EDIT, FOLLOWED, OF_FOLLOWED_SITES, VIEW, decides, decides_target
from organisations.enums import Role
from organisations.models import Unit
from organisations.permissions import Permission
from organisations.scope import Scope
from referential.models import Engagement


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
    scope = Scope(VIEW, unit="owner", shared=True, own=FOLLOWED, acts={EDIT: decides})

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
    scope = Scope(VIEW, unit="unit", acts={EDIT: "site"})

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
        Unit,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="targets",
        verbose_name="site",
        help_text="Vide : tous les sites.",
    )
    direction = models.CharField("sens", max_length=2, choices=[c for c in Direction.choices if c[0]])
    value = models.DecimalField("valeur", max_digits=16, decimal_places=6)
    valid_from = models.DateField("depuis le")
    valid_until = models.DateField("jusqu’au", null=True, blank=True)
    source = models.CharField("source", max_length=300, blank=True)
    history = history.records()

    objects = TargetQuerySet.as_manager()
    scope = Scope(
        VIEW,
        shared=True,
        own=OF_FOLLOWED_SITES,
        acts={EDIT: decides_target, Permission.HISTORY_VIEW: ("site", "indicator__owner")},
    )

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

    @property
    def described(self) -> str:
        """« ≥ 95 %, tous les sites, depuis le 01/01/2020 »."""
        goal = format_target(self.direction, self.value, self.indicator.measure)
        return f"{goal}, {self.site or 'tous les sites'}, depuis le {self.valid_from:%d/%m/%Y}"
