"""Figures printed and typed in French."""

from decimal import Decimal

import pytest
from django.template import Context, Template
from hypothesis import given
from hypothesis import strategies as st

from core.base.errors import UserError
from core.base.figures import format_difference, format_figure, format_number, format_target, parse_figure
from indicators.enums import ValueState

N = "\u202f"


@pytest.mark.parametrize(
    ("value", "measure", "text"),
    [
        (None, "rate", "sans objet"),
        (None, "days", "sans objet"),
        ("0.9868", "rate", f"98,7{N}%"),
        ("0.8911", "rate", f"89,1{N}%"),
        ("0", "rate", f"0{N}%"),
        ("1", "rate", f"100{N}%"),
        ("0.9997", "rate", f"99,97{N}%"),
        ("0.999999", "rate", f"99,9999{N}%"),
        ("0.0002", "rate", f"0,02{N}%"),
        ("1.2", "rate", f"120{N}%"),
        ("-0.0125", "rate", f"−1,3{N}%"),
        ("2.36", "days", f"2,4{N}jours"),
        ("1", "days", f"1{N}jour"),
        ("0", "days", f"0{N}jour"),
        ("1.96", "days", f"2{N}jours"),
        ("1.94", "days", f"1,9{N}jour"),
        ("6", "days", f"6{N}jours"),
        ("1234", "count", f"1{N}234"),
        ("38.25", "count", "38,3"),
        ("1234567.5", "count", f"1{N}234{N}567,5"),
        ("-0.04", "count", "0"),
        ("-3", "count", "−3"),
    ],
)
def test_a_figure_reads_as_people_write_it(value, measure, text):
    assert format_figure(None if value is None else Decimal(value), measure) == text


def test_more_digits_can_be_asked():
    assert format_figure(Decimal("0.986842"), "rate", digits=2) == f"98,68{N}%"
    assert format_number(93.125, digits=3) == "93,125"


@pytest.mark.parametrize(
    ("direction", "value", "measure", "text"),
    [
        (">=", "0.95", "rate", f"≥{N}95{N}%"),
        ("<", "10", "days", f"<{N}10{N}jours"),
        ("<=", "1", "days", f"≤{N}1{N}jour"),
        (">=", None, "rate", "sans cible"),
        ("", "3", "count", "sans cible"),
    ],
)
def test_a_target_reads_with_its_sign(direction, value, measure, text):
    assert format_target(direction, None if value is None else Decimal(value), measure) == text


@pytest.mark.parametrize(
    ("value", "measure", "text"),
    [
        (None, "rate", "sans objet"),
        ("0.012", "rate", f"+1,2{N}point"),
        ("-0.03", "rate", f"−3{N}points"),
        ("0", "days", f"0{N}jour"),
        ("2", "days", f"+2{N}jours"),
        ("-12", "count", "−12"),
    ],
)
def test_a_difference_is_signed_and_two_rates_differ_by_points(value, measure, text):
    assert format_difference(None if value is None else Decimal(value), measure) == text


@pytest.mark.parametrize(
    ("text", "measure", "value"),
    [
        ("", "rate", None),
        ("  ", "days", None),
        ("98,7", "rate", "0.987"),
        ("98.7", "rate", "0.987"),
        (f"98,7{N}%", "rate", "0.987"),
        ("100 %", "rate", "1"),
        ("0,5 %", "rate", "0.005"),
        ("0", "rate", "0"),
        ("9870 %", "rate", "98.7"),
        ("98.765", "rate", "0.98765"),
        ("2,4", "days", "2.4"),
        ("2,4 jours", "days", "2.4"),
        ("1 j", "days", "1"),
        ("3 jours ouvrés", "days", "3"),
        (f"1{N}234", "count", "1234"),
        ("1 234,5", "count", "1234.5"),
        ("−3", "count", "-3"),
    ],
)
def test_a_typed_figure_is_understood(text, measure, value):
    assert parse_figure(text, measure) == (None if value is None else Decimal(value))


@pytest.mark.parametrize(
    ("text", "measure", "message"),
    [
        ("abc", "rate", "« abc » n’est pas un nombre : écrivez par exemple « 98,7 % »."),
        ("<10j", "days", "« <10j » n’est pas un nombre : écrivez par exemple « 2,4 jours »."),
        ("12 %", "days", "« 12 % » n’est pas un nombre : écrivez par exemple « 2,4 jours »."),
        ("1.234", "count", "« 1.234 » se lit de deux façons : écrivez la virgule, et pas de point."),
        ("1.234,5", "count", "« 1.234,5 » n’est pas un nombre : écrivez par exemple « 1 234 »."),
        ("0,987", "rate", "« 0,987 » se lit de deux façons : écrivez le signe %, par exemple « 98,7 % »."),
        ("1", "rate", "« 1 » se lit de deux façons : écrivez le signe %, par exemple « 98,7 % »."),
        ("1e9", "count", "« 1e9 » n’est pas un nombre : écrivez par exemple « 1 234 »."),
        ("NaN", "count", "« NaN » n’est pas un nombre : écrivez par exemple « 1 234 »."),
        ("9" * 60, "count", f"« {'9' * 40}… » n’est pas un nombre : écrivez par exemple « 1 234 »."),
        ("١٢", "count", "« ١٢ » n’est pas un nombre : écrivez par exemple « 1 234 »."),
    ],
)
def test_a_typed_figure_that_may_mislead_is_refused(text, measure, message):
    with pytest.raises(UserError) as refusal:
        parse_figure(text, measure)
    assert refusal.value.message == message


@given(st.decimals(min_value=-1_000_000, max_value=1_000_000, places=1), st.sampled_from(["days", "count"]))
def test_a_printed_figure_can_be_typed_again(value, measure):
    assert parse_figure(format_figure(value, measure), measure) == value


@given(st.decimals(min_value=0, max_value=20, places=6))
def test_a_printed_rate_can_be_typed_again(value):
    assert parse_figure(format_figure(value, "rate", digits=4), "rate") == value


def test_templates_print_figures_differences_targets_and_states():
    source = (
        "{% load figures %}{{ v|figure:m }} / {{ none|figure:m }} / {{ d|difference:m }} / "
        '{{ s|state_label }} / {{ "missing"|state_label }} / {% target ">=" v m %}'
    )
    values = {"v": Decimal("0.987"), "m": "rate", "none": None, "d": Decimal("0.02"), "s": ValueState.NO_CASE}
    assert Template(source).render(Context(values)) == (
        f"98,7{N}% / sans objet / +2{N}points / Aucun cas / Non saisi / ≥{N}98,7{N}%"
    )
