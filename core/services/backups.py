"""Verbs of the backup: save the whole installation in one file, restore it, do it each night, tell how it went.

What happened to the last backup is written under `VAR_DIR`: it must be readable while the database is away.
"""

import contextlib
import json
import os
import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.utils import timezone
from django.utils.crypto import salted_hmac

from core.backup import archive, dumping, loading, schema
from core.backup.tables import tables
from core.base.errors import UserError
from core.base.words import counted
from core.record.whole_files import PARTS

SUFFIX = ".qualepref"
LATE_AFTER = timedelta(days=2)
_TRACE = "sauvegarde.json"


@dataclass(frozen=True)
class Backup:
    """What a backup or a restore went through."""

    rows: int
    tables: int
    files: int
    bytes: int
    seconds: float
    is_sealed: bool
    has_same_secret: bool

    @property
    def words(self) -> str:
        """« 12 300 lignes de 97 tables, 41 fichiers, 8,2 Mo, chiffrée »."""
        told = [f"{counted(self.rows, 'ligne')} de {counted(self.tables, 'table')}", counted(self.files, "fichier")]
        told.append(f"{self.bytes / 1_000_000:.1f} Mo".replace(".", ","))
        return ", ".join([*told, "chiffrée" if self.is_sealed else "non chiffrée"])


@dataclass(frozen=True)
class LastBackup:
    """The last backup that went well, and why the one after it did not."""

    at: datetime | None = None
    file: str = ""
    words: str = ""
    error: str = ""

    @property
    def is_late(self) -> bool:
        return self.at is None or timezone.now() - self.at > LATE_AFTER


def backup(path: Path) -> Backup:
    """Save database and files in `path`, read it again to its end, and only then give it its name."""
    started = time.monotonic()
    try:
        made = _backup(path.absolute(), started)
    except UserError as error:
        _keep_trace(error=error.message)
        raise
    _keep_trace(at=timezone.now(), file=str(path.absolute()), words=made.words)
    return made


def check(path: Path) -> Backup:
    """Read a whole archive and compare it with its manifest; nothing else is touched."""
    started = time.monotonic()
    return _told(archive.verified(path, settings.BACKUP_KEY), path, started)


def restore(path: Path) -> Backup:
    """Put a backup into a new installation; `UserError` before anything is touched unless all is well."""
    started = time.monotonic()
    manifest = archive.verified(path, settings.BACKUP_KEY)
    media = Path(settings.MEDIA_ROOT)
    if any(found.is_file() for found in media.rglob("*")):
        raise UserError(f"Le dossier des fichiers {media} n’est pas vide : restaurez dans une installation neuve.")
    schema.refuse_unless_empty(manifest["migrations"])
    if schema.applied() != manifest["migrations"]:
        schema.make(manifest["migrations"])
    with _files_of(media) as put_file:
        loading.load(path, settings.BACKUP_KEY, manifest, put_file=put_file)
    schema.bring_up_to_date()
    return _told(manifest, path, started)


def each_night() -> Path | None:
    """Save in `BACKUP_DIR` and keep the last `BACKUP_KEPT` backups; nothing when none is to be kept."""
    if not settings.BACKUP_KEPT:
        return None
    directory = Path(settings.BACKUP_DIR)
    path = directory / f"{timezone.localtime():%Y-%m-%d-%H%M}{SUFFIX}"
    backup(path)
    for old in sorted(directory.glob(f"????-??-??-????{SUFFIX}"))[: -settings.BACKUP_KEPT]:
        old.unlink(missing_ok=True)
    return path


def last() -> LastBackup:
    """What is known of the last backup, whether or not the database answers."""
    try:
        kept = json.loads((Path(settings.VAR_DIR) / _TRACE).read_text())
    except (FileNotFoundError, json.JSONDecodeError):
        return LastBackup()
    return LastBackup(**{**kept, "at": datetime.fromisoformat(kept["at"]) if kept["at"] else None})


def _backup(path: Path, started: float) -> Backup:
    if path.exists() and not (path.is_file() and (path.stat().st_size == 0 or archive.is_archive(path))):
        raise UserError(f"{path} existe et n’est pas une sauvegarde : choisissez un autre nom.")
    if missing := schema.waiting():
        raise UserError(f"La base attend une migration ({missing[0]}) : lancez « manage.py migrate » d’abord.")
    part = path.with_name(path.name + ".part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _write(part)
        manifest = archive.verified(part, settings.BACKUP_KEY)
        os.replace(part, path)
        _sync(path.parent)
        return _told(manifest, path, started)
    except OSError as error:
        raise UserError(f"La sauvegarde {path} n’a pas pu être écrite : {error.strerror or error}.") from error
    finally:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)


def _write(part: Path) -> None:
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as target:
        with archive.Writer(target, settings.BACKUP_KEY) as writer:
            with dumping.snapshot():
                manifest = {
                    "made_at": timezone.now().isoformat(),
                    "database": dumping.connection.vendor,
                    "migrations": schema.applied(),
                    "tables": [
                        {**table.described(), **writer.add_table(table.name, dumping.blocks(table))}
                        for table in tables()
                    ],
                    "last_ids": dumping.last_ids(),
                    "secret": _secret(),
                }
            manifest["files"] = list(_added_files(writer))
            writer.end(manifest)
        target.flush()
        os.fsync(target.fileno())


def _added_files(writer: archive.Writer) -> Iterator[dict]:
    """Every kept file; those removed while we read are gone from the database too, or soon will be."""
    media = Path(settings.MEDIA_ROOT)
    for path in sorted(media.rglob("*")):
        name = path.relative_to(media).as_posix()
        if path.is_file() and not name.startswith(f"{PARTS}/"):
            with contextlib.suppress(FileNotFoundError):
                yield writer.add_file(path, name)


@contextlib.contextmanager
def _files_of(media: Path) -> Iterator[Callable[[archive.StoredFile], None]]:
    """Files written as the rows are; all removed when the rows are not kept."""
    was_there = media.exists()

    def put(found: archive.StoredFile) -> None:
        target = media / found.path
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("xb") as file:
            found.copy_to(file)
            file.flush()
            os.fsync(file.fileno())

    try:
        yield put
    except BaseException:
        shutil.rmtree(media, ignore_errors=True)
        if was_there:
            media.mkdir(parents=True, exist_ok=True)
        raise


def _told(manifest: dict, path: Path, started: float) -> Backup:
    return Backup(
        rows=sum(table["rows"] for table in manifest["tables"]),
        tables=len(manifest["tables"]),
        files=len(manifest["files"]),
        bytes=path.stat().st_size,
        seconds=time.monotonic() - started,
        is_sealed=archive.is_sealed(path),
        has_same_secret=manifest["secret"] == _secret(),
    )


def _secret() -> str:
    """What tells one key of the identities from another without saying it."""
    key = settings.IDENTITY_KEY or settings.SECRET_KEY
    return salted_hmac("core.services.backups", "secret", secret=key, algorithm="sha256").hexdigest()[:16]


def _keep_trace(*, at: datetime | None = None, file: str = "", words: str = "", error: str = "") -> None:
    """A failure keeps what was known of the last good one."""
    known = last()
    told = LastBackup(at, file, words) if at else LastBackup(known.at, known.file, known.words, error)
    path = Path(settings.VAR_DIR) / _TRACE
    with contextlib.suppress(OSError):  # the backup counts, not its trace
        part = path.with_suffix(".part")
        part.write_text(json.dumps(asdict(told), default=str, ensure_ascii=False))
        os.replace(part, path)


def _sync(directory: Path) -> None:
    handle = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
