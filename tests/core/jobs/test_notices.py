"""Mails: once a day per person and matter, after the commit, never doubled whatever the mail server does."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.core import mail
from django.db import transaction

from core import jobs
from core.base.enums import JobState
from core.base.errors import UserError
from core.jobs import notices
from core.models import Job, Notice
from tests.core.smtp_server import ACCEPT, HANG_UP, REFUSE, mail_server
from tests.organisations.factories import UserFactory
from tests.services import free_port

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)


@pytest.fixture
def smtp(settings):
    with mail_server() as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        yield server


@pytest.fixture(autouse=True)
def frozen():
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


def send(**options) -> Notice | None:
    values = {"to": "chef@demo.invalid", "subject": "Valeurs à saisir", "body": "Il reste deux valeurs."} | options
    return notices.send("late_values", **values)


def deliver() -> dict:
    return jobs.run_now(jobs.enqueue("send_notices", by=None)).result


def test_a_mail_says_who_it_comes_from_and_in_plain_text(settings):
    settings.SITE_URL = "https://qualite.prefecture.invalid"
    send(subject="Valeurs\nà saisir", body="Il reste deux valeurs.\n" + notices.absolute("/indicateurs/saisie/"))

    assert deliver() == {"sent": 1}

    [message] = mail.outbox
    assert (message.subject, message.to, message.extra_headers) == (
        "[Qualité] Valeurs à saisir",
        ["chef@demo.invalid"],
        {"Auto-Submitted": "auto-generated"},
    )
    assert message.body == (
        "Il reste deux valeurs.\nhttps://qualite.prefecture.invalid/indicateurs/saisie/\n\n-- \n"
        "Message automatique de https://qualite.prefecture.invalid, merci de ne pas y répondre.\n"
    )


def test_a_person_has_one_mail_a_day_per_matter():
    assert send() is not None
    assert send(to=UserFactory(email="chef@demo.invalid"), subject="Autre texte") is None
    assert send(to="CHEF@demo.invalid") is None
    assert send(key="38") is not None
    assert send(on=date(2026, 11, 21)) is not None
    assert send(to="autre@demo.invalid") is not None

    assert deliver() == {"sent": 4}
    assert deliver() == {"sent": 0}


@pytest.mark.parametrize("failure", ["no file", "error"])
def test_a_message_whose_files_cannot_be_made_leaves_without_them_and_promises_none(failure, monkeypatch):
    def files_of(notice):
        if notice.key == "38":
            yield "un.pdf", b"%PDF-", "application/pdf"
        elif failure == "error":
            raise OSError("no renderer")

    monkeypatch.setitem(notices.attachers, "late_values", notices.Attacher(files_of, "Joint en PDF."))
    send(body="Le tableau :\nJoint en PDF.\nSuite.")
    send(body="Le tableau :\nJoint en PDF.\nSuite.", key="38")

    assert deliver() == {"sent": 2}

    without, joined = mail.outbox
    assert (without.body.split("\n\n--")[0], without.attachments) == ("Le tableau :\nSuite.", [])
    assert joined.body.startswith("Le tableau :\nJoint en PDF.\nSuite.")
    assert [name for name, _content, _kind in joined.attachments] == ["un.pdf"]


def test_a_mail_of_a_transaction_that_fails_is_not_sent(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True), pytest.raises(UserError):
        _send_then_refuse()

    assert not Notice.objects.exists()
    assert not Job.objects.exists()


def test_a_mail_leaves_after_the_commit_by_a_job_of_its_own(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        send()
        send(key="38")

    job = Job.objects.get()
    assert (job.kind, job.state, mail.outbox) == ("send_notices", JobState.QUEUED, [])
    jobs.run_now(job)
    assert len(mail.outbox) == 2


def test_a_mail_server_that_is_down_leaves_the_message_waiting(settings, frozen):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()
    notice = send()

    assert deliver() == {"sent": 0}

    notice.refresh_from_db()
    assert (notice.tried_at, notice.sent_at, notice.retry_at) == (None, None, NOW + timedelta(minutes=1))
    notices.wake()
    assert not Job.objects.pending().exists()
    frozen.move_to(NOW + timedelta(minutes=1))
    notices.wake()
    assert Job.objects.pending().count() == 1


def test_a_message_refused_is_tried_again_less_and_less_often(smtp, frozen):
    smtp.mode = REFUSE
    notice = send()

    delays = []
    for _ in range(5):
        deliver()
        notice.refresh_from_db()
        delays.append(notice.retry_at - datetime.now(UTC))
        frozen.move_to(notice.retry_at)
    assert delays == [timedelta(minutes=minutes) for minutes in (5, 10, 20, 40, 60)]
    assert notice.error.startswith("SMTPDataError : (451")

    smtp.mode = ACCEPT
    assert deliver() == {"sent": 1}
    notice.refresh_from_db()
    assert (len(smtp.mails), notice.error, notice.sent_at) == (1, "", datetime.now(UTC))


def test_a_message_the_server_may_have_taken_is_never_sent_again(smtp, frozen):
    smtp.mode = HANG_UP
    notice = send()

    assert deliver() == {"sent": 0}
    frozen.move_to(NOW + timedelta(hours=5))
    assert deliver() == {"sent": 0}

    assert len(smtp.mails) == 1
    assert list(Notice.objects.in_doubt()) == [notice]


def test_a_hang_up_does_not_hold_back_the_messages_that_follow(smtp):
    smtp.mode = HANG_UP
    first, second = send(), send(key="38")

    assert deliver() == {"sent": 1}

    assert list(Notice.objects.in_doubt()) == [first]
    second.refresh_from_db()
    assert second.sent_at == NOW


def test_a_message_that_never_left_is_given_up_after_two_days(frozen):
    send()
    frozen.move_to(NOW + timedelta(days=2, minutes=1))

    assert deliver() == {"sent": 0}


@transaction.atomic
def _send_then_refuse():
    send()
    raise UserError("Rien n’est enregistré.")
