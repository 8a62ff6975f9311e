"""What the indicators put on the home page."""

from datetime import date
from decimal import Decimal

import pytest
import time_machine

from core.base.registries import home_cards
from organisations.enums import Role
from tests.indicators.factories import (
    AssignmentFactory,
    CampaignFactory,
    IndicatorFactory,
    ReadingFactory,
    ValueFactory,
)
from tests.indicators.test_chapters import months
from tests.organisations.factories import ServiceFactory, SousPrefectureFactory, user_with

pytestmark = pytest.mark.django_db


@pytest.fixture
def service():
    return ServiceFactory(parent=SousPrefectureFactory(name="Site"))


def rows_of(code, user, rf) -> list[tuple[str, str, str]] | None:
    """(label, detail, badge) of the rows of a card for a person; None when the card stays away."""
    request = rf.get("/")
    request.user = user
    content = home_cards.get(code).render(request)
    return None if content is None else [(row.label, row.detail, row.badge) for row in content.rows]


def due_in_january(service) -> None:
    AssignmentFactory(unit=service)
    CampaignFactory(site=service.parent, year=2020, month=1, due_on=date(2020, 2, 10))


@pytest.mark.parametrize(("today", "badge"), [("2020-02-10", "À saisir"), ("2020-02-11", "En retard")])
def test_a_service_reads_what_it_has_to_enter_and_by_when(service, rf, today, badge):
    due_in_january(service)
    with time_machine.travel(f"{today}T12:00", tick=False):
        rows = rows_of("to-enter", user_with(Role.HEAD_OF_SERVICE, service), rf)
    assert rows == [("Janvier 2020", "0 sur 1 faites, à rendre le 10/02/2020", badge)]


def test_a_month_all_entered_says_thanks_to_the_service_and_waits_for_the_referent(service, rf):
    due_in_january(service)
    assignment = service.parent.site_assignments.get()
    ValueFactory(indicator=assignment.indicator, unit=service, month=1)
    head, referent = user_with(Role.HEAD_OF_SERVICE, service), user_with(Role.QUALITY_REFERENT, service.parent)
    assert rows_of("to-enter", head, rf) == [("Janvier 2020", "1 valeur saisie, merci.", "Complet")]
    assert rows_of("to-steer", referent, rf) == [("Janvier 2020, Site", "1 valeur saisie", "À valider")]
    assert rows_of("lacking", referent, rf) == []
    assert rows_of("to-enter", referent, rf) is None


def test_the_referent_reads_what_lacks(service, rf):
    due_in_january(service)
    with time_machine.travel("2020-02-01T12:00", tick=False):
        rows = rows_of("lacking", user_with(Role.QUALITY_REFERENT, service.parent), rf)
    assert rows == [("Janvier 2020, Site", "1 valeur sur 1, à rendre le 10/02/2020", "À saisir")]


def test_a_month_out_of_character_is_one_click_from_its_story(service, rf):
    warning = {"code": "suspicious_month", "month": 5, "message": "98,5 % sans mai, 10,0 %"}
    ReadingFactory(site=service.parent, year=2020, indicator=IndicatorFactory(label="Taux"), warnings=[warning],
                   months=months("1", "0.98", "0.97", "0.99", "0.1"))  # fmt: skip
    with time_machine.travel("2021-01-10T12:00", tick=False):
        rows = rows_of("to-look-at", user_with(Role.QUALITY_REFERENT, service.parent), rf)
    assert rows == [("Taux", "10\u202f% en mai 2020, loin des autres mois (Site)", "À vérifier")]


def test_twelve_figures_at_most_those_with_a_target_first(service, rf):
    for number in range(14):
        target = {"target_value": Decimal("0.9"), "target_direction": ">=", "target_met": True} if number > 9 else {}
        ReadingFactory(site=service.parent, year=2020, measured_months=1, months=months("0.95"), **target)
    request = rf.get("/")
    request.user = user_with(Role.MANAGEMENT, service.parent)
    tiles = home_cards.get("figures").render(request).context["tiles"]
    assert [tile["state"] for tile in tiles] == [*["reached"] * 4, *["no_target"] * 8]
    assert (tiles[0]["value"], tiles[0]["target"]) == ("95\u202f%", "cible ≥\u202f90\u202f%")


def test_without_a_figure_the_card_stays_away(service, rf):
    request = rf.get("/")
    request.user = user_with(Role.MANAGEMENT, service.parent)
    assert home_cards.get("figures").render(request) is None
