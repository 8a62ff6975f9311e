"""Digests: one canonical form of a value, and SHA-256 of values and of files."""

import hashlib
import json
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import IO, Any
from uuid import UUID

CHUNK = 64 * 1024


def canonical(value: Any, *, default: Callable[[Any], Any] | None = None) -> bytes:
    """The same bytes for the same values, whatever the database: sorted keys, no spaces, instants in UTC."""
    text = json.dumps(value, default=default or plain, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return text.encode("utf-8", "surrogatepass")


def digest_of(value: Any, *, default: Callable[[Any], Any] | None = None) -> str:
    """SHA-256 of a value in its canonical form."""
    return hashlib.sha256(canonical(value, default=default)).hexdigest()


def digest_of_file(file: IO[bytes]) -> str:
    """SHA-256 of an open file, read by pieces from its beginning, where it is left."""
    file.seek(0)
    found = digest_of_chunks(iter(lambda: file.read(CHUNK), b""))
    file.seek(0)
    return found


def digest_of_chunks(chunks: Iterable[bytes]) -> str:
    """SHA-256 of pieces put end to end."""
    digest = hashlib.sha256()
    for chunk in chunks:
        digest.update(chunk)
    return digest.hexdigest()


def plain(value: Any) -> str:
    """The text of what JSON has no form for; TypeError on anything unforeseen."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, Decimal | UUID):
        return str(value)
    if isinstance(value, bytes | memoryview):
        return bytes(value).hex()
    raise TypeError(f"no canonical text for {type(value).__name__}")
