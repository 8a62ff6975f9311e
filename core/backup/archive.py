"""The archive: a tar of blocks of lines, files, and a manifest at its end, under a key when there is one.

What the manifest says (rows and SHA-256 of each table and file) is proved by reading the archive to its end.
"""

import gzip
import hashlib
import io
import json
import os
import tarfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from core.backup.sealing import MAGIC, Opener, Sealer
from core.base.errors import UserError

FORMAT = 1
HEAD, MANIFEST, SEAL = "qualepref.json", "manifest.json", "manifest.sha256"
_TABLES, _FILES = "tables/", "files/"
_SQUEEZED = 1  # the level of gzip: the disk is slower than the processor at this one
_LARGEST_BLOCK = 256 * 1024 * 1024
_DAMAGED = "L’archive {name} est endommagée ou incomplète : {what}. Rien n’a été touché."


class Writer:
    """Adds blocks of tables and files to an archive; `end` adds the manifest."""

    def __init__(self, target: IO[bytes], key: str):
        self._sealer = Sealer(target, key) if key else None
        self._tar = tarfile.TarFile.open(fileobj=self._sealer or target, mode="w|", format=tarfile.PAX_FORMAT)
        self._add(HEAD, json.dumps({"qualepref": "backup", "format": FORMAT}).encode())

    def __enter__(self) -> "Writer":
        return self

    def __exit__(self, failure: type[BaseException] | None, *_: object) -> None:
        """What failed midway is thrown away: its last block must not be written when memory is freed."""
        if failure:
            self._tar.fileobj.closed = True  # type: ignore[union-attr]

    def add_table(self, name: str, blocks: Iterator[bytes]) -> dict:
        """What the manifest says of a table, once its blocks are in."""
        digest, rows = hashlib.sha256(), 0
        for number, block in enumerate(blocks):
            digest.update(block)
            rows += block.count(b"\n")
            self._add(f"{_TABLES}{name}/{number:06}.gz", gzip.compress(block, _SQUEEZED, mtime=0))
        return {"rows": rows, "sha256": digest.hexdigest()}

    def add_file(self, path: Path, name: str) -> dict:
        """What the manifest says of a file, once it is in."""
        with path.open("rb") as source:
            size = os.fstat(source.fileno()).st_size
            digest = hashlib.sha256()
            self._tar.addfile(_member(_FILES + name, size), _Told(source, digest))
        return {"path": name, "size": size, "sha256": digest.hexdigest()}

    def end(self, manifest: dict) -> None:
        content = json.dumps({"format": FORMAT, **manifest}, ensure_ascii=False, sort_keys=True).encode()
        self._add(MANIFEST, content)
        self._add(SEAL, hashlib.sha256(content).hexdigest().encode())
        self._tar.close()
        if self._sealer:
            self._sealer.end()

    def _add(self, name: str, content: bytes) -> None:
        self._tar.addfile(_member(name, len(content)), io.BytesIO(content))


@dataclass(frozen=True)
class ArchivedBlock:
    """A block of lines of a table."""

    table: str
    lines: bytes


@dataclass(frozen=True)
class StoredFile:
    """A file of the archive, to be read before the next member."""

    path: str
    content: IO[bytes]
    archive: Path

    def copy_to(self, target: IO[bytes] | None) -> tuple[str, int]:
        """Copy its content, unless it is only read; its digest and its size."""
        digest, size = hashlib.sha256(), 0
        with _refusals(self.archive):
            while piece := self.content.read(1024 * 1024):
                digest.update(piece)
                size += len(piece)
                if target:
                    target.write(piece)
        return digest.hexdigest(), size


def read(path: Path, key: str) -> Iterator[ArchivedBlock | StoredFile | dict]:
    """What the archive holds, in its order, the manifest last; `UserError` when it cannot be read."""
    with _refusals(path), _open(path, key) as source, tarfile.open(fileobj=source, mode="r|") as tar:
        yield from _members(tar, path)


def verified(path: Path, key: str) -> dict:
    """The manifest, once every row and every byte of the archive was read and found as it says."""
    digests: dict[str, hashlib._Hash] = {}
    rows: dict[str, int] = {}
    files, manifest = [], None
    for found in read(path, key):
        if isinstance(found, ArchivedBlock):
            digests.setdefault(found.table, hashlib.sha256()).update(found.lines)
            rows[found.table] = rows.get(found.table, 0) + found.lines.count(b"\n")
        elif isinstance(found, StoredFile):
            digest, size = found.copy_to(None)
            files.append({"path": found.path, "size": size, "sha256": digest})
        else:
            manifest = found
    if manifest is None:
        raise damaged(path, "son manifeste manque")
    empty = hashlib.sha256()
    for table in manifest["tables"]:
        digest, count = digests.pop(table["name"], empty), rows.get(table["name"], 0)
        if (count, digest.hexdigest()) != (table["rows"], table["sha256"]):
            raise damaged(path, f"la table {table['name']} n’est pas celle qui a été sauvegardée")
    if digests:
        raise damaged(path, f"la table {min(digests)} n’est pas dans son manifeste")
    if files != manifest["files"]:
        raise damaged(
            path, f"le fichier {_first_difference(files, manifest['files'])} n’est pas celui qui a été sauvegardé"
        )
    return manifest


def is_archive(path: Path) -> bool:
    """Whether the file begins as our archives do."""
    with path.open("rb") as source:
        start = source.read(max(len(MAGIC), len(HEAD)))
    return start.startswith((MAGIC, HEAD.encode()))


def is_sealed(path: Path) -> bool:
    """Whether the archive is under a key."""
    with path.open("rb") as source:
        return source.read(len(MAGIC)) == MAGIC


def damaged(path: Path, what: str) -> UserError:
    return UserError(_DAMAGED.format(name=path, what=what))


@contextmanager
def _refusals(path: Path) -> Iterator[None]:
    """Whatever a damaged archive makes the readers say, in one sentence."""
    try:
        yield
    except (tarfile.TarError, EOFError, zlib.error, ValueError, KeyError, IndexError, OverflowError) as error:
        raise damaged(path, f"lecture impossible ({type(error).__name__})") from None
    except OSError as error:
        raise UserError(f"L’archive {path} ne se lit pas : {error.strerror or error}.") from None


@contextmanager
def _open(path: Path, key: str) -> Iterator[IO[bytes]]:
    with path.open("rb") as file:
        if not is_archive(path):
            raise UserError(f"{path} n’est pas une sauvegarde de cette application.")
        yield Opener(file, key) if is_sealed(path) else file  # type: ignore[misc]


def _members(tar: tarfile.TarFile, path: Path) -> Iterator[ArchivedBlock | StoredFile | dict]:
    manifest, seal = b"", b""
    for member in tar:
        content = tar.extractfile(member)
        if content is None or seal:
            raise damaged(path, f"« {member.name} » n’y a pas sa place")
        if member.name.startswith(_TABLES):
            yield ArchivedBlock(member.name.split("/")[1], _unsqueezed(content.read(), path))
        elif member.name.startswith(_FILES):
            yield StoredFile(_safe(member.name.removeprefix(_FILES), path), content, path)
        elif member.name == MANIFEST:
            manifest = content.read()
        elif member.name == SEAL:
            seal = content.read()
        elif not _is_head(member, content):
            raise damaged(path, f"« {member.name} » n’est pas d’un format connu")
    if not _is_sealed(manifest, seal):
        raise damaged(path, "son manifeste manque ou a été modifié")
    yield json.loads(manifest)


def _unsqueezed(content: bytes, path: Path) -> bytes:
    reader = zlib.decompressobj(wbits=31)
    lines = reader.decompress(content, _LARGEST_BLOCK)
    if not reader.eof or reader.unused_data:
        raise damaged(path, "un bloc est incomplet")
    return lines


def _safe(name: str, path: Path) -> str:
    if not name or name.startswith("/") or ".." in name.split("/"):
        raise damaged(path, f"le nom « {name} » sort du dossier des fichiers")
    return name


def _first_difference(found: list[dict], expected: list[dict]) -> str:
    known = {file["path"]: file for file in found}
    wrong = [file["path"] for file in expected if known.pop(file["path"], None) != file]
    return min([*wrong, *known], default="?")


def _member(name: str, size: int) -> tarfile.TarInfo:
    member = tarfile.TarInfo(name)
    member.size, member.mode = size, 0o600
    return member


class _Told:
    """A file being read, its digest computed on the way."""

    def __init__(self, source: IO[bytes], digest):
        self._source, self._digest = source, digest

    def read(self, size: int = -1) -> bytes:
        piece = self._source.read(size)
        self._digest.update(piece)
        return piece


def _is_head(member: tarfile.TarInfo, content: IO[bytes]) -> bool:
    return member.name == HEAD and json.load(content)["format"] == FORMAT


def _is_sealed(manifest: bytes, seal: bytes) -> bool:
    return bool(manifest) and hashlib.sha256(manifest).hexdigest().encode() == seal
