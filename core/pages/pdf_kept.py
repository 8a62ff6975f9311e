"""Parts of documents kept as they were laid out, under the digest of all they were made from; the oldest go first."""

import contextlib
import hashlib
import os
import time
from functools import cache
from pathlib import Path
from uuid import uuid4

from django.conf import settings

from core.pages import pdf

LONGEST_DAYS, MOST_FILES = 40, 2000
DAY = 86_400
DRAW = ("pdf", "pdf_charts", "pdf_labels", "pdf_tags")  # the modules that say how a part is drawn


def key_of(html: str, *, stylesheet: str = pdf.STYLESHEET) -> str:
    """The digest of a text, of the style sheet that draws it and of the code that does."""
    return hashlib.sha256(f"{_drawn_by(stylesheet)}{html}".encode()).hexdigest()


def find(key: str) -> bytes | None:
    """What was kept under that digest; a file cut short, or another's, is no part."""
    with contextlib.suppress(OSError):
        digest, _, content = _path(key).read_bytes().partition(b"\n")
        if hashlib.sha256(content).hexdigest().encode() == digest:
            os.utime(_path(key))
            return content
    return None


def keep(key: str, content: bytes) -> None:
    """Keep a part, whole or not at all; a disk that is full only costs time."""
    with contextlib.suppress(OSError):
        folder = _folder()
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        partial = folder / f"{uuid4().hex}.partial"
        partial.write_bytes(hashlib.sha256(content).hexdigest().encode() + b"\n" + content)
        partial.replace(_path(key))
        _sweep(folder)


def _sweep(folder: Path) -> None:
    ages = sorted((file.stat().st_mtime, file) for file in folder.iterdir())
    too_old = time.time() - LONGEST_DAYS * DAY
    for place, (at, file) in enumerate(ages):
        if at < too_old or place < len(ages) - MOST_FILES:
            file.unlink(missing_ok=True)


def _folder() -> Path:
    return Path(settings.PRINTED_PARTS_ROOT)


def _path(key: str) -> Path:
    return _folder() / f"{key}.pdf"


@cache
def _drawn_by(stylesheet: str) -> str:
    here = Path(__file__)
    code = [here.with_name(f"{name}.py").read_bytes() for name in DRAW]
    style = pdf.style_text(stylesheet).encode()
    return hashlib.sha256(b"".join([*code, style, pdf.renderer().__version__.encode()])).hexdigest()
