"""Monthly values, the yearly readings kept beside them, and yearly results taken over as published."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from core.record import history
from indicators.enums import Source, ValueState, YearRule
from indicators.models.catalogue import Indicator
from indicators.querysets import ReadingQuerySet, ValueQuerySet
from indicators.scope import VIEW
from organisations.models import Unit
from organisations.scope import Scope, ScopedQuerySet


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
    scope = Scope(VIEW, unit="unit")

    class Meta:
        verbose_name = "valeur"
        verbose_name_plural = "valeurs"
        ordering = ("year", "month", "indicator", "unit")
        constraints = (
            models.UniqueConstraint(fields=["indicator", "unit", "year", "month"], name="value_once_per_month"),
            models.CheckConstraint(condition=Q(month__gte=1, month__lte=12), name="value_month_1_to_12"),
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
    scope = Scope(VIEW)

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

    objects = ScopedQuerySet.as_manager()
    scope = Scope(VIEW)

    class Meta:
        verbose_name = "résultat repris"
        verbose_name_plural = "résultats repris"
        constraints = (models.UniqueConstraint(fields=["indicator", "site", "year"], name="past_result_once_per_year"),)

    def __str__(self):
        return f"{self.indicator} {self.year} : {self.text}"
