"""A campaign from its preparation to its closing, and back; what it refuses in one sentence; its points and places."""

from datetime import date

import pytest
import time_machine

from core.base.errors import UserError
from surveys.enums import CampaignState, Channel, Kind
from surveys.models import Campaign, CampaignResult, CollectionPoint, PlannedTest, Scenario
from surveys.services import campaigns, places, points
from tests.organisations.factories import PrefectureFactory, ServiceFactory, UserFactory
from tests.surveys.factories import (
    CollectionPointFactory,
    PlaceFactory,
    PlannedTestFactory,
    QuestionFactory,
    QuestionnaireFactory,
    ResponseFactory,
    SurveyCampaignFactory,
    SurveyImportFactory,
)

pytestmark = pytest.mark.django_db
START, END = date(2026, 3, 2), date(2026, 3, 30)


@pytest.fixture
def rq():
    return UserFactory()


@pytest.fixture
def site():
    return PrefectureFactory(code="38", name="Préfecture de l’Isère")


@pytest.fixture
def questionnaire():
    return QuestionFactory().questionnaire


@pytest.fixture
def prepare(rq, site, questionnaire):
    def make(**fields) -> Campaign:
        wanted = {
            "title": "Enquête 2026", "kind": Kind.SATISFACTION, "questionnaire": questionnaire, "site": site,
            "starts_on": START, "ends_on": END, "by": rq,
        }  # fmt: skip
        return campaigns.create(**wanted | fields)

    return make


def refusal_of(write) -> tuple[str, str | None]:
    with pytest.raises(UserError) as refusal:
        write()
    return refusal.value.message, refusal.value.field


def test_a_campaign_is_prepared_with_a_code_of_its_own(prepare, rq):
    first, second = prepare(goal=250, terms=" Tablette "), prepare()
    assert (first.code, second.code) == ("enquete-2026-38", "enquete-2026-38-2")
    assert (first.state, first.goal, first.terms) == (CampaignState.DRAFT, 250, "Tablette")
    assert first.history.get().history_user == rq


def test_a_code_given_is_kept_and_not_given_twice(prepare):
    assert prepare(code="clu-2022").code == "clu-2022"
    assert refusal_of(lambda: prepare(code="clu-2022")) == ("Le code « clu-2022 » est déjà pris.", "code")


@pytest.mark.parametrize(
    ("fields", "refusal"),
    [
        ({"title": " "}, ("Donnez un intitulé à la campagne.", "title")),
        ({"kind": "sondage"}, ("Choisissez la nature de la campagne.", "kind")),
        ({"ends_on": date(2026, 3, 1)}, ("La fin de la campagne vient avant son début.", "ends_on")),
        ({"goal": 0}, ("L’objectif est d’au moins un retour ; laissez-le vide s’il n’y en a pas.", "goal")),
    ],
)
def test_a_contradictory_campaign_is_refused_on_its_field(prepare, fields, refusal):
    assert refusal_of(lambda: prepare(**fields)) == refusal
    assert not Campaign.objects.exists()


def test_a_campaign_is_of_a_site_and_its_questionnaire_suits_it(prepare, site):
    assert refusal_of(lambda: prepare(site=ServiceFactory()))[1] == "site"
    grid = QuestionnaireFactory(kind=Kind.MYSTERY, title="Appels mystère")
    assert refusal_of(lambda: prepare(questionnaire=grid)) == (
        "« Appels mystère » est fait pour une autre nature de campagne (enquête mystère).",
        "questionnaire",
    )
    elsewhere = QuestionnaireFactory(site=PrefectureFactory(), title="Leur enquête")
    assert refusal_of(lambda: prepare(questionnaire=elsewhere)) == (
        "« Leur enquête » est propre à un autre site.",
        "questionnaire",
    )


def test_opening_freezes_the_questionnaire_and_makes_the_web_link_of_a_satisfaction_survey(prepare, rq):
    campaign = campaigns.open(prepare(), by=rq)
    assert (campaign.state, campaign.questionnaire.frozen_at is not None) == (CampaignState.OPEN, True)
    assert list(campaign.points.values_list("channel", "is_active")) == [(Channel.WEB, True)]
    assert campaign.history.first().history_change_reason == "Ouverture de la campagne"


def test_a_link_made_before_the_opening_is_not_doubled_and_a_mystery_campaign_gets_none(prepare, rq):
    campaign = prepare()
    points.add_point(campaign, channel=Channel.WEB, by=rq)
    assert campaigns.open(campaign, by=rq).points.count() == 1
    grid = QuestionFactory(questionnaire=QuestionnaireFactory(kind=Kind.MYSTERY)).questionnaire
    mystery = campaigns.open(prepare(kind=Kind.MYSTERY, questionnaire=grid), by=rq)
    assert mystery.points.count() == 0


def test_without_criterion_nothing_opens_and_nothing_is_frozen(prepare, rq):
    empty = QuestionnaireFactory(title="Vide")
    campaign = prepare(questionnaire=empty)
    assert refusal_of(lambda: campaigns.open(campaign, by=rq))[0].startswith("« Vide » n’a aucun critère")
    campaign.refresh_from_db()
    assert campaign.state == CampaignState.DRAFT


def test_a_campaign_of_the_past_can_be_opened_to_take_its_forms(prepare, rq):
    with time_machine.travel("2027-01-05"):
        assert campaigns.open(prepare(), by=rq).is_open


def test_closing_keeps_the_results_and_who_closed(prepare, rq):
    campaign = campaigns.open(prepare(), by=rq)
    ResponseFactory(campaign=campaign, answered_on=START, answers={})
    with time_machine.travel("2026-03-31T10:00:00Z"):
        closed = campaigns.close(campaign, by=rq)
    assert (closed.state, closed.closed_by, closed.closed_at.isoformat()) == (
        CampaignState.CLOSED, rq, "2026-03-31T10:00:00+00:00",
    )  # fmt: skip
    assert CampaignResult.objects.get(campaign=campaign).returns == 1


def test_reopening_takes_a_reason_and_forgets_the_closing(prepare, rq):
    campaign = campaigns.close(campaigns.open(prepare(), by=rq), by=rq)
    assert refusal_of(lambda: campaigns.reopen(campaign, by=rq, reason=" ")) == (
        "Indiquez la raison de la réouverture.",
        "reason",
    )
    again = campaigns.reopen(campaign, by=rq, reason="Une urne oubliée")
    assert (again.state, again.closed_at, again.closed_by) == (CampaignState.OPEN, None, None)
    assert again.history.first().history_change_reason == "Une urne oubliée"


@pytest.mark.parametrize(
    ("state", "verb", "sentence"),
    [
        ("open", campaigns.open, "Cette campagne n’est plus en préparation (état actuel : ouverte)."),
        ("closed", campaigns.open, "Cette campagne n’est plus en préparation (état actuel : close)."),
        ("draft", campaigns.close, "Seule une campagne ouverte se clôt (état actuel : en préparation)."),
        ("closed", campaigns.close, "Seule une campagne ouverte se clôt (état actuel : close)."),
        ("draft", campaigns.reopen, "Cette campagne n’est pas close (état actuel : en préparation)."),
        ("open", campaigns.reopen, "Cette campagne n’est pas close (état actuel : ouverte)."),
        ("open", campaigns.remove, "Seule une campagne en préparation se supprime (état actuel : ouverte)."),
        ("closed", campaigns.remove, "Seule une campagne en préparation se supprime (état actuel : close)."),
    ],
)
def test_a_verb_out_of_its_state_is_refused(rq, state, verb, sentence):
    campaign = SurveyCampaignFactory(state=state)
    assert refusal_of(lambda: verb(campaign, by=rq, reason="Essai"))[0] == sentence
    campaign.refresh_from_db()
    assert campaign.state == state


def test_an_open_campaign_keeps_its_questionnaire_and_may_change_the_rest(prepare, rq, questionnaire):
    campaign = campaigns.open(prepare(), by=rq)
    assert refusal_of(lambda: campaigns.change(campaign, by=rq, questionnaire=QuestionnaireFactory())) == (
        "Une campagne ouverte garde son questionnaire.",
        "questionnaire",
    )
    changed = campaigns.change(campaign, by=rq, questionnaire=questionnaire, ends_on=date(2026, 4, 10), goal=300)
    assert (changed.ends_on, changed.goal) == (date(2026, 4, 10), 300)


def test_the_dates_keep_covering_what_was_received(prepare, rq):
    campaign = campaigns.open(prepare(), by=rq)
    ResponseFactory(campaign=campaign, answered_on=date(2026, 3, 5))
    ResponseFactory(campaign=campaign, answered_on=date(2026, 3, 20))
    sentence = "Des formulaires sont datés du 05/03/2026 au 20/03/2026 : la campagne doit couvrir ces jours."
    assert refusal_of(lambda: campaigns.change(campaign, by=rq, starts_on=date(2026, 3, 6))) == (sentence, "starts_on")
    assert refusal_of(lambda: campaigns.change(campaign, by=rq, ends_on=date(2026, 3, 19))) == (sentence, "ends_on")
    assert campaigns.change(campaign, by=rq, starts_on=date(2026, 3, 5)).starts_on == date(2026, 3, 5)


def test_a_closed_campaign_changes_its_words_alone(prepare, rq):
    campaign = campaigns.close(campaigns.open(prepare(goal=250), by=rq), by=rq)
    changed = campaigns.change(campaign, by=rq, presented_on=date(2026, 5, 18), terms="Tablette et papier", goal=250)
    assert (changed.presented_on, changed.terms) == (date(2026, 5, 18), "Tablette et papier")
    assert refusal_of(lambda: campaigns.change(campaign, by=rq, goal=100)) == (
        "La campagne est close : rouvrez-la pour changer ses dates, son objectif ou ses seuils.",
        "goal",
    )


def test_a_campaign_in_preparation_is_deleted_with_what_was_planned(rq):
    planned = PlannedTestFactory(scenario__campaign__state="draft")
    campaign = planned.campaign
    CollectionPointFactory(campaign=campaign)
    campaigns.remove(campaign, by=rq, reason="Doublon")
    assert [model.objects.count() for model in (Campaign, CollectionPoint, Scenario, PlannedTest)] == [0, 0, 0, 0]
    assert Campaign.history.filter(history_type="-", history_change_reason="Doublon").count() == 1


def test_a_campaign_whose_file_was_sent_is_kept(rq):
    sent = SurveyImportFactory(campaign__state="draft")
    assert refusal_of(lambda: campaigns.remove(sent.campaign, by=rq))[0] == (
        "Un fichier a été déposé pour cette campagne : elle ne se supprime plus."
    )


# --- Points and places -----------------------------------------------------------------------------------------------


def test_each_point_has_an_address_that_nobody_guesses_and_that_the_history_does_not_hold(rq):
    campaign = SurveyCampaignFactory()
    tokens = {points.add_point(campaign, channel=Channel.QR, by=rq).token for _ in range(20)}
    assert len(tokens) == 20
    assert {len(token) for token in tokens} == {22}
    assert "token" not in {field.name for field in CollectionPoint.history.model._meta.get_fields()}


def test_a_point_is_of_a_channel_of_its_campaign_and_of_a_place_of_its_site(rq):
    campaign, mystery = SurveyCampaignFactory(), SurveyCampaignFactory(kind=Kind.MYSTERY)
    sentence = ("Ce canal ne convient pas à cette campagne.", "channel")
    assert refusal_of(lambda: points.add_point(campaign, channel=Channel.INVESTIGATOR, by=rq)) == sentence
    assert refusal_of(lambda: points.add_point(mystery, channel=Channel.TABLET, by=rq)) == sentence
    elsewhere = PlaceFactory(name="Hall")
    message, field = refusal_of(lambda: points.add_point(campaign, channel=Channel.QR, place=elsewhere, by=rq))
    assert (message.startswith("« Hall » n’est pas un lieu de"), field) == (True, "place")


def test_a_point_does_not_end_before_its_campaign_begins(rq):
    campaign = SurveyCampaignFactory(kind=Kind.MYSTERY)
    day = date(2021, 8, 5)
    assert refusal_of(lambda: points.add_point(campaign, channel="investigator", expires_on=day, by=rq)) == (
        "La campagne commence le 06/08/2021 : le point de collecte doit valoir jusque-là.",
        "expires_on",
    )


def test_a_point_is_put_out_of_service_and_back_and_keeps_its_address(rq):
    point = points.add_point(SurveyCampaignFactory(), channel=Channel.TABLET, by=rq, label="Hall")
    token = point.token
    assert points.disable_point(point, by=rq, reason="Volée").is_active is False
    assert refusal_of(lambda: points.disable_point(point, by=rq))[0] == "Ce point de collecte est déjà hors service."
    again = points.enable_point(point, by=rq)
    assert (again.is_active, again.token) == (True, token)
    assert refusal_of(lambda: points.enable_point(point, by=rq))[0] == "Ce point de collecte est déjà en service."


def test_a_closed_campaign_opens_no_way_in(rq):
    point = CollectionPointFactory(campaign__state="closed", is_active=False)
    sentence = "La campagne est close : rouvrez-la pour changer ses points de collecte."
    assert refusal_of(lambda: points.add_point(point.campaign, channel="qr", by=rq))[0] == sentence
    assert refusal_of(lambda: points.enable_point(point, by=rq))[0] == sentence
    assert refusal_of(lambda: points.change_point(point, by=rq, label="Hall"))[0] == sentence


def test_the_words_of_a_point_change_and_its_campaign_does_not(rq):
    point = CollectionPointFactory()
    assert points.change_point(point, by=rq, label=" Guichet 3 ", language="en").label == "Guichet 3"
    with pytest.raises(TypeError):
        points.change_point(point, by=rq, campaign=SurveyCampaignFactory())


def test_places_of_a_site_have_each_their_name_and_code(rq, site):
    first = places.create(site=site, name=" Accueil général ", by=rq)
    assert (first.name, first.code) == ("Accueil général", "accueil-general")
    assert refusal_of(lambda: places.create(site=site, name="Accueil Général".lower(), by=rq)) == (
        "« Préfecture de l’Isère » a déjà un lieu nommé « accueil général ».",
        "name",
    )
    assert places.create(site=PrefectureFactory(), name="Accueil général", by=rq).code == "accueil-general"
    assert places.change(first, by=rq, name="Hall A", is_active=False).code == "accueil-general"


def test_a_place_is_of_a_site_and_of_a_service_of_that_site(rq, site):
    assert refusal_of(lambda: places.create(site=ServiceFactory(), name="Hall", by=rq))[1] == "site"
    assert refusal_of(lambda: places.create(site=site, name=" ", by=rq)) == ("Donnez un nom au lieu.", "name")
    own, other = ServiceFactory(parent=site), ServiceFactory(name="Ailleurs")
    assert places.create(site=site, name="Hall", unit=own, by=rq).unit == own
    assert refusal_of(lambda: places.create(site=site, name="Hall B", unit=other, by=rq)) == (
        "« Ailleurs » n’est pas un service de « Préfecture de l’Isère ».",
        "unit",
    )
