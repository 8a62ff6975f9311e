"""Thirteen ways to forge the past that once passed, and random ones: each is found, with the sentence of its kind.

The first seven rewrite rows, seals and what is shown; the others empty the guards. Each is done as whoever holds the
database could, past the triggers where they refuse.
"""

import random
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.utils import timezone

from core.base.enums import BreachKind
from core.models import HistorySeal, Holiday
from core.record import guards, history, triggers, verification
from core.services import seals
from surveys.enums import CampaignState
from tests.actions.factories import ActionFactory
from tests.core.factories import HolidayFactory
from tests.indicators.factories import ValueFactory
from tests.surveys.factories import ResponseFactory, SurveyCampaignFactory

pytestmark = [pytest.mark.django_db]
ACTION, VALUE, RESPONSE = "actions_action", "indicators_value", "surveys_response"
HOLIDAYS = Holiday.history.model._meta.db_table
TAMPERS = 30  # of 1,000 by `make trials`


@pytest.fixture
def sealed():
    """A little of everything that is shown, sealed in two nights."""
    made = {"action": ActionFactory(text="Former l’accueil"), "value": ValueFactory(numerator=9, denominator=10)}
    closed = {"state": CampaignState.CLOSED, "closed_at": timezone.now()}
    made["campaign"] = SurveyCampaignFactory(**closed)
    ResponseFactory.create_batch(3, campaign=made["campaign"], answers={"accueil": "satisfied"})
    made["holiday"] = HolidayFactory()
    seals.seal(settled_before=timezone.now())
    history.save(made["holiday"], by=None, reason="Relu")
    seals.seal(settled_before=timezone.now())
    assert verification.verify().breaches == []
    return made


def sql(statement: str, *parameters) -> None:
    with triggers.suspended(), connection.cursor() as cursor:
        cursor.execute(statement, parameters)


def copy_row(table: str, **changed) -> None:
    """Slip in a copy of the last row of a history table, as anybody who may insert can: the guards are in place."""
    with connection.cursor() as cursor:
        columns = [one.name for one in connection.introspection.get_table_description(cursor, table)]
        names = ", ".join(f'"{name}"' for name in columns)
        values = ", ".join("%s" if name in changed else f'"{name}"' for name in columns)
        given = [changed[name] for name in columns if name in changed]
        last = f"SELECT MAX(history_id) FROM {table}"
        cursor.execute(f"INSERT INTO {table} ({names}) SELECT {values} FROM {table} WHERE history_id = ({last})", given)


def found() -> set[BreachKind]:
    """The kinds that verification tells, the command failing with a sentence for each."""
    kinds = {breach.kind for breach in verification.verify().breaches}
    if kinds:
        with pytest.raises(CommandError) as error:
            call_command("verify_history")
        assert {kind for kind in BreachKind if f"{kind.label} :" in str(error.value)} == kinds
    return kinds


LONG_AGO = timezone.now() - timedelta(days=3650)


@pytest.mark.parametrize("number", [-5, 0])
def test_1_a_row_of_a_number_that_no_database_gives_is_refused_then_found(sealed, number):
    with pytest.raises(Exception, match="rows are numbered from 1"), transaction.atomic():
        copy_row(HOLIDAYS, history_id=number, history_date=LONG_AGO)
    with triggers.suspended():
        copy_row(HOLIDAYS, history_id=number, history_date=LONG_AGO)
    assert found() == {BreachKind.NUMBER, BreachKind.SEALED}


@pytest.mark.parametrize("table", [HOLIDAYS, "actions_historicalaction"])
def test_2_a_row_added_last_that_says_it_is_of_2016_is_found_before_and_after_a_seal(sealed, table):
    copy_row(table, history_id=900_000, history_date=LONG_AGO)
    assert BreachKind.BACKDATED in found()
    seals.seal(settled_before=timezone.now())
    assert BreachKind.BACKDATED in found()


def test_2_a_row_told_of_a_past_day_outside_of_any_act_is_found(sealed):
    told = {"history_date": LONG_AGO, "recorded_at": timezone.now(), "changeset": None}
    copy_row("actions_historicalaction", history_id=900_000, **told)
    assert BreachKind.BACKDATED in found()


def test_a_row_told_of_a_past_day_by_a_verb_is_part_of_an_act_and_sound(sealed):
    action = sealed["action"]
    action.text = "Former tout l’accueil"
    history.save(action, by=None, reason="Plan reçu", effective_at=timezone.now() + timedelta(seconds=1))
    assert found() == set()


def test_3_the_last_seal_taken_away_with_its_rows_is_found(sealed):
    last = HistorySeal.objects.order_by("sealed_at").last()
    sql(f"DELETE FROM {HOLIDAYS} WHERE history_id = (SELECT MAX(history_id) FROM {HOLIDAYS})")
    sql("DELETE FROM core_historyseal WHERE id = %s", last.pk)
    told = {BreachKind.MISSING} if connection.vendor == "sqlite" else set()  # PostgreSQL counts at the commit
    assert found() == told
    assert {one.kind for one in verification.verify(heads=[last.digest]).breaches} == told | {BreachKind.HEAD}


def test_4_all_the_seals_taken_away_are_found(sealed):
    head = HistorySeal.objects.order_by("sealed_at").last().digest
    sql("DELETE FROM core_historyseal")
    kinds = {one.kind for one in verification.verify(heads=[head]).breaches}
    assert BreachKind.HEAD in kinds
    if connection.vendor == "sqlite":
        assert found() == {BreachKind.MISSING}


def test_5_an_action_rewritten_where_it_is_shown_is_found(sealed):
    sql(f"UPDATE {ACTION} SET text = 'Autre', status = 'done' WHERE id = %s", sealed["action"].pk)
    assert found() == {BreachKind.PRESENT}


def test_6_a_figure_changed_where_it_is_shown_is_found(sealed):
    sql(f"UPDATE {VALUE} SET numerator = 10 WHERE id = %s", sealed["value"].pk)
    assert found() == {BreachKind.PRESENT}


def test_7_the_answers_of_a_closed_survey_emptied_are_found(sealed):
    sql(f"UPDATE {RESPONSE} SET answers = '{{}}'")
    assert BreachKind.STATE in found()
    seals.seal(settled_before=timezone.now())
    assert BreachKind.STATE in found()


@pytest.mark.parametrize(
    "statement",
    [
        f"DELETE FROM {ACTION}",
        f"UPDATE {ACTION} SET id = id + 900",
        f"DELETE FROM {VALUE}",
        "UPDATE surveys_campaign SET public_threshold = 40",
    ],
)
def test_what_is_gone_or_renamed_in_the_present_is_found(sealed, statement):
    sql(statement)
    assert BreachKind.PRESENT in found()


def test_a_survey_opened_again_and_closed_is_another_state(sealed):
    campaign = sealed["campaign"]
    campaign.state, campaign.closed_at = CampaignState.OPEN, None
    history.save(campaign, by=None, reason="Réouverte")
    ResponseFactory(campaign=campaign, answers={"accueil": "dissatisfied"})
    campaign.state, campaign.closed_at = CampaignState.CLOSED, timezone.now()
    history.save(campaign, by=None, reason="Close")
    assert found() == set()
    seals.seal(settled_before=timezone.now())
    sql(f"UPDATE {RESPONSE} SET answers = '{{}}'")
    assert BreachKind.STATE in found()


def emptied_on_sqlite() -> None:
    name = f"append_only_update_{HOLIDAYS}"
    run(f'DROP TRIGGER "{name}"', f'CREATE TRIGGER "{name}" BEFORE UPDATE ON "{HOLIDAYS}" BEGIN SELECT 1; END')


def run(*statements: str) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


POSTGRESQL = {
    "8 an ENABLE REPLICA": [f"ALTER TABLE {HOLIDAYS} ENABLE REPLICA TRIGGER append_only_rows"],
    "9 a body that returns": [
        "CREATE OR REPLACE FUNCTION qualepref_refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
        "$$BEGIN IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW; END$$"
    ],
    "10 another event": [
        f"CREATE OR REPLACE TRIGGER append_only_rows BEFORE INSERT ON {HOLIDAYS} FOR EACH ROW WHEN (false) "
        "EXECUTE FUNCTION qualepref_refuse_change()"
    ],
    "12 DISABLE": [f"ALTER TABLE {HOLIDAYS} DISABLE TRIGGER append_only_rows"],
}


@pytest.mark.postgresql
@pytest.mark.parametrize("how", POSTGRESQL)
def test_a_guard_emptied_on_postgresql_is_found_by_its_text_and_by_its_effect(sealed, how):
    run(*POSTGRESQL[how])
    assert {fault.kind for fault in guards.faults()} == {"changed", "accepts"}
    assert BreachKind.GUARD in found()
    triggers.install()
    assert (guards.faults(), found()) == ([], set())


@pytest.mark.postgresql
def test_11_a_session_that_plays_a_replica_is_refused_all_the_same(sealed):
    run("SET LOCAL session_replication_role = replica")
    with pytest.raises(Exception, match="neither changed nor deleted"), transaction.atomic():
        run(f"DELETE FROM {HOLIDAYS}")
    assert guards.faults() == []


@pytest.mark.skipif("connection.vendor != 'sqlite'")
def test_12_a_trigger_of_the_same_name_with_an_empty_body_is_found_by_its_text_and_by_its_effect(sealed):
    emptied_on_sqlite()
    told = f"Déclencheurs qui ne sont plus ceux qui ont été posés : {HOLIDAYS}.append_only_update_{HOLIDAYS}. "
    told += f"Tables qui acceptent une modification ou une suppression : {HOLIDAYS}."
    assert found() == {BreachKind.GUARD}
    with pytest.raises(CommandError) as error:
        call_command("check_triggers")
    assert str(error.value) == told
    assert Holiday.history.count() == 2
    triggers.install()
    assert (guards.faults(), found()) == ([], set())


def test_13_a_column_taken_out_of_a_sealed_table_is_found(sealed):
    run("ALTER TABLE indicators_snapshot DROP COLUMN changes")
    with pytest.raises(CommandError, match=r"Colonnes disparues : indicators_snapshot\.changes"):
        call_command("check_triggers")


def test_random_falsifications_are_all_found(sealed):
    """Any column of any row of what is shown and of its history, or the row taken away; each is taken back."""
    draw = random.Random(20161)
    places = [
        (ACTION, "id", {"text": "'x{n}'", "status": "'x{n}'", "finding_id": "finding_id + 900"}),
        ("actions_historicalaction", "history_id", {"text": "'x{n}'", "history_date": "'1999-01-01 00:00:00+00'"}),
        (VALUE, "id", {"numerator": "{n} + 900", "denominator": "{n} + 900", "month": "13 - month - 100 * ({n} + 1)"}),
        ("indicators_historicalvalue", "history_id", {"numerator": "{n} + 900", "history_user_id": "{n} + 900"}),
        (RESPONSE, "id", {"answers": '\'{{"accueil": "x{n}"}}\'', "channel": "'x{n}'", "number": "'x{n}'"}),
        (HOLIDAYS, "history_id", {"label": "'x{n}'", "history_id": "-{n} - 1", "zone_id": "{n} + 900"}),
        ("core_holiday", "id", {"label": "'x{n}'", "date": "'1999-01-01'"}),
        ("core_historyseal", "id", {"digest": "'x{n}'", "row_count": "row_count + 1 + {n}", "previous": "'x{n}'"}),
    ]
    missed = []
    with triggers.suspended():
        for number in range(TAMPERS):
            table, key, columns = draw.choice(places)
            column = draw.choice([*columns, ""])
            value = columns[column].format(n=number) if column else ""
            verb = f"UPDATE {table} SET {column} = {value}" if column else f"DELETE FROM {table}"
            with transaction.atomic():
                with connection.cursor() as cursor:
                    cursor.execute(f"SELECT {key} FROM {table} ORDER BY {key}")
                    pk = draw.choice(cursor.fetchall())[0]
                    cursor.execute(f"{verb} WHERE {key} = {pk}")
                if {one.kind for one in verification.verify().breaches} <= {BreachKind.GUARD}:
                    missed.append((table, column, pk))
                transaction.set_rollback(True)
    assert missed == []
