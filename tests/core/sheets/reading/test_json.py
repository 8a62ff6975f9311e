"""A workbook survives JSON exactly, and what is sent is what a database keeps."""

import json
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.sheets.reading.bounded import read
from core.sheets.reading.model import Marks, MergedRange, Remark, Sheet, Workbook
from core.sheets.reading.tagged import Encoder, error
from tests.core.sheets.reading.files import xlsx

AIX = Path("tests/data/aix_2020_tableau_de_bord.xlsx")


def returned(book):
    return Workbook.from_json(json.loads(json.dumps(book.to_json())))


def test_everything_a_workbook_holds_comes_back():
    encode = Encoder()
    values = [
        ["Titre", None, 3, 0.5, True],
        [encode(date(2026, 3, 1)), encode(datetime(2026, 3, 1, 9, 30)), error("#N/A")],
    ]
    sheet = Sheet(
        name="Février",
        values=values,
        merged=[MergedRange(1, 1, 1, 2)],
        texts={(1, 4): "50 %"},
        formulas=frozenset({(1, 3), (1, 4), (2, 1)}),
        is_hidden=True,
        marks={
            (1, 4): Marks(is_percent=True, fill="FFC000"),
            (2, 2): Marks(note="à revoir"),
            (9, 9): Marks(lacks_value=True),
        },
        hidden_rows=frozenset({2, 3}),
        filtered_rows=frozenset({3}),
        hidden_columns=frozenset({1}),
        is_lines=True,
    )
    book = Workbook("f.xlsx", [sheet, Sheet("Vide", [])], "xlsx", "utf-8", [Remark("Vérifiez.", "Février", "A1")])

    assert returned(book) == book
    assert [cell.value for cell in list(returned(book).sheets[0].rows)[1]] == [
        date(2026, 3, 1),
        datetime(2026, 3, 1, 9, 30),
        "#N/A",
    ]
    assert sorted(book.to_json()["sheets"][1]) == ["name", "rows"]


def test_a_real_grid_comes_back():
    book = read(AIX, name="aix.xlsx")

    assert returned(book) == book


PLACES = st.tuples(st.integers(1, 20), st.integers(1, 20))
MARKS = st.builds(
    Marks, is_percent=st.booleans(), note=st.sampled_from(["", "n"]), fill=st.sampled_from(["", "FF0000"])
)


@given(marks=st.dictionaries(PLACES, MARKS), formulas=st.frozensets(PLACES))
def test_marks_of_any_places_come_back(marks, formulas):
    book = Workbook("f", [Sheet("s", [], marks=marks, formulas=formulas)])

    assert returned(book) == book


@pytest.mark.parametrize("number", ["NaN", "inf", "-inf"])
def test_numbers_that_are_none_are_errors(tmp_path, number):
    path = xlsx(tmp_path / "f.xlsx", f'<row r="1"><c r="A1"><v>{number}</v></c><c r="B1"><v>1</v></c></row>')

    book = read(path, name="f.xlsx")

    json.dumps(book.to_json(), allow_nan=False)
    assert book.sheets[0].at("B1").value == 1


def test_a_nul_inside_a_text_is_dropped(tmp_path):
    rows = '<row r="1"><c r="A1" t="inlineStr"><is><t>a_x0000_b \\u0000 c</t></is></c></row>'

    told = json.dumps(read(xlsx(tmp_path / "f.xlsx", rows), name="f.xlsx").to_json())

    assert "\x00" not in json.loads(told)["sheets"][0]["rows"][0][0]
