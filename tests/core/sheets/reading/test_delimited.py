"""Delimited texts in every usual encoding and with every usual delimiter."""

import pytest

from core.sheets.reading.bounded import read
from core.sheets.reading.delimited import delimiter_of
from core.sheets.reading.encodings import decoded
from core.sheets.reading.errors import SpreadsheetError
from tests.core.sheets.reading.files import written

LINES = [["Indicateur", "Févr.", "Août"], ["Taux d'appels", "98,7 %", "COVID"]]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "latin-1", "cp1252"])
@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_the_same_rows_come_out_of_every_encoding(encoding, delimiter):
    text = "\r\n".join(delimiter.join(line) for line in LINES)

    assert decoded(text.encode(encoding))[0] == text
    assert delimiter_of(text) == delimiter


def test_a_file_with_commas_and_quotes(tmp_path):
    path = written(tmp_path / "f.csv", b'Indicateur,Janv\n"Taux, d\'appels","98,7 %"\n')

    sheet = read(path, name="f.csv").sheets[0]

    assert [[cell.value for cell in row] for row in sheet.rows] == [
        ["Indicateur", "Janv"],
        ["Taux, d'appels", "98,7 %"],
    ]


def test_decimal_commas_do_not_pass_for_delimiters():
    assert delimiter_of("a;1,5;2,5\nb;3,5;4\nc;1;2,25\n") == ";"


def test_bytes_that_are_no_text_are_refused(tmp_path):
    with pytest.raises(SpreadsheetError):
        read(written(tmp_path / "f.csv", b"a;b\x01\x02\x03"), name="f.csv")


def test_more_rows_than_the_limit_are_counted_and_refused(tmp_path):
    path = written(tmp_path / "f.csv", b"a;b\n" * 100_000)

    with pytest.raises(SpreadsheetError) as caught:
        read(path, name="f.csv")

    assert "compte 100000 lignes ; le maximum est de 20000" in caught.value.message
