"""Horizontal bars of the criteria as one SVG picture: presentation attributes only; its words are beside it."""

from collections.abc import Sequence

from django.template.loader import render_to_string

from surveys.publications.content import Line

WIDTH, ROW = 900, 26
BAR_LEFT, BAR_WIDTH = 460, 340


def bars_svg(lines: Sequence[Line]) -> str:
    """One bar per criterion, its words on the left, its percentage at the end."""
    rows = [
        {"label": line.criterion, "percent": line.percent, "y": number * ROW, "width": f"{line.share * BAR_WIDTH:.1f}",
         "end": f"{BAR_LEFT + line.share * BAR_WIDTH + 8:.1f}"}
        for number, line in enumerate(lines)
    ]  # fmt: skip
    context = {"rows": rows, "width": WIDTH, "height": max(len(rows), 1) * ROW, "left": BAR_LEFT, "row": ROW}
    return render_to_string("surveys/print/bars.svg", context)
