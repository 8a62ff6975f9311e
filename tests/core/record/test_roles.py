"""The role of the application: it reads and writes, owns nothing, and takes no guard away."""

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from core.base.errors import UserError
from core.record import guards, roles
from tests.core.factories import HolidayFactory

pytestmark = pytest.mark.django_db
ROLE = "qualepref_app_of_tests"


@pytest.mark.postgresql
def test_the_role_of_the_application_writes_rows_and_takes_no_guard_away():
    roles.grant(ROLE, password="secret")
    roles.grant(ROLE, password="secret")
    assert guards.owner() != ""
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL ROLE {ROLE}")
        holiday = HolidayFactory()
        holiday.label = "Autre"
        holiday.save()
        for refused in (
            "UPDATE core_historicalholiday SET label = 'x'",
            "DELETE FROM core_historyseal",
            "TRUNCATE core_historicalholiday",
            "ALTER TABLE core_historicalholiday DISABLE TRIGGER ALL",
            "CREATE OR REPLACE FUNCTION qualepref_refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
            "$$BEGIN RETURN NEW; END$$",
            "SET session_replication_role = replica",
        ):
            with pytest.raises(DatabaseError), transaction.atomic():
                cursor.execute(refused)
        assert (guards.owner(), guards.faults()) == ("", [])
        cursor.execute("RESET ROLE")


@pytest.mark.postgresql
def test_the_owner_is_not_taken_for_the_role_of_the_application():
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        owner = cursor.fetchone()[0]
    with pytest.raises(UserError, match="possède les tables"):
        roles.grant(owner, password="secret")


@pytest.mark.skipif("connection.vendor != 'sqlite'")
def test_sqlite_has_no_role():
    with pytest.raises(CommandError, match="SQLite n’en a pas"):
        call_command("grant_application_role", "qualepref_app")
