"""The rows of the addresses that `core.importing.urls.import_urls` gives an import."""

from collections.abc import Callable
from typing import Any

from core.importing.kind import FileImport
from organisations.permissions import P
from tests.permission_matrix.rows import Row
from tests.permission_matrix.world import World


def import_rows(kind: type[FileImport], at: Callable[[World, str], Any], **more) -> dict[str, Row]:
    """One row per address; `at` gives the import of a place. The upload page has a row of its own."""
    read = {
        kind.url_name(): Row(kind.seen_with, at=at, **more),
        kind.url_name("history"): Row(P.HISTORY_VIEW, at=at, **more),
        kind.url_name("problems"): Row(kind.permission, at=at, get=302, post={405}, **more),
    }
    verbs = ("choices", "commit", "undo", "abandon", "retry", "forget")
    return read | {kind.url_name(verb): Row(kind.permission, at=at, get=302, **more) for verb in verbs}
