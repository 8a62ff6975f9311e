"""Pieces of posters and public results."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()
WIDTH, HEIGHT, MIDDLE = 200, 12, 6
WHISKER = '<line x1="{0}" x2="{1}" y1="{2}" y2="{2}" stroke="#161616" stroke-width="1.6"/>'


@register.simple_tag
def bar(
    share: float | None, low: float | None = None, high: float | None = None, *, title: str = ""
) -> SafeString | str:
    """A horizontal bar on its full length with its interval; the figures beside it say the same, so it is silent.

    On paper its `title` stands for it. None where withheld.
    """
    if share is None:
        return ""
    whisker = ""
    if low is not None and high is not None:
        whisker = format_html(WHISKER, _at(low), _at(high), MIDDLE)
    return format_html(
        '<svg viewBox="0 0 {0} {1}" width="{0}" height="{1}" preserveAspectRatio="none" aria-hidden="true" '
        'focusable="false"><rect width="{0}" height="{1}" fill="#e3e3fd"/>'
        '<rect width="{2}" height="{1}" fill="#8585f6"/>{3}{4}</svg>',
        WIDTH,
        HEIGHT,
        _at(share),
        whisker,
        format_html("<title>{}</title>", title) if title else "",
    )


def _at(share: float) -> str:
    return f"{share * WIDTH:.1f}"
