"""The figures that an action is meant to move."""

from django.db import transaction

from actions.models import Action
from core.base.errors import UserError
from core.record import history
from indicators.models import ExpectedEffect, Indicator


@transaction.atomic
def expect(action: Action, indicator: Indicator, *, by, comment: str = "", reason: str = "") -> ExpectedEffect:
    """Say that the action should move the indicator; said again, the comment is the one that changes.

    UserError on an indicator that nobody follows any more, or that belongs to another préfecture.
    """
    effect = ExpectedEffect.objects.select_for_update().filter(action=action, indicator=indicator).first()
    if effect is None:
        if not indicator.is_active:
            raise UserError("Cet indicateur n’est plus suivi : choisissez-en un autre.", field="indicator")
        if indicator.owner_id and indicator.owner_id not in site_and_above(action):
            raise UserError("Cet indicateur est propre à un autre site.", field="indicator")
        effect = ExpectedEffect(action=action, indicator=indicator)
    elif effect.comment == comment.strip():
        return effect
    effect.comment = comment.strip()
    history.save(effect, by=by, reason=reason)
    return effect


@transaction.atomic
def withdraw(effect: ExpectedEffect, *, by, reason: str = "") -> None:
    """The action is not meant to move that indicator after all."""
    history.delete(effect, by=by, reason=reason)


def site_and_above(action: Action) -> set[int]:
    """The units whose own indicators are followed where the action is conducted."""
    return {unit.pk for unit in action.finding.plan.site.ancestors(include_self=True)}
