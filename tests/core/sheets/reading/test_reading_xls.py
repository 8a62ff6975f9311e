"""What reading an old Excel file gives: values, merges, hidden sheets, and what is not read said."""

from datetime import date
from pathlib import Path

from core.sheets.reading.bounded import read
from core.sheets.reading.model import MergedRange

OLD = Path("tests/data/ancien_classeur.xls")


def test_values_merges_and_hidden_sheets_are_read_and_the_rest_is_said():
    book = read(OLD, name="ancien.xls")

    sheet, hidden = book.sheets
    assert [[cell.value for cell in row] for row in sheet.rows] == [["Titre"], [0.987, 95.2], ["ü", date(2023, 3, 1)]]
    assert (sheet.merged, sheet.is_hidden, hidden.is_hidden) == ([MergedRange(1, 1, 1, 3)], False, True)
    assert [remark.text.partition(" : ")[0] for remark in book.remarks] == ["Ce classeur est dans l’ancien format .xls"]
