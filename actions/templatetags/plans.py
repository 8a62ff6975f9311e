"""How actions look on pages: `{% status action %}`, `{% late action %}`, `{{ action.deadline|deadline }}`."""

from django import template
from django.utils import timezone

from actions.rules import words
from actions.tables import cells, pieces

register = template.Library()


@register.simple_tag
def status(action):
    return cells.status_badge(action.status)


@register.simple_tag(takes_context=True)
def piece(context, action, name):
    """What changes in place (`actions.tables.pieces`): « status », « deadline », « responsibles », « said »."""
    request = context["request"]
    return pieces.piece(action, name, user=request.user, back=request.get_full_path())


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
def pending_count(plan) -> int:
    """The actions of a plan of `for_list` that are still to be done."""
    return plan.action_count - plan.settled_count


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


for sentence in (
    words.delivery,
    words.drift_in_days,
    words.in_no_quarter,
    words.in_the_year_only,
    words.moved,
    words.no_longer_reminded,
    words.placed,
    words.proposed,
    words.review,
):
    register.filter(sentence.__name__, sentence)
