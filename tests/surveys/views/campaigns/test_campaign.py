"""The page of a campaign: counter, curve, and the verbs of each state."""

from datetime import date

import pytest

from organisations.enums import Role
from surveys.models import Campaign, CollectionPoint
from tests.core.page_checks import query_count
from tests.organisations.factories import user_with
from tests.surveys.factories import (
    CollectionPointFactory,
    PlaceFactory,
    QuestionFactory,
    QuestionnaireFactory,
    ResponseFactory,
    SurveyCampaignFactory,
)
from tests.surveys.views.campaigns.conftest import actions, url

pytestmark = pytest.mark.django_db
LIST_QUERIES, DETAIL_QUERIES, PLACES_QUERIES = 8, 10, 8


def test_the_page_counts_the_returns_against_the_goal_and_draws_their_curve(client, rq, campaign):
    ResponseFactory.create_batch(2, campaign=campaign, channel="qr", answered_on=date(2026, 3, 4))
    ResponseFactory(campaign=campaign, channel="paper", answered_on=date(2026, 3, 17))
    page = client.get(url("campaign", "enquete-2026"))
    assert "<strong>3</strong> retours sur 300" in page.text
    assert "En retard : à un rythme régulier, 160 retours seraient arrivés. Reste 14 jours : 22 par jour" in page.text
    assert "3 valeurs, de 2 (04/03) à 3 (18/03)" in page.text
    assert "QR code" in page.text
    assert "Formulaire papier" in page.text


def test_before_the_first_return_there_is_no_curve(client, rq, campaign):
    page = client.get(url("campaign", "enquete-2026"))
    assert page.context_data["curve"] == ""
    assert "<strong>0</strong> retour sur 300" in page.text


def test_the_page_costs_the_same_queries_whatever_its_points_and_forms(client, rq, campaign):
    def one():
        place = PlaceFactory(site=campaign.site)
        point = CollectionPointFactory(campaign=campaign, channel="qr", place=place)
        ResponseFactory(campaign=campaign, point=point, place=place, answered_on=date(2026, 3, 4))

    one()
    first = query_count(client, url("campaign", "enquete-2026"))
    one()
    one()
    assert (first, query_count(client, url("campaign", "enquete-2026"))) == (DETAIL_QUERIES, DETAIL_QUERIES)


def test_the_counter_of_an_open_campaign_is_asked_again_and_counts_what_came_in(client, rq, campaign):
    counter = url("campaign-counter", "enquete-2026")
    assert f'hx-get="{counter}" hx-trigger="every 20s"' in client.get(url("campaign", "enquete-2026")).text
    ResponseFactory(campaign=campaign, answered_on=date(2026, 3, 17))
    queries = query_count(client, counter)
    ResponseFactory(campaign=campaign, answered_on=date(2026, 3, 17))
    ResponseFactory(campaign=campaign, answered_on=date(2026, 3, 17), withdrawn_at="2026-03-17T10:00Z")
    fragment = client.get(counter).text
    assert "<strong>2</strong> retours sur 300" in fragment
    assert "<html" not in fragment
    assert query_count(client, counter) == queries == 7
    Campaign.objects.update(state="closed", closed_at="2026-03-17T10:00Z")
    assert "hx-get" not in client.get(counter).text


def test_a_campaign_is_prepared_at_several_sites_at_once(client, site, questionnaire):
    prefecture = site.parent
    client.force_login(user_with(Role.QUALITY_REFERENT, prefecture))
    fields = {
        "site": prefecture.pk, "also": [site.pk, prefecture.pk], "title": "Enquête 2027", "starts_on": "2027-03-01",
        "questionnaire": questionnaire.pk, "ends_on": "2027-03-31", "goal": 250, "significance_threshold": 10,
        "public_threshold": 5,
    }  # fmt: skip
    response = client.post(url("campaign-create-satisfaction"), fields, follow=True)
    made = Campaign.objects.order_by("pk")
    assert [(campaign.site, campaign.title, campaign.goal) for campaign in made] == [
        (prefecture, "Enquête 2027", 250), (site, "Enquête 2027", 250),
    ]  # fmt: skip
    assert response.redirect_chain[-1][0] == url("campaign", made[0].code)
    assert f"La même campagne est en préparation ici aussi : {site}." in response.text
    own = QuestionFactory(questionnaire=QuestionnaireFactory(site=prefecture)).questionnaire
    refused = client.post(url("campaign-create-satisfaction"), fields | {"questionnaire": own.pk})
    assert "est propre à un autre site" in refused.text
    assert Campaign.objects.count() == 2


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        ("draft", ["Ouvrir la campagne", "Modifier", "Supprimer"]),
        ("open", ["Saisir les formulaires papier", "Résultats", "Modifier", "Clore la campagne"]),
        ("closed", ["Résultats", "Affiches et diaporamas", "Modifier", "Rouvrir"]),
    ],
)
def test_each_state_offers_its_own_verbs(client, rq, campaign, state, expected):
    Campaign.objects.update(state=state, closed_at="2026-03-17T10:00Z")
    offered = actions(client.get(url("campaign", "enquete-2026")))
    assert [label for label in expected if label in offered] == [label for label in offered if label in expected]
    assert {"Ouvrir la campagne", "Clore la campagne", "Rouvrir", "Supprimer"} & set(offered) <= set(expected)


def test_opening_asks_first_and_tells_what_follows(client, rq, campaign):
    Campaign.objects.update(state="draft")
    asked = client.get(url("campaign-open", "enquete-2026")).text
    assert "« Satisfaction (version 1) » se fige : ses questions ne changeront plus." in asked
    assert "Ses dates sont passées" not in asked
    response = client.post(url("campaign-open", "enquete-2026"), follow=True)
    assert "La campagne est ouverte : elle reçoit des formulaires." in response.text
    assert CollectionPoint.objects.get().channel == "web"


def test_opening_a_campaign_of_the_past_warns_that_its_dates_are_over(client, rq, campaign):
    Campaign.objects.update(state="draft", ends_on=date(2026, 3, 17))
    assert "Ses dates sont passées" in client.get(url("campaign-open", "enquete-2026")).text


def test_closing_and_reopening_with_a_reason(client, rq, campaign):
    assert "Elle ne reçoit plus de formulaire" in client.get(url("campaign-close", "enquete-2026")).text
    assert "ses résultats sont définitifs" in client.post(url("campaign-close", "enquete-2026"), follow=True).text
    assert "Close le 18/03/2026" in client.get(url("campaign", "enquete-2026")).text
    client.post(url("campaign-reopen", "enquete-2026"), {"reason": ""})
    campaign.refresh_from_db()
    assert campaign.state == "closed"
    client.post(url("campaign-reopen", "enquete-2026"), {"reason": "Une urne oubliée"})
    campaign.refresh_from_db()
    assert campaign.state == "open"


def test_without_criterion_the_opening_says_what_is_missing(client, rq, site):
    empty = SurveyCampaignFactory(site=site, state="draft", code="vide", questionnaire__title="Vide")
    response = client.post(url("campaign-open", "vide"))
    assert "« Vide » n’a aucun critère" in response.text
    empty.refresh_from_db()
    assert empty.state == "draft"


def test_a_campaign_in_preparation_is_deleted(client, rq, campaign):
    Campaign.objects.update(state="draft")
    assert client.post(url("campaign-remove", "enquete-2026")).url == url("campaigns")
    assert not Campaign.objects.exists()
