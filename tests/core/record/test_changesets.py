"""Changesets: what one act wrote is told, and put back from the history, or refused object by object."""

from collections import Counter
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.models import Holiday, HolidayZone
from core.record import changesets, history, undoing
from tests.core.factories import HolidayFactory, HolidayZoneFactory
from tests.organisations.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def zone():
    return HolidayZoneFactory(code="metropole")


@pytest.fixture
def stored(zone):
    """One day known before the act."""
    return HolidayFactory(zone=zone, date=date(2026, 5, 1), label="Fête du Travail")


@pytest.fixture
def act(zone, stored):
    """An act that changes the known day, deletes another, and creates a zone with two days."""
    gone = HolidayFactory(zone=zone, date=date(2026, 12, 25), label="Noël")
    with changesets.opened() as changeset:
        stored.label = "1er mai"
        history.save(stored, by=None)
        history.delete(gone, by=None)
        moselle = HolidayZone(code="moselle", name="Alsace-Moselle")
        history.save(moselle, by=None)
        history.bulk_create(
            [Holiday(zone=moselle, date=date(2026, 12, day), label=f"Jour {day}") for day in (25, 26)], by=None
        )
    return changeset


def days() -> list[tuple[str, str]]:
    return sorted(Holiday.objects.values_list("zone__code", "label"))


def test_the_rows_of_an_act_carry_its_identifier_and_no_other(act, stored):
    assert history.records_of(stored).values_list("changeset", flat=True)[0] == act
    history.save(stored, by=None)
    assert history.records_of(stored).values_list("changeset", flat=True)[0] is None


def test_an_act_inside_another_is_part_of_it():
    with changesets.opened() as outer, changesets.opened() as inner:
        assert (inner, changesets.current()) == (outer, outer)
    assert changesets.current() is None


def test_what_an_act_wrote_is_counted_by_model(act):
    assert undoing.touched(act) == {Holiday: Counter({"+": 2, "~": 1, "-": 1}), HolidayZone: Counter({"+": 1})}


def test_undoing_puts_every_object_back_and_signs_it(act, stored):
    author = UserFactory()
    undone = undoing.undo(act, by=author, reason="Import annulé")
    assert days() == [("metropole", "Fête du Travail"), ("metropole", "Noël")]
    assert not HolidayZone.objects.filter(code="moselle").exists()
    last = history.last_change(stored)
    assert (last.history_user, last.history_change_reason) == (author, "Import annulé")
    assert {model: len(pks) for model, pks in undone.touched.items()} == {Holiday: 4, HolidayZone: 1}
    assert undone.refusals == []


def test_undoing_is_an_act_that_can_be_undone(act):
    after = days()
    undoing.undo(act, by=None, reason="")
    again = Holiday.history.exclude(changeset=act).exclude(changeset=None).values_list("changeset", flat=True)
    undoing.undo(again[0], by=None, reason="")
    assert days() == after


def test_an_object_changed_since_refuses_the_whole_and_says_by_whom(act, stored):
    author = UserFactory()
    stored.label = "Premier mai"
    history.save(stored, by=author)
    with pytest.raises(undoing.UndoRefused, match="1er mai") as refused:
        undoing.undo(act, by=None, reason="")
    assert [(one.why, one.author) for one in refused.value.refusals] == [(undoing.CHANGED_SINCE, author)]
    assert HolidayZone.objects.filter(code="moselle").exists()


def test_the_rest_is_undone_when_asked_to_keep_what_changed_since(act, stored):
    stored.label = "Premier mai"
    history.save(stored, by=None)
    undone = undoing.undo(act, by=None, reason="", keep_changed=True)
    assert days() == [("metropole", "Noël"), ("metropole", "Premier mai")]
    assert [one.pk for one in undone.refusals] == [stored.pk]


def test_what_is_used_by_a_later_object_is_kept_with_what_it_points_at(act):
    moselle = HolidayZone.objects.get(code="moselle")
    HolidayFactory(zone=moselle, date=date(2026, 4, 3), label="Vendredi saint")
    undone = undoing.undo(act, by=None, reason="", keep_changed=True)
    assert days() == [("metropole", "Fête du Travail"), ("metropole", "Noël"), ("moselle", "Vendredi saint")]
    assert [one.why for one in undone.refusals] == ["sert ailleurs depuis (jour férié)"]


def test_an_object_deleted_since_is_said(act):
    history.delete(Holiday.objects.get(label="Jour 26"), by=None)
    with pytest.raises(undoing.UndoRefused) as refused:
        undoing.undo(act, by=None, reason="")
    assert [(one.why, one.what) for one in refused.value.refusals] == [(undoing.DELETED_SINCE, "Jour 26 (26/12/2026)")]


def test_queries_do_not_grow_with_the_objects(zone):
    def undo_of(size: int) -> int:
        with changesets.opened() as changeset:
            history.bulk_create(
                [Holiday(zone=zone, date=date(2000 + number, 1, 2), label="Jour") for number in range(size)], by=None
            )
        with CaptureQueriesContext(connection) as queries:
            undoing.undo(changeset, by=None, reason="")
        return len(queries)

    assert undo_of(3) == undo_of(100)
