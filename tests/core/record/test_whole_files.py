"""A stored file is whole or is not there."""

import errno

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage


class FullDisk(ContentFile):
    """A file in the middle of which the disk fills up."""

    def chunks(self, chunk_size=None):
        yield b"une moiti"
        raise OSError(errno.ENOSPC, "No space left on device")


def stored() -> list[str]:
    return sorted(path.relative_to(settings.MEDIA_ROOT).as_posix() for path in settings.MEDIA_ROOT.rglob("*.*"))


def test_a_disk_that_fills_up_leaves_no_half_of_a_file():
    with pytest.raises(OSError, match="No space left"):
        default_storage.save("preuves/lettre.pdf", FullDisk(b"x"))
    assert stored() == []


def test_two_files_of_one_name_are_both_kept():
    first = default_storage.save("preuves/lettre.pdf", ContentFile(b"un"))
    second = default_storage.save("preuves/lettre.pdf", ContentFile(b"deux"))
    assert first == "preuves/lettre.pdf"
    assert stored() == sorted([first, second])
    assert [(settings.MEDIA_ROOT / name).read_bytes() for name in (first, second)] == [b"un", b"deux"]
