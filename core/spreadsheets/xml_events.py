"""A small reading of XML by events: names without their namespace, no document type, no entity."""

from collections.abc import Callable
from xml.parsers import expat

from core.spreadsheets.archives import DAMAGED, FORBIDDEN_XML
from core.spreadsheets.errors import SpreadsheetError

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
    except expat.ExpatError as error:
        raise SpreadsheetError(DAMAGED) from error


def _local(name: str) -> str:
    return name.rpartition(":")[2]


def _refuse(*_declaration: object) -> None:
    raise SpreadsheetError(FORBIDDEN_XML)
