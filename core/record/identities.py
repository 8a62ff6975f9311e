"""Identities of people outside: kept once, encrypted, read under a reason, erased by destroying their key.

A row of business (a complaint, an agent in training) points to its `Identity`; no history table holds the payload. Any
text that must be erasable goes in the payload too. See docs/how-to/keep-an-identity.md.
"""

import json
from collections.abc import Iterable, Mapping

from django.db import connections, transaction
from django.db.models import QuerySet
from django.utils import timezone

from core.base.enums import IdentityDeed
from core.base.errors import UserError
from core.models import Identity, IdentityAccess
from core.record import identity_keys

FOUND_BY = ("email", "name")
BATCH = 500


def keep(fields: Mapping[str, str], *, kind: str) -> Identity:
    """Keep a person's fields under a key of their own; empty ones are left out."""
    return keep_many([fields], kind=kind)[0]


def keep_many(many: Iterable[Mapping[str, str]], *, kind: str) -> list[Identity]:
    """Keep many people, for an import: a query for 500."""
    return Identity.objects.bulk_create([_sealed(Identity(kind=kind), one) for one in many], batch_size=BATCH)


@transaction.atomic
def change(identity: Identity, fields: Mapping[str, str], *, by, why: str = "") -> None:
    """Replace the fields given, remove those given empty, leave the others; the change is logged, not what it says."""
    held = Identity.objects.select_for_update().get(pk=identity.pk)
    if held.is_erased:
        raise UserError("Cette identité a été effacée : il n’y a plus rien à modifier.")
    _sealed(held, _opened(held) | dict(fields))
    held.save()
    _log([held], IdentityDeed.CHANGE, by, why)
    _mirror(identity, held)


def read(identity: Identity, *, by, why: str) -> dict[str, str]:
    """The person's fields; nothing once erased. The reading is logged with its reason."""
    return read_many([identity], by=by, why=why)[identity.pk]


def read_many(many: Iterable[Identity], *, by, why: str) -> dict[int, dict[str, str]]:
    """The fields of many people by identifier, one logged reading each, in one query for 500."""
    if not why.strip():
        raise ValueError("say why the identity is read")
    many = list(many)
    found = {one.pk: _opened(one) for one in many}
    _log([one for one in many if not one.is_erased], IdentityDeed.READ, by, why)
    return found


def find(*, email: str = "", name: str = "", kind: str = "") -> QuerySet[Identity]:
    """Those of that address and that name, as they were typed or nearly; nobody when neither is given."""
    digests = {field: identity_keys.digest(field, value) for field, value in (("email", email), ("name", name))}
    wanted = {f"{field}_digest": digest for field, digest in digests.items() if digest}
    if not wanted:
        return Identity.objects.none()
    return Identity.objects.filter(**wanted, **({"kind": kind} if kind else {})).order_by("pk")


def erase(identity: Identity, *, by, reason: str) -> None:
    """Destroy the key, the payload and the digests; the row stays, so that what points to it still does."""
    erase_many(Identity.objects.filter(pk=identity.pk), by=by, reason=reason)
    identity.refresh_from_db()


@transaction.atomic
def erase_many(many: QuerySet[Identity], *, by, reason: str) -> int:
    """Erase all those not erased yet, for a term of keeping; how many they were."""
    held = list(many.filter(erased_at=None).select_for_update().order_by("pk"))
    for start in range(0, len(held), BATCH):
        pks = [one.pk for one in held[start : start + BATCH]]
        Identity.objects.filter(pk__in=pks).update(
            wrapped_key=b"", payload=b"", email_digest="", name_digest="", erased_at=timezone.now()
        )
    _log(held, IdentityDeed.ERASE, by, reason)
    if held:
        transaction.on_commit(leave_no_trace, robust=True)
    return len(held)


def _sealed(identity: Identity, fields: Mapping[str, str]) -> Identity:
    kept = {name: str(value) for name, value in fields.items() if value}
    reference = str(identity.reference)
    key, identity.wrapped_key = identity_keys.new_wrapped_key(reference)
    clear = json.dumps(kept, ensure_ascii=False, sort_keys=True).encode("utf-8", "surrogatepass")
    identity.payload = identity_keys.encrypt(key, clear, f"payload:{reference}")
    for field in FOUND_BY:
        setattr(identity, f"{field}_digest", identity_keys.digest(field, kept.get(field, "")))
    return identity


def _opened(identity: Identity) -> dict[str, str]:
    if identity.is_erased:
        return {}
    reference = str(identity.reference)
    key = identity_keys.unwrapped(identity.wrapped_key, reference)
    clear = identity_keys.decrypt(key, identity.payload, f"payload:{reference}")
    return json.loads(clear.decode("utf-8", "surrogatepass"))


def _mirror(identity: Identity, held: Identity) -> None:
    for field in Identity._meta.concrete_fields:
        setattr(identity, field.attname, getattr(held, field.attname))


def _log(many: Iterable[Identity], deed: IdentityDeed, by, why: str) -> None:
    rows = [IdentityAccess(identity=one, deed=deed, by=by, why=why) for one in many]
    IdentityAccess.objects.bulk_create(rows, batch_size=BATCH)


def leave_no_trace() -> None:
    """SQLite leaves remnants of moved rows in its pages and in its write-ahead log: both are made anew."""
    connection = connections[Identity.objects.db]
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
