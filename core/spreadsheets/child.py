"""The bounded process that reads one file: `python -m core.spreadsheets.child PATH`, JSON on its standard output.

It limits its own memory, time and files before it looks at the file, so that whatever the file does stays in here.
Nothing of Django is imported: the process must start in a few hundredths of a second.
"""

import gc
import json
import os
import resource
import sys
from pathlib import Path

from core.spreadsheets import limits
from core.spreadsheets.errors import SpreadsheetError
from core.spreadsheets.kinds import ODS, TEXT, XLS, kind_of
from core.spreadsheets.raw import RawSheet
from core.spreadsheets.tagged import Encoder


def read_sheets(path: Path) -> list[RawSheet]:
    """Reads the file under its true kind. Raises SpreadsheetError; anything else is a defect of a reader."""
    kind = kind_of(path)
    if kind == TEXT:
        from core.spreadsheets.delimited import read_delimited as read
    elif kind == ODS:
        from core.spreadsheets.ods import read_ods as read
    elif kind == XLS:
        from core.spreadsheets.excel import read_xls as read
    else:
        from core.spreadsheets.excel import read_xlsx as read
    return read(path)


def answer(path: Path) -> str:
    """The JSON answer: the sheets, or the sentence of the error with its place."""
    try:
        sheets = [vars(sheet) for sheet in read_sheets(path)]
        text = json.dumps({"sheets": sheets}, ensure_ascii=False, default=Encoder())
        if len(text) > limits.CHILD_OUTPUT:
            raise SpreadsheetError(
                "le fichier contient trop de texte. Copiez les seules données utiles dans un classeur neuf."
            )
    except SpreadsheetError as error:
        text = json.dumps({"error": [error.message, error.sheet, error.cell]})
    return text


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
    sys.stdout.buffer.write(answer(Path(sys.argv[1])).encode("utf-8", "replace"))
    sys.stdout.flush()
    os._exit(0)  # the system takes the memory back faster than a million objects can be freed one by one


if __name__ == "__main__":
    main()
