"""The secret of an installation in embedded mode (SQLite, nothing configured)."""

import os
import secrets
import tempfile
from pathlib import Path


def kept_in(directory: Path) -> str:
    """The secret of this installation, drawn at the first start and readable by its owner alone."""
    path = directory / "secret-key"
    if not path.exists():
        _draw(path)
    return path.read_text()


def _draw(path: Path) -> None:
    """Whole or not at all: of two processes that start together, the first one's secret stays."""
    handle, name = tempfile.mkstemp(dir=path.parent)  # mode 0600
    with os.fdopen(handle, "w") as file:
        file.write(secrets.token_urlsafe(50))
    try:
        os.link(name, path)
    except FileExistsError:
        pass
    finally:
        os.unlink(name)
