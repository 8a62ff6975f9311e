"""The bounded process that reads one file: `python -m core.sheets.reading.child PATH`, JSON on its standard output.

It limits its own memory, time and files before it looks at the file, so that whatever the file does stays in here.
Nothing of Django is imported: the process must start in a few hundredths of a second.
"""

import gc
import json
import math
import os
import re
import resource
import sys
from importlib import import_module
from pathlib import Path

from core.sheets.reading import limits
from core.sheets.reading.errors import SpreadsheetError
from core.sheets.reading.kinds import DOCX, ODS, ODT, TEXT, XLS, kind_of
from core.sheets.reading.model import Workbook
from core.sheets.reading.raw import RawBook
from core.sheets.reading.tagged import Encoder, error

_READERS = {  # loaded one at a time: each has its library
    TEXT: ("delimited", "read_delimited"),
    ODS: ("ods", "read_opendocument"),
    ODT: ("ods", "read_opendocument"),
    DOCX: ("docx", "read_docx"),
    XLS: ("excel", "read_xls"),
}
_NUL = re.compile(r"(?<!\\)((?:\\\\)*)\\u0000")


def read_book(path: Path, encoding: str) -> RawBook:
    """Reads the file under its true kind. Raises SpreadsheetError; anything else is a defect of a reader."""
    kind = kind_of(path)
    module, name = _READERS.get(kind, ("excel", "read_xlsx"))
    options = {"encoding": encoding} if kind == TEXT else {"kind": kind} if kind in (ODS, ODT) else {}
    book: RawBook = getattr(import_module(f"core.sheets.reading.{module}"), name)(path, **options)
    return book


def answer(path: Path, encoding: str = "") -> str:
    """The JSON answer: the workbook, or the sentence of the error with its place."""
    try:
        raw = read_book(path, encoding)
        book = Workbook("", [sheet.finished() for sheet in raw.sheets], raw.kind, raw.encoding, raw.remarks)
        text = _dumped(book)
        if len(text) > limits.CHILD_OUTPUT:
            raise SpreadsheetError(
                "le fichier contient trop de texte. Copiez les seules données utiles dans un classeur neuf."
            )
    except SpreadsheetError as problem:
        text = json.dumps({"error": [problem.message, problem.sheet, problem.cell]})
    return text


def _dumped(book: Workbook) -> str:
    """JSON that a database keeps: a number that is none is an error, a NUL inside a text is nothing."""
    told = book.to_json()
    try:
        text = json.dumps(told, ensure_ascii=False, allow_nan=False, default=Encoder())
    except ValueError:
        for sheet in book.sheets:
            for row in sheet.values:
                row[:] = [error("#NUM!") if isinstance(v, float) and not math.isfinite(v) else v for v in row]
        text = json.dumps(told, ensure_ascii=False, allow_nan=False, default=Encoder())
    return _NUL.sub(r"\1", text) if "\\u0000" in text else text


def limit_resources() -> None:
    """Bounds this process for good: memory, processor time, no file written, no core dump."""
    for resource_kind, bound in (
        (resource.RLIMIT_AS, limits.CHILD_MEMORY),
        (resource.RLIMIT_CPU, limits.CHILD_SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(resource_kind, (bound, bound))


def main() -> None:
    limit_resources()
    gc.disable()
    sys.stdout.buffer.write(answer(Path(sys.argv[1]), *sys.argv[2:]).encode("utf-8", "replace"))
    sys.stdout.flush()
    os._exit(0)  # the system takes the memory back faster than a million objects can be freed one by one


if __name__ == "__main__":
    main()
