"""The charts of a PDF: drawn as pictures with their words, each of their labels laid out once.

Left to itself, WeasyPrint reads the SVG of a page with the parser and the selectors of the page, lays each letter of a
label out by itself, and opens a form of its own for each label that is centred: two fifths of the time of a report.
"""

import base64
import re
from html import escape, unescape
from typing import Any

_CHART = re.compile(r"<svg\b[^>]*>.*?</svg>", re.DOTALL)
_TITLE = re.compile(r"<title\b[^>]*>(.*?)</title>", re.DOTALL)
_DESCRIPTION = re.compile(r"<desc\b[^>]*>(.*?)</desc>", re.DOTALL)
_SHARES = {"middle": 0.5, "end": 1.0}
_ALIKE = ("font-family", "font-weight", "font-style")
_UNUSUAL = ("dx", "dy", "rotate", "letter-spacing", "textLength", "dominant-baseline", "alignment-baseline")


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


def draw_labels_once() -> None:
    """Have WeasyPrint draw a plain label in one piece; any other text is left to it."""
    from weasyprint import svg

    if svg.TAGS["text"] is not _label:
        global _usual
        _usual, svg.TAGS["text"] = svg.TAGS["text"], _label


_usual: Any = None


def _label(svg: Any, node: Any, font_size: float) -> None:
    """Draw a label: its glyphs as they were laid out the first time, where this one stands."""
    if not node.text or list(node) or any(name in node.attrib for name in _UNUSUAL):
        _usual(svg, node, font_size)
        return
    width, glyphs = _laid_out(svg, node, font_size)
    x, y = svg.point(node.get("x"), node.get("y"), font_size)
    stream = svg.stream
    stream.push_state()
    fill, stroke = svg.set_graphical_state(node, font_size)
    stream.begin_text()
    svg.fill_stroke(fill, stroke, text=True)
    stream.set_text_matrix(1, 0, 0, -1, x - width * _SHARES.get(node.get("text-anchor"), 0.0), y)
    stream.stream += glyphs
    stream.end_text()
    stream.pop_state()


def _laid_out(svg: Any, node: Any, font_size: float) -> tuple[float, list]:
    """The width of a label and the operators that show its glyphs, kept for the document: its fonts are theirs."""
    from weasyprint.css.properties import INITIAL_VALUES
    from weasyprint.draw.text import draw_first_line
    from weasyprint.matrix import Matrix
    from weasyprint.svg.text import Style, TextBox
    from weasyprint.text.line_break import split_first_line

    known = vars(svg.context).setdefault("labels_laid_out", {})
    key = (node.text, font_size, *map(node.get, _ALIKE), id(svg.stream._fonts))
    if key in known:
        return known[key]
    style = Style(INITIAL_VALUES)
    style.font_config = svg.font_config
    style["font_family"] = [name.strip().strip("\"'") for name in node.get("font-family", "sans-serif").split(",")]
    style["font_style"] = node.get("font-style", "normal")
    style["font_weight"] = {"bold": 700, "normal": 400}.get(node.get("font-weight", "normal"), 400)
    style["font_size"] = font_size
    layout, _, _, width, _, baseline = split_first_line(node.text, style, svg.context, float("inf"), 0)
    box = TextBox(layout, style)
    box.baseline = baseline
    first = len(svg.stream.stream)
    layout.reactivate(style)
    draw_first_line(svg.stream, box, "none", "none", Matrix(d=-1))
    drawn = svg.stream.stream[first:]
    del svg.stream.stream[first:]
    known[key] = (width, drawn[1:])  # the first operator says where
    return known[key]
