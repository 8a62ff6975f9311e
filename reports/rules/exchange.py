"""The exchange file of a site's year: its figures, signed, for another installation to compare them without network.

Ed25519: the file holds the public key that signed it. Whoever reads a site for the first time keeps its key; a later
file under another key is refused, as is one changed by a single letter.
"""

import base64
import binascii
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from types import ModuleType
from typing import Any

from core.base.digests import canonical
from core.base.errors import UserError

FORMAT, PURPOSE = "qualepref-echange-1", b"qualepref.exchange"
MOST_BYTES = 2_000_000
NO_FILE = "Ce fichier n’est pas un fichier d’échange de qualepref."
CHANGED = "Ce fichier a été modifié depuis qu’il a été signé : il n’est pas lu. Demandez-le de nouveau."
TOLD = {"code": str, "name": str, "kind": str, "year": int, "is_named": bool, "written_at": str, "figures": list}
OF_A_FIGURE = {
    "indicator": str,
    "label": str,
    "measure": str,
    "value": str,
    "months": int,
    "sites": int,
    "all_sites": int,
}


@dataclass(frozen=True)
class SignedFile:
    """What a file says, and the key that signed it."""

    told: Mapping[str, Any]
    key: str


def signed(told: Mapping[str, Any], secret: str) -> bytes:
    """The file that says that, signed by the key that the secret of the installation gives."""
    seed = _signatures().seed_of(secret, purpose=PURPOSE)
    written = {
        "format": FORMAT,
        "told": told,
        "key": public_key(secret),
        "signature": base64.b64encode(_signatures().sign(_signed_bytes(told), seed)).decode(),
    }
    return json.dumps(written, ensure_ascii=False, indent=1).encode()


def public_key(secret: str) -> str:
    """What tells the signatures of an installation good."""
    seed = _signatures().seed_of(secret, purpose=PURPOSE)
    return base64.b64encode(_signatures().public_key(seed)).decode()


def _signatures() -> ModuleType:
    """Loaded by who writes or reads a file, with the library of ciphers."""
    from core.record import signatures

    return signatures


def read(content: bytes) -> SignedFile:
    """What a file says, once its signature is found good. UserError on any other file."""
    found = _parsed(content)
    try:
        key, signature = (base64.b64decode(found[name], validate=True) for name in ("key", "signature"))
        is_ours = _signatures().is_signed(_signed_bytes(found["told"]), signature, key)
    except (binascii.Error, KeyError, TypeError, ValueError) as error:
        raise UserError(CHANGED, field="file") from error
    if not is_ours:
        raise UserError(CHANGED, field="file")
    if not _is_whole(found["told"]):
        raise UserError(NO_FILE, field="file")
    return SignedFile(found["told"], found["key"])


def fingerprint(key: str) -> str:
    """« 3f2a 90c1 … »: what two people read each other by telephone."""
    digest = hashlib.sha256(key.encode()).hexdigest()[:24]
    return " ".join(digest[place : place + 4] for place in range(0, len(digest), 4))


def _parsed(content: bytes) -> dict[str, Any]:
    if len(content) > MOST_BYTES:
        raise UserError("Ce fichier est trop lourd pour un fichier d’échange.", field="file")
    try:
        found = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise UserError(NO_FILE, field="file") from error
    if not isinstance(found, dict) or found.get("format") != FORMAT:
        raise UserError(NO_FILE, field="file")
    return found


def _signed_bytes(told: Any) -> bytes:
    return FORMAT.encode() + b"\n" + canonical(told)


def _is_whole(told: Any) -> bool:
    """Whether all that is compared is there, each of its kind."""
    if not _has(told, TOLD):
        return False
    return all(_has(one, OF_A_FIGURE) and _is_number(one["value"]) for one in told["figures"])


def _has(told: Any, kinds: Mapping[str, type]) -> bool:
    return isinstance(told, dict) and all(type(told.get(name)) is kind for name, kind in kinds.items())


def _is_number(text: str) -> bool:
    try:
        return Decimal(text).is_finite()
    except InvalidOperation:
        return False
