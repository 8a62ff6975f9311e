"""Paper forms: one row per key and number, answers as people meant them, the batch of the day."""

import uuid
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine

from core.base.errors import UserError
from surveys.models import Response
from surveys.services import intake, paper
from tests.organisations.factories import UserFactory
from tests.surveys.factories import PlaceFactory, QuestionFactory, SurveyCampaignFactory

pytestmark = pytest.mark.django_db
PARIS = ZoneInfo("Europe/Paris")
DAY = date(2021, 9, 14)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(datetime(2021, 9, 15, 10, tzinfo=PARIS), tick=False) as clock:
        yield clock


@pytest.fixture
def campaign():
    campaign = SurveyCampaignFactory()
    called = QuestionFactory(questionnaire=campaign.questionnaire, code="appel", kind="yes_no", position=1)
    QuestionFactory(
        questionnaire=campaign.questionnaire, code="transfert", position=2, shown_if=called, shown_if_answers=["yes"]
    )
    return campaign


@pytest.fixture
def agent():
    return UserFactory(first_name="Nadia", last_name="Roux")


def enter(campaign, agent, number="1", key=None, **changes):
    fields = {"answers": {"appel": "yes"}, "answered_on": DAY, "by": agent, "number": number} | changes
    return paper.enter(campaign, key=key or uuid.uuid4(), **fields)


def test_a_paper_form_is_kept_with_who_typed_it_and_where_it_was_filled_in(campaign, agent):
    place = PlaceFactory(site=campaign.site)
    response, created = enter(campaign, agent, place=place, language="en")
    row = Response.objects.get()
    assert (row, created) == (response, True)
    assert (row.channel, row.entered_by, row.place, row.number, row.language, row.answered_on) == (
        "paper", agent, place, "1", "en", DAY,
    )  # fmt: skip


def test_an_answer_is_kept_though_the_question_it_follows_from_was_skipped(campaign, agent):
    response, _ = enter(campaign, agent, answers={"transfert": "satisfied"})
    assert response.answers == {"transfert": "satisfied"}
    response, _ = enter(campaign, agent, "2", answers={"appel": "no", "transfert": "satisfied"})
    assert response.answers == {"appel": "no"}


def test_an_empty_form_is_refused(campaign, agent):
    with pytest.raises(UserError, match="Ce formulaire est vide"):
        enter(campaign, agent, answers={"appel": "", "transfert": ""})


def test_a_number_is_typed_once(campaign, agent):
    key = uuid.uuid4()
    first, _ = enter(campaign, agent, "12", key=key)
    assert enter(campaign, agent, "12", key=key) == (first, False)
    with pytest.raises(UserError) as refusal:
        enter(campaign, agent, "12")
    assert refusal.value.message == f"Le formulaire n° 12 est déjà saisi (le 15/09/2021 par {agent})."
    assert refusal.value.field == "number"
    intake.set_aside(first, by=agent, reason="Mal lu")
    assert enter(campaign, agent, "12")[1]


def test_forms_without_a_number_are_as_many_as_typed(campaign, agent):
    assert [enter(campaign, agent, "")[1] for _ in range(3)] == [True] * 3


def test_the_batch_is_what_one_person_typed_today(campaign, agent, clock):
    enter(campaign, agent, "1")
    clock.shift(86_400)
    assert paper.batch_of(campaign, agent) == paper.Batch(0, None)
    clock.shift(60)
    enter(campaign, agent, "08")
    clock.shift(60)
    last, _ = enter(campaign, agent, "09")
    enter(campaign, UserFactory(), "30")
    enter(SurveyCampaignFactory(questionnaire=campaign.questionnaire), agent, "40")
    batch = paper.batch_of(campaign, agent)
    assert (batch.count, batch.last, batch.next_number) == (2, last, "10")


@pytest.mark.parametrize(("number", "following"), [("9", "10"), ("009", "010"), ("", ""), ("A4", "")])
def test_the_number_goes_up_where_it_is_a_number(campaign, agent, number, following):
    enter(campaign, agent, number)
    assert paper.batch_of(campaign, agent).next_number == following


def test_a_correction_reads_the_answers_the_same_way(campaign, agent):
    response, _ = enter(campaign, agent)
    paper.correct(response, answers={"transfert": "dissatisfied"}, by=agent, number="2")
    row = Response.objects.get()
    assert (row.answers, row.number) == ({"transfert": "dissatisfied"}, "2")
