"""The files of an extract, and what a file says of itself: the digest of the state it was made from."""

import io
import re
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from itertools import islice
from typing import BinaryIO

from actions.as_of import UnitState, fates
from actions.enums import ExtractFormat
from actions.exports.composing import document_of
from actions.exports.plan_pdf import plan_pdf
from actions.exports.plan_xlsx import plan_xlsx
from organisations.models import Unit

PROPERTIES = "docProps/custom.xml"
MOST_PROPERTIES = 64 * 1024
MOST_BYTES = 30 * 1024 * 1024
MOST_STREAMS = 2000
_STREAM = re.compile(rb"stream\r?\n")
_SAID = re.compile(rb"sha256:([0-9a-f]{64})")
_PROPERTY = re.compile(rb">([0-9a-f]{64})<")


def write_pdf(state: UnitState, produced_at: datetime) -> bytes:
    return plan_pdf(document_of(state, produced_at=produced_at, fates=fates(state.plans)))[0]


def write_xlsx(state: UnitState, produced_at: datetime) -> bytes:
    return plan_xlsx(document_of(state, produced_at=produced_at, fates=fates(state.plans)))


WRITERS: dict[str, Callable[[UnitState, datetime], bytes]] = {
    ExtractFormat.PDF: write_pdf,
    ExtractFormat.XLSX: write_xlsx,
}


def file_name(site: Unit, on: date, format: str) -> str:
    """« plans-02-etat-2016-10-07.pdf »."""
    return f"plans-{site.code}-etat-{on:%Y-%m-%d}.{format}"


def claimed_digest(file: BinaryIO) -> str:
    """The digest that a PDF or a workbook of ours still says, even once changed; nothing elsewhere."""
    file.seek(0)
    content = file.read(MOST_BYTES)
    if content.startswith(b"%PDF"):
        return _first(_SAID, _streams(content))
    return _first(_PROPERTY, [_properties(content)])


def _first(pattern: re.Pattern[bytes], parts: Iterable[bytes]) -> str:
    found = next(filter(None, map(pattern.search, parts)), None)
    return found[1].decode() if found else ""


def _streams(content: bytes) -> Iterator[bytes]:
    """The file, then the beginning of each compressed stream, in which writers of PDF put their metadata."""
    yield content
    for start in islice(_STREAM.finditer(content), MOST_STREAMS):
        try:
            yield zlib.decompressobj().decompress(content[start.end() : start.end() + MOST_PROPERTIES], MOST_PROPERTIES)
        except zlib.error:
            continue


def _properties(content: bytes) -> bytes:
    """The custom properties of a workbook, as far as they are of a plausible size."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive, archive.open(PROPERTIES) as entry:
            return entry.read(MOST_PROPERTIES)
    except (zipfile.BadZipFile, KeyError, OSError, RuntimeError, NotImplementedError, ValueError, EOFError):
        return b""
