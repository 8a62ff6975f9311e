"""The rows of the pages that a section declares (`core.pages.section`)."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from core.pages.declared import Add, Ask, Detail, History, Listing
from core.pages.section import Section
from organisations.permissions import P
from tests.permission_matrix.rows import Row
from tests.permission_matrix.world import World


def rows_of(
    section: type[Section], at: Callable[[World, str], Any], acts: str, *, is_hidden: bool = False, **more: Any
) -> dict[str, Row]:
    """One row per page: `at` gives a thing of a place, `acts` is the permission that its pages take.

    The list and the page of one take that with which the thing is seen, its history that of histories. `more` says
    what differs, by page: a permission, or a whole row.
    """
    seen = getattr(getattr(section.queryset.model, "scope", None), "view", acts)
    rows = {}
    for attribute, page in section.declared.items():
        said = more.get(attribute, P.HISTORY_VIEW if isinstance(page, History) else acts)
        if attribute not in more and isinstance(page, Detail | Listing):
            said = seen
        rows[page.url_name(section, attribute)] = (
            said if isinstance(said, Row) else replace(_row(section, page, at, said), is_hidden=is_hidden)
        )
    return rows


def _row(section: type[Section], page: Any, at: Callable[[World, str], Any], permission: str) -> Row:
    if not page.is_of_one and not (isinstance(page, Add) and section.parent):
        return Row(permission)
    shared = section.is_global
    get = 405 if isinstance(page, Ask) and page.options.get("is_direct") else 200
    if isinstance(page, Add):
        return Row(permission, at=lambda world, place: section.parent_of(at(world, place)), get=get, shared=shared)
    return Row(permission, at=at, get=get, shared=shared)
