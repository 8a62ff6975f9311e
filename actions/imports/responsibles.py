"""Who the words of a document stand for: a unit or a person of the préfecture, else the words themselves."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from django.utils import timezone

from actions.models import ResponsibleMatch
from actions.rules.responsibles import Responsible
from core.imports.words import plain
from organisations.enums import Role
from organisations.models import Membership, Unit, User
from organisations.rules.titles import role_named

KEEP = "words"  # the choice of a person: these words stand for nobody known
LONGEST = 200
MOST_SUGGESTED = 3
_STRONG = re.compile(r"\s*[/,;+&\n|]\s*")
_WEAK = re.compile(r"\s+(?:et|avec|ainsi que)\s+", re.IGNORECASE)
_ACRONYM_FIRST = re.compile(r"([A-ZÀ-Ý0-9]{2,7})\s+([A-ZÀ-Ý].*)", re.DOTALL)


@dataclass(frozen=True)
class Named:
    """One name of a cell, and what it stands for. `outside`: of another préfecture, which cannot answer here."""

    key: str
    responsible: Responsible
    is_matched: bool = True
    is_settled: bool = True  # matched, or kept as words by a person
    outside: str = ""
    by_role: bool = False  # the person who holds today the role that the words name


@dataclass
class Directory:
    """The units and people of a préfecture, the site's own first, and what persons chose before."""

    units: list[Unit]
    people: list[User]
    outside: Mapping[str, str]
    chosen: Mapping[str, str]
    holders: Mapping[str, list[User]] = field(default_factory=dict)
    _by_words: dict[str, Unit | User | None] = field(default_factory=dict)

    def __post_init__(self):
        for unit in self.units:
            for words in {unit.code, unit.sigle, unit.name}:
                self._know(plain(words), unit)
        for user in self.people:
            for words in (user.get_full_name(), f"{user.last_name} {user.first_name}", user.email):
                self._know(plain(words), user)

    def names(self, text: str) -> list[Named]:
        """Each responsible written in a cell, once."""
        found: dict[str, Named] = {}
        for piece in split(text, knows=self._knows):
            named = self._named(piece)
            found.setdefault(named.key, named)
        return list(found.values())

    def suggestions(self, key: str) -> list[Unit | User]:
        """Who the words may well stand for: the référents of the site for « RQ », units that bear one of the words."""
        if role_named(key):
            return list(dict.fromkeys(person for people in self.holders.values() for person in people))
        words = {word for word in key.split() if len(word) > 3}
        near: list[Unit | User] = [unit for unit in self.units if words & set(plain(unit.name).split())]
        return near[:MOST_SUGGESTED]

    def _know(self, key: str, one: Unit | User) -> None:
        """The nearest to the site wins; two of the same place are told apart by a person."""
        if not key:
            return
        known = self._by_words.setdefault(key, one)
        if known is not None and known != one and _distance(known) == _distance(one):
            self._by_words[key] = None

    def _knows(self, piece: str) -> bool:
        key = plain(piece)
        return key in self.chosen or self._by_words.get(key) is not None or role_named(key) is not None

    def _named(self, piece: str) -> Named:
        words, key = piece[:LONGEST], plain(piece)[:LONGEST]
        choice = self.chosen.get(key, "")
        if choice == KEEP:
            return Named(key, Responsible(words=words), is_matched=False)
        one = self._choice(choice) or self._by_words.get(key)
        if isinstance(one, Unit):
            return Named(key, Responsible(unit=one, words=words))
        if isinstance(one, User):
            return Named(key, Responsible(user=one, words=words))
        if holder := self._holder(key):
            return Named(key, Responsible(user=holder, words=words), by_role=True)
        return Named(key, Responsible(words=words), False, False, self.outside.get(key, ""))

    def _holder(self, key: str) -> User | None:
        """The one person who holds the role that the words name; of several, a person chooses."""
        holders = self.holders.get(role_named(key) or "", [])
        return holders[0] if len(holders) == 1 else None

    def _choice(self, choice: str) -> Unit | User | None:
        kind, _, pk = choice.partition(":")
        rows: list = self.units if kind == "unit" else self.people if kind == "user" else []
        return next((one for one in rows if str(one.pk) == pk), None)


def directory_of(site: Unit, *, chosen: Mapping[str, str] | None = None) -> Directory:
    """The directory of a site's préfecture, with what was remembered and what is chosen now."""
    root = site.ancestors(include_self=True).first() or site
    inside, near = Unit.objects.ids_below(root.pk), Unit.objects.ids_below(site.pk)
    rows = list(Unit.objects.order_by("position", "code", "pk"))
    for unit in rows:
        unit.is_near = unit.pk in near
    people = list(User.objects.filter(memberships__unit_id__in=inside).distinct().order_by("last_name", "pk"))
    units = sorted((unit for unit in rows if unit.pk in inside), key=lambda unit: not unit.is_near)
    return Directory(
        units=units,
        people=people,
        outside=dict(_outside(unit for unit in rows if unit.pk not in inside)),
        chosen=_remembered(site) | dict(chosen or {}),
        holders=_holders(site),
    )


def split(text: str, *, knows: Callable[[str], bool]) -> Iterator[str]:
    """« RQ/DLP/ SIDSIC » gives three names; « Standard et communication » is one where it is known as such."""
    for piece in filter(None, _STRONG.split(text.strip())):
        if knows(piece):
            yield piece
            continue
        for part in filter(None, _WEAK.split(piece)):
            two = _ACRONYM_FIRST.fullmatch(part)
            if two and not knows(part) and knows(two[1]):
                yield from two.groups()
            else:
                yield part


def _outside(units: Iterable[Unit]) -> Iterator[tuple[str, str]]:
    """Names that belong to one unit of another préfecture only: sigles of services are the same everywhere."""
    for unit in units:
        for words in {unit.code, unit.name, unit.sigle if unit.is_site else ""}:
            if words:
                yield plain(words), unit.name


def _remembered(site: Unit) -> dict[str, str]:
    rows = ResponsibleMatch.objects.filter(site=site).values_list("key", "unit_id", "user_id")
    return {key: f"unit:{unit}" if unit else f"user:{user}" if user else KEEP for key, unit, user in rows}


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


def _distance(one: Unit | User) -> int:
    """0 for a unit of the site, 1 for one elsewhere in the préfecture, 2 for a person."""
    return 2 if isinstance(one, User) else 0 if getattr(one, "is_near", False) else 1
