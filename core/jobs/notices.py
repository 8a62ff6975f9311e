"""Mails to people: recorded in the transaction that causes them, sent after it, never twice.

Sending is « at most once »: the row is marked as handed over before the message is given, and unmarked only when
the server certainly did not take the message. A reminder lost in a crash comes again the next day of itself; a doubled
one cannot be taken back. Messages in doubt stay listed by `Notice.objects.in_doubt()`.
"""

import contextlib
import logging
import smtplib
from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import NamedTuple

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.utils import timezone

from core import jobs
from core.jobs import JobContext, job_kind
from core.models import Notice

logger = logging.getLogger(__name__)
KIND = "send_notices"
PREFIX = "[Qualité] "
FOOTER = "\n\n-- \nMessage automatique de {site}, merci de ne pas y répondre.\n"
FIRST_DELAY = timedelta(minutes=5)
LONGEST_DELAY = timedelta(hours=1)
SENT, REFUSED, IN_DOUBT = "sent", "refused", "in doubt"
File = tuple[str, bytes, str]  # name, content, media type


class Attacher(NamedTuple):
    """The files of a message, made as it leaves, and the line of its text that promises them."""

    files_of: Callable[[Notice], Iterable[File]]
    promise: str


attachers: dict[str, Attacher] = {}  # by kind


def send(kind: str, *, to, subject: str, body: str, key: str = "", on=None) -> Notice | None:
    """Send a mail once the transaction is committed; None when that person already had it on that day.

    `to` is an address or a user; `key` tells apart the matters of one kind; `on` is the day (today by default).
    """
    subject = f"{PREFIX}{' '.join(subject.split()).removeprefix(PREFIX)}"[:200]
    notice, is_new = Notice.objects.get_or_create(
        kind=kind,
        recipient=getattr(to, "email", to).lower(),
        key=key,
        sent_on=on or timezone.localdate(),
        defaults={"subject": subject, "body": body.strip() + FOOTER.format(site=settings.SITE_URL)},
    )
    if not is_new:
        return None
    transaction.on_commit(wake, robust=True)
    return notice


def absolute(path: str) -> str:
    """The full address of a page of this installation, for the text of a mail."""
    return f"{settings.SITE_URL.rstrip('/')}/{path.lstrip('/')}"


def wake() -> None:
    """Ask for the sending of what waits, if anything does; one request at a time."""
    if Notice.objects.due(timezone.now()).exists():
        jobs.enqueue(KIND, by=None, key=KIND)


@job_kind(KIND, label="Envoi des messages", is_routine=True)
def send_notices(job: JobContext) -> dict:
    """Send what is due over one connection. An unreachable mail server leaves every message waiting."""
    outcomes = []
    connection = None
    for notice in Notice.objects.due(timezone.now()):
        connection = connection or _open()
        if connection is None:
            _postpone_all()
            break
        outcomes.append(_deliver(notice, connection))
        if outcomes[-1] == IN_DOUBT:  # the connection is of no use any more
            _close(connection)
            connection = None
        job.progress(50, f"{outcomes.count(SENT)} messages partis")
    _close(connection)
    return {"sent": outcomes.count(SENT)}


def _open():
    """An open connection to the mail server, or None: nothing was handed over then."""
    connection = get_connection()
    try:
        connection.open()
    except (OSError, smtplib.SMTPException):
        logger.warning("mail server unreachable", exc_info=True)
        return None
    return connection


def _close(connection) -> None:
    if connection is not None:
        with contextlib.suppress(OSError, smtplib.SMTPException):
            connection.close()


def _deliver(notice: Notice, connection) -> str:
    """Hand one message over: its files made, then marked, unmarked only on a certain refusal."""
    body, files = _content(notice)
    if not Notice.objects.filter(pk=notice.pk, tried_at=None).update(tried_at=timezone.now()):
        return REFUSED
    message = EmailMessage(
        subject=notice.subject,
        body=body,
        to=[notice.recipient],
        headers={"Auto-Submitted": "auto-generated"},
        connection=connection,
    )
    for file in files:
        message.attach(*file)
    try:
        message.send()
    except (smtplib.SMTPResponseException, smtplib.SMTPRecipientsRefused) as error:
        _put_back(notice, error)
        return REFUSED
    except (OSError, smtplib.SMTPException) as error:
        logger.exception("notice %s in doubt: the mail server did not answer", notice.pk)
        Notice.objects.filter(pk=notice.pk).update(error=_words(error))
        return IN_DOUBT
    Notice.objects.filter(pk=notice.pk).update(sent_at=timezone.now(), error="")
    return SENT


def _content(notice: Notice) -> tuple[str, list[File]]:
    """The text and the files of a message; without files, as where one cannot be made, the text promises none."""
    attacher = attachers.get(notice.kind)
    if attacher is None:
        return notice.body, []
    try:
        files = list(attacher.files_of(notice))
    except Exception:
        logger.exception("notice %s leaves without its files", notice.pk)
        files = []
    return notice.body if files else notice.body.replace(f"\n{attacher.promise}", ""), files


def _put_back(notice: Notice, error: Exception) -> None:
    """The server refused: try again later, less and less often."""
    logger.warning("notice %s refused: %s", notice.pk, error)
    delay = min(FIRST_DELAY * 2**notice.failures, LONGEST_DELAY)
    Notice.objects.filter(pk=notice.pk).update(
        tried_at=None, retry_at=timezone.now() + delay, failures=notice.failures + 1, error=_words(error)
    )


def _postpone_all() -> None:
    now = timezone.now()
    Notice.objects.due(now).update(retry_at=now + timedelta(minutes=1))


def _words(error: Exception) -> str:
    return f"{type(error).__name__} : {error}"[:300]
