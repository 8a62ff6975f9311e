"""The kinds of import of the apps: registering one gives its jobs, its line on the home page, its term of keeping."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from django.utils.module_loading import import_string

from core.base.registries import job_kinds, retention_rules

if TYPE_CHECKING:
    from core.importing.kind import FileImport


def later(name: str) -> None:
    """Declare a kind of import by its full name; called in `AppConfig.ready()`, it is loaded when it is asked for."""
    load = cache(lambda: register(import_string(name)))
    for registered in (job_kinds, retention_rules):
        registered.later(load)


def register(kind: type[FileImport]) -> None:
    """Declare a kind of import at once."""
    from core.importing import jobs, kinds, retention  # heavy: the reading of files

    kinds.kinds[kind.code] = kind
    jobs.declare(kind)
    retention.declare(kind)
