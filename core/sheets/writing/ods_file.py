"""ODS written row by row: an ODF library keeps the whole tree and takes seconds where this takes milliseconds."""

import tempfile
import zipfile
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import singledispatch
from typing import IO
from xml.sax.saxutils import escape, quoteattr

from core.sheets.writing.cells import Column, FigureCell, cell_of, clean

SPOOL = 1024 * 1024
MIMETYPE = "application/vnd.oasis.opendocument.spreadsheet"

_NAMES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in [
        ("office", "office"),
        ("style", "style"),
        ("table", "table"),
        ("text", "text"),
        ("number", "datastyle"),
        ("fo", "xsl-fo-compatible"),
    ]
)
_MANIFEST = f"""<?xml version="1.0" encoding="UTF-8"?>
<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.3">
<manifest:file-entry manifest:full-path="/" manifest:media-type="{MIMETYPE}"/>
<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>
</manifest:manifest>"""
_DAY = (
    '<number:day number:style="long"/><number:text>/</number:text><number:month number:style="long"/>'
    '<number:text>/</number:text><number:year number:style="long"/>'
)
_TIME = (
    '<number:text> </number:text><number:hours number:style="long"/><number:text>:</number:text>'
    '<number:minutes number:style="long"/>'
)
_HEAD = f"""<?xml version="1.0" encoding="UTF-8"?>
<office:document-content {_NAMES} office:version="1.3"><office:automatic-styles>
<number:date-style style:name="N1">{_DAY}</number:date-style>
<number:date-style style:name="N2">{_DAY}{_TIME}</number:date-style>
<number:percentage-style style:name="N3"><number:number number:decimal-places="1" number:min-decimal-places="1"
 number:min-integer-digits="1"/><number:text> %</number:text></number:percentage-style>
<style:style style:name="head" style:family="table-cell"><style:text-properties fo:font-weight="bold"/></style:style>
<style:style style:name="date" style:family="table-cell" style:data-style-name="N1"/>
<style:style style:name="instant" style:family="table-cell" style:data-style-name="N2"/>
<style:style style:name="rate" style:family="table-cell" style:data-style-name="N3"/>
</office:automatic-styles><office:body><office:spreadsheet>"""
_TAIL = "</table:table></office:spreadsheet></office:body></office:document-content>"


def write(columns: Sequence[Column], rows: Iterable[Sequence], name: str) -> IO[bytes]:
    """The document in a temporary file, ready to be read."""
    target = tempfile.SpooledTemporaryFile(max_size=SPOOL)  # noqa: SIM115 the response closes it
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", MIMETYPE, zipfile.ZIP_STORED)  # first and not compressed, says the standard
        archive.writestr("META-INF/manifest.xml", _MANIFEST)
        with archive.open("content.xml", "w", force_zip64=True) as content:
            for part in _parts(columns, rows, name):
                content.write(part.encode())
    target.seek(0)
    return target


def _parts(columns: Sequence[Column], rows: Iterable[Sequence], name: str):
    yield _HEAD
    yield f"<table:table table:name={quoteattr(name)}>"
    yield f'<table:table-column table:number-columns-repeated="{max(len(columns), 1)}"/>'
    head = "".join(_text(clean(column.label), ' table:style-name="head"') for column in columns)
    yield f"<table:table-header-rows>{_row(head)}</table:table-header-rows>"
    for row in rows:
        yield _row("".join(_cell(cell_of(value)) for value in row))
    yield _TAIL


def _row(cells: str) -> str:
    return f"<table:table-row>{cells or '<table:table-cell/>'}</table:table-row>"


@singledispatch
def _cell(value) -> str:
    return _text(value)


@_cell.register(type(None))
def _nothing(_value) -> str:
    return "<table:table-cell/>"


@_cell.register(int)
@_cell.register(float)
@_cell.register(Decimal)
def _number(value) -> str:
    return f'<table:table-cell office:value-type="float" office:value="{Decimal(str(value)):f}"/>'


@_cell.register
def _figure(value: FigureCell) -> str:
    if not value.is_rate:
        return _number(value.value)
    number = f"{Decimal(str(value.value)):f}"
    return f'<table:table-cell table:style-name="rate" office:value-type="percentage" office:value="{number}"/>'


@_cell.register
def _day(value: date) -> str:
    return _dated(value, "date")


@_cell.register
def _instant(value: datetime) -> str:
    return _dated(value.replace(microsecond=0), "instant")


def _dated(value: date, style: str) -> str:
    attributes = f'table:style-name="{style}" office:value-type="date" office:date-value="{value.isoformat()}"'
    return f"<table:table-cell {attributes}/>"


def _text(value: str, style: str = "") -> str:
    lines = "".join(f"<text:p>{_line(line)}</text:p>" for line in value.splitlines() or [""])
    return f'<table:table-cell{style} office:value-type="string">{lines}</table:table-cell>'


def _line(line: str) -> str:
    """A line with its runs of spaces kept: the format folds them otherwise."""
    first = len(line) - len(line.lstrip(" "))
    spaces = f'<text:s text:c="{first}"/>' if first else ""
    return spaces + escape(line[first:]).replace("  ", ' <text:s text:c="1"/>').replace("\t", "<text:tab/>")
