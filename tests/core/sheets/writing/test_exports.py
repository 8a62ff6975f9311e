"""Files of a list: real values, no live formula, the right name."""

import csv
import io
import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
import time_machine
from hypothesis import given, settings
from hypothesis import strategies as st
from odfdo import Document
from openpyxl import load_workbook

from core.base.errors import UserError
from core.sheets.writing import FORMATS, Column, FigureCell, respond
from core.sheets.writing.book import Book
from core.sheets.writing.cells import bare, cell_of, clean, neutral
from core.sheets.writing.csv_file import LINES
from indicators.enums import Measure
from organisations.enums import Role
from tests.core.factories import HolidayFactory
from tests.indicators.factories import IndicatorFactory, PastResultFactory
from tests.organisations.factories import PrefectureFactory, user_with

COLUMNS = [Column("Intitulé", width=30), "Taux", "Délai", "Nombre", "Jour", "Instant", "Oui", "Vide"]
ROW = [
    "Étrangers",
    FigureCell(Decimal("0.986842"), "rate"),
    FigureCell(Decimal("2.36"), "days"),
    -12,
    date(2020, 5, 1),
    datetime(2020, 5, 1, 8, 30, tzinfo=UTC),
    True,
    None,
]
PAYLOADS = [
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "  =1+1",
    "\u00a0=1+1",
    "\u200b=1+1",
    "\ufeff=1+1",
    "＝1+1",
    "＋1",
    "＠SUM",
    "=cmd|' /C calc'!A0",
    '=HYPERLINK("http://example.invalid")',
    "-2+3+cmd|' /C calc'!A0",
    "|calc",
    "%0A=1",
    "\x00=1+1",
    "\x01\x02=1+1",
]
HARMLESS = ["-", "-12", "-12,5", "+33", "+33 4 42 00 00 00", "abc=1", "1+1", "", "E14.3 – Accueil"]


def content(response) -> bytes:
    body = b"".join(response.streaming_content)
    for close in response._resource_closers:  # what the server does, less the end of a request
        close()
    return body


def sheet(rows, columns=COLUMNS):
    return load_workbook(io.BytesIO(content(respond("xlsx", columns, rows, "indicateurs")))).active


def ods(rows, columns=COLUMNS):
    return Document(io.BytesIO(content(respond("ods", columns, rows, "indicateurs")))).body.get_table(0)


def lines(rows, columns=COLUMNS) -> list[list[str]]:
    text = content(respond("csv", columns, rows, "indicateurs")).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))


def test_an_xlsx_file_holds_real_numbers_dates_and_percentages():
    found = sheet([ROW])
    assert [cell.value for cell in found[1]] == [getattr(c, "label", c) for c in COLUMNS]
    assert [cell.value for cell in found[2]] == [
        "Étrangers", 0.986842, 2.36, -12, datetime(2020, 5, 1), datetime(2020, 5, 1, 10, 30), "oui", None,
    ]  # fmt: skip
    assert [found["B2"].number_format, found["E2"].number_format] == ["0.0 %", "dd/mm/yyyy"]
    assert (found.freeze_panes, found.auto_filter.ref) == ("A2", "A1:H2")


TRICKY = [
    "Étrangers", "a & b < c > d", "<r>", "<r>a</r>", " avant", "après ", "deux\nlignes", "_x0041_", "\u00a0",
    "\u202f%", '"', "’", "\ue000", "😀", "é" * 40_000,
]  # fmt: skip


@settings(deadline=None, max_examples=50)
@given(st.lists(st.sampled_from(TRICKY) | st.text(max_size=8), min_size=1, max_size=6))
def test_a_streamed_sheet_is_to_the_byte_that_of_the_library(texts):
    """The one that writes ordinary texts in one step, and the library's own."""

    def written(own: bool) -> bytes:
        book = Book()
        if own:
            book._sheets = None
        sheet = book.sheet("Liste")
        sheet.set_column(1, 1, 12, book.formats["head"])
        sheet.set_row(1, 20, book.formats["head"])
        for place, text in enumerate(texts * 2):
            book.put(sheet, place, 0, text)
            book.put(sheet, place, 1, text)
            book.put(sheet, place, 2, text, "head")
        with book.close() as target, zipfile.ZipFile(target) as archive:
            return archive.read("xl/worksheets/sheet1.xml")

    assert written(own=False) == written(own=True)


def test_an_ods_file_holds_real_numbers_dates_and_percentages():
    found = ods([ROW])
    assert found.get_row_values(0) == [getattr(c, "label", c) for c in COLUMNS]
    assert found.get_row_values(1) == [
        "Étrangers", Decimal("0.986842"), Decimal("2.36"), Decimal(-12), date(2020, 5, 1),
        datetime(2020, 5, 1, 10, 30), "oui", None,
    ]  # fmt: skip
    assert [found.get_cell((x, 1)).type for x in range(8)] == [
        "string", "percentage", "float", "float", "date", "date", "string", None,
    ]  # fmt: skip


def test_an_ods_file_keeps_lines_and_spaces():
    assert ods([["  deux  lignes\net <b>&"]], ["Texte"]).get_value((0, 1)) == "  deux  lignes\net <b>&"


def test_an_ods_file_begins_with_its_type_uncompressed():
    with zipfile.ZipFile(io.BytesIO(content(respond("ods", COLUMNS, [ROW], "indicateurs")))) as archive:
        first = archive.infolist()[0]
        assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
        assert archive.testzip() is None


def test_a_csv_file_opens_in_a_french_spreadsheet():
    body = content(respond("csv", COLUMNS, [ROW], "indicateurs")).decode()
    assert body.startswith('\ufeff"Intitulé";"Taux"')
    assert lines([ROW])[1] == ["Étrangers", "98,6842 %", "2,36", "-12", "01/05/2020", "01/05/2020 10:30", "oui", ""]


def test_a_csv_file_is_made_as_it_is_sent():
    seen = []
    rows = (seen.append(n) or [n] for n in range(10 * LINES))
    next(iter(respond("csv", ["N"], rows, "n").streaming_content))
    assert len(seen) == LINES - 1  # and the head


@pytest.mark.parametrize("payload", PAYLOADS)
def test_text_never_becomes_a_formula(payload):
    [[head], [cell]] = lines([[payload]], [payload])
    assert head == cell == neutral(clean(payload))
    assert cell.startswith("'")
    assert ods([[payload]], [payload]).get_cell((0, 1)).formula is None
    assert sheet([[payload]], [payload])["A2"].data_type == "s"


def test_a_text_is_itself_where_cells_have_types():
    assert sheet([["- Afficher"]], ["=Texte"])["A2"].value == "- Afficher"
    assert ods([["%"]], ["=Texte"]).get_value((0, 1)) == "%"


@given(st.text(alphabet="'=+-@%| 1a", max_size=8))
def test_what_keeps_a_text_of_a_csv_from_running_comes_off_again(text):
    assert bare(neutral(text)) == text


@pytest.mark.parametrize("text", HARMLESS)
def test_harmless_text_and_negative_numbers_stay_as_they_are(text):
    assert neutral(text) == text
    assert (cell_of(-12), cell_of(Decimal("-1.5"))) == (-12, Decimal("-1.5"))


@given(st.text())
def test_no_text_begins_as_a_formula(text):
    assert not neutral(text).lstrip().startswith(("=", "@"))


@settings(deadline=None, max_examples=50)  # three libraries are loaded by the first one
@given(st.text(max_size=50))
def test_any_text_makes_a_file_that_can_be_read(text):
    for code in FORMATS:
        assert content(respond(code, ["Texte"], [[text]], "texte"))
    assert sheet([[text]], ["Texte"])["A1"].value == "Texte"


def test_a_comma_in_a_text_opens_no_cell_elsewhere():
    assert '"x,=1+1"' in content(respond("csv", ["T"], [["x,=1+1"]], "t")).decode()


def test_what_is_no_number_is_left_empty():
    assert [cell_of(float("nan")), cell_of(float("inf")), cell_of(Decimal("NaN"))] == [None, None, None]


def test_a_text_too_long_for_a_cell_is_cut_and_says_so():
    value = sheet([["a" * 40_000]], ["T"])["A2"].value
    assert (len(value), value[-1]) == (32_767, "…")


def test_a_list_of_values_is_one_cell():
    assert cell_of(["=1", "b"]) == "=1, b"


@pytest.mark.parametrize(
    ("name", "file_name"),
    [
        ("comptes", "comptes-2026-11-21.ods"),
        ("Jours fériés & ponts", "jours-feries-ponts-2026-11-21.ods"),
        ("../../etc", "etc-2026-11-21.ods"),
        ("", "liste-2026-11-21.ods"),
    ],
)
def test_a_file_is_named_after_its_list_and_day(name, file_name):
    with time_machine.travel("2026-11-20 23:30Z", tick=False):  # already the 21st in Paris
        response = respond("ods", ["T"], [], name)
    assert response.headers["Content-Disposition"] == f'attachment; filename="{file_name}"'
    content(response)


@pytest.mark.parametrize("name", ["a/b:c*?[d]", "'guillemets'", "x" * 60, ""])
def test_any_name_makes_a_sheet(name):
    assert load_workbook(io.BytesIO(content(respond("xlsx", ["T"], [["a"]], name)))).active["A2"].value == "a"


def test_an_unknown_format_is_refused():
    with pytest.raises(UserError, match="choisissez XLSX, ODS ou CSV"):
        respond("pdf", ["T"], [], "t")


@pytest.mark.django_db
@pytest.mark.urls("tests.core.pages_site")
def test_a_list_exports_what_its_filters_show_whole_and_in_order(client):
    client.force_login(user_with(Role.QUALITY_REFERENT, PrefectureFactory()))
    for month in range(1, 13):
        for day in (1, 2, 3):
            HolidayFactory(date=date(2020, month, day), label="=Jour" if day < 3 else "Autre")
    response = client.get("/essai/jours", {"search": "jour", "tri": "-date", "format": "csv", "page": "2"})
    rows = list(csv.reader(io.StringIO(content(response).decode("utf-8-sig")), delimiter=";"))
    assert rows[:3] == [
        ["Intitulé", "Date", "Zone"],
        ["'=Jour", "02/12/2020", "Métropole"],
        ["'=Jour", "01/12/2020", "Métropole"],
    ]
    assert len(rows) == 25


@pytest.mark.django_db
@pytest.mark.urls("tests.core.pages_site")
def test_an_unknown_format_of_a_list_is_not_found_and_a_forbidden_list_exports_nothing(client):
    site = PrefectureFactory()
    client.force_login(user_with(Role.QUALITY_REFERENT, site))
    assert client.get("/essai/jours", {"format": "exe"}).status_code == 404
    client.force_login(user_with(Role.AUDITOR, site))
    assert client.get("/essai/jours", {"format": "csv"}).status_code == 403


@pytest.mark.django_db
@pytest.mark.urls("tests.core.pages_site")
def test_a_list_exports_its_figures_as_figures_and_its_words_without_markup(client):
    site = PrefectureFactory(code="13")
    client.force_login(user_with(Role.QUALITY_REFERENT, site))
    rate = IndicatorFactory(label="A < B", measure=Measure.RATE)
    PastResultFactory(indicator=rate, site=site, year=2019, value=Decimal("0.986842"))
    PastResultFactory(indicator=rate, site=site, year=2020, value=None)
    book = load_workbook(io.BytesIO(content(client.get("/essai/resultats?format=xlsx"))))
    assert [[cell.value for cell in row] for row in book.active] == [
        ["Indicateur", "Année", "Site", "Valeur"],
        ["A < B", "Année 2019", "13", 0.986842],
        ["A < B", "Année 2020", "13", None],
    ]
    assert book.active["D2"].number_format == "0.0 %"
