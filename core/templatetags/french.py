"""French rules in place of Django's English ones, loaded for every template (`builtins` of the settings)."""

from django import template
from django.template.defaultfilters import date as english_date
from django.template.defaultfilters import pluralize as english

from core.base.words import french_format

register = template.Library()


@register.filter(is_safe=False)
def pluralize(value, forms: str = "s") -> str:
    """The mark of the plural from two on: « 0 formulaire », « 1 formulaire », « 2 formulaires »."""
    number = len(value) if hasattr(value, "__len__") and not isinstance(value, str) else float(value)
    return english(2 if abs(number) >= 2 else 1, forms)


@register.filter(expects_localtime=True, is_safe=False)
def date(value, wanted: str | None = None) -> str:
    """A day as French writes it: « 1er janvier 2026 »."""
    return english_date(value, french_format(wanted, value) if wanted and hasattr(value, "day") else wanted)
