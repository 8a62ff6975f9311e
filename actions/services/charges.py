"""Who is told of an action: those it is asked of, the head above them, the référents of its site."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from datetime import date

from actions.models import Action, ActionResponsible
from organisations.enums import Role
from organisations.models import Membership, Unit, User

IN_CHARGE = (Role.HEAD_OF_SERVICE, Role.CONTRIBUTOR)
REFERENTS = (Role.QUALITY_REFERENT, Role.DEPUTY_REFERENT)


class Charges:
    """The people of every unit on a day, read once, in two queries."""

    def __init__(self, on: date):
        self._parents = dict(Unit.objects.order_by().values_list("pk", "parent_id"))
        self._people: dict[tuple[int, str], list[User]] = defaultdict(list)
        self._units: dict[int, list[int]] = defaultdict(list)
        rows = Membership.objects.in_force(on).filter(user__is_active=True).select_related("user")
        for row in rows.order_by("user__last_name", "user__first_name", "user_id", "pk"):
            self._people[row.unit_id, row.role].append(row.user)
            self._units[row.user_id].append(row.unit_id)

    def told(self, action: Action) -> list[User]:
        """Those the action is asked of: people by name, the head and contributors of a unit, else those above it."""
        found = [person for row in action.responsibles.all() for person in self._told_of(row)]
        return list(dict.fromkeys(found))

    def heads_above(self, action: Action, told: Collection[User]) -> list[User]:
        """The nearest heads above those already told, for each responsible."""
        found = [person for row in action.responsibles.all() for person in self._head_above(row, told)]
        return list(dict.fromkeys(found))

    def referents(self, site_id: int) -> list[User]:
        """The référents of the site, else those above it."""
        return self._nearest(site_id, REFERENTS)

    def heads(self, unit_id: int) -> list[User]:
        """The heads of a service, else those of the nearest unit above."""
        return self._nearest(unit_id, (Role.HEAD_OF_SERVICE,))

    def _told_of(self, row: ActionResponsible) -> list[User]:
        if row.user:
            return [row.user] if row.user.is_active else []
        return self._nearest(row.unit_id, IN_CHARGE) if row.unit_id else []

    def _head_above(self, row: ActionResponsible, told: Collection[User]) -> list[User]:
        places = [row.unit_id] if row.unit_id else self._units[row.user_id] if row.user_id else []
        for place in places:
            for unit_id in self._upwards(place):
                heads = [person for person in self._people[unit_id, Role.HEAD_OF_SERVICE] if person not in told]
                if heads:
                    return heads
        return []

    def _nearest(self, unit_id: int, roles: Iterable[Role]) -> list[User]:
        for place in self._upwards(unit_id):
            people = [person for role in roles for person in self._people[place, role]]
            if people:
                return list(dict.fromkeys(people))
        return []

    def _upwards(self, unit_id: int | None) -> Iterator[int]:
        seen: set[int] = set()
        while unit_id is not None and unit_id not in seen:
            seen.add(unit_id)
            yield unit_id
            unit_id = self._parents.get(unit_id)
