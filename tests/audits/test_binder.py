"""The binder: every link leads somewhere, no script, nothing from outside, and the digest of each file."""

import hashlib
import io
import json
import re
import zipfile
from datetime import UTC, date, datetime

import pytest
from django.core.management import CommandError, call_command

from audits.models import Binder
from tests.actions.factories import ActionFactory, FindingFactory, PlanFactory, ProofFactory
from tests.audits.factories import (
    CONTENT,
    AuditFactory,
    AuditRowFactory,
    ComplianceFactory,
    DocumentEngagementFactory,
    DocumentFactory,
    EvidenceFactory,
    LabelFactory,
)

pytestmark = pytest.mark.django_db
ON = "2026-11-29"


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def full(site, referential, engagement):
    """A site with a label, an audit, documents with files, a plan with a proof."""
    LabelFactory(site=site, referential=referential)
    document = DocumentFactory(site=site, title="Fiche <accueil> & co", period_months=12)
    DocumentEngagementFactory(document=document, engagement=engagement)
    EvidenceFactory(document=document, received_on=date(2026, 1, 5), name="Fiche d’accueil (v2).pdf")
    EvidenceFactory(document=document, received_on=date(2026, 11, 30))
    ComplianceFactory(site=site, engagement=engagement)
    AuditRowFactory(audit=AuditFactory(site=site), engagement=engagement, comment="Vu <sur place>")
    finding = FindingFactory(plan=PlanFactory(site=site, title="Audit interne"), text="Affichage")
    ProofFactory(action=ActionFactory(finding=finding, text="Afficher"), added_at=datetime(2026, 11, 1, tzinfo=UTC))
    return document


def made(tmp_path, **options):
    path = tmp_path / "classeur.zip"
    call_command("audit_binder", unit="aix", on=ON, output=str(path), **options)
    return zipfile.ZipFile(path)


def test_every_file_has_its_digest_and_the_manifest_names_them_all(full, tmp_path):
    archive = made(tmp_path)
    sums = dict(reversed(line.split("  ")) for line in archive.read("SHA256SUMS").decode().splitlines())
    assert set(archive.namelist()) == {*sums, "SHA256SUMS"}
    for path, digest in sums.items():
        assert hashlib.sha256(archive.read(path)).hexdigest() == digest
    told = json.loads(archive.read("manifest.json"))
    assert {one["path"] for one in told["files"]} == set(sums) - {"manifest.json"}
    assert (told["site"], told["state_on"], told["refused"]) == ("aix", ON, [])


def test_no_link_is_dead_and_nothing_comes_from_outside(full, tmp_path):
    archive = made(tmp_path)
    pages = [name for name in archive.namelist() if name.endswith(".html")]
    assert len(pages) == 7
    for page in pages:
        text = archive.read(page).decode()
        assert "<script" not in text
        assert not re.search(r"(?:src|href)=\"(?:https?:|//|/)", text)
        folder = page.rpartition("/")[0]
        for target in re.findall(r'(?:href|src)="([^"#]+)"', text):
            path = target.removeprefix("../") if target.startswith("../") else f"{folder}/{target}".lstrip("/")
            assert path in archive.namelist(), (page, target)


def test_the_files_received_by_the_day_are_in_it_and_escaped_words_stay_words(full, tmp_path):
    archive = made(tmp_path)
    pieces = [name for name in archive.namelist() if name.startswith("pieces/")]
    assert [archive.read(name) for name in pieces] == [CONTENT]
    assert len([name for name in archive.namelist() if name.startswith("preuves/")]) == 1
    assert "Fiche &lt;accueil&gt; &amp; co" in archive.read("documents.html").decode()


def test_a_file_altered_on_the_disk_is_refused_and_said(full, tmp_path, capsys):
    evidence = full.evidences.get(received_on=date(2026, 1, 5))
    with evidence.file.open("wb") as content:
        content.write(b"%PDF-1.7 fiche de procedurE")
    archive = made(tmp_path)
    assert [name for name in archive.namelist() if name.startswith("pieces/")] == []
    (refused,) = json.loads(archive.read("manifest.json"))["refused"]
    assert refused["why"] == "altéré : son empreinte n’est plus celle du jour où il a été reçu"
    assert "altéré" in archive.read("index.html").decode()


def test_its_making_is_kept_with_its_history(full, tmp_path):
    made(tmp_path)
    binder = Binder.objects.get()
    assert (binder.state_on, binder.name) == (date(2026, 11, 29), "classeur-aix-2026-11-29.zip")
    assert hashlib.sha256((tmp_path / "classeur.zip").read_bytes()).hexdigest() == binder.digest
    assert [row.history_change_reason for row in binder.history.all()] == ["Classeur de l’auditeur au 29/11/2026"]


def test_the_command_tells_what_it_made_as_json(full, tmp_path):
    output = io.StringIO()
    made(tmp_path, format="json", stdout=output)
    told = json.loads(output.getvalue())
    assert told["sha256"] == hashlib.sha256((tmp_path / "classeur.zip").read_bytes()).hexdigest()
    assert (told["path"], told["refused"]) == (str(tmp_path / "classeur.zip"), [])


def test_an_empty_site_has_a_binder_too(site, tmp_path):
    assert "index.html" in made(tmp_path).namelist()


def test_what_cannot_be_written_leaves_nothing(site, tmp_path):
    with pytest.raises(CommandError, match="ce fichier ne peut pas être écrit"):
        call_command("audit_binder", unit="aix", on=ON, output=str(tmp_path / "nulle-part" / "x.zip"))
    assert Binder.objects.count() == 0
