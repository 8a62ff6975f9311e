"""A site, its référent and a campaign in March 2026."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from organisations.enums import Role
from tests.organisations.factories import PrefectureFactory, SousPrefectureFactory, user_with
from tests.surveys.factories import (
    QuestionFactory,
    QuestionnaireFactory,
    SurveyCampaignFactory,
)


@pytest.fixture(autouse=True)
def day():
    with time_machine.travel("2026-03-18T12:00", tick=False):
        yield


@pytest.fixture
def site():
    return SousPrefectureFactory(parent=PrefectureFactory(), name="Sous-préfecture d’Aix", code="13-aix")


@pytest.fixture
def rq(client, site):
    user = user_with(Role.QUALITY_REFERENT, site)
    client.force_login(user)
    return user


@pytest.fixture
def questionnaire():
    return QuestionFactory(questionnaire=QuestionnaireFactory(title="Satisfaction")).questionnaire


@pytest.fixture
def campaign(site, questionnaire):
    return SurveyCampaignFactory(
        site=site, questionnaire=questionnaire, code="enquete-2026", title="Enquête 2026", goal=300,
        starts_on=date(2026, 3, 2), ends_on=date(2026, 3, 31),
    )  # fmt: skip


def url(name: str, *args) -> str:
    return reverse(f"surveys:{name}", args=args)


def actions(response) -> list[str]:
    return [action["label"] for action in response.context_data["actions"]]
