"""A small reading of XML by events: names without their namespace, no document type, no entity."""

from collections.abc import Callable
from functools import lru_cache
from xml.parsers import expat

from core.sheets.reading.archives import DAMAGED, FORBIDDEN_XML
from core.sheets.reading.errors import SpreadsheetError

Attributes = dict[str, str]


def walk(
    data: bytes,
    *,
    start: Callable[[str, Attributes], None],
    end: Callable[[str], object] | None = None,
    text: Callable[[str], None] | None = None,
) -> None:
    """Calls back for each element and text. Raises SpreadsheetError on broken or forbidden XML."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = lambda name, attributes: start(_local(name), attributes)
    if end is not None:
        parser.EndElementHandler = lambda name: end(_local(name))
    if text is not None:
        parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = _refuse
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, LookupError, ValueError) as error:  # an unknown encoding, cells outside of any row
        raise SpreadsheetError(DAMAGED) from error


def integer(text: str | None) -> int:
    """A count or an index of a file; 0 for anything else."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else 0


def is_true(text: str | None) -> bool:
    """A switch of Office's XML."""
    return text in ("1", "true", "on")


@lru_cache(maxsize=1024)
def _local(name: str) -> str:
    return name.rpartition(":")[2]


def _refuse(*_declaration: object) -> None:
    raise SpreadsheetError(FORBIDDEN_XML)
