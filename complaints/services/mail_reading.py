"""What a message of a mailbox says: who, when, in answer to what, its text and documents. Nothing of it is trusted."""

import re
import time
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parseaddr
from html import unescape

from django.utils import timezone
from django.utils.html import strip_tags

LONGEST = 20_000
_EMAIL = re.compile(r"[^@\s<>\"]+@[^@\s<>\"]+\.[^@\s<>\"]+")
_IDS = re.compile(r"<[^<>\s]{3,240}>")
_BLOCKS = re.compile(r"<(?:br|/p|/div|/li|/tr|/h\d)[^>]*>", re.IGNORECASE)
_UNSEEN = re.compile(r"<(script|style|head)\b.*?</\1>", re.IGNORECASE | re.DOTALL)


class Unreadable(Exception):
    """A message that stays in its mailbox; its sentence is shown."""


@dataclass(frozen=True)
class Mail:
    """A message read. `answers`: the identifiers of its thread; `returned_id`: that of a message of ours come back."""

    name: str
    email: str
    subject: str
    text: str
    received_on: date
    message_id: str
    answers: tuple[str, ...] = ()
    is_automatic: bool = False
    returned_id: str = ""
    files: list[tuple[str, bytes]] = field(default_factory=list)


def read_mail(content: bytes, instant: time.struct_time | None) -> Mail:
    """The message. Unreadable when it says no sender, or cannot be read at all."""
    try:
        message = message_from_bytes(content, policy=policy.default)
        assert isinstance(message, EmailMessage)
        return _read(message, instant)
    except Unreadable:
        raise
    except Exception as odd:  # the library fails in many ways on forged messages
        raise Unreadable("Ce message ne peut pas être lu.") from odd


def _read(message: EmailMessage, instant: time.struct_time | None) -> Mail:
    name, email = parseaddr(str(message.get("From", "")))
    if not _EMAIL.fullmatch(email):
        raise Unreadable("Ce message ne dit pas de qui il vient.")
    returned = _returned_id(message)
    return Mail(
        name=_line(name)[:300],
        email=email.lower()[:300],
        subject=_line(str(message.get("Subject", "")))[:300],
        text=_text(message),
        received_on=_received_on(instant),
        message_id=next(iter(_IDS.findall(str(message.get("Message-ID", "")))), "")[:250],
        answers=tuple(_IDS.findall(f"{message.get('In-Reply-To', '')} {message.get('References', '')}"))[-20:],
        is_automatic=_is_automatic(message),
        returned_id=returned,
        files=_files(message),
    )


def _received_on(instant: time.struct_time | None) -> date:
    """The day on which the server had it; today when it does not say, never a day to come."""
    if instant is None:
        return timezone.localdate()
    told = datetime.fromtimestamp(time.mktime(instant), tz=UTC)
    return min(timezone.localdate(told), timezone.localdate())


def _text(message: EmailMessage) -> str:
    body = message.get_body(preferencelist=("plain", "html"))
    if body is None:
        return ""
    content = body.get_content()
    if body.get_content_type() == "text/html":
        content = unescape(strip_tags(_BLOCKS.sub("\n", _UNSEEN.sub(" ", content))))
    lines = [line.rstrip() for line in str(content).replace("\0", "").splitlines()]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()[:LONGEST]


def _files(message: EmailMessage) -> list[tuple[str, bytes]]:
    found = []
    for part in message.iter_attachments():
        content = part.get_payload(decode=True)
        if isinstance(content, bytes):
            found.append((part.get_filename() or "document", content))
    return found


def _is_automatic(message: EmailMessage) -> bool:
    said = str(message.get("Auto-Submitted", "no")).split(";")[0].strip().lower()
    return said not in ("no", "") or "list-id" in message or str(message.get("Precedence", "")).lower() == "bulk"


def _returned_id(message: EmailMessage) -> str:
    """The identifier of the message of ours that a report of non-delivery brings back."""
    if message.get_content_type() != "multipart/report":
        return ""
    told = [part.as_string() for part in message.walk() if part.get_content_type() == "message/delivery-status"]
    if not any(re.search(r"^Action:\s*failed", one, re.IGNORECASE | re.MULTILINE) for one in told):
        raise Unreadable("Accusé de lecture ou avis de retard : à lire dans la boîte.")
    for part in message.walk():
        if part.get_content_type() in ("message/rfc822", "text/rfc822-headers"):
            found = re.search(r"^Message-ID:\s*(<[^<>\s]+>)", part.as_string(), re.IGNORECASE | re.MULTILINE)
            if found:
                return found[1]
    return "?"


def _line(text: str) -> str:
    return " ".join(text.replace("\0", "").split())
