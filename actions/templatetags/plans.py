"""How actions look on pages: `{% status action %}`, `{% late action %}`, `{{ action.deadline|deadline }}`."""

from django import template
from django.utils import timezone

from actions.tables import cells
from core.figures import DAYS, format_difference

register = template.Library()


@register.simple_tag
def status(action):
    return cells.status_badge(action.status)


@register.simple_tag
def late(action):
    """« En retard », or nothing."""
    return cells.late_badge(action, timezone.localdate())


@register.filter
def deadline(fuzzy):
    """The words of a deadline and what was understood of them."""
    return cells.deadline_html(fuzzy)


@register.filter
def understood(fuzzy):
    return cells.understood_words(fuzzy)


@register.filter
def responsibles(action):
    return cells.responsibles_html(action)


@register.filter
def engagements(finding):
    return cells.engagements_text(finding)


@register.filter
def heading(option) -> str:
    """The heading under which a box stands: the module of an engagement; nothing for a unit or a person."""
    engagement = getattr(option.data["value"], "instance", None)
    module = getattr(engagement, "module", None)
    return f"{module.referential} – {module}" if module else ""


@register.filter
def chosen_labels(field) -> str:
    """The boxes already ticked, in words: they may be out of sight in a long list."""
    return ", ".join(str(option.choice_label).strip("– ") for option in field.subwidgets if option.data["selected"])


@register.filter
def drift_in_days(days: int) -> str:
    """« +91 jours »: how far a deadline went from its promise."""
    return format_difference(days, DAYS)
