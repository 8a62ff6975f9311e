"""The text of minutes as titles, bullets and paragraphs."""

from itertools import groupby

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from clu.rules.minutes import MinutesBlock, lines_of

register = template.Library()


@register.simple_tag
def minutes_html(text: str) -> SafeString:
    """Nothing of what was typed is markup."""
    parts = []
    for block, lines in groupby(lines_of(text), key=lambda line: line.block):
        words = [(line.text,) for line in lines]
        if block == MinutesBlock.BULLET:
            parts.append(format_html("<ul>{}</ul>", format_html_join("", "<li>{}</li>", words)))
        else:
            parts.append(format_html_join("", "<h3>{}</h3>" if block == MinutesBlock.TITLE else "<p>{}</p>", words))
    return format_html_join("", "{}", [(part,) for part in parts])
