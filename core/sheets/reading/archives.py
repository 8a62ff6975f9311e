"""The checks on a zipped workbook (XLSX, ODS) before anything in it is parsed."""

import re
import zipfile
import zlib
from pathlib import Path

from core.sheets.reading import limits
from core.sheets.reading.errors import SpreadsheetError

DAMAGED = "le fichier est abîmé ou incomplet. Ouvrez-le dans votre tableur, enregistrez-le à nouveau et recommencez."
ENCRYPTED = "le fichier est protégé par un mot de passe. Enregistrez-en une copie sans mot de passe et recommencez."
TOO_BIG_INSIDE = (
    f"une fois décompressé, le fichier dépasserait {limits.UNPACKED_SIZE // limits.MEGABYTE} Mo. "
    "Copiez les seules données utiles dans un classeur neuf et recommencez."
)
FORBIDDEN_XML = (
    "le fichier contient des déclarations interdites dans un classeur. "
    "Ouvrez-le dans votre tableur, enregistrez-le à nouveau au format .xlsx ou .ods et recommencez."
)
NESTED = (
    "le fichier est une archive qui contient d'autres fichiers, pas un classeur. Déposez directement le classeur "
    "qu'elle contient."
)

_DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError, ValueError)
_ARCHIVE_NAMES = re.compile(r"\.(zip|7z|rar|gz|bz2|xz|tar|xlsx|xlsm|xls|ods|csv)$", re.IGNORECASE)
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


def open_archive(path: Path) -> zipfile.ZipFile:
    """Opens an archive whose directory has been checked: count, sizes, ratios, encryption. Raises SpreadsheetError."""
    try:
        archive = zipfile.ZipFile(path)
    except _DAMAGE as error:
        raise SpreadsheetError(DAMAGED) from error
    entries = archive.infolist()
    if len(entries) > limits.ENTRY_COUNT:
        raise SpreadsheetError(
            f"le fichier contient {len(entries)} éléments ; le maximum est de {limits.ENTRY_COUNT}. "
            "Copiez les seules données utiles dans un classeur neuf et recommencez."
        )
    if len({entry.filename for entry in entries}) != len(entries):
        raise SpreadsheetError(DAMAGED)
    for entry in entries:
        _check_entry(entry)
    if sum(entry.file_size for entry in entries) > limits.UNPACKED_SIZE:
        raise SpreadsheetError(TOO_BIG_INSIDE)
    return archive


def member(archive: zipfile.ZipFile, name: str) -> bytes | None:
    """The bytes of an entry, None if it is not there. Never more than its declared size, which has been checked."""
    try:
        return archive.read(name)
    except KeyError:
        return None
    except _DAMAGE as error:
        raise SpreadsheetError(DAMAGED) from error


def check_xml(data: bytes) -> None:
    """Refuses document types and entities (no workbook needs them) and encodings in which they could hide."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\x00" in data[:64] or b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise SpreadsheetError(FORBIDDEN_XML)


def check_nested(archive: zipfile.ZipFile) -> None:
    """Tells an archive of workbooks from a workbook; documents embedded in a workbook are never opened."""
    if any(_ARCHIVE_NAMES.search(name) for name in archive.namelist()):
        raise SpreadsheetError(NESTED)


def _check_entry(entry: zipfile.ZipInfo) -> None:
    if entry.flag_bits & 0x1:
        raise SpreadsheetError(ENCRYPTED)
    if entry.compress_type not in _METHODS:
        raise SpreadsheetError(DAMAGED)
    too_dense = entry.file_size > limits.COMPRESSION_RATIO * max(entry.compress_size, 1)
    if too_dense and entry.file_size > limits.RATIO_FREE_SIZE:
        raise SpreadsheetError(TOO_BIG_INSIDE)
