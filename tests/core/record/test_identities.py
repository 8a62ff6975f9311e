"""Identities: read under a reason, found without being opened, and gone for good once erased."""

import random
import uuid

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, models, transaction

from core.base.errors import UserError
from core.models import Identity, IdentityAccess
from core.record import identities, identity_keys
from tests.organisations.factories import UserFactory

pytestmark = pytest.mark.django_db
MARIE = {
    "name": "Marie Dupont-Émile",
    "email": "Marie.Dupont@example.invalid",
    "phone": "06 12 34 56 78",
    "address": "",
}
KEPT = {field: value for field, value in MARIE.items() if value}
FILE_OF_SQLITE = pytest.mark.skipif("connection.vendor != 'sqlite'", reason="reads the pages of an SQLite file")


@pytest.fixture
def agent():
    return UserFactory()


def accesses() -> list[tuple]:
    return list(IdentityAccess.objects.order_by("pk").values_list("identity_id", "deed", "by_id", "why"))


def stored() -> bytes:
    """The database as its file has it, free pages included."""
    return connection.connection.serialize()


def test_what_is_kept_is_read_again_and_each_reading_is_logged(agent):
    person = identities.keep(MARIE, kind="complainant")

    assert identities.read(person, by=agent, why="Réponse à la réclamation 12") == KEPT
    assert identities.read(Identity.objects.get(), by=None, why="Export") == KEPT
    assert accesses() == [
        (person.pk, "read", agent.pk, "Réponse à la réclamation 12"),
        (person.pk, "read", None, "Export"),
    ]


def test_an_identity_is_not_read_without_a_reason(agent):
    person = identities.keep(MARIE, kind="complainant")
    with pytest.raises(ValueError, match="say why"):
        identities.read(person, by=agent, why=" ")
    assert accesses() == []


def test_a_change_replaces_removes_and_leaves(agent):
    person = identities.keep(MARIE, kind="complainant")

    identities.change(person, {"phone": "", "address": "3 rue Haute", "name": "Marie Martin"}, by=agent)

    told = {"name": "Marie Martin", "email": MARIE["email"], "address": "3 rue Haute"}
    assert identities.read(person, by=agent, why="Vérification") == told
    assert list(identities.find(name="MARTIN, marie")) == [person]
    assert list(identities.find(name=MARIE["name"])) == []
    assert accesses()[0] == (person.pk, "change", agent.pk, "")


@pytest.mark.parametrize(
    ("wanted", "is_found"),
    [
        ({"email": " marie.dupont@EXAMPLE.invalid "}, True),
        ({"name": "dupont emile MARIE"}, True),
        ({"name": "Dupont-Emile, Marie", "email": MARIE["email"], "kind": "complainant"}, True),
        ({"name": MARIE["name"], "kind": "agent"}, False),
        ({"name": MARIE["name"], "email": "autre@example.invalid"}, False),
        ({"name": "Marie"}, False),
        ({"kind": "complainant"}, False),
        ({}, False),
    ],
)
def test_a_person_is_found_by_what_is_known_of_them(wanted, is_found):
    person = identities.keep(MARIE, kind="complainant")
    identities.keep({"text": "sans nom"}, kind="complainant")

    assert list(identities.find(**wanted)) == ([person] if is_found else [])
    assert accesses() == []


def test_nothing_of_a_person_is_in_clear_and_the_same_person_twice_looks_different():
    one, two = identities.keep_many([MARIE, MARIE], kind="complainant")

    row = b"".join(bytes(one.__dict__[f]) for f in ("wrapped_key", "payload")) + one.email_digest.encode()
    assert [value for value in KEPT.values() if value.encode() in row] == []
    assert bytes(one.payload) != bytes(two.payload)
    assert (one.email_digest, one.name_digest) == (two.email_digest, two.name_digest)


def test_a_payload_put_in_another_row_is_refused(agent):
    one, two = identities.keep_many([MARIE, {"name": "Autre"}], kind="complainant")
    Identity.objects.filter(pk=two.pk).update(payload=one.payload, wrapped_key=one.wrapped_key)
    two.refresh_from_db()
    with pytest.raises(UserError, match="IDENTITY_KEY"):
        identities.read(two, by=agent, why="Vérification")


def test_another_key_of_the_installation_opens_nothing(agent, settings):
    person = identities.keep(MARIE, kind="complainant")
    settings.IDENTITY_KEY = "une autre"
    with pytest.raises(UserError, match="n’est plus celle qui l’a chiffrée"):
        identities.read(person, by=agent, why="Vérification")
    assert list(identities.find(email=MARIE["email"])) == []


def test_the_key_of_the_installation_is_the_setting_else_the_secret(settings):
    settings.IDENTITY_KEY, settings.SECRET_KEY = "", "s"
    from_secret = identity_keys.digest("email", "a@b.invalid")
    settings.IDENTITY_KEY, settings.SECRET_KEY = "s", "t"
    assert identity_keys.digest("email", "a@b.invalid") == from_secret
    settings.IDENTITY_KEY = ""
    assert identity_keys.digest("email", "a@b.invalid") != from_secret


def test_an_erased_identity_keeps_its_row_and_nothing_else(agent):
    person = identities.keep(MARIE, kind="complainant")

    identities.erase(person, by=agent, reason="Terme atteint")

    row = Identity.objects.get()
    assert (bytes(row.wrapped_key), bytes(row.payload), row.email_digest, row.name_digest) == (b"", b"", "", "")
    assert (row.is_erased, person.is_erased, str(row)) == (True, True, f"Personne effacée n° {person.pk}")
    assert identities.read(row, by=agent, why="Vérification") == {}
    assert list(identities.find(email=MARIE["email"])) == []
    assert accesses() == [(person.pk, "erase", agent.pk, "Terme atteint")]
    with pytest.raises(UserError, match="a été effacée"):
        identities.change(person, {"name": "Retour"}, by=agent)


def test_an_erased_identity_is_erased_once(agent):
    person = identities.keep(MARIE, kind="complainant")
    identities.erase(person, by=agent, reason="Demande")
    first = person.erased_at
    identities.erase(person, by=agent, reason="Encore")
    assert (person.erased_at, len(accesses())) == (first, 1)


def test_the_database_refuses_an_erased_row_that_still_says_something():
    person = identities.keep(MARIE, kind="complainant")
    with pytest.raises(IntegrityError), transaction.atomic():
        Identity.objects.filter(pk=person.pk).update(erased_at=person.created_at)


def test_the_log_of_accesses_is_neither_changed_nor_deleted(agent):
    identities.read(identities.keep(MARIE, kind="complainant"), by=agent, why="Vérification")
    for attempt in (IdentityAccess.objects.all().delete, lambda: IdentityAccess.objects.update(why="autre")):
        with pytest.raises(IntegrityError), transaction.atomic():
            attempt()
    agent.delete()
    assert IdentityAccess.objects.get().by is None


def test_many_are_kept_read_and_erased_in_as_many_queries_as_one(agent, django_assert_num_queries):
    for count in (1, 40):
        with django_assert_num_queries(1):
            made = identities.keep_many([MARIE] * count, kind=f"kind-{count}")
        with django_assert_num_queries(1):
            assert len(identities.read_many(made, by=agent, why="Export")) == count
        with django_assert_num_queries(5):
            chosen = Identity.objects.filter(kind=f"kind-{count}")
            assert identities.erase_many(chosen, by=agent, reason="Terme") == count


@FILE_OF_SQLITE
@pytest.mark.django_db(transaction=True)
def test_nothing_of_those_erased_is_left_in_the_pages_of_the_database(agent):
    """A thousand canaries, long ones included: no text, clear or encrypted, no key that opened it, no digest."""
    draw = random.Random(11)
    people = [
        {"name": f"Canari {uuid.UUID(int=draw.getrandbits(128))}", "email": f"c{n}@canari.invalid",
         "text": f"Plainte {n} " * (1 if n % 10 else 900)}
        for n in range(1000)
    ]  # fmt: skip
    made = identities.keep_many(people, kind="canary")
    assert len(identities.read_many(made, by=agent, why="Témoin")) == 1000
    identities.change(made[0], {"text": "Plainte changée"}, by=agent)
    kept = [bytes(one.wrapped_key) for one in made] + [bytes(one.payload)[:64] for one in made]
    kept += [one.email_digest.encode() for one in made] + [one.name_digest.encode() for one in made]
    assert sum(trace in stored() for trace in kept[:5]) == 5

    identities.erase_many(Identity.objects.all(), by=agent, reason="Terme")

    pages = stored()
    clear = [value.encode() for one in people for value in one.values()]
    assert [trace for trace in (*kept, *clear) if trace in pages] == []


def test_no_history_holds_an_identity():
    """A history row points to an identity, and holds nothing of its payload."""
    histories = [model for model in apps.get_models() if model.__name__.startswith("Historical")]
    assert [m for m in histories if m.instance_type in {Identity, IdentityAccess}] == []
    assert [
        f"{model.__name__}.{field.name}"
        for model in histories
        for field in model._meta.concrete_fields
        if isinstance(field, models.BinaryField)
    ] == []
