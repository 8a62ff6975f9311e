"""Reads a file that nobody has vouched for: size first, then a bounded process, then its answer or one sentence."""

import gc
import json
import logging
import subprocess
import sys
from pathlib import Path

from core.sheets.reading import limits
from core.sheets.reading.errors import SpreadsheetError
from core.sheets.reading.model import Workbook

logger = logging.getLogger(__name__)

_ROOT = Path(__file__).resolve().parents[3]
_ENVIRONMENT = {"LC_ALL": "C.UTF-8", "PYTHONDONTWRITEBYTECODE": "1", "RUST_BACKTRACE": "0"}

_TOO_LONG = (
    "la lecture du fichier a été arrêtée, faute de temps ou de mémoire : il est trop volumineux ou abîmé. "
    "Copiez les seules données utiles dans un classeur neuf et recommencez."
)


def read(path: str | Path, *, name: str, encoding: str = "") -> Workbook:
    """Reads a workbook, the tables of a document or a text, its type told from the content.

    `name` is the file's name as its sender knows it, used in the sentences; `encoding` (of ENCODINGS) is forced on a
    text. Raises SpreadsheetError, whatever the file holds; takes at most `limits.CHILD_SECONDS` of processor time and
    `limits.CHILD_MEMORY` bytes, in another process.
    """
    path = Path(path)
    try:
        check_size(path.stat().st_size)
        return _workbook(_output_of_child(path.resolve(), encoding), name)
    except FileNotFoundError as error:
        raise SpreadsheetError(f"« {name} » : le fichier est introuvable. Déposez-le à nouveau.") from error
    except SpreadsheetError as error:
        raise SpreadsheetError(f"« {name} » : {error.message}", error.sheet, error.cell) from error


def check_size(size: int) -> None:
    """Refuses a file of more than `limits.FILE_SIZE` bytes."""
    if size > limits.FILE_SIZE:
        megabytes = f"{size / limits.MEGABYTE:.1f}".replace(".", ",")
        raise SpreadsheetError(
            f"le fichier pèse {megabytes} Mo ; le maximum est de {limits.FILE_SIZE // limits.MEGABYTE} Mo. "
            "Retirez les images et les feuilles inutiles, puis recommencez."
        )


def _output_of_child(path: Path, encoding: str) -> bytes:
    command = [sys.executable, "-m", "core.sheets.reading.child", str(path), encoding]
    try:
        child = subprocess.run(  # noqa: S603 - our own interpreter and module; the path is an argument, not a command
            command, cwd=_ROOT, env=_ENVIRONMENT, capture_output=True, timeout=limits.CHILD_PATIENCE, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise SpreadsheetError(_TOO_LONG) from error
    if child.returncode or not child.stdout:
        logger.error(
            "reading process ended with %s: %s", child.returncode, child.stderr[-2000:].decode(errors="replace")
        )
        raise SpreadsheetError(_TOO_LONG)
    return child.stdout


def _workbook(output: bytes, name: str) -> Workbook:
    """The workbook of the answer. Collecting garbage while a million values are built costs six times the parsing."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        found = json.loads(output)
        if "error" in found:
            raise SpreadsheetError(*found["error"])
        return Workbook.from_json(found | {"name": name})
    finally:
        if was_enabled:
            gc.enable()
