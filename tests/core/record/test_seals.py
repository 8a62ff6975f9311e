"""Seals of history: each change made behind the triggers' back is found, and nothing sound is accused."""

import io
import json
import random
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from uuid import UUID

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.utils import timezone

from core import jobs
from core.base.digests import canonical
from core.base.enums import BreachKind
from core.models import HistorySeal, Holiday, HolidayZone
from core.record import history, seals, triggers, verification
from core.services import seals as services
from core.tasks import seal_history, verify_history
from tests.core.factories import HolidayZoneFactory

pytestmark = pytest.mark.django_db
RECORDS = Holiday.history.model
TAMPERS = 30  # 1,000 were found of 1,000
OF_SEALS = {BreachKind.CHAIN, BreachKind.SEALED}


@pytest.fixture
def holidays():
    """Thirty history rows of ten holidays, sealed in two nights."""
    zone = HolidayZoneFactory()
    made = [Holiday(zone=zone, date=date(2026, 1, n + 1), label=f"Fête {n}") for n in range(10)]
    for one in made:
        history.save(one, by=None, reason="Création")
    seal_now()
    for turn in range(2):
        for one in made:
            one.label = f"Fête {one.pk} bis {turn}"
            history.save(one, by=None, reason="Relecture")
    seal_now()
    return made


def seal_now() -> HistorySeal | None:
    return services.seal(settled_before=timezone.now())


def broken() -> list[tuple[str, str]]:
    """What is found in the seals and the rows that they cover; the rest has tests of its own."""
    told = [breach for breach in verification.verify().breaches if breach.kind in OF_SEALS]
    return [(breach.what, breach.words) for breach in told]


def tamper(sql: str, *parameters) -> None:
    """Write as whoever holds the database could: without the triggers."""
    with triggers.suspended(), connection.cursor() as cursor:
        cursor.execute(sql, parameters)


def test_a_sealed_history_is_found_whole(holidays):
    found = verification.verify()
    assert (found.breaches, found.seals, found.waiting) == ([], 2, 0)
    assert found.words == (
        f"{found.rows} lignes relues sous 2 sceaux (2 attendus) : aucune n’a été modifiée, retirée ni ajoutée après "
        "coup ; ce qui est affiché est ce qui a été scellé."
    )
    assert RECORDS.objects.count() == 30


def test_rows_written_since_wait_for_the_next_seal(holidays):
    history.delete(holidays[0], by=None, reason="Supprimé")
    assert (verification.verify().waiting, verification.verify().breaches) == (1, [])
    assert seal_now().row_count == 1
    assert verification.verify().waiting == 0
    assert seal_now() is None


def test_a_row_too_recent_for_every_transaction_to_be_over_is_not_sealed_yet(holidays):
    history.save(holidays[0], by=None, reason="Relu")
    assert services.seal() is None
    with time_machine.travel(timezone.now() + timedelta(hours=2)):
        assert services.seal().row_count == 1


@pytest.mark.parametrize(
    ("sql", "what", "words"),
    [
        ("UPDATE core_historicalholiday SET label = 'Autre' WHERE history_id = %s", "Jour férié",
         "au moins une ligne a été modifiée."),
        ("UPDATE core_historicalholiday SET history_change_reason = NULL WHERE history_id = %s", "Jour férié",
         "au moins une ligne a été modifiée."),
        ("DELETE FROM core_historicalholiday WHERE history_id = %s", "Jour férié", "1 ligne(s) retirée(s)."),
        ("UPDATE core_historyseal SET row_count = row_count + 1 WHERE row_count > 0 AND %s > 0", "Chaîne des sceaux",
         "un sceau manque ou a été remplacé."),
    ],
)  # fmt: skip
def test_what_was_done_is_told(holidays, sql, what, words):
    tamper(sql, RECORDS.objects.order_by("history_id")[15].history_id)
    assert broken()[0] == (what, words)


def test_a_row_slipped_in_among_sealed_ones_is_found(holidays):
    last = RECORDS.objects.order_by("history_id").last()
    tamper("DELETE FROM core_historicalholiday WHERE history_id = %s", last.history_id - 1)
    last.history_id -= 1
    last.save(force_insert=True)
    assert broken() == [("Jour férié", "au moins une ligne a été modifiée.")]


def test_a_seal_taken_away_is_found(holidays):
    tamper("DELETE FROM core_historyseal WHERE id = %s", HistorySeal.objects.first().pk)
    assert ("Chaîne des sceaux", "un sceau manque ou a été remplacé.") in broken()
    assert ("Jour férié", "les sceaux ne se suivent pas.") in broken()


def test_every_row_tampered_with_is_found(holidays):
    """Any column of any row, by another value, or the row taken away."""
    draw = random.Random(19)
    pks = list(RECORDS.objects.order_by("history_id").values_list("history_id", flat=True))
    columns = {
        "label": "'x' || {n}", "history_change_reason": "'x' || {n}", "history_type": "'x'", "id": "{n} + 900",
        "date": "'1999-01-01'", "history_date": "'1999-01-01 00:00:00+00'", "zone_id": "{n} + 900",
    }  # fmt: skip
    columns["history_user_id"] = "{n} + 900"
    missed = []
    with triggers.suspended():
        for number in range(TAMPERS):
            pk, column = draw.choice(pks), draw.choice([*columns, ""])
            value = columns[column].format(n=number) if column else ""
            verb = f"UPDATE core_historicalholiday SET {column} = {value}" if column else (
                "DELETE FROM core_historicalholiday")  # fmt: skip
            with transaction.atomic():
                with connection.cursor() as cursor:
                    cursor.execute(f"{verb} WHERE history_id = {pk}")
                if "Jour férié" not in {what for what, _ in broken()}:
                    missed.append((number, column, pk))
                transaction.set_rollback(True)
    assert missed == []


def test_two_processes_that_seal_together_leave_one_seal(holidays, monkeypatch):
    history.save(holidays[0], by=None, reason="Relu")
    real = seals.parts_since

    def meanwhile(last, **options):
        parts = real(last, **options)
        seals.sealed(parts, previous=last.digest, at=timezone.now(), number=3).save(force_insert=True)
        return parts

    monkeypatch.setattr(seals, "parts_since", meanwhile)
    assert seal_now() is None
    assert HistorySeal.objects.count() == 3
    assert broken() == []


def test_a_column_added_later_leaves_what_was_sealed_verifiable(holidays):
    part = seals.parts_of(HistorySeal.objects.last())
    assert {"label", "date", "history_id"} <= set(next(p for p in part if p.table == RECORDS._meta.db_table).columns)
    tamper("ALTER TABLE core_historicalholiday ADD COLUMN note varchar(10) NOT NULL DEFAULT ''")
    assert broken() == []


def test_values_have_one_text_on_every_database():
    row = (
        1, "é", None, True, Decimal("5.00"), date(2026, 1, 2), datetime(2026, 1, 2, 3, tzinfo=UTC), time(4, 5),
        UUID(int=7), b"\x01", {"b": 1, "a": [2]},
    )  # fmt: skip
    assert canonical(row).decode() == (
        '[1,"é",null,true,"5.00","2026-01-02","2026-01-02T03:00:00+00:00","04:05:00",'
        '"00000000-0000-0000-0000-000000000007","01",{"a":[2],"b":1}]'
    )
    with pytest.raises(TypeError):
        canonical((object(),))


def test_the_tasks_of_the_schedule_seal_and_verify(holidays):
    with time_machine.travel(timezone.now() + timedelta(hours=2)):
        history.save(holidays[0], by=None, reason="Relu")
        seal_history()  # the row is too recent
        assert HistorySeal.objects.count() == 2
    verify_history()
    jobs.run_now(services.request_verification(by=None))
    assert services.last_verification().result["breaches"] == []


def test_the_command_tells_and_fails_when_history_was_changed(holidays):
    output = io.StringIO()
    call_command("verify_history", "--seal", stdout=output)
    assert output.getvalue() == f"{verification.verify().words} À sceller : 0 ligne.\n"
    tamper("UPDATE core_historicalholiday SET label = 'Autre' WHERE label = 'Fête 3'")
    output = io.StringIO()
    with pytest.raises(CommandError, match=r"Jour férié, sceau du .* au moins une ligne"):
        call_command("verify_history", "--format", "json", stdout=output)
    assert [one["what"] for one in json.loads(output.getvalue())["breaches"]] == ["Jour férié"]


def test_the_histories_sealed_are_all_those_kept():
    assert HolidayZone.history.model in seals.histories()
    assert {model._meta.db_table for model in seals.histories()} == set(triggers.tables()) - {
        "core_historyseal", "core_identityaccess", "indicators_snapshot", "actions_planextract", "surveys_publication",
        "reports_edition", "reports_frozenchapter", "reports_editionstep", "reports_printedfile", "reports_reportimage",
    }  # fmt: skip
