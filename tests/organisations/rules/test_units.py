"""The unit tree."""

from types import SimpleNamespace

import pytest

from organisations.enums import UnitKind
from organisations.rules.units import PARENT_KINDS, in_tree_order, makes_loop, place_error


@pytest.mark.parametrize("kind", UnitKind)
@pytest.mark.parametrize("parent", [None, *UnitKind])
def test_a_unit_stands_only_where_its_kind_allows(kind, parent):
    allowed = parent in PARENT_KINDS[kind] if parent else not PARENT_KINDS[kind]
    assert (place_error(kind, parent) == "") is allowed


def test_a_refused_place_says_which_are_possible():
    assert place_error(UnitKind.BUREAU, UnitKind.BUREAU) == (
        "Une unité « Bureau » se place sous : préfecture, sous-préfecture, direction, service."
    )
    assert place_error(UnitKind.SERVICE, None) == "Une unité « Service » a besoin d’une unité parente."
    assert place_error(UnitKind.PREFECTURE, UnitKind.PREFECTURE) == (
        "Une unité « Préfecture » est à la tête de l’arbre : elle n’a pas d’unité parente."
    )


@pytest.mark.parametrize(
    ("unit", "parent", "loops"), [(1, None, False), (1, 1, True), (1, 3, True), (3, 1, False), (2, 9, False)]
)
def test_a_unit_cannot_come_under_itself(unit, parent, loops):
    assert makes_loop(unit, parent, {1: None, 2: 1, 3: 2}) is loops


def test_a_loop_already_there_is_not_followed_for_ever():
    assert makes_loop(9, 1, {1: 2, 2: 1}) is False


def test_units_come_in_tree_order_and_orphans_at_the_top():
    units = [SimpleNamespace(pk=pk, parent_id=parent) for pk, parent in [(2, 1), (1, None), (4, 2), (3, 1), (9, 77)]]
    assert [(unit.pk, depth) for unit, depth in in_tree_order(units)] == [(1, 0), (2, 1), (4, 2), (3, 1), (9, 0)]
