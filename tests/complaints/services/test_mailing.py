"""Mail against real servers: a message of the mailbox is a case once, an answer leaves once, whatever is killed."""

import os
from datetime import date
from email.message import EmailMessage

import pytest
from django.utils import timezone

from complaints.enums import Channel, MailState, MessageState, Outcome
from complaints.models import CaseFile, CaseMessage, Complaint, Mailbox, MailReceived
from complaints.services import cases, mailing, messages, people
from core.record import identities
from tests.complaints.factories import MailboxFactory
from tests.complaints.imap_server import PASSWORD, USER, imap_server
from tests.core.smtp_server import ACCEPT, HANG_UP, REFUSE, mail_server

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with imap_server(tmp_path_factory.mktemp("imap")) as server:
        yield server


@pytest.fixture
def mailbox(site, server, monkeypatch, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setenv("COMPLAINTS_IMAP_PASSWORD", PASSWORD)
    with server.connection() as box:
        for number in box.search(None, "ALL")[1][0].split():
            box.store(number, "+FLAGS", r"(\Deleted)")
        box.expunge()
    return MailboxFactory(site=site, host="127.0.0.1", port=server.port, is_encrypted=False, username=USER)


@pytest.fixture
def smtp(settings):
    with mail_server() as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", server.port, 5
        yield server


def mail(subject="Attente", *, text="Trop d’attente.", headers=None, files=()):
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "Anne Durand <Anne@example.invalid>", "r@pref.invalid", subject
    message["Message-ID"] = f"<{os.urandom(8).hex()}@example.invalid>"
    for name, value in (headers or {}).items():
        del message[name]
        if value:
            message[name] = value
    message.set_content(text)
    for name, content in files:
        message.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return message.as_bytes()


def test_no_other_secret_of_the_installation_is_sent_to_a_mailbox(monkeypatch):
    monkeypatch.setenv("COMPLAINTS_IMAP_SECOND", "celui-ci")
    monkeypatch.setenv("SECRET_KEY", "celui-là")
    told = [mailing.password_of(Mailbox(secret=name)) for name in ("COMPLAINTS_IMAP_SECOND", "SECRET_KEY", "PATH")]
    assert told == ["celui-ci", "", ""]


def test_a_message_is_a_case_once_and_stays_in_its_mailbox(mailbox, server):
    server.append(mail(files=[("piece.pdf", b"%PDF-1.4"), ("virus.exe", b"MZ")]))

    assert mailing.read_new(mailbox)["taken"] == 1
    assert mailing.read_new(mailbox) == dict.fromkeys(MailState.values, 0)
    case = Complaint.objects.get()
    told = identities.read(case.identity, by=None, why="Essai")
    assert (case.channel, told["name"], told["email"]) == (Channel.EMAIL, "Anne Durand", "anne@example.invalid")
    assert told["text"] == "Trop d’attente."
    assert (list(CaseFile.objects.values_list("name", flat=True)), server.count()) == (["piece.pdf"], 1)


def _killed(row, **how):
    raise KeyboardInterrupt


def test_a_worker_killed_before_it_recorded_takes_the_message_again(mailbox, server, monkeypatch):
    server.append(mail())
    with monkeypatch.context() as killed:
        killed.setattr(MailReceived, "save", _killed)
        with pytest.raises(KeyboardInterrupt):
            mailing.read_new(mailbox)
    assert (Complaint.objects.count(), MailReceived.objects.count()) == (0, 0)

    mailing.read_new(mailbox)
    assert (Complaint.objects.count(), MailReceived.objects.count()) == (1, 1)


def test_an_answer_joins_its_case_and_ends_the_wait(mailbox, server, site):
    server.append(mail())
    mailing.read_new(mailbox)
    case, today = Complaint.objects.get(), timezone.localdate()
    cases.suspend(case, asked_on=today, by=None)
    first = CaseMessage.objects.get()
    server.append(mail("Re: Attente", text="Lundi matin.", headers={"In-Reply-To": first.message_id}))
    server.append(mail(f"Encore [{case.reference}]", text="Et mardi."))

    assert mailing.read_new(mailbox)["joined"] == 2
    assert (Complaint.objects.count(), case.messages.count()) == (1, 3)
    assert case.suspensions.get().replied_on == today


def test_the_same_message_met_again_is_one_case(mailbox, server):
    message = mail()
    server.append(message)
    server.append(message)  # sent to two addresses of the préfecture
    mailing.read_new(mailbox)
    MailReceived.objects.update(validity="0")  # a mailbox restored numbers its messages anew
    mailing.read_new(mailbox)

    assert (Complaint.objects.count(), CaseMessage.objects.count()) == (1, 1)


def test_an_answer_to_a_closed_case_is_a_new_one(mailbox, server):
    server.append(mail())
    mailing.read_new(mailbox)
    case, today = Complaint.objects.get(), timezone.localdate()
    cases.answer(case, on=today, by=None)
    cases.close(case, outcome=Outcome.FOUNDED, by=None)
    server.append(mail("Re: Attente", headers={"In-Reply-To": case.messages.get().message_id}))

    assert mailing.read_new(mailbox)["taken"] == 1
    again = Complaint.objects.exclude(pk=case.pk).get()
    assert (again.is_open, case.reference in again.history.first().history_change_reason) == (True, True)


REPORT = """From: mailer-daemon@example.invalid
To: r@pref.invalid
Subject: Undelivered
Message-ID: <{own}@example.invalid>
MIME-Version: 1.0
Content-Type: multipart/report; report-type={kind}; boundary="b"

--b
Content-Type: text/plain

Voir plus bas.
--b
Content-Type: message/{kind}

Reporting-MTA: dns; example.invalid

Final-Recipient: rfc822; anne@example.invalid
Action: {action}
--b
Content-Type: text/rfc822-headers

Message-ID: {message}
--b--
"""


@pytest.mark.parametrize(
    ("kind", "action", "state"),
    [
        ("delivery-status", "failed", MessageState.RETURNED),
        ("delivery-status", "delayed", MessageState.WAITING),
        ("disposition-notification", "displayed", MessageState.WAITING),
    ],
)
def test_an_answer_is_returned_when_its_delivery_failed_and_not_when_it_was_read_or_late(
    mailbox, server, site, kind, action, state
):
    message = answer(site)
    report = REPORT.format(own=os.urandom(8).hex(), kind=kind, action=action, message=message.message_id)
    server.append(report.replace("\n", "\r\n").encode())
    mailing.read_new(mailbox)

    message.refresh_from_db()
    assert message.state == state
    assert MailReceived.objects.left().exists() is (state != MessageState.RETURNED)


def test_a_folder_that_is_missing_is_said(mailbox):
    mailbox.folder = "Perdu"
    with pytest.raises(mailing.NoFolder, match="Le dossier « Perdu » n’existe pas"):
        mailing.read_new(mailbox)


@pytest.mark.parametrize(
    ("headers", "said"),
    [
        ({"From": ""}, "Ce message ne dit pas de qui il vient."),
        ({"Auto-Submitted": "auto-replied"}, "Message automatique (absence, liste) : à lire dans la boîte."),
    ],
)
def test_an_odd_message_stays_and_is_shown(mailbox, server, headers, said):
    server.append(mail(headers=headers))

    assert mailing.read_new(mailbox)["left"] == 1
    assert (Complaint.objects.count(), MailReceived.objects.left().get().reason) == (0, said)
    assert mailing.read_new(mailbox)["left"] == 0


def answer(site):
    person = {"email": "anne@example.invalid", "text": "Attente"}
    case = cases.register(site, channel=Channel.EMAIL, received_on=date(2022, 3, 1), by=None, person=person)
    messages.write(
        case, kind="received", subject="Attente", body="Attente", by=None, message_id="<premier@example.invalid>"
    )
    return messages.write(case, kind="answer", subject="Réponse", body="Bonjour", by=None, by_mail=True)


def sent():
    class Job:
        def progress(self, *_args):
            pass

    return messages.send_due(Job())


def test_an_answer_leaves_once_in_its_thread(site, smtp):
    message = answer(site)
    sent()
    sent()

    assert len(smtp.mails) == 1
    told = smtp.mails[0]
    assert ("In-Reply-To: <premier@example.invalid>" in told, f"Message-ID: {message.message_id}" in told) == (
        True,
        True,
    )
    message.refresh_from_db()
    assert message.state == MessageState.SENT


def test_a_refused_answer_waits_and_leaves_later(site, smtp):
    smtp.mode = REFUSE
    message = answer(site)
    sent()
    smtp.mode = ACCEPT
    CaseMessage.objects.filter(pk=message.pk).update(retry_at=None)
    sent()

    assert (len(smtp.mails), CaseMessage.objects.get(pk=message.pk).state) == (1, MessageState.SENT)


def test_an_answer_whose_fate_is_unknown_is_shown_and_never_sent_twice(site, smtp):
    smtp.mode = HANG_UP
    message = answer(site)
    sent()
    sent()

    message.refresh_from_db()
    assert (len(smtp.mails), message.state) == (1, MessageState.IN_DOUBT)
    assert list(CaseMessage.objects.in_trouble()) == [message]
    messages.send_again(message, by=None)
    sent()
    assert (len(smtp.mails), CaseMessage.objects.get(pk=message.pk).state) == (2, MessageState.SENT)


def test_who_is_erased_is_not_written_to(site, smtp):
    message = answer(site)
    people.erase_cases(Complaint.objects.all(), by=None, reason="À sa demande")
    sent()

    message.refresh_from_db()
    assert (smtp.mails, message.state) == ([], MessageState.SETTLED)
