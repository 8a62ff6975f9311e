"""The kinds of import declared, and the imports of all of them."""

from typing import Any

from django.db.models import Value

from core.base.enums import ImportState
from core.base.registries import job_kinds
from core.importing.kind import FileImport
from core.models import AbstractImport

HEAVY = ("preview", "shown", "choices")
kinds: dict[str, type[FileImport]] = {}
Found = tuple[type[FileImport], AbstractImport]


def known() -> dict[str, type[FileImport]]:
    """Every kind declared; those declared by their name are loaded with their jobs."""
    return kinds if job_kinds.known else {}


def imports_in(state: ImportState, *, user: Any, most: int) -> list[Found]:
    """The imports in a state that the person may record, of every kind, the latest first.

    One query tells which there are; each kind that has some is then read whole.
    """
    seen = {code: _seen(kind, user).filter(state=state) for code, kind in known().items() if user.can(kind.permission)}
    if not seen:
        return []
    named = [rows.order_by().values_list(Value(code), "pk", "sent_at") for code, rows in seen.items()]
    latest = list(named[0].union(*named[1:], all=True).order_by("-sent_at")[: most * len(named)])
    found: list[Found] = []
    for code in dict.fromkeys(code for code, *_ in latest):
        kind = kinds[code]
        rows = seen[code].filter(pk__in=[pk for one, pk, _ in latest if one == code])
        rows = rows.select_related(*kind.related).defer(*HEAVY).order_by("-sent_at", "-pk")
        found += [(kind, row) for row in rows if kind.may_use(user, row)]
    return sorted(found, key=lambda one: one[1].sent_at, reverse=True)[:most]


def _seen(kind: type[FileImport], user: Any) -> Any:
    rows: Any = kind.model._default_manager.all()
    return rows.visible_to(user)
