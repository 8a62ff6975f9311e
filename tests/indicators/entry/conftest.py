"""A head of service with one figure to enter."""

import pytest
from django.urls import reverse

from organisations.enums import Role
from tests.indicators.factories import AssignmentFactory, IndicatorFactory
from tests.organisations.factories import ServiceFactory, user_with

HTMX = {"HX-Request": "true"}
SCRIPT = {"X-Saving": "1", "Accept": "application/json"}


@pytest.fixture
def service():
    return ServiceFactory(name="Bureau de l’accueil")


@pytest.fixture
def head(client, service):
    user = user_with(Role.HEAD_OF_SERVICE, service)
    client.force_login(user)
    return user


@pytest.fixture
def assignment(service):
    return AssignmentFactory(unit=service, indicator=IndicatorFactory(label="Taux d’appels aboutis"))


def entry(year: int = 2026, month: int = 10) -> str:
    return reverse("indicators:entry", args=[year, month])


def cell(assignment, year: int = 2026, month: int = 10) -> str:
    return reverse("indicators:cell", args=[year, month, assignment.pk])


def counts(numerator: str, denominator: str, **more) -> dict:
    return {"numerator": numerator, "denominator": denominator, "version": "0"} | more


def shown(response) -> str:
    """What the answer to a script puts on the page."""
    return "\n".join(response.json()["parts"].values())
