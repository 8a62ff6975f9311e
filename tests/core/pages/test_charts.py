"""The geometry of charts: what is drawn where, and what is never drawn."""

import re
from decimal import Decimal
from xml.etree import ElementTree as ET

import pytest

from core.pages import charts
from core.pages.chart_scales import Point, as_points, positions, runs, scale_for

SVG = "{http://www.w3.org/2000/svg}"
MONTHS = [("janv.", Decimal("0.90")), ("févr.", Decimal("0.95")), ("mars", None, "closed"), ("avr.", Decimal("1"))]


def drawn(points=MONTHS, *, draw=charts.line_chart, measure="rate", **options) -> ET.Element:
    return ET.fromstring(draw(points, measure=measure, title="Appels aboutis", **options))


def of_class(svg: ET.Element, name: str) -> list[ET.Element]:
    return [node for node in svg.iter() if node.get("class") == f"qp-chart__{name}"]


def texts(svg: ET.Element) -> list[str]:
    return [node.text for node in svg.iter(f"{SVG}text")]


def test_a_scale_puts_the_lowest_graduation_at_the_bottom_and_the_highest_at_the_top():
    scale = scale_for([Decimal("0.84"), Decimal("0.97")], measure="rate", from_zero=False, top=20, bottom=220)
    assert [str(tick) for tick in scale.ticks] == ["0.80", "0.85", "0.90", "0.95", "1.00"]
    assert (scale.y(Decimal("0.80")), scale.y(Decimal("0.90")), scale.y(Decimal("1.00"))) == (220.0, 120.0, 20.0)


@pytest.mark.parametrize(
    ("values", "measure", "from_zero", "expected"),
    [
        (["0", "12"], "count", True, ["0", "5", "10", "15"]),
        (["3", "4"], "count", True, ["0", "1", "2", "3", "4"]),
        (["1", "2"], "count", False, ["1", "2"]),
        (["4.2", "9.8"], "days", False, ["0", "2", "4", "6", "8", "10"]),
        (["5", "9"], "days", False, ["5", "6", "7", "8", "9"]),
        (["0.5", "0.5"], "rate", False, ["0.40", "0.45", "0.50", "0.55", "0.60"]),
        (["1", "1"], "rate", False, ["0.90", "0.92", "0.94", "0.96", "0.98", "1.00"]),
        (["0", "0"], "rate", False, ["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"]),
        ([], "count", True, ["0", "1"]),
        (["-4", "6"], "count", True, ["-4", "-2", "0", "2", "4", "6"]),
    ],
)
def test_graduations_are_round_and_hold_every_value(values, measure, from_zero, expected):
    scale = scale_for([Decimal(v) for v in values], measure=measure, from_zero=from_zero, top=0, bottom=100)
    assert list(scale.ticks) == [Decimal(tick) for tick in expected]


def test_columns_share_the_width_and_points_stand_in_their_middle():
    assert positions(4, 0, 100) == [12.5, 37.5, 62.5, 87.5]


def test_a_month_without_value_cuts_the_curve():
    points = as_points([("a", None), ("b", Decimal(1)), ("c", Decimal(2)), ("d", None), ("e", Decimal(0))])
    assert runs(points) == [[1, 2], [4]]
    assert points[3] == Point("d", None, "")


def test_the_curve_has_one_mark_per_value_and_none_for_the_missing_month():
    svg = drawn()
    assert [mark.get("cx") for mark in of_class(svg, "mark")] == ["137", "299", "623"]
    assert [path.get("d") for path in of_class(svg, "line")] == ["M137 242 L299 133"]


def test_a_gap_shows_the_letter_of_its_state_and_the_legend_says_what_it_means():
    svg = drawn()
    assert [node.get("data-gap") for node in svg.iter() if node.get("data-gap")] == ["F"]
    assert "F = fermé" in texts(svg)


def test_a_month_not_entered_is_a_gap_too():
    svg = drawn([("janv.", Decimal("0.9")), ("févr.", None)])
    assert "– = non saisi" in texts(svg)
    assert len(of_class(svg, "mark")) == 1


def test_a_measured_zero_is_drawn_and_labelled():
    svg = drawn([("janv.", Decimal(0)), ("févr.", Decimal(12)), ("mars", None)], draw=charts.bar_chart, measure="count")
    assert [(bar.get("y"), bar.get("height")) for bar in of_class(svg, "bar")] == [("242", "0"), ("67.6", "174.4")]
    assert "0" in texts(svg)


def test_the_target_line_stands_at_the_height_of_its_value_on_the_axis():
    svg = drawn(target=Decimal("0.95"), target_direction=">=")
    (line,) = of_class(svg, "target")
    grid = {text.text: text.get("y") for text in svg.iter(f"{SVG}text")}
    assert line.get("y1") == line.get("y2") == "133"
    assert float(grid["96\u202f%"]) - 4 < 133 < float(grid["94\u202f%"]) - 4
    assert "≥\u202f95\u202f%" in texts(svg)


def test_a_target_beyond_the_values_stays_inside_the_drawing():
    svg = drawn([("janv.", Decimal(12))], measure="days", target=Decimal(5), target_direction="<")
    (line,) = of_class(svg, "target")
    assert 24 <= float(line.get("y1")) <= 242


def test_last_year_is_dashed_and_said_in_the_legend():
    svg = drawn(previous=[("janv.", Decimal("0.8")), ("févr.", Decimal("0.85")), ("mars", None), ("avr.", None)])
    assert [path.get("stroke-dasharray") for path in of_class(svg, "before")] == ["6 4"]
    assert "F = fermé · en tirets : année précédente" in texts(svg)


def test_last_year_s_bars_stand_beside_this_year_s():
    points = [("janv.", Decimal(4)), ("févr.", Decimal(6))]
    svg = drawn(points, draw=charts.bar_chart, measure="count", previous=points)
    (now, _), (before, _) = of_class(svg, "bar"), of_class(svg, "bar-before")
    assert float(before.get("x")) + float(before.get("width")) == pytest.approx(float(now.get("x")), abs=0.1)


def test_the_title_and_the_description_say_the_figures():
    svg = drawn(target=Decimal("0.95"), target_direction=">=", description="Sous-préfecture.")
    title, description = svg.find(f"{SVG}title"), svg.find(f"{SVG}desc")
    assert svg.get("role") == "img"
    assert svg.get("aria-labelledby").split() == [title.get("id"), description.get("id")]
    assert title.text == "Appels aboutis"
    assert description.text == (
        "Sous-préfecture. 3 valeurs, de 90\u202f% (janv.) à 100\u202f% (avr.). Cible : ≥\u202f95\u202f%. "
        "Sans valeur : mars (fermé). L’axe vertical commence à 90\u202f%."
    )


def test_a_chart_without_any_value_says_so():
    description = drawn([("janv.", None), ("févr.", None)]).find(f"{SVG}desc").text
    assert description == "aucune valeur. Sans valeur : janv. (non saisi), févr. (non saisi)."


def test_a_chart_carries_its_fonts_and_no_style_nor_script():
    text = charts.line_chart(MONTHS, measure="rate", title="Appels", target=Decimal("0.9"))
    assert 'font-family="Marianne, DejaVu Sans, Arial, sans-serif"' in text
    assert not re.search(r"<script|<style|style=|on\w+=", text)


def test_coordinates_keep_their_point_in_french():
    text = charts.line_chart([(str(n), Decimal(n)) for n in range(7)], measure="count", title="Nombre")
    assert not re.search(r' (x|y|cx|cy|d|width|height)="[^"]*,', text)


def test_a_title_with_markup_stays_text():
    svg = ET.fromstring(charts.sparkline(MONTHS, measure="rate", title="<b>Appels</b>"))
    assert svg.find(f"{SVG}title").text == ("<b>Appels</b> : 3 valeurs, de 90\u202f% (janv.) à 100\u202f% (avr.)")


def test_a_sparkline_keeps_its_gaps():
    svg = drawn(draw=charts.sparkline, target=Decimal("0.95"))
    assert len(of_class(svg, "line")) == 1
    assert len(of_class(svg, "mark")) == 3


def test_the_same_chart_is_the_same_bytes_and_two_charts_have_their_own_identifiers():
    first, again = (charts.line_chart(MONTHS, measure="rate", title="Appels") for _ in range(2))
    other = charts.line_chart(MONTHS, measure="rate", title="Courriels")
    assert first == again
    assert re.search(r'title id="(\w+)', first)[1] != re.search(r'title id="(\w+)', other)[1]


def test_a_figure_joins_the_table_the_chart_is_drawn_from():
    page = charts.figure(MONTHS, measure="rate", title="Appels", previous=[(m[0], Decimal("0.8")) for m in MONTHS])
    cells = re.findall(r'<th scope="row">(.*?)</th><td class="qp-num">(.*?)</td><td class="qp-num">(.*?)</td>', page)
    assert cells == [
        ("janv.", "90\u202f%", "80\u202f%"),
        ("févr.", "95\u202f%", "80\u202f%"),
        ("mars", "Fermé", "80\u202f%"),
        ("avr.", "100\u202f%", "80\u202f%"),
    ]


@pytest.mark.parametrize(
    ("values", "below"),
    [
        ([9, 8, 9, 5], [False, True, False, False]),  # a hollow, then the last value, too near the axis
        ([9, 6, 9], [False, False, False]),  # a hollow with no room under it
        ([5, 7, 9], [False, False, False]),
    ],
)
def test_values_are_written_above_their_mark_or_in_the_hollow_of_the_curve(values, below):
    svg = drawn([(str(value), Decimal(value)) for value in values], measure="days")
    pairs = zip(of_class(svg, "mark"), of_class(svg, "value"), strict=True)
    assert [float(value.get("y")) > float(mark.get("cy")) for mark, value in pairs] == below


@pytest.mark.parametrize("before", [Decimal(8), Decimal(6), None])
def test_a_figure_stands_where_no_line_passes(before):
    """A point of 7 in a scale of 15, its target at 12."""
    points = [(name, Decimal(7)) for name in "abcde"]
    near = {"target": Decimal(12), "target_direction": "<", "among": [Decimal(0), Decimal(15)]}
    former = [(name, before) for name in "abcde"] if before else None
    svg = ET.fromstring(charts.small_chart(points, measure="days", title="Délai", previous=former, **near))
    lines = [float(one.get("y")) + 3 for one in of_class(svg, "before-mark")]
    lines += [float(one.get("y1")) for one in of_class(svg, "target")]
    figures = [float(one.get("y")) - 4 for one in of_class(svg, "value")]
    assert figures
    assert min(abs(figure - line) for figure in figures for line in lines) >= 9
    assert len(of_class(svg, "ground")) == 1


def test_a_figure_between_two_lines_has_a_ground_of_its_own():
    points = [(name, Decimal(4)) for name in "abcde"]
    before = [(name, Decimal(3)) for name in "abcde"]
    near = {"target": Decimal(5), "target_direction": "<", "previous": before, "among": [Decimal(0), Decimal(15)]}
    svg = ET.fromstring(charts.small_chart(points, measure="days", title="Délai", **near))
    figures = [(one.get("x"), float(one.get("y")) - 11) for one in of_class(svg, "value")]
    grounds = [
        (float(one.get("x")) + float(one.get("width")) / 2, float(one.get("y"))) for one in of_class(svg, "ground")[1:]
    ]
    assert figures
    assert grounds == [(pytest.approx(float(x), abs=0.1), pytest.approx(y)) for x, y in figures]


def marked(*marks) -> ET.Element:
    return drawn(marks=[charts.Mark(*mark) for mark in marks])


def test_a_mark_stands_above_its_period_and_is_told_in_words():
    svg = marked((1, "1", "Former les agents", charts.FILLED), (3, "2", "Afficher", charts.HOLLOW))
    assert [node.get("data-mark") for node in svg.iter(f"{SVG}g") if node.get("data-mark")] == ["1", "2"]
    shapes = [node.get("class") for node in svg.iter(f"{SVG}circle") if "sign" in node.get("class")]
    assert shapes == ["qp-chart__sign qp-chart__sign--filled", "qp-chart__sign qp-chart__sign--hollow"]
    description = svg.find(f"{SVG}desc").text
    assert description.startswith("Repères : 1 (févr.), Former les agents ; 2 (avr.), Afficher. 3 valeurs")


def test_a_check_is_a_square():
    (square,) = [
        node for node in marked((0, "V", "efficace", charts.SQUARE)).iter(f"{SVG}rect") if node.get("width") == "16"
    ]
    assert square.get("fill") == "#ffffff"


def test_marks_of_one_period_stand_beside_each_other():
    svg = marked((1, "1", "a"), (1, "2", "b"))
    first, second = (float(node.get("cx")) for node in svg.iter(f"{SVG}circle") if "sign" in node.get("class"))
    assert second - first == 20
    lines = [node.get("x1") for node in svg.iter(f"{SVG}line") if node.get("stroke-dasharray") == "2 4"]
    assert len(set(lines)) == 1
    assert float(lines[0]) == (first + second) / 2


def test_marks_never_cover_the_curve_and_those_out_of_the_periods_are_left_out():
    svg = marked((4, "1", "trop tard"), (-1, "2", "trop tôt"))
    assert not [node for node in svg.iter() if node.get("data-mark")]
    assert "Repères" not in svg.find(f"{SVG}desc").text
    tops = [min(float(node.get("y1")) for node in of_class(svg, "grid")) for svg in (drawn(), marked((0, "1", "a")))]
    assert tops[1] > tops[0]


def test_a_chart_without_marks_is_drawn_as_before():
    assert charts.line_chart(MONTHS, measure="rate", title="T", marks=()) == charts.line_chart(
        MONTHS, measure="rate", title="T"
    )


def test_counts_given_as_whole_numbers_of_python_are_drawn():
    assert "de 0 (a) à 3 (b)" in charts.line_chart([("a", 0), ("b", 3)], measure="count", title="Retours")


def test_a_small_chart_writes_the_lowest_the_last_and_the_highest_figures_and_the_initials_of_months():
    points = [
        (name, Decimal(value))
        for name, value in zip(["janv.", "févr.", "mars", "avr.", "mai"], (5, 9, 7, 1, 6), strict=True)
    ]
    svg = ET.fromstring(charts.small_chart(points, measure="count", title="Usagers"))
    assert [value.text for value in of_class(svg, "value")] == ["9", "1"]  # the last touches the lowest
    assert {"j", "f", "m", "a"} <= set(texts(svg))


def test_the_figure_at_the_foot_of_a_fall_stands_beside_it():
    points = [("janv.", Decimal("0.98")), ("févr.", Decimal(0)), ("mars", Decimal("0.97")), ("avr.", Decimal("0.99"))]
    svg = ET.fromstring(charts.small_chart(points, measure="rate", title="Appels"))
    fall, last = of_class(svg, "value")
    assert (fall.text, fall.get("text-anchor"), last.get("text-anchor")) == ("0", "end", "middle")


def test_small_charts_side_by_side_share_the_scale_of_all():
    among = [Decimal("0.1")]
    svg = ET.fromstring(charts.small_chart(MONTHS, measure="rate", title="Appels", among=among))
    assert "0\u202f%" in texts(svg)
