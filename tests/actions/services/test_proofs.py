"""Proofs: kept under a name of ours with their digest, refused in one sentence, removed with a reason."""

import hashlib
from datetime import date
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from actions.enums import Status
from actions.models import Action, Proof
from actions.services import proofs
from core.base.errors import UserError
from tests.actions.factories import ProofFactory

PDF = b"%PDF-1.7 fait"


def uploaded(name: str = "note.pdf", content: bytes = PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def stored_files(settings) -> list[Path]:
    return [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]


def test_a_proof_is_kept_with_its_digest_under_a_name_nobody_chose(action, rq, settings):
    proof = proofs.add_proof(action, file=uploaded("Note d’accueil.pdf"), note=" affichée ", by=rq)
    proof.refresh_from_db()
    assert (proof.name, proof.size, proof.note, proof.added_by) == ("Note d’accueil.pdf", len(PDF), "affichée", rq)
    assert proof.digest == hashlib.sha256(PDF).hexdigest()
    [path] = stored_files(settings)
    assert path.read_bytes() == PDF
    assert "accueil" not in path.name
    assert path.suffix == ".pdf"


def test_a_proof_leaves_its_history_row_with_the_place_of_its_file(action, rq):
    proof = proofs.add_proof(action, file=uploaded(), by=rq)
    record = proof.history.get()
    assert (record.history_user, record.history_change_reason) == (rq, "Preuve jointe : note.pdf")
    assert record.file == proof.file.name


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("note.exe", PDF, "n’est pas d’un type accepté"),
        ("note.pdf", b"<html>", "n’est pas celui"),
    ],
)
def test_a_file_of_another_kind_is_refused_and_not_kept(action, rq, settings, name, content, sentence):
    with pytest.raises(UserError, match=sentence):
        proofs.add_proof(action, file=uploaded(name, content), by=rq)
    assert (Proof.objects.count(), stored_files(settings)) == (0, [])


def test_a_file_too_big_is_refused(action, rq, settings):
    settings.UPLOAD_MAX_BYTES = 10 * 1024 * 1024
    big = uploaded()
    big.size = settings.UPLOAD_MAX_BYTES + 1
    with pytest.raises(UserError, match="dépasse 10 Mo"):
        proofs.add_proof(action, file=big, by=rq)


def test_the_same_document_twice_is_refused_and_its_copy_is_not_kept(action, rq, settings):
    proofs.add_proof(action, file=uploaded(), by=rq)
    with pytest.raises(UserError, match="Ce document est déjà joint"):
        proofs.add_proof(action, file=uploaded("copie.pdf"), by=rq)
    assert len(stored_files(settings)) == 1


def test_an_action_has_a_limited_number_of_proofs(action, rq, monkeypatch):
    monkeypatch.setattr(proofs, "MOST_PROOFS", 1)
    ProofFactory(action=action, digest="1" * 64)
    with pytest.raises(UserError, match="au plus 1 preuves"):
        proofs.add_proof(action, file=uploaded(), by=rq)


def test_done_with_a_proof_alone(action, rq):
    proofs.report_with_proof(action, status="done", done_on=date(2016, 3, 1), file=uploaded(), by=rq)
    assert (Action.objects.get().status, Proof.objects.count()) == (Status.DONE, 1)


def test_done_with_a_comment_alone(action, rq):
    proofs.report_with_proof(action, status="done", done_on=date(2016, 3, 1), comment="Fait", by=rq)
    assert (Action.objects.get().status, Proof.objects.count()) == (Status.DONE, 0)


def test_a_refused_outcome_keeps_neither_the_proof_nor_its_file(action, rq, settings):
    with pytest.raises(UserError, match="précède l’origine du plan"):
        proofs.report_with_proof(action, status="done", done_on=date(2014, 3, 1), file=uploaded(), by=rq)
    assert (Proof.objects.count(), stored_files(settings)) == (0, [])


def test_a_proof_removed_erases_its_file_and_stays_in_the_history(
    action, rq, settings, django_capture_on_commit_callbacks
):
    proof = proofs.add_proof(action, file=uploaded(), by=rq)
    with pytest.raises(UserError, match="Indiquez la raison de la suppression"):
        proofs.remove_proof(proof, by=rq, reason=" ")
    with django_capture_on_commit_callbacks(execute=True):
        proofs.remove_proof(proof, by=rq, reason="Nom d’un usager visible")
    assert (Proof.objects.count(), stored_files(settings)) == (0, [])
    last = Proof.history.first()
    assert (last.history_type, last.history_change_reason, last.digest) == (
        "-", "Nom d’un usager visible", hashlib.sha256(PDF).hexdigest(),
    )  # fmt: skip
