"""The file a job produces: written aside, synced, and given its final name only as the job is marked done."""

import hashlib
import os
import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from django.core.files.storage import default_storage
from django.utils import timezone

from core.record.whole_files import PARTS

CHUNK = 1024 * 1024


class ResultFile:
    """One produced file of one attempt. The attempt is in the name: two attempts never write the same file."""

    def __init__(self, name: str, *, stem: str):
        suffix = Path(name).suffix.lower()
        suffix = suffix if re.fullmatch(r"\.[a-z0-9]{1,5}", suffix) else ""
        self.name = name[:200]
        self.digest = ""
        self.part = Path(default_storage.path(f"{PARTS}/{stem}.part"))
        self.stored_name = f"jobs/{timezone.localdate():%Y/%m}/{stem}{suffix}"

    def write(self, content: bytes | str | os.PathLike) -> None:
        """Write the content aside and make sure it is on the disk, not only in its cache."""
        self.part.parent.mkdir(parents=True, exist_ok=True)
        digest = hashlib.sha256()
        with self.part.open("wb") as target:
            for chunk in _chunks(content):
                digest.update(chunk)
                target.write(chunk)
            target.flush()
            os.fsync(target.fileno())
        self.digest = digest.hexdigest()

    def promote(self) -> None:
        """Give the file its final name; called inside the transaction that makes the row point at it."""
        final = Path(default_storage.path(self.stored_name))
        final.parent.mkdir(parents=True, exist_ok=True)
        os.replace(self.part, final)
        directory = os.open(final.parent, os.O_RDONLY)
        try:
            os.fsync(directory)
        finally:
            os.close(directory)

    def discard(self) -> None:
        self.part.unlink(missing_ok=True)

    def values(self) -> dict:
        """The columns of the job row that point at this file."""
        return {"result_file": self.stored_name, "result_name": self.name, "result_digest": self.digest}


def remove_stale_parts(now: datetime, *, after: timedelta = timedelta(days=1)) -> int:
    """Remove what killed workers left half-written."""
    directory = Path(default_storage.path(PARTS))
    limit = (now - after).timestamp()
    stale = [path for path in directory.glob("*.part") if path.stat().st_mtime < limit]
    for path in stale:
        path.unlink(missing_ok=True)
    return len(stale)


def _chunks(content: bytes | str | os.PathLike) -> Iterator[bytes]:
    if isinstance(content, bytes):
        yield content
        return
    with Path(content).open("rb") as source:
        while chunk := source.read(CHUNK):
            yield chunk
