"""Pieces of posters and public results."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()
WIDTH, HEIGHT = 200, 10


@register.simple_tag
def bar(share: float | None) -> SafeString | str:
    """A horizontal bar on its full length; the figure beside it says the same, so it is silent. None where withheld."""
    if share is None:
        return ""
    return format_html(
        '<svg viewBox="0 0 {0} {1}" width="{0}" height="{1}" preserveAspectRatio="none" aria-hidden="true" '
        'focusable="false"><rect width="{0}" height="{1}" fill="#e3e3fd"/>'
        '<rect width="{2}" height="{1}" fill="#000091"/></svg>',
        WIDTH, HEIGHT, f"{share * WIDTH:.1f}",
    )  # fmt: skip
