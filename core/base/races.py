"""Two people create the same thing at the same instant: the constraint of the database stops the second one."""

import logging
from collections.abc import Callable
from typing import TypeVar

from django.db import IntegrityError

from core.base.errors import UserError

logger = logging.getLogger(__name__)
RACED = "Une autre personne vient d’enregistrer la même chose : rechargez la page, puis recommencez si besoin."
Saved = TypeVar("Saved")


def settled(write: Callable[[], Saved], *, tries: int = 2) -> Saved:
    """Call a service outside any transaction. Where another one came first, call it again: it then finds the row and
    answers as it would have a moment later. Give `tries=1` to a write that must not be repeated."""
    for _ in range(tries):
        try:
            return write()
        except IntegrityError:
            logger.warning("a constraint refused what the service had let pass", exc_info=True)
    raise UserError(RACED)
