"""Messages of a case: written under the same seal as the person, sent by mail in thread, or printed."""

import contextlib
import smtplib
from datetime import date, timedelta
from email.utils import make_msgid
from typing import Any

from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.utils import timezone

from complaints.enums import NOT_ARRIVED, MessageKind, MessageState
from complaints.models import CaseMessage, Complaint
from core.base.errors import UserError
from core.jobs import JobContext, enqueue, job_kind
from core.record import history, identities
from core.record.deeds import locked

KIND = "complaint_message"  # of the identities that hold texts
SEND = "send_complaint_messages"
WHY_SENT = "Envoi d’une réponse"
RETRY = timedelta(minutes=10)
NO_ADDRESS = "Cette personne n’a pas laissé d’adresse électronique : imprimez la réponse."


@transaction.atomic
def write(
    case: Complaint,
    *,
    kind: str,
    subject: str,
    body: str,
    by: Any,
    on: date | None = None,
    by_mail: bool = False,
    message_id: str = "",
) -> CaseMessage:
    """Keep a message of a case; one that goes by mail waits for its sending. UserError where nobody can be reached."""
    if by_mail and (case.identity is None or not case.identity.email_digest):
        raise UserError(NO_ADDRESS, field="by_mail")
    message = CaseMessage(
        complaint=case,
        kind=kind,
        sealed=identities.keep({"subject": subject.strip(), "body": body.strip()}, kind=KIND),
        written_on=on or timezone.localdate(),
        by_mail=by_mail,
        message_id=message_id or (make_msgid(domain="qualepref.invalid") if by_mail else ""),
        state=MessageState.WAITING if by_mail else MessageState.NONE,
        author=by,
    )
    history.save(message, by=by, reason=MessageKind(kind).label)
    if by_mail:
        transaction.on_commit(wake, robust=True)
    return message


def wake() -> None:
    """Ask for the sending of what waits, if anything does; one request at a time."""
    if CaseMessage.objects.due(timezone.now()).exists():
        enqueue(SEND, by=None, key=SEND)


@job_kind(SEND, label="Envoi des réponses aux usagers", is_routine=True)
def send_due(job: JobContext) -> dict:
    """Send what waits over one connection: each is marked before it is handed over, so that none leaves twice.

    A message whose fate is not known when the worker dies stays « in doubt », for a person to decide.
    """
    counts: dict[str, int] = {}
    connection = None
    for message in CaseMessage.objects.due(timezone.now()).select_related("complaint__identity", "sealed"):
        connection = connection or _opened()
        if connection is None:
            CaseMessage.objects.due(timezone.now()).update(retry_at=timezone.now() + RETRY)
            break
        state = _hand_over(message, connection)
        counts[state] = counts.get(state, 0) + 1
    if connection is not None:
        with contextlib.suppress(OSError, smtplib.SMTPException):
            connection.close()
    return counts


def _opened() -> Any:
    connection = get_connection()
    try:
        connection.open()
    except (OSError, smtplib.SMTPException):
        return None
    return connection


def _hand_over(message: CaseMessage, connection: Any) -> str:
    """Give one message to the server, once. The mark is written before, and taken back on a certain refusal only."""
    rows = CaseMessage.objects.filter(pk=message.pk)
    marked = rows.filter(tried_at=None).update(tried_at=timezone.now(), state=MessageState.IN_DOUBT)
    if not marked:
        return "taken"
    try:
        _mail_of(message, connection).send()
    except smtplib.SMTPRecipientsRefused:
        rows.update(state=MessageState.RETURNED, error="Adresse refusée par le serveur")
        return MessageState.RETURNED
    except smtplib.SMTPResponseException as refusal:
        said = f"{refusal.smtp_code}"[:300]
        rows.update(state=MessageState.WAITING, tried_at=None, retry_at=timezone.now() + RETRY, error=said)
        return MessageState.WAITING
    except (OSError, smtplib.SMTPException) as failure:
        rows.update(error=type(failure).__name__)
        return MessageState.IN_DOUBT
    rows.update(state=MessageState.SENT, error="")
    return MessageState.SENT


def _mail_of(message: CaseMessage, connection: Any) -> EmailMessage:
    case = message.complaint
    assert case.identity is not None
    assert message.sealed is not None
    person = identities.read(case.identity, by=None, why=WHY_SENT)
    said = identities.read(message.sealed, by=None, why=WHY_SENT)
    first = case.messages.filter(kind=MessageKind.RECEIVED).exclude(message_id="").order_by("pk").first()
    headers = {"Message-ID": message.message_id, "X-Dossier": case.reference}
    if first is not None:
        headers |= {"In-Reply-To": first.message_id, "References": first.message_id}
    subject = " ".join(said.get("subject", "").split()) or f"Votre message {case.reference}"
    if case.reference not in subject:
        subject = f"{subject} [{case.reference}]"
    return EmailMessage(subject, said.get("body", ""), to=[person["email"]], headers=headers, connection=connection)


@transaction.atomic
def send_again(message: CaseMessage, *, by: Any) -> None:
    """Send a message in doubt or returned once more, because a person says so."""
    held = _not_arrived(message)
    held.state, held.tried_at, held.retry_at = MessageState.WAITING, None, None
    history.save(held, by=by, reason="Nouvel envoi demandé")
    transaction.on_commit(wake, robust=True)


@transaction.atomic
def settle(message: CaseMessage, *, by: Any) -> None:
    """Tell of a message in doubt or returned no more: it arrived after all, or a letter or a call took its place."""
    held = _not_arrived(message)
    held.state = MessageState.SETTLED
    history.save(held, by=by, reason="Message non arrivé : réglé autrement")


def _not_arrived(message: CaseMessage) -> CaseMessage:
    held = locked(message)
    if held.state not in NOT_ARRIVED:
        raise UserError("Ce message n’est plus ni incertain ni revenu.")
    return held
