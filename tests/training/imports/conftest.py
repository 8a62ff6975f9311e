"""A préfecture with its services and themes, and files sent to the command as an agent would write them."""

import json

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from tests.organisations.factories import PrefectureFactory, UnitFactory
from training.services import themes


@pytest.fixture
def site(db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    site = PrefectureFactory(code="38", name="Préfecture de l’Isère")
    UnitFactory(code="38-accueil", name="Accueil général", sigle="ACC", parent=site)
    UnitFactory(code="38-cert", name="CERT permis", parent=site)
    themes.load()
    return site


@pytest.fixture
def send(site, tmp_path, capsys):
    """Sends rows; gives (exit code, what JSON says, the refusal)."""

    def sent(*rows, name="suivi.csv", **options):
        file = tmp_path / name
        file.write_text("\n".join(";".join(row) for row in rows) + "\n", encoding="utf-8")
        return ran(file, **options)

    def ran(file, **options):
        code, refusal = 0, ""
        try:
            call_command("import_training", str(file), unit="38", format="json", **options)
        except CommandError as error:
            code, refusal = error.returncode, str(error)
        return code, json.loads(capsys.readouterr().out), refusal

    sent.file = ran
    return sent


@pytest.fixture
def due(site, capsys):
    """{(agent, theme): (status, due date)} of a day."""

    def told(on):
        call_command("training_due", unit="38", on=on, format="json")
        rows = json.loads(capsys.readouterr().out)
        return {(row["agent"], row["theme"]): (row["status"], row["due_on"]) for row in rows}

    return told


@pytest.fixture
def balance(site, capsys):
    def told(year):
        call_command("training_balance", unit="38", year=year, format="json")
        return json.loads(capsys.readouterr().out)

    return told
