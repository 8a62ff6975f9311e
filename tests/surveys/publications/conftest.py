"""The real campaign of 2021, imported from its file, closed, with a finding that it opened."""

from datetime import date
from pathlib import Path

import pytest
from django.core.management import call_command

from actions.enums import Status
from surveys.enums import Kind
from surveys.models import Campaign, Questionnaire
from surveys.services import campaigns
from tests.actions import factories as actions
from tests.organisations.factories import PrefectureFactory
from tests.surveys import factories as surveys

DATA = Path(__file__).resolve().parents[2] / "data"


@pytest.fixture
def campaign(db, settings, tmp_path) -> Campaign:
    settings.MEDIA_ROOT = tmp_path
    call_command("load_questionnaires", verbosity=0)
    questionnaire = Questionnaire.objects.filter(kind=Kind.SATISFACTION).get()
    campaign = campaigns.create(
        title="Enquête de satisfaction 2021", kind=Kind.SATISFACTION, questionnaire=questionnaire,
        site=PrefectureFactory(name="Préfecture de démonstration"), starts_on=date(2021, 8, 6),
        ends_on=date(2021, 12, 3), by=None, code="clu-2022", terms="Public reçu à l’accueil général du bâtiment A",
    )  # fmt: skip
    campaign = campaigns.open(campaign, by=None)
    call_command("import_survey", str(DATA / "clu_2022_enquete_satisfaction.csv"), campaign=campaign.code, verbosity=0)
    return campaigns.close(campaign, by=None)


@pytest.fixture
def calls(db, settings, tmp_path) -> Campaign:
    """The seventeen calls of the slides."""
    settings.MEDIA_ROOT = tmp_path
    call_command("load_questionnaires", verbosity=0)
    campaign = campaigns.create(
        title="Appels mystère", kind=Kind.MYSTERY, questionnaire=Questionnaire.objects.get(code="mystere-appels"),
        site=PrefectureFactory(), starts_on=date(2021, 5, 10), ends_on=date(2021, 5, 21), by=None, code="calls",
        significance_threshold=4,
    )  # fmt: skip
    campaign = campaigns.open(campaign, by=None)
    call_command("import_survey", str(DATA / "clu_2022_appels_mystere.csv"), campaign=campaign.code, verbosity=0)
    return campaigns.close(campaign, by=None)


@pytest.fixture
def action(campaign):
    """An action that follows the weakest criterion."""
    plan = actions.PlanFactory(site=campaign.site, title="Plan issu de l’enquête 2021")
    finding = actions.FindingFactory(plan=plan, text="la prise en compte des personnes en situation de handicap")
    question = campaign.questionnaire.questions.get(label=finding.text)
    surveys.CriterionFindingFactory(campaign=campaign, question=question, finding=finding)
    return actions.ActionFactory(
        finding=finding, text="Former les agents à l’accueil des personnes en situation de handicap",
        status=Status.ONGOING, deadline_text="T4 2022", deadline_earliest=date(2022, 10, 1),
        deadline_latest=date(2022, 12, 31),
    )  # fmt: skip
