"""A link for one person: signed, until a day, its remarks beside the text, its secret nowhere."""

import logging
from datetime import date, timedelta

import pytest
import time_machine
from django.core import mail
from django.urls import reverse

from core import jobs
from core.base.errors import UserError
from core.base.logs import masked
from core.base.registries import retention_rules
from core.models import Job
from organisations.enums import Role
from reports.models import ProofComment, Proofreading
from reports.services import proofs
from tests.organisations.factories import user_with
from tests.reports.factories import EditionFactory, FrozenChapterFactory, ProofreadingFactory

pytestmark = pytest.mark.django_db
TODAY = date(2021, 3, 1)


@pytest.fixture
def chapter():
    return FrozenChapterFactory(body='<p>Des mots.</p><h3 id="chapitre-1-1">Les délais</h3><p>Cinq jours.</p>')


@pytest.fixture
def proof(chapter):
    return ProofreadingFactory(edition=chapter.edition)


def url_of(proof) -> str:
    return "/" + proofs.link_of(proof).split("/", 3)[3]


@time_machine.travel("2021-03-01 10:00", tick=False)
def test_the_link_is_mailed_and_no_row_keeps_it_nor_does_history_the_name(settings):
    referent = user_with(Role.QUALITY_REFERENT, (edition := EditionFactory()).report.site)
    made = proofs.invite(
        edition, reader="Mme Lise", email="lise@example.org", expires_on=date(2021, 3, 15), by=referent
    )
    jobs.run_now(Job.objects.get(kind="send_proof_link"))
    assert [message.to for message in mail.outbox] == [["lise@example.org"]]
    link = proofs.link_of(made)
    assert link in mail.outbox[0].body
    secret = link.rstrip("/").rpartition("/")[2]
    assert secret not in str(list(Job.objects.values())) + str(list(Proofreading.objects.values()))
    assert "Lise" not in str(list(Proofreading.history.values()))


@time_machine.travel("2021-03-01 10:00", tick=False)
@pytest.mark.parametrize("day", [TODAY - timedelta(days=1), TODAY + timedelta(days=61)])
def test_a_link_is_for_some_days_to_come(day):
    with pytest.raises(UserError, match="60 prochains"):
        proofs.invite(EditionFactory(), reader="Mme Lise", expires_on=day, by=None)


def test_the_log_says_that_it_was_opened_and_masks_the_secret(client, proof, caplog):
    with caplog.at_level(logging.INFO, logger="reports.services.proofs"):
        client.get(url_of(proof))
    assert f"proof-reading {proof.pk} opened" in caplog.text
    secret = url_of(proof).rstrip("/").rpartition("/")[2]
    assert secret not in masked(f"GET {url_of(proof)} 200")
    assert secret not in masked(caplog.text)


def test_without_an_account_one_reads_and_remarks_beside_a_passage(client, proof, chapter):
    page = client.get(url_of(proof))
    assert "Bonjour Mme Relectrice" in page.text
    assert "<p>Des mots.</p>" in page.text
    assert "<option>Les délais</option>" in page.text
    assert (page["Referrer-Policy"], "sessionid" in page.cookies) == ("no-referrer", False)
    sent = {"chapter": chapter.pk, "passage": "Les délais", "text": "Est-ce bien cinq ?"}
    answer = client.post(url_of(proof), sent)
    made = ProofComment.objects.get()
    assert answer.url.endswith(f"#remarque-{made.pk}")
    assert "Est-ce bien cinq" in client.get(answer.url).text
    assert (made.passage, made.history.get().history_user) == ("Les délais", None)


def test_an_empty_remark_or_one_elsewhere_is_refused(client, proof, chapter):
    empty = client.post(url_of(proof), {"chapter": chapter.pk, "text": " "})
    assert (empty.status_code, "Écrivez une remarque" in empty.text) == (422, True)
    other = FrozenChapterFactory()
    assert client.post(url_of(proof), {"chapter": other.pk, "text": "Ici"}).status_code == 404
    assert client.post(url_of(proof), {"chapter": "x", "text": "Ici"}).status_code == 404
    assert not ProofComment.objects.exists()


def test_a_link_forged_expired_or_closed_opens_nothing(client, proof, chapter):
    assert client.get(url_of(proof)[:-3] + "xx/").status_code == 404
    with time_machine.travel("2099-01-02 10:00", tick=False):
        assert (client.get(url_of(proof)).status_code, client.get(url_of(proof)).text.count("Des mots")) == (410, 0)
    client.post(url_of(proof), {"end": "1"})
    closed = client.get(url_of(proof))
    assert (closed.status_code, "Cette relecture est terminée" in closed.text) == (410, True)
    refused = client.post(url_of(proof), {"chapter": chapter.pk, "text": "Trop tard"})
    assert (refused.status_code, ProofComment.objects.count()) == (410, 0)


def test_the_referent_reads_the_remarks_deals_with_them_and_closes_the_link(client, proof, chapter):
    client.force_login(user_with(Role.QUALITY_REFERENT, proof.edition.report.site))
    remark = proofs.comment(proof, chapter=chapter, text="Un mot manque.")
    address = reverse("reports:edition", args=[proof.edition_id])
    page = client.get(address).text
    assert ("Un mot manque." in page, proofs.link_of(proof) in page) == (True, True)
    assert client.post(reverse("reports:remark-settle", args=[remark.pk])).url == f"{address}#relectures"
    assert "Traitée" in client.get(address).text
    client.post(reverse("reports:proof-end", args=[proof.pk]))
    assert proofs.link_of(proof) not in client.get(address).text


def test_who_read_is_erased_a_year_after_the_remarks_stay(chapter):
    old = ProofreadingFactory(edition=chapter.edition, expires_on=date(2020, 1, 1), email="lise@example.org")
    proofs_due = retention_rules.get("proof-readers").due(date(2021, 2, 1))
    assert list(proofs_due) == [old]
    assert retention_rules.get("proof-readers").erase(proofs_due) == 1
    old.refresh_from_db()
    assert (old.reader, old.email) == ("", "")
