"""Who the words of a document stand for: a unit or a person of the préfecture of a site, else the words themselves."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from django.utils import timezone

from core.importing.words import plain
from organisations.enums import Role
from organisations.models import Membership, Unit, User
from organisations.rules.titles import role_named

KEEP = "words"  # these words stand for nobody known
LONGEST = 200
_JOINED = " et "
_STRONG = re.compile(r"\s*[/,;+&\n|]\s*")
_WEAK = re.compile(r"\s+(?:et|avec|ainsi que|and)\s+", re.IGNORECASE)
_ACRONYM_FIRST = re.compile(r"([A-ZÀ-Ý0-9]{2,7})\s+([A-ZÀ-Ý].*)", re.DOTALL)


@dataclass
class Directory:
    """The units and people of a préfecture, the site's own first, and whom persons chose before."""

    units: list[Unit]
    people: list[User]
    remembered: Mapping[str, str] = field(default_factory=dict)
    holders: dict[str, list[User]] = field(default_factory=dict)

    def pieces(self, text: str) -> list[str]:
        """Each name written in a cell, once."""
        found: dict[str, str] = {}
        for piece in split(text, knows=self._knows):
            found.setdefault(plain(piece)[:LONGEST], piece[:LONGEST])
        return list(found.values())

    def known(self, words: str) -> str:
        """« unit:12 », « user:3 » or « words » as chosen before; empty for nobody known."""
        key = plain(words)[:LONGEST]
        if self.remembered.get(key, KEEP) in self.values or self.remembered.get(key) == KEEP:
            return self.remembered[key]
        holders = self.holders.get(role_named(key) or "", [])
        return self._by_words.get(key, "") or (f"user:{holders[0].pk}" if len(holders) == 1 else "")

    @cached_property
    def values(self) -> dict[str, Unit | User]:
        """What each answer stands for."""
        units = {f"unit:{unit.pk}": unit for unit in self.units}
        return units | {f"user:{user.pk}": user for user in self.people}

    @cached_property
    def _by_words(self) -> dict[str, str]:
        """The nearest to the site wins; two of the same place are told apart by a person."""
        found: dict[str, tuple[int, str]] = {}
        for choice, one in self.values.items():
            if isinstance(one, Unit):
                rank = 0 if one.is_near else 1
                names = (one.code, one.sigle, one.name)
            else:
                rank, names = 2, (one.get_full_name(), f"{one.last_name} {one.first_name}", one.email)
            for key in {plain(name) for name in names} - {""}:
                known = found.setdefault(key, (rank, choice))
                if known[0] == rank and known[1] != choice:
                    found[key] = (rank, "")
        return {key: choice for key, (_rank, choice) in found.items()}

    def _knows(self, piece: str) -> bool:
        key = plain(piece)
        is_own = key in self.remembered or bool(self._by_words.get(key)) or role_named(key) is not None
        return is_own or (_JOINED in key and key in self._elsewhere)

    @cached_property
    def _elsewhere(self) -> frozenset[str]:
        """Names of the units of any préfecture: « Mission qualité et performance » is one wherever it stands."""
        return frozenset(plain(name) for name in Unit.objects.values_list("name", flat=True))


def directory_of(site: Unit, *, remembered: Mapping[str, str]) -> Directory:
    """The directory of a site's préfecture; `remembered`: plain words → « unit:12 », « user:3 » or « words »."""
    root = site.ancestors(include_self=True).first() or site
    inside, near = Unit.objects.ids_below(root.pk), Unit.objects.ids_below(site.pk)
    units = list(Unit.objects.filter(pk__in=inside).order_by("position", "code", "pk"))
    for unit in units:
        unit.is_near = unit.pk in near
    people = User.objects.filter(memberships__unit_id__in=inside).distinct().order_by("last_name", "pk")
    return Directory(sorted(units, key=lambda unit: not unit.is_near), list(people), remembered, _holders(site))


def split(text: str, *, knows: Callable[[str], bool]) -> Iterator[str]:
    """« RQ/DLP/ SIDSIC » gives three names; « Standard et communication » is one where it is known as such."""
    for piece in filter(None, _STRONG.split(text.strip())):
        for part in [piece] if knows(piece) else filter(None, _WEAK.split(piece)):
            two = _ACRONYM_FIRST.fullmatch(part)
            if two and not knows(part) and knows(two[1]):
                yield from two.groups()
            else:
                yield part


def _holders(site: Unit) -> dict[str, list[User]]:
    """Who holds today each role of référent at the site; where nobody does there, in the nearest unit above it."""
    lineage = [unit.pk for unit in site.ancestors(include_self=True)]
    rows = Membership.objects.in_force(timezone.localdate()).filter(
        unit__in=lineage, role__in=(Role.QUALITY_REFERENT, Role.DEPUTY_REFERENT), user__is_active=True
    )
    nearest: dict[str, dict[int, list[User]]] = defaultdict(lambda: defaultdict(list))
    for row in rows.select_related("user").order_by("user__last_name", "user_id", "pk"):
        nearest[row.role][lineage.index(row.unit_id)].append(row.user)
    return {role: list(dict.fromkeys(places[max(places)])) for role, places in nearest.items()}
