"""A register written as text."""

import pytest

from tests.complaints.imports.reading import read


@pytest.fixture
def table(tmp_path):
    def written(text, *, encoding="utf-8"):
        path = tmp_path / "registre.csv"
        path.write_bytes(text.encode(encoding))
        return read(path)

    return written
