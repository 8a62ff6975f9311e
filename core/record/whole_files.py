"""Where files are kept: each is written aside, and takes its name once it is whole and on the disk."""

import contextlib
import os
import secrets
from pathlib import Path

from django.core.files.storage import FileSystemStorage

PARTS = "jobs/parts"  # swept of what killed processes left


class WholeFiles(FileSystemStorage):
    """Files of a folder; a full disk or a killed process leaves no half of one under its name."""

    def _save(self, name, content):
        part = Path(self.path(f"{PARTS}/{secrets.token_hex(16)}.part"))
        try:
            super()._save(f"{PARTS}/{part.name}", content)
            _sync(part)
            return self._named(part, name)
        finally:
            with contextlib.suppress(OSError):
                part.unlink(missing_ok=True)

    def _named(self, part: Path, name: str) -> str:
        """Give the file its name, or a free one where another process took it first."""
        while True:
            final = Path(self.path(name))
            final.parent.mkdir(parents=True, exist_ok=True)
            try:
                os.link(part, final)
            except FileExistsError:
                name = self.get_available_name(name)
            else:
                return name.replace("\\", "/")


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
