"""Charts as SVG, the same for the web and the PDF: presentation attributes only, no script, no style.

A month without value is a gap with the letter of its state, never a zero. Every chart says its figures in its
description, reads in black and white, and `figure` joins the table it is drawn from.
"""

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from core.base.figures import DAYS, RATE, format_figure, format_number, format_target
from core.pages.chart_scales import Point, Scale, as_points, positions, runs, scale_for
from core.pages.states import badge_of, mark_of

SIZE = (720, 300)
FILLED, HOLLOW, SQUARE = "filled", "hollow", "square"
_TOP, _RIGHT, _BOTTOM, _LEFT = 24, 84, 58, 56
SMALL = (390, 170)
MOST_LABELS = 13
_SMALL_MARGINS = (22, 76, 50, 46)
_SIGN = 20  # width taken by a mark
_UNITS = {DAYS: "en jours"}
_HEAD, _NEAR, _NEXT = 14, 9, 18  # the first baseline of a drawing; from a figure to a line, and to its point


@dataclass(frozen=True)
class Frame:
    """The size of a drawing and its margins (top, right, bottom, left).

    A small one has the initials of its periods and its most telling figures only; `among` are the values of the
    curves beside it, drawn on one scale.
    """

    size: tuple[int, int] = SIZE
    margins: tuple[int, int, int, int] = (_TOP, _RIGHT, _BOTTOM, _LEFT)
    among: Sequence[Decimal] = ()
    is_small: bool = False


@dataclass(frozen=True)
class Mark:
    """A numbered sign above a period of a curve: filled for what happened, hollow for what is planned, square for a
    check."""

    index: int
    label: str
    words: str
    shape: str = FILLED


def line_chart(
    points, *, measure, title, description="", target=None, target_direction="", previous=None, size=SIZE, marks=()
):
    """A curve, its target line, last year's curve in dashes, and the marks of what happened."""
    told = " ".join([description, *_marks_in_words(marks, as_points(points))]).strip()
    goal = (target, target_direction)
    return _draw(
        "line",
        points,
        measure=measure,
        words=(title, told),
        target=goal,
        previous=previous,
        frame=Frame(size),
        marks=marks,
    )


def small_chart(points, *, measure, title, target=None, target_direction="", previous=None, among=()):
    """A curve half a printed line wide, on the scale of the curves beside it: lowest, highest and last figures."""
    goal, frame = (target, target_direction), Frame(SMALL, _SMALL_MARGINS, among, is_small=True)
    return _draw("line", points, measure=measure, words=(title, ""), target=goal, previous=previous, frame=frame)


def bar_chart(points, *, measure, title, description="", target=None, target_direction="", previous=None, size=SIZE):
    """Bars from zero; last year's beside them, outlined."""
    goal = (target, target_direction)
    words = (title, description)
    return _draw("bar", points, measure=measure, words=words, target=goal, previous=previous, frame=Frame(size))


def sparkline(points, *, measure, title, target=None, size=(120, 32)) -> SafeString:
    """A curve the size of a word, for a cell of a table; its title says the figures."""
    points = as_points(points)
    width, height = size
    values = _values(points, [], target)
    scale = scale_for(values, measure=measure, from_zero=False, top=4, bottom=height - 4)
    xs = positions(len(points), 2, width - 2)
    context = {
        "id": _identifier(title, points),
        "title": f"{title} : {_summary(points, measure)}",
        "width": width,
        "height": height,
        "series": _series(points, xs, scale, measure, labels=()),
        "target_y": _n(scale.y(target)) if target is not None else "",
    }
    return render_to_string("components/sparkline.svg", context)


def figure(points, *, kind="line", measure, title, description="", **options) -> SafeString:
    """The chart with its table under it, folded, as web pages show it."""
    draw = {"line": line_chart, "bar": bar_chart}[kind]
    svg = draw(points, measure=measure, title=title, description=description, **options)
    previous = as_points(options.get("previous") or [])
    cells = [_cell(point, measure) for point in previous] or [""] * len(points)
    rows = [
        (point.label, _cell(point, measure), before) for point, before in zip(as_points(points), cells, strict=True)
    ]
    context = {"svg": svg, "title": title, "rows": rows, "has_previous": bool(previous)}
    return render_to_string("components/chart.html", context)


def _draw(kind, points, *, measure, words, target, previous, frame, marks=()) -> SafeString:
    title, description = words
    points, before = as_points(points), as_points(previous or [])
    width, height = frame.size
    top, aside, under, left = frame.margins
    top += _SIGN * bool(marks)
    right, bottom = width - (aside if target[0] is not None or frame.is_small else 16), height - under
    values = [*_values(points, before, target[0]), *frame.among]
    scale = scale_for(values, measure=measure, from_zero=kind == "bar", top=top, bottom=bottom)
    xs = positions(len(points), left, right)
    column = (right - left) / max(len(points), 1)
    context = {
        "id": _identifier(title, points),
        "title": title,
        "desc": " ".join(filter(None, [description, _described(points, before, measure, target, scale)])),
        "width": width,
        "height": height,
        "left": left,
        "right": _n(right),
        "top": top,
        "bottom": bottom,
        "unit": _UNITS.get(measure, ""),
        "plot_height": bottom - top,
        "tick_x": left - 8,
        "target_x": _n(right + 6),
        "ticks": [_tick(tick, scale, measure) for tick in scale.ticks],
        "months": [
            {"x": _n(x), "y": bottom + 18, "label": point.label[:1] if frame.is_small else point.label}
            for x, point in zip(xs, points, strict=True)
        ],
        "gaps": _gaps(points, xs, column, bottom),
        "target": _target_line(target, measure, scale),
        "legend": _legend(points, before, height),
        "signs": _signs(marks, xs),
    }
    if kind == "bar":
        context["bars"] = _bars(points, xs, column, scale, measure, beside=bool(before))
        context["bars_before"] = _bars(before, xs, column, scale, measure, is_before=True)
    else:
        labels = _labelled(points, frame)
        goal = scale.y(target[0]) if target[0] is not None else None
        others = [_heights(before, len(points), scale), [goal] * len(points)]
        context["series"] = _series(points, xs, scale, measure, labels=labels, others=others, is_small=frame.is_small)
        context["before"] = _series(before, xs, scale, measure, labels=())
    return render_to_string("components/chart.svg", context)


def _series(points: Sequence[Point], xs, scale: Scale, measure, *, labels, others=(), is_small=False) -> dict:
    """Paths of the runs, and a mark per value with its figure."""
    places = {i: (xs[i], scale.y(p.value)) for i, p in enumerate(points) if p.value is not None}
    paths = ["M" + " L".join(f"{_n(places[i][0])} {_n(places[i][1])}" for i in run) for run in runs(points)]
    own = _heights(points, len(points), scale)

    def mark_of(index: int, x: float, y: float) -> dict:
        mark = {"x": _n(x), "y": _n(y), "left": _n(x - 3), "up": _n(y - 3), "label": ""}
        if index not in labels:
            return mark
        label = _short(points[index].value, measure)
        crossing = [*chain.from_iterable(_passing(heights, index) for heights in others)]
        crossing += _passing(own, index, is_own=True)
        beside = is_small and _beside(x, y, places, index, scale)
        return mark | {"label": label} | (beside or _written(label, x, _label_y(y, places, index, crossing, scale)))

    marks = [mark_of(index, x, y) for index, (x, y) in places.items()]
    return {"paths": [path for path in paths if "L" in path], "marks": marks}


def _written(label: str, x: float, place: tuple[float, bool]) -> dict:
    """A figure at its place, on a ground of its own where a line passes."""
    base, is_crossed = place
    wide = 7 * len(label)
    ground = {"x": _n(x - wide / 2), "y": _n(base - 11), "width": wide} if is_crossed else None
    return {"text_x": _n(x), "text_y": _n(base), "anchor": "middle", "ground": ground}


def _labelled(points: Sequence[Point], frame: Frame) -> Collection[int]:
    """The positions whose figure is written: all where there is room, else the lowest, the last and the highest, unless
    they touch."""
    known = {index: point.value for index, point in enumerate(points) if point.value is not None}
    if not frame.is_small:
        return known if len(points) <= MOST_LABELS else ()
    chosen: list[int] = []
    if known:
        for index in (min(known, key=known.__getitem__), max(known), max(known, key=known.__getitem__)):
            if all(abs(index - other) > 1 for other in chosen):
                chosen.append(index)
    return chosen


def _beside(x, y, places, index, scale: Scale) -> dict[str, str]:
    """The place of a figure at the foot of a steep fall: beside its point, where the curve does not pass."""
    if y + 22 <= scale.bottom:
        return {}
    for neighbour, shift, anchor in ((index - 1, -8, "end"), (index + 1, 8, "start")):
        if neighbour in places and places[neighbour][1] < y - 28:
            return {"text_x": _n(x + shift), "text_y": _n(y + 4), "anchor": anchor}
    return {}


def _label_y(y, places, index, crossing, scale: Scale) -> tuple[float, bool]:
    """Baseline of a point's figure, and whether a line passes there all the same.

    Above it, or below where the curve turns up; farther where a line passes, but never beyond a line.
    """
    beside = [places[i][1] for i in (index - 1, index + 1) if i in places]
    is_hollow = bool(beside) and sum(beside) / len(beside) < y
    rooms = [y - 9, *(base for base in (y + 18, y - 21, y + 30) if _HEAD < base < scale.bottom - 4)]
    near = [base for base in rooms if abs(base - y) <= _NEXT or not any(_is_between(one, y, base) for one in crossing)]
    hits = {base: sum(abs(other - (base - 4)) < _NEAR for other in crossing) for base in near}
    best = min(near, key=lambda base: (hits[base], abs(base - y) > _NEXT, (base > y) != is_hollow))
    return best, hits[best] > 0


def _is_between(line: float, y: float, base: float) -> bool:
    return min(y, base) < line < max(y, base)


def _passing(heights: Sequence[float | None], index: int, *, is_own: bool = False) -> list[float]:
    """Where a line passes under the width of a figure: at its period, and half-way to those beside it."""
    here = heights[index]
    if here is None:
        return []
    near = [heights[other] for other in (index - 1, index + 1) if 0 <= other < len(heights)]
    halves = [(here + height) / 2 for height in near if height is not None]
    return halves if is_own else [here, *halves]


def _heights(points: Sequence[Point], count: int, scale: Scale) -> list[float | None]:
    heights = [None if point.value is None else scale.y(point.value) for point in points]
    return [*heights, *[None] * (count - len(heights))]


def _bars(points: Sequence[Point], xs, column, scale: Scale, measure, *, beside=False, is_before=False) -> list[dict]:
    """Rectangles from the zero line; a measured zero keeps its label, a missing month has no bar at all."""
    wide = column * (0.34 if beside or is_before else 0.6)
    shift = -wide if is_before else 0 if beside else -wide / 2
    zero = scale.y(Decimal(0))
    bars = []
    for x, point in zip(xs, points, strict=False):
        if point.value is None:
            continue
        y = scale.y(point.value)
        bars.append(
            {
                "x": _n(x + shift),
                "y": _n(min(y, zero)),
                "width": _n(wide),
                "height": _n(abs(zero - y)),
                "middle": _n(x + shift + wide / 2),
                "text_y": _n(min(y, zero) - 5),
                "label": "" if is_before else _short(point.value, measure),
            }
        )
    return bars


def _gaps(points: Sequence[Point], xs, column, bottom) -> list[dict]:
    """A pale column with the letter of the state where there is no value."""
    return [
        {
            "x": _n(x - column / 2),
            "middle": _n(x),
            "width": _n(column),
            "text_y": bottom - 8,
            "mark": mark_of(point.state),
        }
        for x, point in zip(xs, points, strict=True)
        if point.value is None
    ]


def _signs(marks: Sequence[Mark], xs) -> list[dict]:
    """Each mark at the top of its period, beside the others of the same one."""
    signs = []
    for index in sorted({mark.index for mark in marks if 0 <= mark.index < len(xs)}):
        here = [mark for mark in marks if mark.index == index]
        first = xs[index] - _SIGN * (len(here) - 1) / 2
        for place, mark in enumerate(here):
            x = first + _SIGN * place
            signs.append(
                {"x": _n(x), "left": _n(x - 8), "label": mark.label, "shape": mark.shape, "line_x": _n(xs[index])}
            )
    return signs


def _marks_in_words(marks: Sequence[Mark], points: Sequence[Point]) -> list[str]:
    known = [mark for mark in marks if 0 <= mark.index < len(points)]
    told = [f"{mark.label} ({points[mark.index].label}), {mark.words}" for mark in known]
    return [f"Repères : {' ; '.join(told)}."] if told else []


def _target_line(target, measure, scale: Scale) -> dict | None:
    value, direction = target
    if value is None:
        return None
    words = format_target(direction, value, measure) if direction else format_figure(value, measure)
    y = scale.y(value)
    return {"y": _n(y), "label_y": _n(y - 4), "words_y": _n(y + 11), "words": words}


def _legend(points, before, height) -> list[dict]:
    """What the letters of the gaps mean, and which curve is last year's."""
    entries = [f"{mark_of(state)} = {badge_of(state)['label'].lower()}" for state in _gap_states(points)]
    words = " · ".join([*entries, *(["en tirets : année précédente"] if before else [])])
    return [{"y": height - 12, "text": words}] if words else []


def _gap_states(points) -> list[str]:
    return list(dict.fromkeys(point.state or "missing" for point in points if point.value is None))


def _described(points, before, measure, target, scale: Scale) -> str:
    """The chart in sentences, for those who do not see it."""
    sentences = [_summary(points, measure) + "."]
    if target[0] is not None:
        sentences.append(f"Cible : {_target_line(target, measure, scale)['words']}.")
    missing = [f"{p.label} ({badge_of(p.state or 'missing')['label'].lower()})" for p in points if p.value is None]
    if missing:
        sentences.append(f"Sans valeur : {', '.join(missing)}.")
    if any(point.value is not None for point in before):
        sentences.append(f"Année précédente : {_summary(before, measure)}.")
    if scale.low > 0:
        sentences.append(f"L’axe vertical commence à {format_figure(scale.low, measure)}.")
    return " ".join(sentences)


def _summary(points: Sequence[Point], measure) -> str:
    measured = [point for point in points if point.value is not None]
    if not measured:
        return "aucune valeur"
    lowest, highest = min(measured, key=lambda p: p.value), max(measured, key=lambda p: p.value)
    if len(measured) == 1:
        return f"une valeur, {format_figure(lowest.value, measure)} ({lowest.label})"
    return (
        f"{len(measured)} valeurs, de {format_figure(lowest.value, measure)} ({lowest.label}) "
        f"à {format_figure(highest.value, measure)} ({highest.label})"
    )


def _cell(point: Point, measure) -> str:
    return badge_of(point.state or "missing")["label"] if point.value is None else format_figure(point.value, measure)


def _values(points, before, target) -> list[Decimal]:
    values = [point.value for point in [*points, *before] if point.value is not None]
    return [*values, target] if target is not None else values


def _short(value: Decimal, measure) -> str:
    """The figure without its unit, which the axis says."""
    return format_number(value * 100) if measure == RATE else format_number(value)


def _tick(value: Decimal, scale: Scale, measure) -> dict:
    y = scale.y(value)
    step = scale.ticks[1] - scale.ticks[0]
    shown = step * 100 if measure == RATE else step
    digits = max(0, -int(shown.normalize().as_tuple().exponent))
    label = format_figure(value, measure, digits) if measure == RATE else format_number(value, digits)
    return {"y": _n(y), "text_y": _n(y + 4), "label": label}


def _identifier(title: str, points: Sequence[Point]) -> str:
    """The same for the same chart, so that the same page is the same bytes."""
    return "c" + hashlib.sha256(f"{title}{points}".encode()).hexdigest()[:10]


def _n(number: float) -> str:
    """A coordinate with a point for decimals, whatever the language."""
    return f"{number:.1f}".removesuffix(".0")
