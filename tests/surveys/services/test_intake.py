"""Forms received: once per key, checked, refused with a sentence, corrected and set aside with their history."""

import uuid
from datetime import date, datetime

import pytest
import time_machine

from core.base.errors import UserError
from surveys.enums import CampaignState
from surveys.models import Response
from surveys.rules.answers import LONGEST_TEXT
from surveys.services import intake
from surveys.services.intake import AnswersRefused, Received, SurveyClosed
from tests.organisations.factories import UserFactory
from tests.surveys.factories import (
    CollectionPointFactory,
    PlaceFactory,
    QuestionFactory,
    ScenarioFactory,
    SurveyCampaignFactory,
)

pytestmark = pytest.mark.django_db
DAY = date(2021, 9, 1)
KEY = uuid.UUID(int=1)


@pytest.fixture
def campaign():
    campaign = SurveyCampaignFactory()
    called = QuestionFactory(questionnaire=campaign.questionnaire, code="appel", kind="yes_no", position=2)
    QuestionFactory(questionnaire=campaign.questionnaire, code="courtoisie", position=1)
    QuestionFactory(
        questionnaire=campaign.questionnaire, code="transfert", position=3, shown_if=called, shown_if_answers=["yes"]
    )
    QuestionFactory(questionnaire=campaign.questionnaire, code="suggestions", kind="text", position=4)
    return campaign


def receive(campaign, **changes):
    fields = {"key": KEY, "answers": {"courtoisie": "satisfied"}, "channel": "web", "answered_on": DAY} | changes
    return intake.receive(campaign, **fields)


def test_a_form_is_one_row_with_what_was_answered(campaign):
    place = PlaceFactory(site=campaign.site)
    point = CollectionPointFactory(campaign=campaign, channel="qr", place=place)
    answers = {"courtoisie": "na", "appel": "no", "transfert": "satisfied", "suggestions": " <b>Merci</b> "}
    response, created = receive(campaign, answers=answers, channel="qr", point=point, language="en")
    row = Response.objects.get()
    assert (row, created) == (response, True)
    assert row.answers == {"courtoisie": "na", "appel": "no", "suggestions": "<b>Merci</b>"}
    assert (row.has_text, row.place, row.point, row.language, row.channel) == (True, place, point, "en", "qr")
    assert (row.answered_on, row.entered_by, row.withdrawn_at) == (DAY, None, None)


def test_what_a_mystery_test_tells_is_kept(campaign):
    scenario = ScenarioFactory(campaign=campaign)
    agent = UserFactory()
    response, _ = receive(
        campaign, scenario=scenario, tester="Claude", duration=95, number="17", entered_by=agent, channel="investigator"
    )
    row = Response.objects.get(pk=response.pk)
    assert (row.scenario, row.tester, row.duration, row.number, row.entered_by) == (scenario, "Claude", 95, "17", agent)


def test_its_arrival_costs_the_questions_and_one_insert(campaign, django_assert_num_queries):
    with django_assert_num_queries(4) as queries:  # questions, the savepoint and its release
        receive(campaign)
    assert [q["sql"].split()[0] for q in queries] == ["SELECT", "SAVEPOINT", "INSERT", "RELEASE"]


def test_its_arrival_writes_no_history_row(campaign):
    response, _ = receive(campaign)
    assert response.history.count() == 0


def test_a_key_gives_one_row_however_often_it_is_sent(campaign):
    first, created = receive(campaign)
    again, created_again = receive(campaign, answers={"courtoisie": "dissatisfied"})
    assert (created, created_again, again) == (True, False, first)
    assert Response.objects.get().answers == {"courtoisie": "satisfied"}


def test_a_form_sent_again_after_the_closing_was_received(campaign):
    first, _ = receive(campaign)
    campaign.state = CampaignState.CLOSED
    assert receive(campaign) == (first, False)


@pytest.mark.parametrize(
    ("state", "sentence"),
    [
        (CampaignState.CLOSED, "L’enquête est close : elle ne reçoit plus de formulaire."),
        (CampaignState.DRAFT, "L’enquête n’est pas encore ouverte."),
    ],
)
def test_a_survey_that_is_not_open_takes_no_form(campaign, state, sentence):
    campaign.state = state
    with pytest.raises(SurveyClosed, match=sentence):
        receive(campaign)
    with pytest.raises(SurveyClosed, match=sentence):
        intake.receive_many(campaign, [Received(KEY, {}, "file", DAY)])
    assert not Response.objects.exists()


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        (date(2021, 8, 5), "Le 05/08/2021 est hors de la campagne (du 06/08/2021 au 03/12/2021)."),
        (date(2021, 12, 4), "Le 04/12/2021 est hors de la campagne (du 06/08/2021 au 03/12/2021)."),
        (date(2099, 1, 1), "Le 01/01/2099 est à venir : vérifiez la date."),
    ],
)
def test_a_day_outside_the_campaign_is_refused(campaign, day, sentence):
    with pytest.raises(UserError) as refusal:
        receive(campaign, answered_on=day)
    assert (refusal.value.message, refusal.value.field) == (sentence, "answered_on")


@pytest.mark.parametrize("day", [date(2021, 8, 6), date(2021, 12, 3)])
def test_the_first_and_last_days_are_in_the_campaign(campaign, day):
    assert receive(campaign, answered_on=day)[1]


@pytest.mark.parametrize(
    ("answers", "sentence"),
    [
        (
            {"courtoisie": "Bof"},
            "« la courtoisie des agents » : « Bof » n’est pas une réponse proposée.",
        ),
        ({"autre": "yes"}, "« autre » n’est pas une question de ce questionnaire."),
        (
            {"suggestions": "a" * (LONGEST_TEXT + 1)},
            "« la courtoisie des agents » : votre texte est trop long, 5 000 caractères au plus.",
        ),
    ],
)  # fmt: skip
def test_answers_that_the_questionnaire_does_not_have_are_refused(campaign, answers, sentence):
    with pytest.raises(AnswersRefused) as refusal:
        receive(campaign, answers=answers)
    assert refusal.value.message == sentence
    assert not Response.objects.exists()


def test_ten_megabytes_of_text_are_refused(campaign):
    with pytest.raises(AnswersRefused):
        receive(campaign, answers={"suggestions": "a" * 10 * 1024 * 1024})


def test_many_forms_are_recorded_at_once_each_key_once(campaign, django_assert_num_queries):
    receive(campaign)
    forms = [Received(uuid.UUID(int=n), {"courtoisie": "satisfied"}, "file", DAY, number=str(n)) for n in range(1, 8)]
    with django_assert_num_queries(5):  # savepoint, keys, questions, one INSERT, release
        created, already = intake.receive_many(campaign, [*forms, forms[3]])
    assert ([row.number for row in created], already) == (["2", "3", "4", "5", "6", "7"], 1)
    assert Response.objects.count() == 7
    assert intake.receive_many(campaign, forms) == ([], 7)
    assert not Response.history.exists()


def test_one_wrong_form_among_many_records_none_and_is_named(campaign):
    forms = [
        Received(uuid.UUID(int=1), {"courtoisie": "satisfied"}, "file", DAY, number="1"),
        Received(uuid.UUID(int=2), {"courtoisie": "=1+1"}, "file", DAY, number="2"),
    ]
    sentence = "Formulaire 2 : « la courtoisie des agents » : « =1+1 » n’est pas une réponse proposée."
    with pytest.raises(UserError) as refusal:
        intake.receive_many(campaign, forms)
    assert refusal.value.message == sentence
    assert not Response.objects.exists()


def test_a_correction_keeps_what_it_replaces(campaign):
    response, _ = receive(campaign, entered_by=UserFactory(), channel="paper")
    agent = UserFactory()
    intake.correct(response, answers={"courtoisie": "dissatisfied"}, by=agent, number="12")
    row = Response.objects.get()
    change = row.history.get()
    assert (row.answers, row.number) == ({"courtoisie": "dissatisfied"}, "12")
    assert (change.history_user, change.history_change_reason) == (agent, "Saisie corrigée")


def test_a_correction_is_checked_like_an_arrival(campaign):
    response, _ = receive(campaign)
    for wrong in ({"answers": {"courtoisie": "Bof"}}, {"answers": {}, "answered_on": date(2020, 1, 1)}):
        with pytest.raises(UserError):
            intake.correct(response, by=UserFactory(), **wrong)
    response.campaign.state = CampaignState.CLOSED
    with pytest.raises(SurveyClosed):
        intake.correct(response, answers={}, by=UserFactory())
    assert Response.objects.get().answers == {"courtoisie": "satisfied"}


@time_machine.travel(datetime(2021, 10, 1, 12).astimezone(), tick=False)
def test_a_form_set_aside_leaves_the_results_and_comes_back(campaign):
    response, _ = receive(campaign)
    agent = UserFactory()
    with pytest.raises(UserError, match="Dites pourquoi"):
        intake.set_aside(response, by=agent, reason=" ")
    intake.set_aside(response, by=agent, reason="Saisi deux fois")
    row = Response.objects.get()
    assert (row.withdrawn_reason, list(Response.objects.counted())) == ("Saisi deux fois", [])
    intake.take_back(row, by=agent, reason="Erreur")
    assert Response.objects.counted().get().withdrawn_reason == ""
    assert [change.history_change_reason for change in row.history.all()] == ["Erreur", "Saisi deux fois"]
