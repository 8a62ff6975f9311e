"""Commands driven as a person types them."""

import io
import json

import pytest
from django.core.management import call_command

from tests.organisations.factories import SousPrefectureFactory


@pytest.fixture
def site():
    return SousPrefectureFactory(code="38")


@pytest.fixture
def run():
    """Run a command and read its JSON."""

    def run(name, *args, **options):
        out = io.StringIO()
        call_command(name, *args, **options, format="json", stdout=out)
        return json.loads(out.getvalue())

    return run


@pytest.fixture
def table(tmp_path):
    """Write a table as a file of text."""

    def table(*rows, name="tableau.csv"):
        path = tmp_path / name
        path.write_text("\n".join(";".join(row) for row in rows) + "\n", encoding="utf-8")
        return path

    return table
