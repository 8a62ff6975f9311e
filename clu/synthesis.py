"""The structures of the perimeter of a CLAC, each with the state of its Services Publics + self-diagnosis."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from audits.results import StructureMarks, marks_by_structure
from clu.models import Committee, Member
from core.base.words import counted
from organisations.models import Unit


@dataclass(frozen=True)
class PerimeterStructure:
    """A structure: the seats it holds, and what its last self-diagnosis said."""

    unit: Unit
    seats: Collection[Member]
    found: StructureMarks | None
    is_old: bool  # more than a year ago

    @property
    def badge(self) -> tuple[str, str]:
        """Its words and its level."""
        if self.found is None:
            return "À faire", "warning"
        if self.found.to_plan:
            return counted(self.found.to_plan, "écart à traiter", "écarts à traiter"), "error"
        if self.is_old:
            return "À refaire", "warning"
        return ("Écarts au plan", "info") if self.found.gaps else ("Sans écart", "success")

    @property
    def words(self) -> str:
        """« 8 engagements regardés, notes de 2 à 4 sur 4, 1 sans preuve »."""
        return self.found.words if self.found else "Aucun autodiagnostic n’est enregistré pour elle."


def structures(committee: Committee, user: Any, on: date) -> list[PerimeterStructure]:
    """Those that sit, then those that a self-diagnosis of the site names, each with its last one by a day."""
    found = marks_by_structure(committee.site, user, on)
    seats: dict[int, list[Member]] = {}
    for member in committee.members.filter(structure__isnull=False).order_by("position", "pk"):
        seats.setdefault(member.structure_id, []).append(member)
    units = Unit.objects.in_bulk({*seats, *found})
    return [
        PerimeterStructure(units[key], seats.get(key, ()), found.get(key), key in found and found[key].is_old(on))
        for key in dict.fromkeys([*seats, *sorted(found, key=lambda key: (units[key].position, units[key].code))])
    ]


def progress(rows: Collection[PerimeterStructure]) -> str:
    """« 2 structures sur 3 ont fait leur autodiagnostic dans l’année. »"""
    done = sum(row.found is not None and not row.is_old for row in rows)
    if done > 1:
        return f"{done} structures sur {len(rows)} ont fait leur autodiagnostic dans l’année."
    who = f"1 structure sur {len(rows)} a" if done else "Aucune structure n’a"
    return f"{who} fait son autodiagnostic dans l’année."
