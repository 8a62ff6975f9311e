"""XLSX in constant memory: bold frozen head, filters, real numbers, dates and percentages."""

from collections.abc import Iterable, Sequence
from typing import IO

from core.sheets.writing.book import Book
from core.sheets.writing.cells import Column


def write(columns: Sequence[Column], rows: Iterable[Sequence], name: str) -> IO[bytes]:
    """The workbook in a temporary file, ready to be read."""
    book = Book()
    book.list(columns, rows, name)
    return book.close()
