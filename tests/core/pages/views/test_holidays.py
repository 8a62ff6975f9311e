"""The calendar page."""

from datetime import date

import pytest

from core.models import Holiday
from organisations.enums import Role
from tests.core.factories import HolidayFactory, HolidayZoneFactory
from tests.organisations.factories import PrefectureFactory, user_with

pytestmark = pytest.mark.django_db


@pytest.fixture
def referent(client):
    user = user_with(Role.QUALITY_REFERENT, PrefectureFactory())
    client.force_login(user)
    return user


def test_the_holidays_of_a_zone_and_year_are_shown(client, referent):
    HolidayFactory(date=date(2026, 5, 1))
    HolidayFactory(date=date(2027, 5, 1))
    HolidayFactory(zone=HolidayZoneFactory(code="mayotte", name="Mayotte"), date=date(2026, 4, 27), label="Abolition")
    page = client.get("/calendrier/?zone=mayotte&annee=2026")
    assert [holiday.label for holiday in page.context["holidays"]] == ["Abolition"]
    assert client.get("/calendrier/?annee=2027").context["year"] == 2027
    assert client.get("/calendrier/?zone=mars&annee=abc").status_code == 200


def test_without_a_calendar_the_page_says_what_to_do(client, referent):
    Holiday.objects.all().delete()
    referent.memberships.get().unit.holiday_zone.__class__.objects.exclude(units__isnull=False).delete()
    assert "Aucun jour férié n’est enregistré" in client.get("/calendrier/").content.decode()


def test_a_holiday_is_added_moved_and_removed_with_its_history(client, referent):
    zone = HolidayZoneFactory()
    client.post(f"/calendrier/{zone.code}/ajouter", {"date": "2026-06-01", "label": "Fête locale", "reason": "Arrêté"})
    holiday = Holiday.objects.get()
    client.post(f"/calendrier/jours/{holiday.pk}/modifier", {"date": "2026-06-02", "label": "Fête locale"})
    assert client.post(f"/calendrier/jours/{holiday.pk}/retirer", {"reason": ""}).status_code == 200
    client.post(f"/calendrier/jours/{holiday.pk}/retirer", {"reason": "Abrogé"})
    assert [(row.history_type, row.date, row.history_user) for row in Holiday.history.all()] == [
        ("-", date(2026, 6, 2), referent), ("~", date(2026, 6, 2), referent), ("+", date(2026, 6, 1), referent),
    ]  # fmt: skip
    assert client.get(f"/calendrier/jours/{holiday.pk}/historique").status_code == 200
