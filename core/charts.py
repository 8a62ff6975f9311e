"""Charts as SVG for the web and the PDF: placeholder until the geometry lands."""

from django.utils.safestring import mark_safe


def line_chart(
    points,
    *,
    measure,
    title,
    description="",
    target=None,
    target_direction="",
    previous=None,
    states=None,
    size=(720, 300),
):
    return mark_safe("")


def bar_chart(
    points, *, measure, title, description="", target=None, target_direction="", states=None, size=(720, 300)
):
    return mark_safe("")


def sparkline(points, *, measure, title, target=None, size=(120, 32)):
    return mark_safe("")
