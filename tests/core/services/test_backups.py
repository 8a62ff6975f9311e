"""Backup and restore: rows, files, seals and guards come back equal, on the same database or the other."""

import json
import os
import shutil
import subprocess
import sys
import tarfile
from datetime import date, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from core.base.errors import UserError
from core.models import Holiday, HolidayZone
from core.record import history
from core.services import backups, seals
from core.tasks import back_up
from tests.databases import TEMPLATE, migrated_sqlite
from tests.organisations.factories import UserFactory
from tests.services import ROOT, create_database

pytestmark = [pytest.mark.django_db, pytest.mark.both]
LABEL = "Fête d’\\Aix\t« é »\n\\N"


@pytest.fixture(autouse=True)
def own_trace(settings, tmp_path):
    settings.VAR_DIR = tmp_path


@pytest.fixture
def lived_in():
    """Rows with history, a seal, a row that is gone, a file."""
    author = UserFactory()
    zone = HolidayZone(code="metropole", name="Métropole")
    history.save(zone, by=author, reason="Création")
    for number in range(3):
        history.save(Holiday(zone=zone, date=date(2026, 1, number + 1), label=LABEL), by=author, reason="Création")
    history.delete(Holiday.objects.latest("pk"), by=author, reason="Erreur")
    seals.seal(settled_before=timezone.now() + timedelta(seconds=1))
    default_storage.save("preuves/lettre.pdf", ContentFile(b"%PDF de l'agence"))


class Installation:
    """Another installation: its own database, files and processes."""

    def __init__(self, directory: Path, url: str):
        directory.mkdir(exist_ok=True)
        self.directory = directory
        fixed = {"DJANGO_SETTINGS_MODULE": "qualepref.settings", "TESTING": "1", "DEMO": "0", "REDIS_URL": ""}
        self.environment = os.environ | fixed | {"DATABASE_URL": url, "VAR_DIR": str(directory)}
        self.environment.pop("MEDIA_ROOT", None)

    def run(self, *command: str, key: str = "") -> str:
        """What a command prints; its refusal as `UserError`."""
        environment = self.environment | {"BACKUP_KEY": key}
        done = subprocess.run(
            [sys.executable, "manage.py", *map(str, command)],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert "Traceback" not in done.stderr
        if done.returncode:
            raise UserError(done.stderr.strip())
        return done.stdout


@pytest.fixture
def empty(tmp_path):
    """A function that gives a new installation, migrated and without a row, of the database under test."""

    def make(name: str) -> Installation:
        directory = tmp_path / name
        directory.mkdir()
        template = os.environ.get(TEMPLATE)
        if connection.vendor == "postgresql":
            server = os.environ["DATABASE_URL"]
            return Installation(directory, create_database(server, f"restored_{uuid4().hex[:12]}", template=template))
        path = directory / "db.sqlite3"
        shutil.copy(template, path) if template else migrated_sqlite(path)
        return Installation(directory, f"sqlite:///{path}")

    return make


def manifest_of(path: Path) -> dict:
    with tarfile.open(path) as tar:
        return json.load(tar.extractfile("manifest.json"))


def same(first: Path, second: Path) -> bool:
    one, other = manifest_of(first), manifest_of(second)
    return (one["tables"], one["files"]) == (other["tables"], other["files"])


def test_a_new_installation_takes_up_where_the_old_one_stopped(lived_in, empty, tmp_path, settings):
    archive, again = tmp_path / "a.qualepref", tmp_path / "b.qualepref"
    backups.backup(archive)
    there = empty("there")

    assert "restaurée et comparée" in there.run("restore", archive)

    assert (there.directory / "media/preuves/lettre.pdf").read_bytes() == b"%PDF de l'agence"
    assert "aucune n’a été modifiée" in there.run("verify_history")
    assert "tables protégées" in there.run("check_triggers")
    there.run("backup", again)
    assert same(archive, again)
    with pytest.raises(UserError, match="n’est pas vide"):
        there.run("restore", archive)
    given = {name: number for name, number in manifest_of(archive)["last_ids"].items() if name == "core_holiday"}
    assert given == {name: manifest_of(again)["last_ids"][name] for name in given}
    assert manifest_of(again)["last_ids"]["core_holiday"] > Holiday.objects.latest("pk").pk  # never given twice


@pytest.mark.postgresql
def test_a_prefecture_outgrows_its_first_machine_and_may_go_back(lived_in, empty, tmp_path):
    """PostgreSQL to SQLite, which has no schema yet, under a key, and back to PostgreSQL."""
    archives = [tmp_path / f"{number}.qualepref" for number in range(3)]
    backups.backup(archives[0])
    small = Installation(tmp_path / "small", f"sqlite:///{tmp_path}/small/db.sqlite3")
    small.run("restore", archives[0])
    assert "aucune n’a été modifiée" in small.run("verify_history")
    small.run("backup", archives[1], key="clé")
    large = empty("large")
    with pytest.raises(UserError, match="BACKUP_KEY"):
        large.run("restore", archives[1])
    large.run("restore", archives[1], key="clé")
    assert "aucune n’a été modifiée" in large.run("verify_history")
    large.run("backup", archives[2])
    assert same(archives[0], archives[2])


def test_nothing_is_touched_unless_all_is_well(lived_in, empty, tmp_path):
    archive, damaged = tmp_path / "a.qualepref", tmp_path / "damaged.qualepref"
    backups.backup(archive)
    content = bytearray(archive.read_bytes())
    content[content.index(b"%PDF")] ^= 1
    damaged.write_bytes(content)
    there = empty("there")

    with pytest.raises(UserError, match=r"^L’archive \S+ est endommagée ou incomplète : le fichier preuves/lettre.pdf"):
        there.run("restore", damaged)
    with pytest.raises(UserError, match="endommagée"):
        there.run("restore", "--check", damaged)
    (there.directory / "media").mkdir(exist_ok=True)
    (there.directory / "media/autre.txt").write_text("déjà là")
    with pytest.raises(UserError, match="Le dossier des fichiers"):
        there.run("restore", archive)
    (there.directory / "media/autre.txt").unlink()
    assert "restaurée" in there.run("restore", archive)


def test_a_database_in_use_is_refused(lived_in, tmp_path, settings):
    archive = tmp_path / "a.qualepref"
    call_command("backup", archive)
    settings.MEDIA_ROOT = tmp_path / "elsewhere"
    before = Holiday.objects.count()

    with pytest.raises(CommandError, match=r"La base de données n’est pas vide \(table \w+\)"):
        call_command("restore", archive)
    assert (Holiday.objects.count(), settings.MEDIA_ROOT.exists()) == (before, False)


def test_a_file_that_is_no_backup_is_never_written_over(tmp_path):
    letter = tmp_path / "lettre.txt"
    letter.write_text("Madame, Monsieur")
    with pytest.raises(UserError, match=r"existe et n’est pas une sauvegarde"):
        backups.backup(letter)
    assert letter.read_text() == "Madame, Monsieur"


def test_what_cannot_be_written_leaves_nothing_and_is_told(tmp_path):
    (tmp_path / "dossier").write_text("un fichier, pas un dossier")
    with pytest.raises(UserError, match="n’a pas pu être écrite"):
        backups.backup(tmp_path / "dossier" / "a.qualepref")
    assert backups.last().error.endswith("n’a pas pu être écrite : File exists.")
    assert backups.last().is_late


def test_each_night_one_more_and_the_oldest_goes(settings, tmp_path):
    settings.BACKUP_DIR, settings.BACKUP_KEPT = tmp_path / "nuits", 2
    for day in (1, 2, 3):
        with time_machine.travel(f"2026-12-0{day}T00:30:00Z", tick=False):
            back_up()
            assert not backups.last().is_late
    kept = sorted(path.name for path in settings.BACKUP_DIR.iterdir())
    assert kept == ["2026-12-02-0130.qualepref", "2026-12-03-0130.qualepref"]
    assert backups.last().file.endswith("2026-12-03-0130.qualepref")
    assert oct((settings.BACKUP_DIR / kept[0]).stat().st_mode & 0o777) == "0o600"
    with time_machine.travel("2026-12-06T00:30:00Z"):
        assert backups.last().is_late


def test_no_backup_where_none_is_to_be_kept(settings, tmp_path):
    settings.BACKUP_DIR, settings.BACKUP_KEPT = tmp_path / "nuits", 0
    back_up()
    assert not settings.BACKUP_DIR.exists()
    assert backups.last() == backups.LastBackup()
