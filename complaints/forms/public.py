"""What a public message sends, read without trusting it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.http import QueryDict

from complaints.enums import Nature
from complaints.rules.phrases import FRENCH, PHRASES, Phrases
from complaints.services.cases import written
from complaints.services.files import LARGEST, MOST
from core.base.figures import format_number

LANGUAGE, TRAP = "langue", "site_web"
LIMITS = {"name": 300, "email": 300, "phone": 60, "text": 20_000}
KINDS = (Nature.COMPLAINT, Nature.SUGGESTION, Nature.COMPLIMENT)


@dataclass
class SentCase:
    """The values typed, by field, and what is wrong with them."""

    key: UUID | None
    kind: str
    values: dict[str, str]
    is_trapped: bool
    documents: list[tuple[str, bytes]] = field(default_factory=list)
    errors: dict[str, str] = field(default_factory=dict)


def read(data: QueryDict, uploaded: Iterable[Any], words: Phrases) -> SentCase:
    """The key, the kind, the person, the text, the documents; `is_trapped` when a field nobody sees was filled."""
    values = {name: written(data.get(name), is_text=name == "text") for name in LIMITS}
    kind = data.get("kind", "")
    sent = SentCase(
        _key(data.get("cle", "")), kind if kind in KINDS else Nature.COMPLAINT, values, bool(data.get(TRAP))
    )
    sent.errors |= _too_long(values, words)
    if not values["text"]:
        sent.errors["text"] = words.missing_text
    if values["email"] and "email" not in sent.errors and not _is_email(values["email"]):
        sent.errors["email"] = words.wrong_email
    files = list(uploaded)
    if len(files) > MOST:
        sent.errors["files"] = words.files_hint
        return sent
    sent.documents = [(one.name or "document", one.read(LARGEST + 1)) for one in files]
    return sent


def _too_long(values: Mapping[str, str], words: Phrases) -> dict[str, str]:
    over = ((name, len(values[name]), most) for name, most in LIMITS.items() if len(values[name]) > most)
    return {name: words.too_long.format(format_number(length), format_number(most)) for name, length, most in over}


def language_in(data: QueryDict) -> str:
    asked = data.get(LANGUAGE, FRENCH)
    return asked if asked in PHRASES else FRENCH


def _is_email(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True


def _key(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
