"""The present against the history: every live row must be what the last row of its history says, and nothing else.

Compared by the database itself, three questions a table, in the form in which it stores the values.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import connection, models

from core.base.words import counted
from core.record import seals

CHANGED, UNRECORDED, GONE = "changed", "unrecorded", "gone"
WORDS = {
    CHANGED: "ce qui est affiché n’est pas ce que dit l’historique",
    UNRECORDED: "aucun historique n’en dit l’arrivée",
    GONE: "l’historique n’en dit pas la suppression",
}
_LAST = """
    SELECT * FROM (
        SELECT h.*, ROW_NUMBER() OVER (PARTITION BY "{key}" ORDER BY {order}) AS place_ FROM "{past}" h
    ) ranked WHERE place_ = 1
"""
_QUESTIONS = {
    CHANGED: """SELECT COUNT(*), MIN(l."{key}") FROM "{live}" l JOIN ({last}) h ON h."{key}" = l."{key}"
        WHERE h.history_type = '-' OR {differs}""",
    UNRECORDED: """SELECT COUNT(*), MIN(l."{key}") FROM "{live}" l
        WHERE NOT EXISTS (SELECT 1 FROM "{past}" h WHERE h."{key}" = l."{key}")""",
    GONE: """SELECT COUNT(*), MIN(h."{key}") FROM ({last}) h
        WHERE h.history_type <> '-' AND NOT EXISTS (SELECT 1 FROM "{live}" l WHERE l."{key}" = h."{key}")""",
}
_DIFFERS = 'l."{column}" IS DISTINCT FROM h."{column}"'
_SET_NULL = """({differs} AND NOT (l."{column}" IS NULL
    AND NOT EXISTS (SELECT 1 FROM "{target}" t WHERE t."{target_key}" = h."{column}")))"""


@dataclass(frozen=True)
class Drift:
    """Rows of one model that are not what their history says: how many, which for instance, what is wrong."""

    model: type[models.Model]
    kind: str
    count: int
    example: int

    @property
    def words(self) -> str:
        return f"{counted(self.count, 'objet')} (n° {self.example}) : {WORDS[self.kind]}."


def drifts() -> Iterator[Drift]:
    """What differs between the present and the history, model by model."""
    for historical in seals.histories():
        model = historical.instance_type
        for kind, sql in _questions(historical).items():
            if kind == UNRECORDED and getattr(model, "arrives_unrecorded", False):
                continue  # its arrival is its row; what came is sealed as a state
            with connection.cursor() as cursor:
                cursor.execute(sql)
                count, example = cursor.fetchone()
            if count:
                yield Drift(model, kind, count, example)


def _questions(historical: type[models.Model]) -> dict[str, str]:
    """The rows that changed, those that no history knows, those that the history says alive and that are gone.

    The last row is the last written; where a document may tell of a past day, the last to take effect.
    """
    model = historical.instance_type
    is_told = seals.instant_of(historical) == "recorded_at"
    names = {"live": model._meta.db_table, "past": historical._meta.db_table, "key": model._meta.pk.column}
    last = _LAST.format(order="history_date DESC, history_id DESC" if is_told else "history_id DESC", **names)
    differs = [_differs(field) for field in historical.tracked_fields if not field.primary_key]
    names |= {"last": last, "differs": " OR ".join(differs) or "1 = 0"}
    return {kind: sql.format(**names) for kind, sql in _QUESTIONS.items()}


def _differs(field: models.Field) -> str:
    """Not the same value; an object deleted since is emptied from those that named it, without a row of theirs."""
    differs = _DIFFERS.format(column=field.column)
    if not (field.is_relation and field.remote_field.on_delete is models.SET_NULL):
        return differs
    target = field.related_model._meta
    names = {"target": target.db_table, "target_key": target.pk.column}
    return _SET_NULL.format(differs=differs, column=field.column, **names)
