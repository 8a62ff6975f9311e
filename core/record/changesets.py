"""Changesets: every history row written by one act (an import, a bulk change, a merge) carries the same identifier."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from uuid import UUID, uuid4

from django.db import models

_current: ContextVar[UUID | None] = ContextVar("changeset", default=None)


def current() -> UUID | None:
    """The changeset of the act under way, None outside of one; the default of the column in history tables."""
    return _current.get()


@contextmanager
def opened() -> Iterator[UUID]:
    """One act: the history rows written inside carry its identifier. An act inside another one is part of it."""
    outer = _current.get()
    if outer is not None:
        yield outer
        return
    changeset = uuid4()
    token = _current.set(changeset)
    try:
        yield changeset
    finally:
        _current.reset(token)


class InChangeset(models.Model):
    """Base of every history table: the act that wrote the row, null for a change made alone."""

    changeset = models.UUIDField("acte", null=True, default=current, editable=False)

    class Meta:
        abstract = True
