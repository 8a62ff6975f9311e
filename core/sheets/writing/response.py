"""The answer that downloads a list as a file."""

from collections.abc import Iterable, Sequence
from importlib import import_module

from django.http import FileResponse, HttpResponseBase, StreamingHttpResponse
from django.utils import timezone
from django.utils.text import slugify

from core.base.errors import UserError
from core.sheets.writing.cells import Column

FORMATS = {"xlsx": "Excel (XLSX)", "ods": "LibreOffice (ODS)", "csv": "CSV"}
_TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "csv": "text/csv; charset=utf-8",
}


def respond(format: str, columns: Sequence[Column | str], rows: Iterable[Sequence], name: str) -> HttpResponseBase:
    """A file of those rows, `comptes-2026-11-21.xlsx`; the library of the format is loaded only now."""
    if format not in FORMATS:
        raise UserError("Ce format n’est pas proposé : choisissez XLSX, ODS ou CSV.")
    writer = import_module(f"core.sheets.writing.{format}_file")
    columns = [column if isinstance(column, Column) else Column(column) for column in columns]
    content = writer.write(columns, rows, name)
    return download(content, name, format)


def download(content, name: str, format: str) -> HttpResponseBase:
    """A file just written, as a download under its name and the day."""
    answer = StreamingHttpResponse if format == "csv" else FileResponse
    return answer(
        content,
        content_type=_TYPES[format],
        headers={"Content-Disposition": f'attachment; filename="{file_name(name, format)}"'},
    )


def file_name(name: str, extension: str) -> str:
    return f"{slugify(name) or 'liste'}-{timezone.localdate():%Y-%m-%d}.{extension}"
