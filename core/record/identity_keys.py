"""Keys of the identities kept apart: one per person, wrapped by that of the installation; keyed digests to find them.

AES-256-GCM; what is encrypted is tied to its row by its reference, so that no row takes another's. The library is
loaded at the first use: a web worker that reads nobody does without.
"""

import hashlib
import hmac
import os
import unicodedata
from functools import lru_cache

from django.conf import settings

from core.base.errors import UserError

SALT = b"qualepref.identities"  # fixed: the same setting gives the same keys on every machine of the installation
NONCE, KEY = 12, 32
LOST = "Cette identité ne peut être lue : la clé de l’installation (IDENTITY_KEY) n’est plus celle qui l’a chiffrée."


def new_wrapped_key(reference: str) -> tuple[bytes, bytes]:
    """A key drawn for one row, bare and as it is stored."""
    key = os.urandom(KEY)
    return key, encrypt(_derived("wrap"), key, f"key:{reference}")


def unwrapped(wrapped: bytes, reference: str) -> bytes:
    """The key of a row from what is stored; UserError when the installation's key has changed."""
    return decrypt(_derived("wrap"), wrapped, f"key:{reference}")


def encrypt(key: bytes, clear: bytes, context: str) -> bytes:
    """What only the key opens, in that context alone."""
    nonce = os.urandom(NONCE)
    return nonce + _cipher(key).encrypt(nonce, clear, context.encode())


def decrypt(key: bytes, stored: bytes, context: str) -> bytes:
    """What was encrypted; UserError where the key or the context is not the same."""
    from cryptography.exceptions import InvalidTag

    try:
        return _cipher(key).decrypt(bytes(stored[:NONCE]), bytes(stored[NONCE:]), context.encode())
    except InvalidTag as error:
        raise UserError(LOST) from error


def digest(field: str, value: str) -> str:
    """What finds a value without telling it: HMAC-SHA256 under a key of the installation; empty for nothing.

    Case, accents, punctuation and the order of the words of a name do not count.
    """
    folded = unicodedata.normalize("NFKD", value.strip().casefold())
    plain = "".join(char for char in folded if not unicodedata.combining(char))
    if field == "name":
        plain = " ".join(sorted("".join(char if char.isalnum() else " " for char in plain).split()))
    return hmac.new(_derived("digest"), f"{field}:{plain}".encode(), hashlib.sha256).hexdigest() if plain else ""


def _cipher(key: bytes):
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    return AESGCM(key)


def _derived(purpose: str) -> bytes:
    return _key_for(purpose, settings.IDENTITY_KEY or settings.SECRET_KEY)


@lru_cache(maxsize=16)
def _key_for(purpose: str, secret: str) -> bytes:
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    return HKDF(algorithm=SHA256(), length=KEY, salt=SALT, info=purpose.encode()).derive(secret.encode())
