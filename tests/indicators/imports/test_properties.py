"""However a grid is laid out and written, it says the same; whatever a sheet holds, recognition ends with a grid."""

from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from core.spreadsheets.model import Workbook
from indicators.imports.figures import figure_in, spelt, spelt_percent
from indicators.imports.grid import Grid
from indicators.imports.months import NAMES
from indicators.imports.recognition import MOST_ROWS, recognise
from tests.indicators.imports.catalogue import CATALOGUE
from tests.indicators.imports.grids import MONTHS, grid_of, meaning, row, sheet, simple

ENTRIES = [CATALOGUE[number] for number in (0, 1, 3, 4, 8, 16, 18)]
STATES = ["-", "COVID", "Fermés", "s.o.", "nd", None]
SPELLINGS = [
    MONTHS,
    [name.upper() for name in NAMES],
    [f"{month:02d}/2020" for month in range(1, 13)],
    [f"2020-{month:02d}" for month in range(1, 13)],
    [f"{name} 2020" for name in NAMES],
]
HEADINGS = {
    "family": ["Famille", "Thème", "Module"],
    "label": ["Indicateur", "Libellé", "Intitulé de l'indicateur"],
    "engagement": ["Engagement", "Eng.", "N° d'engagement"],
    "target": ["Objectif", "Cible 2020", "Objectifs annuels"],
    "previous": ["N-1", "Résultat 2019", "Rappel 2019"],
    "comment": ["Commentaires", "Observations"],
}


def written(value, unit, style):
    """A value as someone may type it: the style is one for the whole row."""
    if not isinstance(value, Decimal):
        return value
    if unit == "rate":
        return [f"{spelt(value * 100)} %", float(value), float(value * 100), spelt_percent(value), spelt(value)][style]
    suffix = " j" if unit == "days" else ""
    return [spelt(value), float(value), f"{spelt(value)}{suffix}", float(value), str(value)][style]


# Above one per cent, so that a row of percents cannot be read as a row of ratios.
values = {
    "rate": st.decimals(Decimal("0.05"), Decimal(1), places=3),
    "days": st.decimals(0, 60, places=1),
    "count": st.integers(0, 5000).map(Decimal),
}


@st.composite
def rows_of_values(draw):
    return [
        (entry, draw(st.lists(values[entry.unit] | st.sampled_from(STATES), min_size=12, max_size=12)))
        for entry in draw(st.lists(st.sampled_from(ENTRIES), min_size=2, unique=True))
    ]


@st.composite
def layouts(draw):
    """A heading for each column, an order of columns, a title block, blank rows."""
    headings = {role: draw(st.sampled_from(choices)) for role, choices in HEADINGS.items()}
    months = draw(st.sampled_from(SPELLINGS))
    order = draw(st.permutations([*HEADINGS, *range(12)]))
    titles = draw(st.lists(st.sampled_from([[], ["Préfecture de l'Exemple"], [None, "Bilan 2020"]]), max_size=6))
    return headings, months, order, titles, draw(st.booleans())


def laid_out(content, layout, styles):
    headings, months, order, titles, has_blank_rows = layout
    rows = [*titles, [headings[place] if isinstance(place, str) else months[place] for place in order]]
    for (entry, cells), style in zip(content, styles, strict=True):
        fixed = {
            "family": entry.family, "label": entry.label, "engagement": entry.engagement,
            "target": "-", "previous": "-", "comment": "Rien à signaler ce mois-ci",
        }  # fmt: skip
        typed = [written(cell, entry.unit, style) for cell in cells]
        rows.append([fixed[place] if isinstance(place, str) else typed[place] for place in order])
        rows += [[]] * has_blank_rows
    return rows


@settings(max_examples=30, deadline=None)
@given(data=st.data(), content=rows_of_values(), layout=layouts())
def test_any_order_spelling_and_number_format_gives_the_same_grid(data, content, layout):
    styles = data.draw(st.lists(st.integers(0, 4), min_size=len(content), max_size=len(content)))
    plainest = ({role: choices[0] for role, choices in HEADINGS.items()}, MONTHS, [*HEADINGS, *range(12)], [], False)

    found = grid_of(laid_out(content, layout, styles))
    reference = grid_of(laid_out(content, plainest, [0] * len(content)))

    assert found.errors == reference.errors == []
    assert meaning(found) == meaning(reference)
    assert [[cell.value for cell in row.cells] for row in found.rows] == [
        [cell if isinstance(cell, Decimal) else None for cell in cells] for _entry, cells in content
    ]


cells = st.one_of(
    st.none(),
    st.text(max_size=12),
    st.floats(),
    st.integers(),
    st.booleans(),
    st.dates(),
    st.sampled_from(["Janv", "Févr", "Mars", "Total", "12 %", "\x00e#N/A", "\x00dx", "E10", "Objectif", "N-1", "2019"]),
)


@settings(max_examples=40, deadline=None)
@given(rows=st.lists(st.lists(cells, max_size=14), max_size=8), has_heading=st.booleans())
def test_whatever_a_sheet_holds_a_grid_comes_out_and_comes_back(rows, has_heading):
    heading = [["Indicateur", "Engagement", *MONTHS]] if has_heading else []
    grid = grid_of([*heading, *rows])

    assert Grid.from_json(grid.to_json()) == grid
    assert all(len(row.cells) == 12 for row in grid.rows)


@given(number=st.decimals(0, 10**9, places=4))
def test_a_number_spelt_in_french_is_read_back(number):
    assert figure_in(spelt(number)).value == number


def test_a_sheet_of_twenty_thousand_rows_is_no_grid():
    rows = simple(*[row(f"Indicateur n° {number}", "E1", 0.5) for number in range(MOST_ROWS + 1)])
    grid = recognise(Workbook("f", [sheet(rows)]), year=2020, catalogue=CATALOGUE)

    assert (grid.rows, len(grid.errors)) == ((), 1)
    assert "La grille compte 1001 lignes" in grid.errors[0].message
