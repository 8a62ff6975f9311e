"""An archive changed, cut or forged anywhere is refused; under a key it says nothing to whoever has not got it."""

import io
import json
import random
import tarfile

import pytest

from core.backup import archive
from core.base.errors import UserError

LINES = [b"1\ta\n2\tb\n", b"3\tc\n"]
KEYS = ["", "clé de l’installation"]


@pytest.fixture
def stored(tmp_path):
    path = tmp_path / "preuve.pdf"
    path.write_bytes(b"%PDF " + bytes(range(256)) * 40)
    return path


def make(path, stored, *, key=""):
    with path.open("wb") as target:
        writer = archive.Writer(target, key)
        table = {"name": "t", "columns": [["id", "int", 0], ["c", "text", 0]], "key": "id"}
        tables = [
            {**table, **writer.add_table("t", iter(LINES))},
            {**table, "name": "u", **writer.add_table("u", iter([]))},
        ]
        files = [writer.add_file(stored, "preuves/2026/preuve.pdf")]
        writer.end({"tables": tables, "files": files})
    return path


@pytest.mark.parametrize("key", KEYS)
def test_an_archive_is_found_as_it_was_made(tmp_path, stored, key):
    manifest = archive.verified(make(tmp_path / "a", stored, key=key), key)

    assert [(table["name"], table["rows"]) for table in manifest["tables"]] == [("t", 3), ("u", 0)]
    assert manifest["files"][0]["size"] == stored.stat().st_size
    assert archive.is_sealed(tmp_path / "a") is bool(key)


@pytest.mark.parametrize("key", KEYS)
def test_an_archive_cut_anywhere_is_refused(tmp_path, stored, key):
    whole = make(tmp_path / "a", stored, key=key).read_bytes()
    needed = len(whole) if key else whole.rindex(b"manifest.sha256")  # a tar ends with blocks of zeros
    for length in [*range(0, needed, 997), needed - 1]:
        cut = tmp_path / "cut"
        cut.write_bytes(whole[:length])
        with pytest.raises(UserError):
            archive.verified(cut, key)


@pytest.mark.parametrize("key", KEYS)
def test_a_changed_byte_is_refused_or_changes_nothing(tmp_path, stored, key):
    whole = make(tmp_path / "a", stored, key=key).read_bytes()
    expected = archive.verified(tmp_path / "a", key)
    chance = random.Random(11)
    for _ in range(40 if key else 300):  # a key takes its time, on purpose, to be derived
        mutant = bytearray(whole)
        mutant[chance.randrange(len(whole))] ^= 1 << chance.randrange(8)
        changed = tmp_path / "changed"
        changed.write_bytes(mutant)
        try:
            assert archive.verified(changed, key) == expected  # the margins of a tar hold nothing
        except UserError:
            continue
        assert not key


def test_without_its_key_an_archive_says_nothing(tmp_path, stored):
    path = make(tmp_path / "a", stored, key="secrète")
    with pytest.raises(UserError, match="donnez sa clé dans BACKUP_KEY"):
        archive.verified(path, "")
    with pytest.raises(UserError, match="n’est pas celle qui l’a chiffrée"):
        archive.verified(path, "autre")
    assert b"preuve" not in path.read_bytes()


@pytest.mark.parametrize("name", ["files/../../etc/cron.d/x", "files//etc/x", "files/", "ailleurs/x"])
def test_a_name_that_leads_out_of_the_files_is_refused(tmp_path, name):
    path = tmp_path / "a"
    with tarfile.open(path, "w") as tar:
        for member, content in ((archive.HEAD, b'{"format": 1}'), (name, b"x")):
            info = tarfile.TarInfo(member)
            info.size = len(content)
            tar.addfile(info, io.BytesIO(content))
    with pytest.raises(UserError, match="endommagée ou incomplète"):
        archive.verified(path, "")


def test_a_member_added_to_a_true_archive_is_refused(tmp_path, stored):
    path = make(tmp_path / "a", stored)
    other = tmp_path / "b"
    with tarfile.open(path) as old, tarfile.open(other, "w") as new:
        for member in old:
            if member.name == archive.MANIFEST:
                extra = tarfile.TarInfo("files/porte")
                extra.size = 1
                new.addfile(extra, io.BytesIO(b"x"))
            new.addfile(member, old.extractfile(member))
    with pytest.raises(UserError, match="le fichier porte n’est pas celui"):
        archive.verified(other, "")


def test_what_is_no_archive_is_named(tmp_path):
    path = tmp_path / "lettre.txt"
    path.write_text(json.dumps({"qualepref": "backup"}))
    with pytest.raises(UserError, match="n’est pas une sauvegarde de cette application"):
        archive.verified(path, "")
    with pytest.raises(UserError, match="ne se lit pas : No such file"):
        archive.verified(tmp_path / "absent", "")
