"""What the log keeps of requests: refusals in one line, and no address that is a secret."""

import logging
import re
from functools import cache

from django.conf import settings

MASK = r"\g<1>…"
CONTROLS = {code: f"\\x{code:02x}" for code in (*range(32), *range(127, 160), 0x2028, 0x2029)}


class RefusalsInOneLine(logging.Filter):
    """A refused request (4xx) is no failure of the program: its line is kept, its traceback is not."""

    def filter(self, record: logging.LogRecord) -> bool:
        if getattr(record, "status_code", 500) < 500:
            record.exc_info = None
            record.exc_text = None
        return True


class WithoutSecrets(logging.Formatter):
    """The line, its traceback included, with the secret part of addresses masked (`settings.SECRET_PATHS`).

    What somebody typed starts no line of its own; the account that asked is told by its number, never by its name.
    """

    def format(self, record: logging.LogRecord) -> str:
        return masked(super().format(record))

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - the name of the library
        line = super().formatMessage(record).translate(CONTROLS)
        user = getattr(getattr(record, "request", None), "_cached_user", None)  # loaded already: a log asks for nothing
        return f"{line} (compte {user.pk})" if user is not None and user.pk else line


def masked(text: str) -> str:
    """« /plans/agenda/…  » for the address of a calendar, an invitation, a password link, a survey, a guest."""
    return _secret_paths().sub(MASK, text)


@cache
def _secret_paths() -> re.Pattern:
    return re.compile(rf"({'|'.join(settings.SECRET_PATHS)})[^\s/?#\"'<>]+")
