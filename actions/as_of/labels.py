"""Names of units, people and engagements as they were on the day; what is older than their history, as first known."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import models

from core.record import history
from organisations.models import Unit, User
from organisations.rules.titles import person_label
from referential.models import Engagement, Module, Referential

Row = dict[str, Any]


class Labels:
    """One lookup per kind of name, for all the rows of a state."""

    def __init__(self, when: datetime, *, plans, findings, links, responsibles):
        self.when = when
        units = _ids(plans, "site_id") | _ids(responsibles, "unit_id")
        self._units = self._known(Unit, units, "name", "sigle")
        self._users = self._known(User, _ids(responsibles, "user_id"), "first_name", "last_name", "email")
        self._engagements = self._known(Engagement, _ids(links, "engagement_id"), "code", "position", "module_id")
        self._modules = self._known(Module, _ids(findings, "module_id"), "code", "title")
        self._referentials = self._known(Referential, _ids(plans, "referential_id"), "name")

    def unit(self, pk: int) -> str:
        return self._units[pk]["name"] if pk in self._units else ""

    def referential(self, pk: int | None) -> str:
        return self._referentials[pk]["name"] if pk in self._referentials else ""

    def module(self, pk: int | None) -> str:
        row = self._modules.get(pk)
        return str(Module(code=row["code"], title=row["title"])) if row else ""

    def engagements(self, pks: Iterable[int]) -> tuple[str, ...]:
        """Short codes, in the order of the referential."""
        rows = [self._engagements[pk] for pk in pks if pk in self._engagements]
        ordered = sorted(rows, key=lambda row: (row["module_id"], row["position"], row["code"]))
        return tuple(dict.fromkeys(row["code"] for row in ordered))

    def responsible(self, row: Row) -> str:
        """As `ActionResponsible.label` said it."""
        if unit := self._units.get(row["unit_id"]):
            return unit["sigle"] or unit["name"]
        if user := self._users.get(row["user_id"]):
            person = User(**{name: user[name] for name in ("first_name", "last_name", "email")})
            return person_label(person.get_full_name(), row["words"])
        return row["words"]

    def _known(self, model: type[models.Model], pks: set[int], *names: str) -> dict[int | None, Row]:
        if not pks:
            return {}
        source = model.history.filter(id__in=pks)  # type: ignore[attr-defined]
        found = {row["id"]: row for row in history.as_of(source, self.when).values("id", *names)}
        if older := pks - found.keys():
            first = history.first_of(model.history.filter(id__in=older))  # type: ignore[attr-defined]
            found |= {row["id"]: row for row in first.values("id", *names)}
        return found


def _ids(rows: Iterable[Row], name: str) -> set[int]:
    return {row[name] for row in rows if row[name] is not None}
