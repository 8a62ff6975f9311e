"""Rules of the unit tree: which kind stands under which, no loop, what a site needs. Pure."""

from collections.abc import Iterable, Mapping

from organisations.enums import SITE_KINDS, UnitKind

K = UnitKind
PARENT_KINDS: Mapping[str, frozenset[str]] = {
    K.PREFECTURE: frozenset(),
    K.SOUS_PREFECTURE: frozenset({K.PREFECTURE}),
    K.DIRECTION: frozenset(SITE_KINDS),
    K.SERVICE: frozenset({*SITE_KINDS, K.DIRECTION, K.SERVICE}),
    K.BUREAU: frozenset({*SITE_KINDS, K.DIRECTION, K.SERVICE}),
}


def place_error(kind: str, parent_kind: str | None) -> str:
    """Why a unit of that kind cannot stand there; empty when it can."""
    allowed = PARENT_KINDS[kind]
    label = UnitKind(kind).label
    if parent_kind is None:
        return f"Une unité « {label} » a besoin d’une unité parente." if allowed else ""
    if parent_kind in allowed:
        return ""
    if not allowed:
        return f"Une unité « {label} » est à la tête de l’arbre : elle n’a pas d’unité parente."
    names = ", ".join(UnitKind(kind).label.lower() for kind in UnitKind if kind in allowed)
    return f"Une unité « {label} » se place sous : {names}."


def makes_loop(unit_id: int, parent_id: int | None, parents: Mapping[int, int | None]) -> bool:
    """Whether the unit would come under itself."""
    seen: set[int] = set()
    while parent_id is not None and parent_id not in seen:
        if parent_id == unit_id:
            return True
        seen.add(parent_id)
        parent_id = parents.get(parent_id)
    return False


def in_tree_order(units: Iterable) -> list[tuple]:
    """(unit, depth) from the top down; a unit whose parent is not given stands at the top."""
    units = list(units)
    known = {unit.pk for unit in units}
    children: dict[int | None, list] = {}
    for unit in units:
        children.setdefault(unit.parent_id if unit.parent_id in known else None, []).append(unit)
    ordered: list[tuple] = []
    waiting = [(unit, 0) for unit in reversed(children.get(None, []))]
    while waiting:
        unit, depth = waiting.pop()
        ordered.append((unit, depth))
        waiting += [(child, depth + 1) for child in reversed(children.get(unit.pk, []))]
    return ordered
