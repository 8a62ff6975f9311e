"""Registries: apps register, the apps above read in order."""

from dataclasses import dataclass

import pytest

from core.base.registries import (
    ConsistencyCheck,
    EventDate,
    HomeCard,
    JobKind,
    MenuItem,
    Registry,
    ReportSection,
    RetentionRule,
)


@dataclass
class Person:
    """Holds the permissions it is given."""

    held: set

    def can(self, permission, unit_id=None) -> bool:
        return permission in self.held


def item(label, position=100, permission=""):
    return MenuItem(label, f"essai:{label}", permission, position)


def test_entries_are_read_by_position_then_code():
    registry = Registry("essai")
    for entry in [item("c"), item("b", 5), item("a")]:
        registry.register(entry)
    assert [entry.label for entry in registry] == ["b", "a", "c"]
    assert (len(registry), "essai:a" in registry, "essai:z" in registry) == (3, True, False)
    assert registry.get("essai:b").position == 5


def test_the_same_entry_twice_is_harmless_and_another_under_its_code_is_an_error():
    registry = Registry("essai")
    registry.register(item("a"))
    registry.register(item("a"))
    assert len(registry) == 1
    with pytest.raises(ValueError, match="essai: the code 'essai:a' is already taken"):
        registry.register(item("a", position=2))


def test_an_unknown_code_is_an_error():
    with pytest.raises(KeyError):
        Registry("essai").get("rien")


def test_a_person_gets_the_entries_of_the_permissions_held():
    registry = Registry("essai")
    for entry in [item("open"), item("mine", permission="mine"), item("other", permission="other")]:
        registry.register(entry)
    assert [entry.label for entry in registry.for_user(Person({"mine"}))] == ["mine", "open"]


def test_each_kind_of_entry_has_a_code_and_a_position():
    def nothing(*_args):
        return None

    entries = [
        HomeCard("a", "À saisir", "view", nothing),
        ReportSection("a", "Indicateurs", 10, nothing, "reports/a.html"),
        EventDate("a", "Prochain CLU", nothing),
        RetentionRule("a", "Réclamations", "3 ans", nothing, nothing),
        ConsistencyCheck("a", "Dates", nothing),
        JobKind("a", "Bilan", nothing),
    ]
    for entry in entries:
        registry = Registry("essai")
        registry.register(entry)
        assert registry.items() == [entry]


def test_what_is_registered_later_is_loaded_once_when_it_is_first_read():
    registry, calls = Registry("essai"), []

    def load():
        calls.append("load")
        registry.register(item("late"))

    registry.later(load)
    registry.later("tests.core.base.test_registries")
    assert calls == []
    assert ("essai:late" in registry, len(registry), calls) == (True, 1, ["load"])
