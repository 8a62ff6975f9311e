"""Which files may be kept as proofs: told from their name and from their content, which must agree."""

import zipfile
from pathlib import PurePath
from typing import IO

from core.base.errors import UserError

LARGEST_NAME = 200
_ODF = "application/vnd.oasis.opendocument."
_OFFICE = {".docx": "word/", ".xlsx": "xl/", ".pptx": "ppt/"}
_OPEN = {".odt": f"{_ODF}text", ".ods": f"{_ODF}spreadsheet", ".odp": f"{_ODF}presentation"}
_MAGIC = {".pdf": b"%PDF-", ".png": b"\x89PNG\r\n\x1a\n", ".jpg": b"\xff\xd8\xff", ".jpeg": b"\xff\xd8\xff"}
_TEXT = (".txt", ".csv")
KINDS = (*_MAGIC, *_OFFICE, *_OPEN, *_TEXT)
ACCEPT = ",".join(KINDS)
ACCEPTED = "Document PDF, photo (JPEG, PNG), document Word, Excel, PowerPoint ou LibreOffice, texte ou CSV."
_MARKUP = (b"<!doctype", b"<html", b"<?xml", b"<svg", b"<script")
_ACTIVE = ("vbaproject.bin", "basic/", "scripts/")
_HEAD = 4096


def safe_name(name: str) -> str:
    """The name without path nor control character, its end kept: the extension is what people read first."""
    bare = PurePath(name.replace("\\", "/")).name
    bare = "".join(character for character in bare if character.isprintable()).strip(" .") or "fichier"
    return bare if len(bare) <= LARGEST_NAME else bare[-LARGEST_NAME:]


def suffix_of(name: str) -> str:
    return PurePath(name).suffix.lower()


def refuse_unsafe(name: str, file: IO[bytes]) -> None:
    """UserError unless the file is of a kind we keep, and its content is of that kind."""
    suffix = suffix_of(name)
    if suffix not in KINDS:
        raise UserError(f"« {name} » n’est pas d’un type accepté. {ACCEPTED}", field="file")
    file.seek(0)
    head = file.read(_HEAD)
    file.seek(0)
    if not head:
        raise UserError(f"« {name} » est vide.", field="file")
    if not _is_of_kind(suffix, head, file):
        raise UserError(
            f"Le contenu de « {name} » n’est pas celui d’un fichier {suffix} : ouvrez-le, enregistrez-le à nouveau "
            "dans ce format, puis recommencez.",
            field="file",
        )
    file.seek(0)


def _is_of_kind(suffix: str, head: bytes, file: IO[bytes]) -> bool:
    if suffix in _MAGIC:
        return head.startswith(_MAGIC[suffix])
    if suffix in _TEXT:
        return b"\0" not in head and not head.lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(_MARKUP)
    return head.startswith(b"PK\x03\x04") and _is_document(suffix, file)


def _is_document(suffix: str, file: IO[bytes]) -> bool:
    """An office document of that kind, without macro. Its directory alone is read, nothing is unpacked but its type."""
    try:
        with zipfile.ZipFile(file) as archive:
            names = archive.namelist()
            if any(name.lower().endswith(_ACTIVE[0]) or name.lower().startswith(_ACTIVE[1:]) for name in names):
                return False
            if suffix in _OFFICE:
                return "[Content_Types].xml" in names and any(name.startswith(_OFFICE[suffix]) for name in names)
            with archive.open("mimetype") as entry:
                return entry.read(100).decode("ascii", "replace").strip() == _OPEN[suffix]
    except (zipfile.BadZipFile, KeyError, OSError, RuntimeError, NotImplementedError, ValueError, EOFError):
        return False
