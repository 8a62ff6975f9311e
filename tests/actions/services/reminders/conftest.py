"""A site with a service, its head, its référent and a plan."""

from datetime import date

import pytest

from actions.models import Action
from actions.services import reminders
from organisations.enums import Role
from tests.actions.factories import (
    ActionFactory,
    ActionResponsibleFactory,
    FindingFactory,
    PlanFactory,
)
from tests.core.factories import HolidayFactory
from tests.organisations.factories import ServiceFactory, SousPrefectureFactory, user_with

MONDAY, WEDNESDAY = date(2026, 11, 16), date(2026, 11, 18)


@pytest.fixture
def site():
    site = SousPrefectureFactory(name="Aix-en-Provence")
    HolidayFactory(zone=site.holiday_zone, date=date(2026, 1, 1))
    return site


@pytest.fixture
def service(site):
    return ServiceFactory(parent=site)


@pytest.fixture
def head(service):
    return user_with(
        Role.HEAD_OF_SERVICE, service, first_name="Karim", last_name="Benali", email="karim@example.invalid"
    )


@pytest.fixture
def referent(site):
    return user_with(Role.QUALITY_REFERENT, site, first_name="Hélène", last_name="Marchand")


@pytest.fixture
def plan(site):
    return PlanFactory(site=site, title="CLU du 25 juin 2019")


def due(plan, latest: date | None, text: str = "Former les agents", *, unit=None, **fields) -> Action:
    action = ActionFactory(finding=FindingFactory(plan=plan), text=text, deadline_latest=latest, **fields)
    if unit is not None:
        ActionResponsibleFactory(action=action, unit=unit)
    return action


def told(on: date = WEDNESDAY) -> list[tuple]:
    """(person, late, this week, soon, escalated, unheld, reviews), by their texts."""
    return [
        (str(digest.person), *([action.text for action in rows] for rows in digest.lists))
        for digest in reminders.compose(on)
    ]
