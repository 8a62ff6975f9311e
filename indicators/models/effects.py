"""The figure that an action should move."""

from django.db import models

from actions.models import Action
from core.record import history
from indicators.models.catalogue import Indicator
from organisations.scope import Scope, ScopedQuerySet


class ExpectedEffect(models.Model):
    """An indicator that an action is meant to move: the action is marked on its curve."""

    action = models.ForeignKey(Action, models.CASCADE, related_name="effects", verbose_name="action")
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="effects", verbose_name="indicateur")
    comment = models.CharField("effet attendu", max_length=300, blank=True)
    history = history.records()

    objects = ScopedQuerySet.as_manager()
    scope = Scope.through("action")

    class Meta:
        verbose_name = "effet attendu"
        verbose_name_plural = "effets attendus"
        ordering = ("pk",)
        constraints = (models.UniqueConstraint(fields=["action", "indicator"], name="expected_effect_once"),)

    def __str__(self):
        return f"{self.action_id} → {self.indicator}"
