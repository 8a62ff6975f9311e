"""Fixtures of the indicators."""

import pytest
from django.core.management import call_command

REFERENTIALS = ("qual-e-pref", "qualipref-2-0")


@pytest.fixture
def catalogue(db):
    """The catalogue as delivered, with the referentials whose engagements it names."""
    for name in REFERENTIALS:
        call_command("load_referential", f"referential/data/{name}.json", verbosity=0)
    call_command("load_catalogue", verbosity=0)
