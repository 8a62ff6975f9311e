"""Which files are kept as proofs: their name and their content must agree, and nothing in them must run."""

import io
import zipfile

import pytest

from actions.rules.proof_files import refuse_unsafe, safe_name
from core.base.errors import UserError

PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 20
JPEG = b"\xff\xd8\xff\xe0" + b"0" * 20


def archive(**entries: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as written:
        for name, content in entries.items():
            written.writestr(name.replace("__", "/"), content)
    return buffer.getvalue()


def office(prefix: str, **more: bytes) -> bytes:
    return archive(**{"[Content_Types].xml": b"<Types/>", f"{prefix}__document.xml": b"<x/>", **more})


def odf(kind: str, **more: bytes) -> bytes:
    mimetype = f"application/vnd.oasis.opendocument.{kind}".encode()
    return archive(mimetype=mimetype, **{"content.xml": b"<x/>", **more})


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("note.pdf", b"%PDF-1.7 ..."),
        ("Photo.JPG", JPEG),
        ("photo.jpeg", JPEG),
        ("ecran.png", PNG),
        ("note.docx", office("word")),
        ("tableau.xlsx", office("xl")),
        ("comite.pptx", office("ppt")),
        ("note.odt", odf("text")),
        ("tableau.ods", odf("spreadsheet")),
        ("comite.odp", odf("presentation")),
        ("releve.txt", "Fait le 03/11, à l’accueil".encode()),
        ("releve.csv", b"\xef\xbb\xbfa;b\n1;2\n"),
    ],
)
def test_the_documents_of_a_service_are_kept(name, content):
    refuse_unsafe(name, io.BytesIO(content))


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("page.html", b"<html>", "n’est pas d’un type accepté"),
        ("dessin.svg", b"<svg/>", "n’est pas d’un type accepté"),
        ("macro.docm", office("word"), "n’est pas d’un type accepté"),
        ("outil.exe", b"MZ", "n’est pas d’un type accepté"),
        ("sans-extension", b"%PDF-", "n’est pas d’un type accepté"),
        ("note.pdf", b"", "est vide"),
        ("note.pdf", b"<html><script>", "n’est pas celui d’un fichier .pdf"),
        ("photo.png", JPEG, "n’est pas celui d’un fichier .png"),
        ("releve.txt", b"<!DOCTYPE html><script>", "n’est pas celui d’un fichier .txt"),
        ("releve.csv", b"MZ\0\0", "n’est pas celui d’un fichier .csv"),
        ("note.docx", office("xl"), "n’est pas celui d’un fichier .docx"),
        ("note.docx", b"PK\x03\x04 tronqu", "n’est pas celui d’un fichier .docx"),
        ("note.docx", archive(a=b"1"), "n’est pas celui d’un fichier .docx"),
        ("note.docx", office("word", **{"word__vbaProject.bin": b"1"}), "n’est pas celui d’un fichier .docx"),
        ("note.odt", odf("spreadsheet"), "n’est pas celui d’un fichier .odt"),
        ("note.odt", odf("text", **{"Basic__Standard__Module1.xml": b"1"}), "n’est pas celui d’un fichier .odt"),
        ("note.odt", archive(content=b"1"), "n’est pas celui d’un fichier .odt"),
    ],
)
def test_anything_else_is_refused_in_one_sentence(name, content, sentence):
    with pytest.raises(UserError, match=sentence) as refused:
        refuse_unsafe(name, io.BytesIO(content))
    assert refused.value.field == "file"


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("note.pdf", "note.pdf"),
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\rq\\note.pdf", "note.pdf"),
        ("no\x00te\r\n.pdf", "note.pdf"),
        ("note.pdf. ", "note.pdf"),
        ("", "fichier"),
        ("é" * 300 + ".pdf", "é" * 196 + ".pdf"),
    ],
)
def test_a_name_is_kept_without_path_nor_control_character(name, kept):
    assert safe_name(name) == kept
