"""Figures in templates: `{{ value|figure:measure }}`, `{{ state|state_label }}`, `{% target sign value measure %}`."""

from django import template

from core.base import figures
from core.pages.states import badge_of

register = template.Library()


@register.filter
def figure(value, measure: str = figures.COUNT) -> str:
    return figures.format_figure(value, measure)


@register.filter
def difference(value, measure: str = figures.COUNT) -> str:
    return figures.format_difference(value, measure)


@register.filter
def state_label(state) -> str:
    """The French label of a state: « Aucun cas », « Fermé »…"""
    return getattr(state, "label", None) or badge_of(state)["label"]


@register.simple_tag
def target(direction: str, value, measure: str) -> str:
    return figures.format_target(direction, value, measure)
