"""Public holidays as editable data."""

from datetime import date

import pytest

from core.base.errors import UserError
from core.models import Holiday, HolidayZone
from core.services import calendars
from tests.core.factories import HolidayZoneFactory
from tests.organisations.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def metropole():
    calendars.load(first_year=2025, last_year=2026)
    return HolidayZone.objects.get(code="metropole")


def test_loading_twice_changes_nothing(metropole):
    before = set(Holiday.objects.values_list("zone__code", "date", "label"))
    assert calendars.load(first_year=2025, last_year=2026) == 0
    assert set(Holiday.objects.values_list("zone__code", "date", "label")) == before
    assert (HolidayZone.objects.count(), metropole.holidays.count()) == (13, 22)


def test_an_edited_year_is_left_as_it_is_and_a_new_one_is_added(metropole):
    calendars.remove_holiday(metropole.holidays.get(date=date(2026, 5, 25)), by=None)
    calendars.load(first_year=2026, last_year=2027)
    assert metropole.holidays.filter(date__year=2026).count() == 10
    assert metropole.holidays.filter(date__year=2027).count() == 11


def test_each_write_leaves_its_author_and_reason(metropole):
    author = UserFactory()
    holiday = calendars.add_holiday(metropole, date=date(2026, 6, 1), label="Fête locale", by=author, reason="Arrêté")
    calendars.change_holiday(holiday, date=date(2026, 6, 2), label="Fête locale", by=author, reason="Erreur de date")
    calendars.remove_holiday(holiday, by=author, reason="Abrogé")
    rows = Holiday.history.filter(label="Fête locale").order_by("history_id")
    assert [(row.history_type, row.date, row.history_user, row.history_change_reason) for row in rows] == [
        ("+", date(2026, 6, 1), author, "Arrêté"),
        ("~", date(2026, 6, 2), author, "Erreur de date"),
        ("-", date(2026, 6, 2), author, "Abrogé"),
    ]


def test_a_day_is_a_holiday_once_in_a_zone(metropole):
    with pytest.raises(UserError) as refusal:
        calendars.add_holiday(metropole, date=date(2026, 5, 1), label="Bis", by=None)
    assert refusal.value.message == "Le 01/05/2026 est déjà férié dans cette zone : Fête du Travail."
    assert refusal.value.field == "date"


def test_a_zone_is_found_by_its_code_or_a_clear_part_of_it():
    for code in ("la-reunion", "saint-martin", "saint-barthelemy"):
        HolidayZoneFactory(code=code, name=code)
    assert calendars.zone_named("reunion").code == "la-reunion"
    with pytest.raises(UserError) as refusal:
        calendars.zone_named("saint")
    assert refusal.value.message == (
        "La zone « saint » n’existe pas. Zones connues : la-reunion, saint-barthelemy, saint-martin."
    )


def test_without_any_calendar_the_refusal_says_what_to_run():
    with pytest.raises(UserError, match="Aucun calendrier n’est chargé : lancez load_holidays"):
        calendars.zone_named("metropole")
