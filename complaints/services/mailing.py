"""Mailboxes read by IMAP: each message becomes a case once, joins the case it answers, or stays and is shown.

The row that remembers a message is written in the transaction of its case: a worker killed before it takes the message
again, killed after it does not take it twice. Nothing is removed from the mailbox.
"""

import contextlib
import imaplib
import os
import re
import ssl
from typing import Any

from django.db import transaction
from django.utils import timezone

from complaints.enums import Channel, MailState, MessageKind, MessageState
from complaints.models import CaseMessage, Complaint, Mailbox, MailReceived
from complaints.services import cases, files, messages
from complaints.services.mail_reading import Mail, Unreadable, read_mail
from core.base.errors import UserError
from core.jobs import JobContext, enqueue, job_kind
from core.record import identities
from core.record.deeds import locked

FETCH = "fetch_complaint_mail"
MOST = 200  # messages of a reading
LARGEST = 15 * 1024 * 1024
TIMEOUT = 30
SECRETS = "COMPLAINTS_IMAP_"
REFERENCE = re.compile(r"\bR\d{2}-[A-HJ-NP-Z2-9]{8}\b")


class NoFolder(Exception):
    """The mailbox has no such folder; its sentence is shown."""


def ask(mailbox: Mailbox, *, by: Any) -> None:
    """Have a mailbox read now, in the background."""
    enqueue(
        FETCH, by=by, label=f"Relève de « {mailbox} »"[:200], parameters={"pk": mailbox.pk}, key=f"{FETCH}:{mailbox.pk}"
    )


def ask_all() -> int:
    """Have all the mailboxes read; how many there are."""
    boxes = list(Mailbox.objects.filter(is_active=True).order_by("pk"))
    for box in boxes:
        ask(box, by=None)
    return len(boxes)


@job_kind(FETCH, label="Relève d’une boîte aux lettres", is_routine=True)
def fetch(job: JobContext, *, pk: int) -> dict:
    """Read what is new in a mailbox; a server that does not answer is said on its page."""
    mailbox = Mailbox.objects.select_related("site__holiday_zone").filter(pk=pk, is_active=True).first()
    if mailbox is None:
        return {}
    try:
        counts = read_new(mailbox)
    except NoFolder as failure:
        Mailbox.objects.filter(pk=pk).update(error=str(failure)[:300])
        return {"error": str(failure)}
    except (OSError, imaplib.IMAP4.error) as failure:
        said = "Connexion refusée" if isinstance(failure, imaplib.IMAP4.error) else "Le serveur ne répond pas"
        Mailbox.objects.filter(pk=pk).update(error=f"{said} ({type(failure).__name__})")
        return {"error": said}
    Mailbox.objects.filter(pk=pk).update(error="", read_at=timezone.now())
    return counts


def read_new(mailbox: Mailbox) -> dict[str, int]:
    """Take the messages not met yet, oldest first; how many of each fate."""
    counts = dict.fromkeys(MailState.values, 0)
    connection = _opened(mailbox)
    try:
        status, _told = connection.select(_quoted(mailbox.folder), readonly=False)
        if status != "OK":
            raise NoFolder(f"Le dossier « {mailbox.folder} » n’existe pas dans cette boîte.")
        validity = str((connection.response("UIDVALIDITY")[1] or [b""])[0] or b"", "ascii", "replace")
        for uid in _new_uids(connection, mailbox, validity):
            state = _taken(mailbox, validity, uid, connection)
            counts[state] += 1
            if state != MailState.LEFT:
                connection.uid("STORE", str(uid), "+FLAGS", r"(\Seen)")
    finally:
        with contextlib.suppress(OSError, imaplib.IMAP4.error):
            connection.logout()
    return counts


def _opened(mailbox: Mailbox) -> imaplib.IMAP4:
    where: Any = {"host": mailbox.host, "port": mailbox.port, "timeout": TIMEOUT}
    if mailbox.is_encrypted:
        connection: imaplib.IMAP4 = imaplib.IMAP4_SSL(**where, ssl_context=ssl.create_default_context())
    else:
        connection = imaplib.IMAP4(**where)
    connection.login(mailbox.username, password_of(mailbox))
    return connection


def password_of(mailbox: Mailbox) -> str:
    """Of the variable named, which is one of mailboxes: any other secret of the installation would leave with it."""
    return os.environ.get(mailbox.secret, "") if mailbox.secret.startswith(SECRETS) else ""


def _new_uids(connection: imaplib.IMAP4, mailbox: Mailbox, validity: str) -> list[int]:
    _status, found = connection.uid("SEARCH", "UNDELETED")
    every = [int(uid) for uid in (found[0] or b"").split()]
    known = set(MailReceived.objects.filter(mailbox=mailbox, validity=validity).values_list("uid", flat=True))
    return [uid for uid in sorted(every) if uid not in known][:MOST]


def _taken(mailbox: Mailbox, validity: str, uid: int, connection: imaplib.IMAP4) -> str:
    try:
        mail = read_mail(*_fetched(connection, uid))
        with transaction.atomic():
            return _record(mailbox, validity, uid, mail)
    except (Unreadable, UserError) as refusal:
        MailReceived.objects.create(
            mailbox=mailbox, validity=validity, uid=uid, state=MailState.LEFT, reason=str(refusal)[:300]
        )
        return MailState.LEFT


def _fetched(connection: imaplib.IMAP4, uid: int) -> tuple[bytes, Any]:
    """The bytes of a message and the instant at which the server had it."""
    _status, sizes = connection.uid("FETCH", str(uid), "(RFC822.SIZE INTERNALDATE)")
    told = b" ".join(one if isinstance(one, bytes) else one[0] for one in sizes if one)
    size = re.search(rb"RFC822\.SIZE (\d+)", told)
    if size is None or int(size[1]) > LARGEST:
        raise Unreadable("Ce message est trop lourd, ou le serveur ne dit pas sa taille.")
    _status, parts = connection.uid("FETCH", str(uid), "(BODY.PEEK[])")
    content = next((part[1] for part in parts if isinstance(part, tuple)), b"")
    return content, imaplib.Internaldate2tuple(told)


def _record(mailbox: Mailbox, validity: str, uid: int, mail: Mail) -> str:
    row = MailReceived(mailbox=mailbox, validity=validity, uid=uid, state=MailState.TAKEN)
    if mail.returned_id:
        _mark_returned(mail, row)
    elif mail.is_automatic:
        raise Unreadable("Message automatique (absence, liste) : à lire dans la boîte.")
    elif already := _already_taken(mailbox, mail):
        row.state, row.complaint = MailState.JOINED, already
    else:
        known = _case_of(mailbox, mail)
        if known and known.closed_on:
            known = _new_case(mailbox, mail, after=known)
        elif known:
            _join(known, mail)
            row.state = MailState.JOINED
        row.complaint = known or _new_case(mailbox, mail)
    row.save()
    return row.state


def _already_taken(mailbox: Mailbox, mail: Mail) -> Complaint | None:
    """The case of the very same message: sent to two addresses, or numbered anew by a mailbox that was restored."""
    people = identities.find(email=mail.email, kind=cases.KIND)
    seen = CaseMessage.objects.filter(
        complaint__site=mailbox.site, complaint__identity__in=people, kind=MessageKind.RECEIVED
    )
    message = seen.filter(message_id=mail.message_id).first() if mail.message_id else None
    return message.complaint if message else None


def _mark_returned(mail: Mail, row: MailReceived) -> None:
    message = CaseMessage.objects.filter(message_id=mail.returned_id).select_related("complaint").first()
    if message is None:
        raise Unreadable("Un message revenu, qui n’est pas des nôtres.")
    CaseMessage.objects.filter(pk=message.pk).update(state=MessageState.RETURNED, error="Revenu : adresse refusée")
    row.state, row.complaint = MailState.JOINED, message.complaint


def _case_of(mailbox: Mailbox, mail: Mail) -> Complaint | None:
    """The case that a message answers: by its thread, or by the reference that it quotes from its own person."""
    if mail.answers:
        message = CaseMessage.objects.filter(message_id__in=mail.answers, complaint__site=mailbox.site).first()
        if message:
            return message.complaint
    quoted = REFERENCE.findall(mail.subject)
    people = identities.find(email=mail.email, kind=cases.KIND)
    found = Complaint.objects.filter(site=mailbox.site, reference__in=quoted, identity__in=people)
    return found.order_by("pk").first() if quoted else None


def _new_case(mailbox: Mailbox, mail: Mail, *, after: Complaint | None = None) -> Complaint:
    """A case of a message; `after`: the closed one that it goes on from, which does not open again."""
    person = {"name": mail.name, "email": mail.email, "subject": mail.subject[:300], "text": mail.text}
    case = cases.register(
        mailbox.site,
        channel=Channel.EMAIL,
        received_on=mail.received_on,
        by=None,
        person=person,
        reason=f"Courriel reçu dans « {mailbox} »" + (f", après le dossier clos {after.reference}" if after else ""),
    )
    messages.write(
        case,
        kind=MessageKind.RECEIVED,
        subject=mail.subject,
        body=mail.text,
        by=None,
        on=mail.received_on,
        message_id=mail.message_id,
    )
    _keep_files(case, mail)
    return case


def _join(case: Complaint, mail: Mail) -> None:
    messages.write(
        case,
        kind=MessageKind.RECEIVED,
        subject=mail.subject,
        body=mail.text,
        by=None,
        on=mail.received_on,
        message_id=mail.message_id,
    )
    held = locked(case)
    if held.closed_on is None and held.suspensions.filter(replied_on__isnull=True).exists():
        cases.resume(case, replied_on=mail.received_on, by=None, reason="L’usager a répondu par courriel")
    _keep_files(case, mail)


def _keep_files(case: Complaint, mail: Mail) -> None:
    for name, content in mail.files[: files.MOST]:
        with contextlib.suppress(UserError):  # what is not kept stays in the mailbox with its message
            files.join(case, name, content, by=None)


def _quoted(folder: str) -> str:
    return '"' + folder.replace("\\", "\\\\").replace('"', '\\"') + '"'
