"""What the indicators add to the page of an action."""

from django.urls import reverse
from django.utils import timezone

from actions.models import Action
from actions.registries import Panel, action_panels
from core.registries import CardContent
from indicators import effects
from organisations.permissions import Permission


def expected_effects(request, action: Action) -> CardContent | None:
    """The indicators that the action should move, with what was read before and after it was done."""
    site = action.finding.plan.site
    lines = effects.of_action(request.user, action)
    can_edit = request.user.can(Permission.ACTION_EDIT, site.pk)
    if not lines and not can_edit:
        return None
    return CardContent(
        template="indicators/_action_effects.html",
        context={
            "rows": [(line, _curve(request.user, line, site)) for line in lines],
            "action": action,
            "can_edit": can_edit,
            "can_read_history": request.user.can(Permission.HISTORY_VIEW, site.pk),
        },
    )


def _curve(user, line: effects.EffectLine, site) -> str:
    """The curve of the last year measured, for those who read the indicators of the site."""
    if not line.series or not user.can(Permission.INDICATOR_VIEW, site.pk):
        return ""
    return reverse("indicators:why", args=[line.indicator.code, site.code, _year_of(line)])


def _year_of(line: effects.EffectLine) -> int:
    """The year in which the action was done, where it was measured; else the last one measured."""
    years = {year for year, _month, _value in line.series}
    done_on = line.action.done_on or timezone.localdate()
    return done_on.year if done_on.year in years else max(years)


def register() -> None:
    """Register the panel."""
    action_panels.register(Panel("effects", "Indicateurs visés", expected_effects, 50, Permission.ACTION_VIEW))
