"""Rows whose key is one of many, in one parameter: `site__among=keys`.

`site__in=keys` writes each key into the query; who reads 330 sites then pays for the writing more than for the rows.
"""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db.models import Field, ForeignObject, Lookup


class Keys:
    """Whole numbers told as one text; Django looks at each member of a collection, not at this."""

    def __init__(self, keys: Iterable[int]):
        self.text = ",".join(map(str, sorted(map(int, keys))))


class Among(Lookup):
    """One of several whole numbers, given as `Keys` or as any collection of them."""

    lookup_name = "among"
    prepare_rhs = False

    def get_prep_lookup(self) -> str:
        return (self.rhs if isinstance(self.rhs, Keys) else Keys(self.rhs)).text

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        """None of them gives nothing, without asking the database."""
        if not self.rhs:
            raise EmptyResultSet
        sql, parameters = self.process_lhs(compiler, connection)
        if connection.vendor == "postgresql":
            return f"{sql} = ANY(%s::bigint[])", (*parameters, f"{{{self.rhs}}}")
        keys = "SELECT value FROM json_each(%s)"
        return f"{sql} IN ({keys})", (*parameters, f"[{self.rhs}]")


def register() -> None:
    """Give the lookup to every field; those that point at a row have lookups of their own."""
    for kind in (Field, ForeignObject):
        kind.register_lookup(Among)
