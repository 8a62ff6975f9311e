"""However a grid is laid out and written, the same values or a question; whatever a sheet holds, a plan comes out."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.base.months import MONTH_NAMES
from core.sheets.reading import tagged
from tests.indicators.imports.grids import (
    CALLS,
    DELAY,
    MONTHS,
    VISITS,
    is_accounted,
    months,
    planned,
    sheet,
    workbook,
)

pytestmark = pytest.mark.django_db
ENGLISH = [date(2023, month, 1).strftime("%B") for month in range(1, 13)]
SPELLINGS = [
    MONTHS,
    ENGLISH,
    list("JFMAMJJASOND"),
    [name.upper() for name in MONTH_NAMES],
    [f"{month:02d}/2023" for month in range(1, 13)],
    [f"{name} 2023" for name in MONTH_NAMES],
    [date(2023, month, 1) for month in range(1, 13)],
]
HEADINGS = {
    "label": ["Indicateur", "Libellé", "Intitulé de l’indicateur", "Machin"],
    "section": ["Famille", "Thème", None],
    "target": ["Objectif", "Cible 2023", "Visé"],
    "previous": ["N-1", "Résultat 2022"],
    "comment": ["Commentaires", "Observations", "Divers"],
}
WRITINGS = {
    CALLS: [
        lambda v: v,
        lambda v: f"{v * 100:.1f} %".replace(".", ","),
        lambda v: f"{v * 100:.1f}%",
        lambda v: f"{v:.3f}".replace(".", ","),
    ],
    DELAY: [lambda v: v, lambda v: f"{v} j", lambda v: str(v).replace(".", ",")],
    VISITS: [lambda v: v, lambda v: f"{v:,}".replace(",", "\u202f"), lambda v: f"{v} usagers", lambda v: f"{v:,}"],
}
VALUES = {
    CALLS: st.integers(500, 1000).map(lambda v: v / 1000),
    DELAY: st.integers(2, 120).map(lambda v: v / 2),
    VISITS: st.integers(0, 5000),
}


@st.composite
def grids(draw):
    """Values by label, and a layout: headings, order of the columns, titles, columns hidden, months down or across."""
    labels = draw(st.permutations([CALLS, DELAY, VISITS]))[: draw(st.integers(1, 3))]
    values = {label: draw(st.lists(VALUES[label], min_size=12, max_size=12)) for label in labels}
    headings = {role: draw(st.sampled_from(choices)) for role, choices in HEADINGS.items()}
    order = draw(st.permutations([*HEADINGS, *range(12)]))
    if draw(st.booleans()):
        order = [*HEADINGS, *range(12)]
    spelling = draw(st.sampled_from(SPELLINGS if order[-12:] == list(range(12)) else [SPELLINGS[0], *SPELLINGS[3:]]))
    titles = draw(st.lists(st.sampled_from([[], ["Préfecture"], ["Bilan 2023"], [None, "Suivi"]]), max_size=4))
    styles = {label: draw(st.sampled_from(WRITINGS[label])) for label in labels}
    return (
        values,
        headings,
        spelling,
        order,
        titles,
        styles,
        draw(st.booleans()),
        draw(st.sets(st.integers(1, 17), max_size=3)),
    )


def laid_out(made):
    values, headings, spelling, order, titles, styles, is_down, hidden = made
    rows = [[headings[place] if isinstance(place, str) else spelling[place] for place in order]]
    for label, figures in values.items():
        fixed = {"label": label, "section": "Accueil", "target": "-", "previous": "-", "comment": "Rien à signaler"}
        rows.append([fixed[place] if isinstance(place, str) else styles[label](figures[place]) for place in order])
    if is_down:
        rows = [list(row) for row in zip(*rows, strict=True)]
    made = sheet([*titles, *rows], name="2023")
    object.__setattr__(made, "hidden_columns", frozenset() if is_down else frozenset(hidden))
    return workbook(made)


@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(made=grids())
def test_any_layout_gives_the_same_values_or_a_question(site, made):
    plan = planned(site, laid_out(made))
    assert is_accounted(plan)
    if plan.errors:
        return
    for label, figures in made[0].items():
        read = months(plan, label)
        wrong = {m: v for m, v in read.items() if abs(v - figures[m - 1]) > 1e-6}
        assert wrong == {}
        assert len(read) == 12 or plan.open_asks


CELLS = st.one_of(
    st.none(),
    st.text(max_size=12),
    st.floats(allow_nan=False, allow_infinity=False),
    st.integers(),
    st.booleans(),
    st.dates(),
    st.sampled_from(
        ["Janv", "Févr", "Mars", "Total", "12 %", tagged.error("#N/A"), "E10", "Objectif", "N-1", "2022", 2022, "T1"]
    ),
)


@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.lists(CELLS, max_size=14), max_size=8), has_heading=st.booleans())
def test_whatever_a_sheet_holds_every_cell_is_accounted_for(site, rows, has_heading):
    heading = [["Indicateur", "Engagement", *MONTHS]] if has_heading else []
    plan = planned(site, [*heading, *rows])
    assert is_accounted(plan)
    assert sum(plan.counts.values()) <= len(plan.reading["values"])
