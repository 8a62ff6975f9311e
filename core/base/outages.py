"""What is away when an error comes from outside the program: the database, the disk, Redis or the mail server.

Nothing of what was acknowledged is lost then, and trying again is enough: a page says so, a job waits.
"""

import errno
import smtplib
from enum import Enum

from django.db import InterfaceError, OperationalError


class Away(Enum):
    """Which part is away."""

    DATABASE = "database"
    DISK = "disk"
    REDIS = "redis"
    NETWORK = "network"


_OF_THE_DISK = {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO}
# SQLite says by the same class that a table or a column is not there: that is a fault of ours.
_FAULTS = ("no such ", "near ", "too many ", "ambiguous ", "misuse ", "table ", "parser ")
_OF_THE_MAIL = (smtplib.SMTPServerDisconnected, smtplib.SMTPConnectError, smtplib.SMTPHeloError)
_OF_THE_NETWORK = (ConnectionError, TimeoutError, *_OF_THE_MAIL)


def what_is_away(error: BaseException | None) -> Away | None:
    """The part whose absence the error tells, directly or by its cause; None when it tells none."""
    while error is not None:
        if found := _one(error):
            return found
        error = error.__cause__ or error.__context__
    return None


def _one(error: BaseException) -> Away | None:
    if isinstance(error, OperationalError | InterfaceError):
        return None if str(error).startswith(_FAULTS) else Away.DATABASE
    if type(error).__module__.startswith(("redis.", "kombu.")) and isinstance(error, Exception):
        return Away.REDIS
    if isinstance(error, OSError) and error.errno in _OF_THE_DISK:
        return Away.DISK
    return Away.NETWORK if isinstance(error, _OF_THE_NETWORK) else None
