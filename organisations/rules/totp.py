"""Codes of six digits that change every thirty seconds (RFC 6238, SHA-1 as every telephone expects)."""

import base64
import hashlib
import hmac
import struct
from urllib.parse import quote

PERIOD, DIGITS = 30, 6
DRIFT = 1  # a telephone may be half a minute early or late


def code_at(secret: bytes, step: int) -> str:
    """The code of one step of thirty seconds."""
    digest = hmac.new(secret, struct.pack(">Q", step), hashlib.sha1).digest()
    start = digest[-1] & 15
    number = struct.unpack(">I", digest[start : start + 4])[0] & 0x7FFFFFFF
    return f"{number % 10**DIGITS:0{DIGITS}}"


def step_of(secret: bytes, typed: str, *, at: float, after: int) -> int | None:
    """The step whose code was typed around that instant; None when there is none later than `after`, already used."""
    now = int(at) // PERIOD
    steps = range(max(now - DRIFT, after + 1), now + DRIFT + 1)
    return next((step for step in steps if hmac.compare_digest(code_at(secret, step), typed)), None)


def shown(secret: bytes) -> str:
    """The secret as it is typed where no camera reads it, in groups of four."""
    text = base64.b32encode(secret).decode().rstrip("=")
    return " ".join(text[start : start + 4] for start in range(0, len(text), 4))


def address(secret: bytes, *, account: str, service: str) -> str:
    """What the code to scan holds."""
    key = base64.b32encode(secret).decode().rstrip("=")
    return f"otpauth://totp/{quote(service)}:{quote(account)}?secret={key}&issuer={quote(service)}"
