"""Forms of people without an account: once per key, kept when late, ignored when forged, limited without a trace."""

import uuid
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.utils import timezone

from core.models import RateLimit
from surveys.enums import CampaignState
from surveys.models import Campaign, CollectionPoint, Response
from surveys.services import entrances, public
from surveys.services.intake import AnswersRefused, SurveyClosed
from surveys.services.public import EmptyForm, Reception, Sent, TooManyForms
from tests.surveys.factories import CollectionPointFactory, PlaceFactory, QuestionFactory

pytestmark = pytest.mark.django_db
PARIS = ZoneInfo("Europe/Paris")
TODAY = date(2021, 9, 15)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(datetime(2021, 9, 15, 10, tzinfo=PARIS), tick=False) as clock:
        yield clock


@pytest.fixture
def point():
    point = CollectionPointFactory(channel="qr")
    point.place = PlaceFactory(site=point.campaign.site)
    point.save()
    QuestionFactory(questionnaire=point.campaign.questionnaire, code="courtoisie", position=1)
    QuestionFactory(questionnaire=point.campaign.questionnaire, code="suggestions", kind="text", position=2)
    return point


def sent(number=1, **changes):
    known = {"key": uuid.UUID(int=number), "answers": {"courtoisie": "satisfied"}, "opened_at": timezone.now()}
    return Sent(**(known | changes))


def receive(point, form=None, network="192.0.2.1"):
    return public.receive(point, form or sent(), network=network)


def test_a_form_of_the_public_is_kept_with_its_way_in(point):
    assert receive(point, sent(language="en")) == Reception.RECEIVED
    row = Response.objects.get()
    assert (row.campaign, row.point, row.place, row.channel) == (point.campaign, point, point.place, "qr")
    assert (row.language, row.answered_on, row.answers, row.entered_by) == (
        "en",
        TODAY,
        {"courtoisie": "satisfied"},
        None,
    )


def test_sending_again_gives_one_response_and_other_answers_at_once_correct_it(point):
    assert [receive(point), receive(point)] == [Reception.RECEIVED, Reception.KNOWN]
    assert receive(point, sent(answers={"courtoisie": "na"})) == Reception.CORRECTED
    assert Response.objects.get().answers == {"courtoisie": "na"}


def test_a_form_costs_its_questions_its_count_and_one_insert(point, settings, django_assert_num_queries):
    receive(point)
    expected = ["SELECT", "SAVEPOINT", "UPDATE", "INSERT", "RELEASE"] if settings.IS_SQLITE else ["SELECT", "WITH"]
    with django_assert_num_queries(len(expected)) as queries:
        receive(point, sent(2))
    assert [query["sql"].split()[0] for query in queries] == expected


def test_a_form_of_an_open_survey_costs_no_reading(point, settings, django_assert_num_queries):
    freeze(point)
    receive(entrances.find(point.token))
    with django_assert_num_queries(4 if settings.IS_SQLITE else 1):
        assert receive(entrances.find(point.token), sent(2)) == Reception.RECEIVED
    assert Response.objects.count() == 2


def test_closing_is_heard_at_once_by_those_who_kept_the_survey_open(point):
    freeze(point)
    receive(entrances.find(point.token))
    kept = entrances.find(point.token)
    Campaign.objects.update(state=CampaignState.CLOSED)
    assert kept.campaign.is_open
    assert [receive(kept, sent(2)), receive(entrances.find(point.token), sent(3))] == [Reception.LATE] * 2
    assert Response.objects.counted().count() == 1


def test_a_point_that_is_stopped_moved_or_given_back_is_heard_at_once(point):
    freeze(point)
    receive(entrances.find(point.token))
    kept, elsewhere = entrances.find(point.token), PlaceFactory(site=point.campaign.site)
    CollectionPoint.objects.update(place=elsewhere)
    assert receive(kept, sent(2)) == Reception.RECEIVED
    assert Response.objects.get(key=uuid.UUID(int=2)).place == elsewhere
    CollectionPoint.objects.update(is_active=False)
    assert receive(kept, sent(3)) == Reception.LATE
    CollectionPoint.objects.update(is_active=True)
    assert receive(entrances.find(point.token), sent(4)) == Reception.RECEIVED


def test_another_questionnaire_of_a_survey_drawn_again_is_heard_at_once(point):
    freeze(point)
    receive(entrances.find(point.token))
    kept = entrances.find(point.token)
    other = QuestionFactory(code="accueil", questionnaire__frozen_at=datetime(2021, 9, 1, tzinfo=PARIS)).questionnaire
    Campaign.objects.update(questionnaire=other)
    with pytest.raises(public.NotOurForm):
        receive(kept, sent(2))
    assert receive(entrances.find(point.token), sent(3, answers={"accueil": "satisfied"})) == Reception.RECEIVED


def test_what_is_sent_again_is_not_counted_twice(point):
    for _ in range(3):
        receive(point)
    assert RateLimit.objects.get().count == 1


def close(point):
    point.campaign.state = CampaignState.CLOSED
    point.campaign.save()


def freeze(point):
    point.campaign.questionnaire.frozen_at = datetime(2021, 9, 1, tzinfo=PARIS)
    point.campaign.questionnaire.save()


@pytest.mark.parametrize(
    "forged",
    [
        {"key": None},
        {"is_trapped": True},
        {"answers": {"courtoisie": "5"}},
        {"answers": {"courtoisie": ["satisfied", "dissatisfied"]}},
        {"answers": {"autre": "satisfied"}},
    ],
)
def test_a_forged_form_is_not_kept(point, forged, caplog):
    caplog.set_level("INFO")
    with pytest.raises(public.NotOurForm):
        receive(point, sent(**forged))
    assert not Response.objects.exists()
    assert not RateLimit.objects.exists()
    assert caplog.messages == [f"not our form, on collection point {point.pk}"]


@pytest.mark.parametrize("blank", [{}, {"courtoisie": ""}, {"suggestions": "  "}])
def test_an_empty_form_is_not_a_response(point, blank):
    with pytest.raises(EmptyForm):
        receive(point, sent(answers=blank))
    assert not Response.objects.exists()


def test_what_a_person_can_mend_is_told(point):
    QuestionFactory(questionnaire=point.campaign.questionnaire, code="profil", label="Vous êtes", is_required=True)
    with pytest.raises(AnswersRefused) as refusal:
        receive(point, sent(answers={"suggestions": "a" * 5001}))
    assert [(p.question, p.reason.value) for p in refusal.value.problems] == [
        ("suggestions", "too_long"), ("profil", "missing"),
    ]  # fmt: skip


def test_a_form_after_the_closing_is_kept_out_of_the_results(point):
    close(point)
    assert receive(point, sent(answered_on=date(2021, 9, 10))) == Reception.LATE
    row = Response.objects.get()
    assert row.withdrawn_reason == "Reçu après la clôture de l’enquête, rempli le 10/09/2021."
    assert not Response.objects.counted().exists()


def test_a_form_received_before_the_closing_and_sent_again_after_it_counts(point):
    receive(point)
    close(point)
    assert receive(point) == Reception.KNOWN
    assert Response.objects.counted().count() == 1


def test_a_form_of_a_point_out_of_service_is_kept_out_of_the_results(point):
    point.is_active = False
    point.save()
    assert receive(point) == Reception.LATE
    assert Response.objects.get().withdrawn_reason == "Reçu d’un point de collecte hors service, rempli le 15/09/2021."


def test_a_form_outside_the_dates_is_kept_out_of_the_results(point, clock):
    clock.move_to(datetime(2021, 12, 10, 10, tzinfo=PARIS))
    assert receive(point) == Reception.LATE
    assert Response.objects.get().withdrawn_reason == "Rempli le 10/12/2021, hors des dates de l’enquête."


@pytest.mark.parametrize(
    ("told", "kept"),
    [
        (date(2021, 9, 12), date(2021, 9, 12)),
        (date(2021, 8, 6), date(2021, 8, 6)),
        (date(2021, 9, 16), TODAY),
        (date(2001, 1, 1), TODAY),
        (None, TODAY),
    ],
)
def test_the_day_of_a_tablet_is_believed_unless_its_clock_is_wrong(point, told, kept):
    assert receive(point, sent(answered_on=told)) == Reception.RECEIVED
    assert Response.objects.get().answered_on == kept


def test_a_day_spent_off_line_is_counted_though_it_arrives_after_the_last_day(point, clock):
    clock.move_to(datetime(2021, 12, 5, 10, tzinfo=PARIS))
    assert receive(point, sent(answered_on=date(2021, 12, 2))) == Reception.RECEIVED


def test_a_survey_not_open_yet_takes_nothing(point):
    point.campaign.state = CampaignState.DRAFT
    with pytest.raises(SurveyClosed, match="pas encore ouverte"):
        receive(point)


def test_a_network_has_a_limit_which_never_refuses_what_was_received(point, monkeypatch):
    monkeypatch.setattr(public, "LIMIT", 2)
    assert [receive(point, sent(n)) for n in (1, 2)] == [Reception.RECEIVED] * 2
    with pytest.raises(TooManyForms):
        receive(point, sent(3))
    assert receive(point, sent(2)) == Reception.KNOWN
    assert receive(point, sent(3), network="192.0.2.2") == Reception.RECEIVED
    assert Response.objects.count() == 3


def test_a_tablet_sends_more_than_a_person(point, monkeypatch):
    monkeypatch.setattr(public, "LIMIT", 0)
    point.channel = "tablet"
    point.save()
    assert receive(point) == Reception.RECEIVED


def test_the_hour_after_a_refused_form_is_taken(point, clock, monkeypatch):
    monkeypatch.setattr(public, "LIMIT", 1)
    receive(point)
    with pytest.raises(TooManyForms):
        receive(point, sent(2))
    clock.shift(3600)
    assert receive(point, sent(2)) == Reception.RECEIVED


def test_no_address_is_kept_in_any_form(point):
    receive(point, network="192.0.2.77")
    counter = RateLimit.objects.get()
    assert public._limit_key(point, "192.0.2.77") != public._limit_key(point, "192.0.2.78")
    values = [*vars(Response.objects.get()).values(), *vars(counter).values()]
    assert not any("192.0.2" in str(value) for value in values)
