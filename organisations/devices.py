"""Devices from which a person has already signed in.

Guessing from a thousand addresses exhausts what strangers may try on an account; it must not shut the owner out. A
device that has signed in once keeps a signed cookie, and its failures are counted apart until the password changes.
"""

import secrets

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core import signing
from django.utils.crypto import constant_time_compare, salted_hmac

COOKIE = f"{settings.COOKIE_PREFIX}appareil"
MAX_AGE = 90 * 24 * 3600
_SALT = "organisations.devices"


def remember(response, request, email: str) -> None:
    """Make the browser of this response a known device of the account; a device already known keeps its number."""
    number = known_number(request, email) or secrets.token_hex(8)
    value = signing.dumps([_digest(email.lower()), number], salt=_SALT)
    response.set_cookie(COOKIE, value, max_age=MAX_AGE, secure=settings.SECURE_COOKIES, httponly=True, samesite="Lax")


def known_number(request, email: str) -> str:
    """The number of the device if it has signed in to this account before, else nothing."""
    try:
        digest, number = signing.loads(request.COOKIES.get(COOKIE, ""), salt=_SALT, max_age=MAX_AGE)
    except (signing.BadSignature, ValueError):
        return ""
    return number if constant_time_compare(digest, _digest(email.lower())) else ""


def _digest(email: str) -> str:
    """Of the account and its password of today: a device is forgotten when the password changes."""
    passwords = get_user_model().objects.filter(email=email).values_list("password", flat=True)
    return salted_hmac(_SALT, f"{email} {passwords.first() or ''}").hexdigest()[:24]
