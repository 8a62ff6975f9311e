"""Proofs on pages: added by who reports, saved and never shown, removed by the référent or by who added them."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from actions.models import Proof
from organisations.enums import Role
from tests.actions.factories import ActionResponsibleFactory, ProofFactory
from tests.organisations.factories import ServiceFactory, user_with

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7 fait"


@pytest.fixture
def head(client, action, service):
    ActionResponsibleFactory(action=action, unit=service)
    user = user_with(Role.HEAD_OF_SERVICE, service)
    client.force_login(user)
    return user


@pytest.fixture
def proof(action):
    return ProofFactory(action=action, name="Note d’accueil.pdf")


def url(name: str, pk: int) -> str:
    return reverse(f"actions:{name}", args=[pk])


def test_who_reports_on_the_action_adds_a_proof(client, head, action):
    data = {"file": SimpleUploadedFile("note.pdf", PDF), "note": "La note signée"}
    answer = client.post(url("proof-add", action.pk), data)
    assert answer.url == f"{url('action', action.pk)}#preuves"
    proof = Proof.objects.get()
    text = client.get(url("action", action.pk)).text
    for words in ("note.pdf", "La note signée", proof.digest[:12], url("proof", proof.pk)):
        assert words in text


@pytest.mark.parametrize(
    ("file", "sentence"),
    [
        (None, "Ce champ est obligatoire."),
        (SimpleUploadedFile("vide.pdf", b""), "Le fichier soumis est vide."),
        (SimpleUploadedFile("page.html", b"<html>"), "n’est pas d’un type accepté"),
    ],
)
def test_a_proof_refused_is_told_on_its_field(client, head, action, file, sentence):
    answer = client.post(url("proof-add", action.pk), {"file": file} if file else {})
    assert sentence in answer.context_data["form"].errors["file"][0]


def test_a_proof_is_saved_under_its_name_and_never_shown_nor_kept_by_the_browser(client, head, proof):
    answer = client.get(url("proof", proof.pk))
    assert b"".join(answer.streaming_content) == b"%PDF-1.4"
    kept = ("Content-Type", "X-Content-Type-Options", "Cache-Control", "Content-Security-Policy")
    assert [answer[name] for name in kept] == [
        "application/pdf", "nosniff", "private, no-store", "default-src 'none'; sandbox",
    ]  # fmt: skip
    assert answer["Content-Disposition"].startswith("attachment; filename*=utf-8''Note%20d%E2%80%99accueil.pdf")


def test_a_name_of_an_old_row_never_makes_a_page_of_the_file(client, head, proof):
    proof.name = "page.html"
    proof.save()
    answer = client.get(url("proof", proof.pk))
    b"".join(answer.streaming_content)  # which closes it
    assert answer["Content-Type"] == "application/octet-stream"


def test_a_file_gone_from_the_disk_does_not_exist(client, head, proof):
    proof.file.storage.delete(proof.file.name)
    assert client.get(url("proof", proof.pk)).status_code == 404


def test_a_proof_of_another_service_does_not_exist(client, proof, site):
    client.force_login(user_with(Role.HEAD_OF_SERVICE, ServiceFactory(parent=site)))
    for name in ("proof", "proof-remove"):
        assert client.get(url(name, proof.pk)).status_code == 404


def test_an_auditor_reads_the_proofs_and_adds_none(client, action, proof, site):
    client.force_login(user_with(Role.AUDITOR, site))
    answer = client.get(url("proof", proof.pk))
    b"".join(answer.streaming_content)
    assert answer.status_code == 200
    assert client.get(url("proof-add", action.pk)).status_code == 403
    assert "Joindre une preuve" not in client.get(url("action", action.pk)).text


def test_who_added_a_proof_removes_it_and_nobody_else_of_the_service(
    client, head, proof, action, django_capture_on_commit_callbacks
):
    assert client.get(url("proof-remove", proof.pk)).status_code == 403
    assert url("proof-remove", proof.pk) not in client.get(url("action", action.pk)).text
    proof.added_by = head
    proof.save()
    assert url("proof-remove", proof.pk) in client.get(url("action", action.pk)).text
    assert "Retirer « Note d’accueil.pdf » ?" in client.get(url("proof-remove", proof.pk)).text
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(url("proof-remove", proof.pk), {"reason": "Mauvais document"})
    assert answer.url == url("action", action.pk)
    assert Proof.objects.count() == 0


def test_the_referent_removes_any_proof_with_a_reason(client, proof, rq):
    client.force_login(rq)
    assert "reason" in client.post(url("proof-remove", proof.pk)).context_data["form"].errors
    assert client.post(url("proof-remove", proof.pk), {"reason": "Données personnelles"}).status_code == 302
    assert Proof.history.first().history_change_reason == "Données personnelles"
