"""An archive under a key: AES-256-GCM by pieces, numbered, the last one known as such.

A piece changed, moved, doubled or missing is refused, and so is an archive cut short.
"""

import hashlib
import io
import os
import secrets
import struct
from typing import IO

from core.base.errors import UserError

MAGIC = b"QUALEPREF-AES256GCM-1\n"
PIECE = 1024 * 1024
_TAG = 16
_REFUSED = "L’archive est endommagée, ou la clé BACKUP_KEY n’est pas celle qui l’a chiffrée."


def _cipher(key: str, salt: bytes):
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # only when there is a key

    return AESGCM(hashlib.scrypt(key.encode(), salt=salt, n=2**15, r=8, p=1, maxmem=64 * 1024 * 1024, dklen=32))


def _nonce(number: int, *, is_last: bool) -> bytes:
    return struct.pack(">QI", number, int(is_last))


class Sealer(io.RawIOBase):
    """A file to write to, which encrypts towards another one; closing it writes the last piece."""

    def __init__(self, target: IO[bytes], key: str):
        salt = secrets.token_bytes(16)
        self._target, self._cipher = target, _cipher(key, salt)
        self._kept, self._number = bytearray(), 0
        target.write(MAGIC + salt)

    def writable(self) -> bool:
        return True

    def write(self, content) -> int:
        self._kept += content
        while len(self._kept) > PIECE:
            self._put(bytes(self._kept[:PIECE]), is_last=False)
            del self._kept[:PIECE]
        return len(content)

    def end(self) -> None:
        """Write the last piece: what is not ended is not an archive."""
        self._put(bytes(self._kept), is_last=True)
        self._kept.clear()

    def _put(self, piece: bytes, *, is_last: bool) -> None:
        self._target.write(self._cipher.encrypt(_nonce(self._number, is_last=is_last), piece, MAGIC))
        self._number += 1


class Opener(io.RawIOBase):
    """A file to read from, which decrypts another one."""

    def __init__(self, source: IO[bytes], key: str):
        if not key:
            raise UserError("L’archive est chiffrée : donnez sa clé dans BACKUP_KEY.")
        salt = source.read(len(MAGIC) + 16)[len(MAGIC) :]
        self._source, self._cipher = source, _cipher(key, salt)
        self._left = os.fstat(source.fileno()).st_size - source.tell()
        self._kept, self._number = b"", 0

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        parts = []
        while size:
            if not self._kept and not self._next():
                break
            part = self._kept if size < 0 else self._kept[:size]
            self._kept = self._kept[len(part) :]
            parts.append(part)
            size -= len(part) if size > 0 else 0
        return b"".join(parts)

    def _next(self) -> bool:
        from cryptography.exceptions import InvalidTag

        if self._left <= 0:
            return False
        sealed = self._source.read(PIECE + _TAG)
        self._left -= len(sealed)
        try:
            nonce = _nonce(self._number, is_last=self._left <= 0)
            self._kept = self._cipher.decrypt(nonce, sealed, MAGIC)
        except InvalidTag:
            raise UserError(_REFUSED) from None
        self._number += 1
        return bool(self._kept) or self._left > 0
