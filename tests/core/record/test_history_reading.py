"""The history read back: what existed at an instant, and what changed between two."""

from datetime import UTC, date, datetime

import pytest
import time_machine

from core.models import Holiday, HolidayZone
from core.record import history
from organisations.models import Unit
from tests.core.factories import HolidayFactory, HolidayZoneFactory
from tests.organisations.factories import PrefectureFactory, ServiceFactory, UserFactory

pytestmark = pytest.mark.django_db


def at(day: int) -> datetime:
    return datetime(2020, 1, day, 12, tzinfo=UTC)


@pytest.fixture
def holidays():
    """Written on the 1st; one renamed on the 3rd, one deleted on the 5th, one added on the 7th."""
    with time_machine.travel(at(1), tick=False):
        may, christmas = HolidayFactory(), HolidayFactory(date=date(2020, 12, 25), label="Noël")
    with time_machine.travel(at(3), tick=False):
        may.label = "1er mai"
        history.save(may, by=None)
    with time_machine.travel(at(5), tick=False):
        history.delete(christmas, by=None)
    with time_machine.travel(at(7), tick=False):
        HolidayFactory(date=date(2020, 7, 14), label="Fête nationale")


def labels(when, source=Holiday) -> list[str]:
    return sorted(history.as_of(source, when).values_list("label", flat=True))


@pytest.mark.parametrize(
    ("when", "found"),
    [
        (datetime(2019, 12, 31, tzinfo=UTC), []),
        (at(1), ["Fête du Travail", "Noël"]),
        (at(2), ["Fête du Travail", "Noël"]),
        (at(3), ["1er mai", "Noël"]),
        (at(4), ["1er mai", "Noël"]),
        (at(5), ["1er mai"]),
        (at(8), ["1er mai", "Fête nationale"]),
    ],
)
def test_as_of_lists_what_existed_including_what_was_deleted_since(holidays, when, found):
    assert labels(when) == found


def test_as_of_gives_instances_that_can_be_narrowed_to_their_state_then(holidays):
    zone = HolidayZone.objects.get()
    christmas = history.as_of(Holiday, at(4)).filter(label="Noël").get()
    assert (type(christmas), christmas.date, christmas.zone) == (Holiday, date(2020, 12, 25), zone)
    assert list(history.as_of(Holiday, at(4)).filter(label="Fête du Travail")) == []


def test_as_of_takes_a_narrowed_history_without_reviving_what_moved_away(holidays):
    with time_machine.travel(at(9), tick=False):
        may = Holiday.objects.get(label="1er mai")
        may.zone = HolidayZoneFactory(code="alsace-moselle", name="Alsace-Moselle")
        history.save(may, by=None)
    metropole = Holiday.history.filter(zone__code="metropole")
    assert labels(at(8), metropole) == ["1er mai", "Fête nationale"]
    assert labels(at(10), metropole) == ["Fête nationale"]


def test_as_of_refuses_live_rows_because_they_forget_what_was_deleted():
    with pytest.raises(TypeError, match="live Holiday rows"):
        history.as_of(Holiday.objects.all(), at(1))


def test_two_changes_of_the_same_instant_are_told_apart():
    with time_machine.travel(at(1), tick=False):
        holiday = HolidayFactory(label="Un")
        holiday.label = "Deux"
        history.save(holiday, by=None)
    assert labels(at(1)) == ["Deux"]


def test_as_of_costs_one_query_whatever_the_rows(holidays, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert len(list(history.as_of(Holiday, at(4)))) == 2


def test_the_difference_of_two_dates_says_what_was_created_changed_and_deleted(holidays):
    found = history.difference(Holiday, at(2), at(8))
    assert [h.label for h in found.created] == ["Fête nationale"]
    assert [h.label for h in found.deleted] == ["Noël"]
    [change] = found.changed
    assert (change.before.label, change.after.label) == ("Fête du Travail", "1er mai")
    assert [field.name for field in change.fields] == ["label"]


def test_a_change_undone_in_between_is_no_difference(holidays):
    with time_machine.travel(at(9), tick=False):
        may = Holiday.objects.get(label="1er mai")
        may.label = "Fête du Travail"
        history.save(may, by=None)
    assert history.difference(Holiday, at(2), at(10)).changed == []


def test_what_was_created_and_deleted_in_between_is_no_difference():
    with time_machine.travel(at(2), tick=False):
        unit = PrefectureFactory()
    with time_machine.travel(at(3), tick=False):
        history.delete(unit, by=None)
    assert history.difference(Unit, at(1), at(4)) == history.Difference()


def test_the_difference_costs_two_queries(holidays, django_assert_num_queries):
    with django_assert_num_queries(2):
        history.difference(Holiday, at(2), at(8))


def test_a_tree_is_read_as_it_was():
    with time_machine.travel(at(1), tick=False):
        service = ServiceFactory(name="Étrangers")
        old_parent = service.parent
    with time_machine.travel(at(3), tick=False):
        service.parent = PrefectureFactory()
        history.save(service, by=None)
    assert history.as_of(Unit, at(2)).get(code=service.code).parent == old_parent


def test_the_version_moves_with_each_change():
    holiday = HolidayFactory()
    first = history.version_of(holiday)
    assert history.version_of(holiday) == first
    holiday.label = "Autre"
    history.save(holiday, by=None)
    assert history.version_of(holiday) != first
    assert history.at_version(holiday, first).label == "Fête du Travail"
    assert history.at_version(holiday, "") is None
    assert history.at_version(holiday, "999999") is None


def test_what_is_known_of_an_object_first_is_read_even_before_its_history_begins(holidays):
    first = {(one.label, one.date) for one in history.first_of(Holiday)}
    assert first == {
        ("Fête du Travail", date(2020, 5, 1)),
        ("Noël", date(2020, 12, 25)),
        ("Fête nationale", date(2020, 7, 14)),
    }
    assert [one.label for one in history.first_of(Holiday.history.filter(date=date(2020, 5, 1)))] == ["Fête du Travail"]


@pytest.mark.parametrize(
    ("told", "effective"),
    [(None, None), (at(1), None), (at(3), at(3)), (at(4), at(4)), (datetime(2999, 1, 1, tzinfo=UTC), None)],
)
def test_a_change_told_for_an_instant_takes_effect_then_unless_the_object_changed_since(holidays, told, effective):
    may = Holiday.objects.get(label="1er mai")  # last changed on the 3rd
    assert history.effective(may, told) == effective


def test_a_removal_takes_effect_when_it_is_told_to(holidays):
    may = Holiday.objects.get(label="1er mai")
    history.delete(may, by=None, reason="Supprimé", effective_at=at(6))
    assert labels(at(5)) == ["1er mai"]
    assert labels(at(6)) == []


def test_the_author_and_reason_of_a_change_are_those_of_no_other(holidays):
    may = Holiday.objects.get(label="1er mai")
    author = UserFactory()
    history.save(may, by=author, reason="Relu", effective_at=at(6))
    history.bulk_update([may], ["label"], by=None, reason="En nombre")
    told = [(row.history_user, row.history_change_reason) for row in history.records_of(may)[:2]]
    assert told == [(None, "En nombre"), (author, "Relu")]
    assert history.records_of(may)[0].history_date > at(8)
