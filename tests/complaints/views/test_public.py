"""The public form: no account, no script, no cookie; once per key, limited, documents told by their content."""

import re
import uuid
from datetime import date
from html import unescape

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from complaints.models import CaseFile, CaseMessage, Complaint
from complaints.services import public
from core.record import identities
from organisations.enums import Role
from tests.organisations.factories import user_with

pytestmark = pytest.mark.django_db
ANNE = {"kind": "complaint", "text": "Trop d’attente", "email": "anne@example.invalid", "name": "Anne Durand"}


@pytest.fixture(autouse=True)
def a_tuesday(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    with time_machine.travel(date(2022, 3, 1), tick=False):
        yield


@pytest.fixture
def url(site):
    return reverse("complaints:public-form", args=[site.code])


def sent(**values):
    return {"cle": str(uuid.uuid4()), "langue": "fr", **ANNE, **values}


def text_of(answer):
    return unescape(answer.content.decode())


@pytest.mark.parametrize(
    ("language", "words"),
    [("fr", "Votre message est"), ("en", "Your message is"), ("facile", "Écrire à la préfecture")],
)
def test_the_form_needs_neither_script_nor_cookie_in_each_language(client, url, language, words):
    answer = client.get(url, {"langue": language})

    assert words in text_of(answer)
    assert ("<script" in text_of(answer), answer.cookies) == (False, {})


def test_a_message_is_a_case_once_with_its_reference_on_screen_and_by_mail(client, url):
    posted = sent()
    first = client.post(url, posted, follow=True)
    client.post(url, posted)

    case = Complaint.objects.get()
    assert case.reference in text_of(first)
    assert (case.channel, case.acknowledged_on, case.answer_by) == ("web_form", date(2022, 3, 1), date(2022, 3, 8))
    assert list(CaseMessage.objects.values_list("kind", "by_mail", "state")) == [("acknowledgement", True, "waiting")]
    assert "Anne" not in text_of(first)


def test_where_it_stands_is_told_to_who_has_the_reference_and_the_address(client, url):
    client.post(url, sent())
    reference, status = Complaint.objects.get().reference, reverse("complaints:public-status")

    found = text_of(client.post(status, {"reference": reference, "email": "Anne@example.invalid"}))
    assert "Réponse prévue au plus tard le 08/03/2022" in found
    wrong = text_of(client.post(status, {"reference": reference, "email": "b@example.invalid"}))
    assert "ne vont pas ensemble" in wrong


@pytest.mark.parametrize(
    ("field", "value", "said"), [("text", " ", "Écrivez votre message."), ("email", "anne@", "n’est pas complète")]
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_typed_is_lost(client, url, field, value, said):
    answer = text_of(client.post(url, sent(**{field: value})))

    assert said in answer
    assert f'href="#{field}"' in answer
    assert "Anne Durand" in answer
    assert Complaint.objects.count() == 0


def test_a_robot_is_thanked_and_nothing_is_kept(client, url):
    assert client.post(url, sent(site_web="x")).status_code == 302
    assert Complaint.objects.count() == 0


def test_a_network_sends_so_many_messages_an_hour(client, url, monkeypatch):
    monkeypatch.setattr(public, "LIMIT", 2)
    codes = [client.post(url, sent()).status_code for _ in range(3)]

    assert (codes, Complaint.objects.count()) == ([302, 302, 429], 2)


def test_documents_are_told_by_their_content_and_downloaded_by_permission(client, url, site):
    fake = SimpleUploadedFile("photo.png", b"<script>alert(1)</script>")
    assert "n’est ni un PDF" in text_of(client.post(url, sent(files=fake)))
    assert Complaint.objects.count() == 0
    client.post(url, sent(files=SimpleUploadedFile("../../x.exe", b"%PDF-1.4 essai")))
    file = CaseFile.objects.get()
    assert (file.name, file.content_type) == ("x.pdf", "application/pdf")

    address = reverse("complaints:case-file", args=[file.complaint.reference, file.pk])
    assert client.get(address).status_code == 302  # to sign in
    client.force_login(user_with(Role.MANAGEMENT, site))
    assert client.get(address).status_code == 403
    client.force_login(user_with(Role.QUALITY_REFERENT, site))
    answer = client.get(address)
    assert (answer.status_code, answer.headers["Content-Disposition"]) == (200, 'attachment; filename="x.pdf"')
    answer.close()


def test_a_message_without_address_owes_nothing(client, url):
    answer = text_of(client.post(url, sent(email="", name="Anne"), follow=True))

    case = Complaint.objects.get()
    assert "sans pouvoir vous répondre" in answer
    assert (case.is_reachable, case.answer_by, CaseMessage.objects.count()) == (False, None, 0)
    assert identities.find(name="Anne").count() == 1


def test_a_site_that_is_none_has_a_plain_page(client):
    assert client.get("/reclamations/ecrire/nulle-part").status_code == 404


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("\u200b\u2060 ", "Écrivez votre message."),
        ("é" * 20_001, "contient 20 001 caractères : 20 000 au plus."),
    ],
)
def test_a_message_that_says_nothing_or_too_much_is_given_back_whole(client, url, text, words):
    shown = text_of(client.post(url, sent(text=text)))

    assert words in re.sub(r"\s", " ", shown)
    assert text.strip("\u200b\u2060 ") in shown
    assert not Complaint.objects.exists()


def test_the_ends_of_lines_of_a_browser_count_once(client, url):
    client.post(url, sent(text="a\r\n" * 9_999 + "aa"))

    assert len(identities.read(Complaint.objects.get().identity, by=None, why="Essai")["text"]) == 20_000
