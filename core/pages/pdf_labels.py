"""The labels of charts, each laid out once. It imports WeasyPrint: only `core.pages.pdf.renderer` imports this.

Left to itself, WeasyPrint lays each letter of a label out, and opens a form of its own for each label that is centred:
two fifths of the time of a report.
"""

from typing import Any

from weasyprint import svg as svg_tags
from weasyprint.css.properties import INITIAL_VALUES
from weasyprint.draw.text import draw_first_line
from weasyprint.matrix import Matrix
from weasyprint.svg.text import Style, TextBox
from weasyprint.text.line_break import split_first_line

_SHARES = {"middle": 0.5, "end": 1.0}
_ALIKE = ("font-family", "font-weight", "font-style")
_UNUSUAL = ("dx", "dy", "rotate", "letter-spacing", "textLength", "dominant-baseline", "alignment-baseline")


def draw_labels_once() -> None:
    """Have WeasyPrint draw a plain label in one piece; any other text is left to it."""
    if svg_tags.TAGS["text"] is not _label:
        global _usual
        _usual, svg_tags.TAGS["text"] = svg_tags.TAGS["text"], _label


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
