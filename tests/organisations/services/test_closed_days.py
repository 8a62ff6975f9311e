"""Closed days of a site."""

from datetime import date

import pytest

from core.base.errors import UserError
from organisations.models import ClosedDay
from organisations.services import closed_days
from tests.core.factories import HolidayFactory
from tests.organisations.factories import PrefectureFactory, ServiceFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def site():
    site = PrefectureFactory()
    HolidayFactory(zone=site.holiday_zone, date=date(2026, 5, 14), label="Ascension")
    return site


def refusal(call) -> tuple[str, str | None]:
    with pytest.raises(UserError) as error:
        call()
    return error.value.message, error.value.field


def test_a_range_closes_its_working_days_only(site):
    author = UserFactory()
    closed_days.close_site(
        site, first=date(2026, 5, 13), last=date(2026, 5, 18), label="Pont", by=author, reason="Note de service"
    )
    assert list(site.closed_days.values_list("date", flat=True)) == [
        date(2026, 5, 13), date(2026, 5, 15), date(2026, 5, 18),
    ]  # fmt: skip
    rows = ClosedDay.history.all()
    assert {(row.history_user, row.history_change_reason) for row in rows} == {(author, "Note de service")}


def test_closing_the_same_days_again_or_days_off_is_refused(site):
    closed_days.close_site(site, first=date(2026, 5, 15), label="Pont", by=None)
    call = {"label": "Pont", "by": None}
    assert refusal(lambda: closed_days.close_site(site, first=date(2026, 5, 15), **call)) == (
        "Rien à fermer : le 15/05/2026 est déjà chômé (fermeture du site : Pont).", "first",
    )  # fmt: skip
    assert refusal(lambda: closed_days.close_site(site, first=date(2026, 5, 14), **call))[0] == (
        "Rien à fermer : le 14/05/2026 est déjà chômé (jour férié : Ascension)."
    )


def test_impossible_ranges_and_places_are_refused(site):
    call = {"label": "Travaux", "by": None}
    first = date(2026, 5, 18)
    assert refusal(lambda: closed_days.close_site(site, first=first, last=date(2026, 5, 15), **call)) == (
        "Le dernier jour précède le premier.", "last",
    )  # fmt: skip
    assert refusal(lambda: closed_days.close_site(site, first=first, last=date(2026, 8, 1), **call))[1] == "last"
    assert (
        "n’est pas un site"
        in refusal(lambda: closed_days.close_site(ServiceFactory(parent=site), first=first, **call))[0]
    )


def test_a_reopened_day_leaves_its_history(site):
    closed_days.close_site(site, first=date(2026, 5, 15), label="Pont", by=None)
    closed_days.reopen_day(ClosedDay.objects.get(), by=None, reason="Pont supprimé")
    assert [row.history_type for row in ClosedDay.history.all()] == ["-", "+"]
