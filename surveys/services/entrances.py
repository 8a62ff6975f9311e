"""The way in of a form of the public, made short: what it reads is kept by each process, what it writes is one INSERT.

What is kept may be a moment old, so the INSERT itself looks whether the point still takes forms of that questionnaire;
when it does not, nothing is written and the caller reads again. So closing a survey or a point is heard at once.
"""

from datetime import timedelta
from functools import cache

from django.db import connection, transaction
from django.utils import timezone

from core.record import limits
from surveys.enums import CampaignState
from surveys.models import Campaign, CollectionPoint, Response

KEPT_AT_MOST = 1_000
_KEPT: dict[str, CollectionPoint] = {}
OF_POINT = {"campaign_id": "c.id", "point_id": "p.id", "place_id": "p.place_id", "channel": "p.channel"}
SENT = ("key", "language", "answered_on", "received_at", "answers", "has_text")
SOURCE = f"""{CollectionPoint._meta.db_table} p JOIN {Campaign._meta.db_table} c ON c.id = p.campaign_id
 WHERE p.id = %s AND p.is_active AND (p.expires_on IS NULL OR p.expires_on >= %s)
 AND c.state = %s AND c.questionnaire_id = %s AND c.starts_on <= %s AND c.ends_on >= %s"""
NOT_YET_THERE = f"NOT EXISTS (SELECT 1 FROM {Response._meta.db_table} WHERE key = %s)"  # noqa: S608 - no value in it


def find(token: str) -> CollectionPoint | None:
    """The public point of an address, with its campaign and questionnaire; kept while it takes forms."""
    point = _KEPT.get(token)
    return point if point and point.is_in_service(timezone.localdate()) else read(token)


def read(token: str) -> CollectionPoint | None:
    """The same, from the database."""
    _KEPT.pop(token, None)
    point = CollectionPoint.objects.for_intake().filter(token=token).first()
    if point and point.campaign.is_open and point.campaign.questionnaire.frozen_at:
        if len(_KEPT) >= KEPT_AT_MOST:
            forget()
        _KEPT[token] = point
    return point


def forget() -> None:
    """Keep nothing."""
    _KEPT.clear()


def insert_if_open(row: Response, *, questionnaire_id: int, key: str, limit: int, period: timedelta) -> bool:
    """Count the form under the key and write it, in one transaction, while its survey and its point take it.

    False, and nothing changed, when they do not, when the form is already there, past the limit, or for the first of
    a period: each is then dealt with the long way.
    """
    counter, _number = limits.counter(key, period)
    count = [counter, limit]
    today = timezone.localdate()
    insert = [
        *_values(row),
        row.point_id,
        today,
        CampaignState.OPEN,
        questionnaire_id,
        row.answered_on,
        row.answered_on,
    ]
    if connection.vendor == "postgresql":  # one exchange with the server instead of four
        seen = Response._meta.get_field("key").get_db_prep_value(row.key, connection)
        return _run(_in_one_statement(), [*count, seen, *insert]) == 1
    with transaction.atomic():
        done = _run(limits.COUNT_ONE, count) == 1 and _run(_insert(""), insert) == 1
        transaction.set_rollback(not done)
    return done


def _run(sql: str, parameters: list) -> int:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.rowcount


def _values(row: Response) -> list:
    fields = [field for name in SENT for field in Response._meta.concrete_fields if field.name == name]
    return [field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields]


@cache
def _insert(counted: str) -> str:
    """The row: what was sent, the place and channel of its point at this instant, and the rest empty."""
    fields = [field for field in Response._meta.concrete_fields if not field.primary_key]
    written = sorted(fields, key=lambda field: SENT.index(field.name) if field.name in SENT else -1)
    columns = ", ".join(connection.ops.quote_name(str(field.column)) for field in written)
    values = ", ".join("%s" if field.name in SENT else _unsent(field) for field in written)
    return (
        f"INSERT INTO {Response._meta.db_table} ({columns}) SELECT {values} FROM {counted}{SOURCE} "  # noqa: S608
        "ON CONFLICT DO NOTHING"
    )


def _unsent(field) -> str:
    if field.attname in OF_POINT:
        return OF_POINT[field.attname]
    if not field.null and field.get_default() != "":
        raise TypeError(f"{field} of a form must be among SENT: it is never empty")
    return "NULL" if field.null else "''"


@cache
def _in_one_statement() -> str:
    count = f"{limits.COUNT_ONE} AND {NOT_YET_THERE} RETURNING 1"
    return f"WITH counted AS ({count}) {_insert('counted, ')}"
