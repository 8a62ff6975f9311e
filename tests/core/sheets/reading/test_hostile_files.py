"""Files meant to hurt, and honest files in the wrong place: one French sentence each, quickly, and nothing else."""

import io
import time
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.sheets.reading import limits
from core.sheets.reading.bounded import read
from core.sheets.reading.errors import SpreadsheetError
from core.sheets.reading.model import Workbook
from tests.core.sheets.reading.files import archive, ods, written, xlsx

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 504
BILLION_LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'


def refusal(path):
    started = time.monotonic()
    with pytest.raises(SpreadsheetError) as caught:
        read(path, name="grille.xlsx")
    assert time.monotonic() - started < limits.CHILD_PATIENCE
    assert caught.value.message.startswith("« grille.xlsx » : ")
    return caught.value


def utf16(name):
    return OLE + name.encode("utf-16-le") + b"\x00" * 512


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "le fichier est vide"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3", "c’est un document PDF"),
        (b"\x89PNG\r\n\x1a\n\x00", "c’est une image"),
        (b"<!DOCTYPE html><table><tr><td>1</td></tr></table>", "c’est une page web"),
        (utf16("EncryptedPackage"), "protégé par un mot de passe"),
        (utf16("WordDocument"), "ancien format .doc"),
        (utf16("Workbook"), "abîmé"),
        (OLE, "abîmé"),
        (b"PK\x03\x04 and nothing more", "abîmé"),
        (bytes(range(256)) * 20, "ni un classeur ni un texte"),
    ],
)
def test_what_is_no_workbook_is_named(tmp_path, content, sentence):
    assert sentence in refusal(written(tmp_path / "f.xlsx", content)).message


@pytest.mark.parametrize(
    ("parts", "sentence"),
    [
        ({"word/document.xml": "<a/>"}, "ni tableau ni texte"),
        ({"ppt/presentation.xml": "<a/>"}, "diaporama"),
        ({"xl/workbook.bin": "x"}, ".xlsb"),
        ({"grille.xlsx": "x"}, "une archive qui contient d'autres fichiers"),
        ({"lisez-moi.md": "x"}, "une archive sans classeur"),
        ({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<a/>"}, "ni tableau ni texte"),
        ({"mimetype": "application/vnd.oasis.opendocument.graphics", "content.xml": "<a/>"}, "pas un classeur"),
        ({"xl/workbook.xml": "<workbook", "xl/_rels/workbook.xml.rels": "<a/>"}, "abîmé"),
        ({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}, "abîmé"),
    ],
)
def test_what_is_another_archive_is_named(tmp_path, parts, sentence):
    assert sentence in refusal(archive(tmp_path / "f.xlsx", parts)).message


def test_an_encrypted_ods_is_named(tmp_path):
    path = ods(tmp_path / "f.ods", "", manifest="<manifest:encryption-data/>".replace("manifest:", ""))

    assert "mot de passe" in refusal(path).message


def test_an_encrypted_archive_is_named(tmp_path):
    path = xlsx(tmp_path / "f.xlsx", "")
    data = bytearray(path.read_bytes())
    directory = data.index(b"PK\x01\x02")
    data[directory + 8] |= 1
    path.write_bytes(data)

    assert "mot de passe" in refusal(path).message


def test_a_zip_bomb_is_refused_before_it_unpacks(tmp_path):
    path = xlsx(tmp_path / "f.xlsx", "", extra={"xl/sharedStrings.xml": b" " * (60 * limits.MEGABYTE)})

    assert path.stat().st_size < limits.MEGABYTE
    assert "une fois décompressé" in refusal(path).message


def test_a_document_that_is_a_bomb_is_refused_before_it_unpacks(tmp_path):
    path = archive(tmp_path / "f.docx", {"word/document.xml": b" " * (60 * limits.MEGABYTE)})

    assert "une fois décompressé" in refusal(path).message


def test_a_size_that_lies_is_not_believed(tmp_path):
    path = xlsx(tmp_path / "f.xlsx", '<row r="1"><c r="A1"><v>1</v></c></row>' * 1000)
    data = bytearray(path.read_bytes())
    directory = data.rindex(b"xl/worksheets/sheet1.xml") - 46
    data[directory + 24 : directory + 28] = (10).to_bytes(4, "little")
    path.write_bytes(data)

    assert "abîmé" in refusal(path).message


def test_too_many_entries_are_counted(tmp_path):
    path = archive(tmp_path / "f.xlsx", {f"xl/{number}.xml": "" for number in range(limits.ENTRY_COUNT + 1)})

    assert "contient 2001 éléments ; le maximum est de 2000" in refusal(path).message


def test_too_big_a_file_is_refused_unread(tmp_path):
    path = tmp_path / "f.xlsx"
    with path.open("wb") as file:
        file.truncate(12 * limits.MEGABYTE)

    assert "le fichier pèse 12,0 Mo ; le maximum est de 10 Mo" in refusal(path).message


def test_two_cells_at_both_ends_of_a_sheet(tmp_path):
    rows = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>'

    error = refusal(xlsx(tmp_path / "f.xlsx", rows))

    assert (error.sheet, error.cell) == ("Feuille", "XFD1048576")
    assert "cellule remplie à la ligne 1048576" in error.message


def test_a_cell_that_lies_about_its_row(tmp_path):
    error = refusal(xlsx(tmp_path / "f.xlsx", '<row r="1"><c r="XFD1048576"><v>2</v></c></row>'))

    assert error.cell == "XFD1048576"


def test_a_vast_area_between_few_cells_is_refused(tmp_path):
    rows = '<row r="1"><c r="ZZ1"><v>1</v></c></row><row r="9999"><c r="A9999"><v>2</v></c></row>'

    assert "9999 lignes sur 702 colonnes" in refusal(xlsx(tmp_path / "f.xlsx", rows)).message


def test_a_sheet_too_wide_names_its_last_column(tmp_path):
    error = refusal(xlsx(tmp_path / "f.xlsx", '<row r="1"><c r="ZZZ1"><v>1</v></c></row>'))

    assert "va jusqu'à la colonne 18278 ; le maximum est de 1000" in error.message


def test_a_hundred_thousand_rows_are_counted(tmp_path):
    rows = "".join(f'<row r="{number}"><c r="A{number}"><v>1</v></c></row>' for number in range(1, 100_001))

    error = refusal(xlsx(tmp_path / "f.xlsx", rows))

    assert "« Feuille » compte 100000 lignes ; le maximum est de 20000" in error.message


@pytest.mark.parametrize("prologue", [BILLION_LAUGHS, '<!DOCTYPE x SYSTEM "file:///etc/passwd">'])
def test_entities_and_document_types_are_refused(tmp_path, prologue):
    path = xlsx(tmp_path / "f.xlsx", '<row r="1"><c r="A1" t="str"><v>&b;</v></c></row>', prologue=prologue)

    assert "déclarations interdites" in refusal(path).message


def test_entities_hidden_in_another_encoding_are_refused(tmp_path):
    path = xlsx(tmp_path / "f.xlsx", "", extra={"xl/styles.xml": f"{BILLION_LAUGHS}<a/>".encode("utf-16")})

    assert "déclarations interdites" in refusal(path).message


@pytest.mark.parametrize("part", ["word/document.xml", "word/comments.xml"])
def test_what_is_no_document_inside_a_document_is_damage(tmp_path, part):
    parts = {"word/document.xml": "<a/>", part: '<?xml version="1.0" encoding="klingon"?><a/>'}

    assert "abîmé" in refusal(archive(tmp_path / "f.docx", parts)).message


def test_cells_outside_of_any_row_are_damage(tmp_path):
    assert (
        "abîmé" in refusal(ods(tmp_path / "f.ods", "<table:table-cell><text:p>x</text:p></table:table-cell>")).message
    )


def test_a_process_that_dies_or_lasts_is_one_sentence(tmp_path, monkeypatch):
    path = xlsx(tmp_path / "f.xlsx", "")
    monkeypatch.setattr(limits, "CHILD_PATIENCE", 0.001)

    with pytest.raises(SpreadsheetError) as caught:
        read(path, name="f.xlsx")

    assert "la lecture du fichier a été arrêtée" in caught.value.message


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(SpreadsheetError) as caught:
        read(tmp_path / "absent.xlsx", name="absent.xlsx")

    assert "introuvable" in caught.value.message


def stored(path):
    """The same archive without compression, so that a change of bytes reaches the XML."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(buffer, "w") as copy:
        for name in source.namelist():
            copy.writestr(name, source.read(name))
    return buffer.getvalue()


ROWS = '<row r="1"><c r="A1" t="str"><v>Janv</v></c><c r="B1"><v>0.987</v></c></row>'
LENGTH = 2_000  # about that of the archive


@settings(max_examples=15, derandomize=True, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(changes=st.lists(st.tuples(st.integers(0, LENGTH), st.integers(0, 255)), min_size=1, max_size=8))
def test_no_change_of_bytes_gives_anything_but_a_workbook_or_a_sentence(tmp_path, changes):
    data = bytearray(stored(xlsx(tmp_path / "honest.xlsx", ROWS)))
    for position, byte in changes:
        data[position % len(data)] = byte

    outcome = read_or_refuse(written(tmp_path / "f.xlsx", bytes(data)))

    assert isinstance(outcome, Workbook) or outcome.startswith("« f.xlsx » : ")


def read_or_refuse(path):
    try:
        return read(path, name=path.name)
    except SpreadsheetError as error:
        return error.message
