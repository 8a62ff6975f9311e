"""What a file is, told from its content and never from its extension; a sentence for what we do not read."""

import zipfile
from pathlib import Path

from core.sheets.reading.archives import DAMAGED, ENCRYPTED, check_nested, member, open_archive
from core.sheets.reading.errors import SpreadsheetError

XLSX, ODS, XLS, TEXT, DOCX, ODT = "xlsx", "ods", "xls", "text", "docx", "odt"

_EXPECTED = (
    "Le fichier attendu est un classeur .xlsx, .ods ou .xls, un document .docx ou .odt, ou un texte (.csv, .txt)."
)
_SLIDES = "c’est un diaporama. Copiez son tableau dans un classeur ou dans un document, et recommencez."
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OPENDOCUMENT = b"application/vnd.oasis.opendocument."
_OPENDOCUMENT_KINDS = {
    b"spreadsheet": ODS,
    b"spreadsheet-template": ODS,
    b"text": ODT,
    b"text-template": ODT,
}
_FOREIGN = {
    b"%PDF": "c’est un document PDF, pas un classeur.",
    b"\x89PNG": "c’est une image, pas un classeur.",
    b"\xff\xd8\xff": "c’est une image, pas un classeur.",
    b"GIF8": "c’est une image, pas un classeur.",
    b"Rar!": "c’est une archive, pas un classeur.",
    b"7z\xbc\xaf": "c’est une archive, pas un classeur.",
    b"\x1f\x8b": "c’est une archive, pas un classeur.",
    b"{\\rtf": "c’est un document texte RTF, pas un classeur : enregistrez-le au format .docx.",
}
_PAGE_STARTS = (b"<!doctype html", b"<html", b"<?xml", b"<table")


def kind_of(path: Path) -> str:
    """One of XLSX, ODS, XLS, TEXT."""
    with path.open("rb") as file:
        head = file.read(4096)
    if not head.strip():
        raise SpreadsheetError("le fichier est vide. Vérifiez que vous avez choisi le bon fichier.")
    for magic, sentence in _FOREIGN.items():
        if head.startswith(magic):
            raise SpreadsheetError(f"{sentence} {_EXPECTED}")
    if head.startswith(b"PK"):
        return _kind_of_archive(path)
    if head.startswith(_OLE):
        return _kind_of_ole(path)
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(_PAGE_STARTS):
        raise SpreadsheetError(
            "c’est une page web ou un fichier XML sous un nom de classeur. "
            "Ouvrez-le dans votre tableur et enregistrez-le au format .xlsx ou .ods."
        )
    return TEXT


def _kind_of_archive(path: Path) -> str:
    with open_archive(path) as archive:
        names = set(archive.namelist())
        if "xl/workbook.xml" in names:
            return XLSX
        if "xl/workbook.bin" in names:
            raise SpreadsheetError(
                "le format .xlsb n'est pas lu. Enregistrez le classeur au format .xlsx et recommencez."
            )
        if "mimetype" in names or "content.xml" in names:
            return _kind_of_opendocument(archive)
        if "word/document.xml" in names:
            return DOCX
        if any(name.startswith("ppt/") for name in names):
            raise SpreadsheetError(_SLIDES)
        check_nested(archive)
    raise SpreadsheetError(f"c’est une archive sans classeur. {_EXPECTED}")


def _kind_of_opendocument(archive: zipfile.ZipFile) -> str:
    if b"encryption-data" in (member(archive, "META-INF/manifest.xml") or b""):
        raise SpreadsheetError(ENCRYPTED)
    mimetype = (member(archive, "mimetype") or _OPENDOCUMENT + b"spreadsheet").strip()
    kind = _OPENDOCUMENT_KINDS.get(mimetype.removeprefix(_OPENDOCUMENT))
    if kind is None:
        raise SpreadsheetError(f"c’est un document OpenDocument, mais pas un classeur. {_EXPECTED}")
    return kind


def _kind_of_ole(path: Path) -> str:
    """Old Excel, old Word, or an encrypted XLSX: told by the UTF-16 names of the streams."""
    data = path.read_bytes()
    if _stream(data, "EncryptedPackage") or _stream(data, "EncryptionInfo"):
        raise SpreadsheetError(ENCRYPTED)
    if _stream(data, "Workbook") or _stream(data, "Book"):
        return XLS
    if _stream(data, "WordDocument"):
        raise SpreadsheetError(
            "c’est un document de texte dans l'ancien format .doc. Enregistrez-le au format .docx et recommencez."
        )
    if _stream(data, "PowerPoint Document"):
        raise SpreadsheetError(_SLIDES)
    raise SpreadsheetError(DAMAGED)


def _stream(data: bytes, name: str) -> bool:
    return name.encode("utf-16-le") + b"\x00\x00" in data
