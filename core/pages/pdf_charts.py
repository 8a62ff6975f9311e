"""The charts of a PDF, as pictures with their words.

Left to itself, WeasyPrint reads the SVG of a page with the parser and the selectors of the page.
"""

import base64
import re
from html import escape, unescape

_CHART = re.compile(r"<svg\b[^>]*>.*?</svg>", re.DOTALL)
_TITLE = re.compile(r"<title\b[^>]*>(.*?)</title>", re.DOTALL)
_DESCRIPTION = re.compile(r"<desc\b[^>]*>(.*?)</desc>", re.DOTALL)


def as_pictures(html: str) -> str:
    """The page with each of its charts as a picture, its title and its description as what stands for it."""
    return _CHART.sub(_picture, html)


def _picture(match: re.Match) -> str:
    svg = match[0]
    if 'xmlns="http://www.w3.org/2000/svg"' not in svg:
        return svg
    words = [" ".join(unescape(found[1]).split()) for part in (_TITLE, _DESCRIPTION) if (found := part.search(svg))]
    told = ". ".join(word.rstrip(".") for word in words if word)
    data = base64.b64encode(svg.encode()).decode()
    return f'<img class="picture" src="data:image/svg+xml;base64,{data}" alt="{escape(told)}">'
