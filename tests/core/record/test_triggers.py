"""History tables accept new rows and nothing else, on both databases."""

import io

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, models, transaction

from core.models import HolidayZone
from core.record import history, triggers
from tests.organisations.factories import UserFactory

pytestmark = pytest.mark.django_db
HISTORY = HolidayZone.history.model


def a_zone(**values) -> HolidayZone:
    zone = HolidayZone(**{"code": "metropole", "name": "Métropole"} | values)
    history.save(zone, by=None, reason="création")
    return zone


def refused(function, *arguments) -> str:
    with pytest.raises(IntegrityError) as error, transaction.atomic():
        function(*arguments)
    return str(error.value).splitlines()[0]


def sql(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def test_every_history_table_and_every_sealed_table_is_guarded():
    expected = {model._meta.db_table for model in apps.get_models() if model.__name__.startswith("Historical")}

    assert set(triggers.tables()) == expected | {
        "core_historyseal",
        "core_identityaccess",
        "indicators_snapshot",
        "actions_planextract",
        "surveys_publication",
        "reports_edition",
        "reports_frozenchapter",
        "reports_editionstep",
        "reports_printedfile",
        "reports_reportimage",
    }
    assert triggers.missing() == []


def test_rows_are_added_freely():
    zone = a_zone()
    history.save(zone, by=None, reason="nouveau nom")

    assert HISTORY.objects.count() == 2


@pytest.mark.parametrize(
    "attempt",
    [
        lambda: HISTORY.objects.update(name="Réécrit"),
        lambda: HISTORY.objects.all().delete(),
        lambda: HISTORY.objects.get().delete(),
        lambda: sql("UPDATE core_historicalholidayzone SET name = 'Réécrit'"),
        lambda: sql("DELETE FROM core_historicalholidayzone"),
        lambda: HISTORY.objects.bulk_update([_renamed(HISTORY.objects.get())], ["name"]),
    ],
)
def test_no_row_is_changed_or_deleted(attempt):
    a_zone()

    message = refused(attempt)

    assert message == "append-only table: rows can be neither changed nor deleted (core_historicalholidayzone)"
    assert list(HISTORY.objects.values_list("name", flat=True)) == ["Métropole"]


def test_replacing_a_row_under_the_same_key_is_refused_too():
    a_zone()
    row = HISTORY.objects.get()
    columns = ", ".join(f'"{field.column}"' for field in HISTORY._meta.concrete_fields)
    copy = f"SELECT {columns} FROM core_historicalholidayzone WHERE history_id = {row.pk}"
    verb, tail = (
        ("INSERT OR REPLACE", "")
        if connection.vendor == "sqlite"
        else (
            "INSERT",
            "ON CONFLICT (history_id) DO UPDATE SET name = 'Réécrit'",
        )
    )

    refused(sql, f"{verb} INTO core_historicalholidayzone ({columns}) {copy} {tail}")


@pytest.mark.postgresql
def test_the_table_is_not_truncated():
    a_zone()

    assert "append-only table" in refused(sql, "TRUNCATE core_historicalholidayzone")


def test_deleting_an_account_leaves_the_history_it_wrote_untouched():
    author = UserFactory()
    zone = HolidayZone(code="metropole", name="Métropole")
    history.save(zone, by=author)
    author_id = author.pk

    author.delete()

    row = HISTORY.objects.get()
    assert (row.history_user_id, row.history_user) == (author_id, None)
    assert HISTORY.objects.select_related("history_user").get().history_user is None


def test_no_history_table_has_a_relation_that_updates_it():
    updating = [
        f"{model.__name__}.{field.name}"
        for model in apps.get_models()
        if model._meta.db_table in triggers.tables() and model.__name__.startswith("Historical")
        for field in model._meta.concrete_fields
        if field.is_relation and field.remote_field.on_delete is not models.DO_NOTHING
    ]

    assert updating == []


def test_a_table_made_anew_is_guarded_again():
    with connection.cursor() as cursor:
        name = next(iter(sorted(triggers._existing("default"))))
        table, trigger = name.split(".", 1)
        cursor.execute(f'DROP TRIGGER "{trigger}"' + (f' ON "{table}"' if connection.vendor == "postgresql" else ""))
    assert triggers.missing() == [name]
    with pytest.raises(CommandError, match=f"Déclencheurs absents : {name}"):
        call_command("check_triggers")

    output = io.StringIO()
    call_command("check_triggers", "--install", stdout=output)

    assert output.getvalue().startswith(f"posé : {name}\n{len(triggers.tables())} tables protégées.\n")
    assert triggers.install() == []


def test_the_guard_is_lifted_in_tests_only(settings):
    with triggers.suspended():
        assert triggers._existing("default") == {}
    assert triggers.missing() == []

    settings.TESTING = False
    with pytest.raises(RuntimeError, match="suspended in tests only"), triggers.suspended():
        pass


def _renamed(row):
    row.name = "Réécrit"
    return row
