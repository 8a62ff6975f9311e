"""The list of an ask on the preview of an import. Drawn here: a wide table holds thousands of options."""

from itertools import groupby

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from core.base.typography import unbroken
from core.importing.asks import Ask, Option, Settled

register = template.Library()

register.filter("unbroken", unbroken)

NOTHING = mark_safe("")
UNDECIDED = mark_safe('<option value="">À décider</option>')
MARKS = {
    Settled.REMEMBERED: mark_safe(' <span class="qp-import-mark">mémorisé</span>'),
    Settled.CHOSEN: mark_safe(' <span class="qp-import-mark qp-import-mark--chosen">votre choix</span>'),
}


@register.simple_tag
def ask_list(ask: Ask, label: str = "", *, is_quiet: bool = False) -> SafeString:
    """The label and the list of an ask; `is_quiet` hides the label from the eye, where the place says it."""
    return format_html(
        '<label class="fr-label{}" for="{name}">{}{}</label><select class="fr-select" id="{name}" name="{name}">{}{}'
        "</select>",
        " fr-sr-only" if is_quiet else "",
        unbroken(label or ask.question),
        NOTHING if is_quiet else MARKS.get(ask.source, NOTHING),
        UNDECIDED if ask.is_open else NOTHING,
        _options(ask),
        name=ask.name,
    ) + (MARKS.get(ask.source, NOTHING) if is_quiet else NOTHING)


def _options(ask: Ask) -> SafeString:
    drawn = NOTHING
    for group, options in groupby(ask.options, key=lambda option: option.group):
        listed = format_html_join("", '<option value="{}"{}>{}{}</option>', (_parts(one, ask) for one in options))
        drawn += format_html('<optgroup label="{}">{}</optgroup>', group, listed) if group else listed
    return drawn


def _parts(option: Option, ask: Ask) -> tuple[str, str, str, str]:
    is_selected = not ask.is_open and option.value == ask.value
    is_proposed = ask.is_open and option.value == ask.proposed
    return option.value, " selected" if is_selected else "", option.label, " (proposé)" if is_proposed else ""
