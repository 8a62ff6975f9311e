"""The site « essai » whose closed days are imported, its référent signed in, the kind of import declared."""

import pytest

from core.base.registries import job_kinds, retention_rules
from core.importing import registry
from core.importing.kinds import kinds
from organisations.enums import Role
from tests.core.importing import driving
from tests.core.importing.closures import ClosuresFile
from tests.organisations.factories import SousPrefectureFactory, user_with


@pytest.fixture
def declared(monkeypatch, settings):
    """The kind of import, alone, for the time of a test."""
    settings.ROOT_URLCONF = "tests.core.importing.closures"
    for registered in (job_kinds, retention_rules):
        monkeypatch.setattr(registered, "_entries", dict(registered.known))
    for code in list(kinds):
        monkeypatch.delitem(kinds, code)
    monkeypatch.setitem(kinds, "closures", ClosuresFile)
    registry.register(ClosuresFile)


@pytest.fixture
def site(db, declared):
    return SousPrefectureFactory(code="essai", name="Sous-préfecture d’essai")


@pytest.fixture
def referent(site, client):
    user = user_with(Role.QUALITY_REFERENT, site)
    client.force_login(user)
    return user


@pytest.fixture
def send(client, referent):
    """Send a table (rows of texts) as a CSV file, or pasted, and have it read; gives the import."""

    def send(*rows, **how):
        return driving.previewed(client, "/essai/importer/", rows, kind=ClosuresFile, **how)

    return send


@pytest.fixture
def driver(client):
    return driving.Driver(client, ClosuresFile)
