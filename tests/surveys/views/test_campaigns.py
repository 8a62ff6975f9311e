"""The pages of campaigns: list, preparation, counter and curve, points and their codes, verbs, agents, places."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from core.models import Job
from organisations.enums import Role
from surveys.models import Campaign, CollectionPoint, Place
from surveys.services import campaigns
from tests.core.page_checks import check_list_page, query_count
from tests.organisations.factories import PrefectureFactory, ServiceFactory, SousPrefectureFactory, user_with
from tests.surveys.factories import (
    CollectionPointFactory,
    PlaceFactory,
    QuestionFactory,
    QuestionnaireFactory,
    ResponseFactory,
    SurveyCampaignFactory,
)

pytestmark = pytest.mark.django_db
LIST_QUERIES, DETAIL_QUERIES, PLACES_QUERIES = 8, 10, 8


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


# --- List and preparation --------------------------------------------------------------------------------------------


def test_the_list_costs_the_same_queries_whatever_its_rows(client, rq, site):
    check_list_page(client, url("campaigns"), lambda: SurveyCampaignFactory(site=site), queries=LIST_QUERIES)


def test_the_list_counts_the_returns_and_says_what_waits_to_be_closed(client, rq, site, campaign):
    ResponseFactory.create_batch(3, campaign=campaign)
    ResponseFactory(campaign=campaign, withdrawn_at="2026-03-10T10:00Z")
    SurveyCampaignFactory(site=site, title="Passée", starts_on=date(2026, 1, 5), ends_on=date(2026, 1, 9), code="p")
    page = client.get(url("campaigns"))
    assert [(row.title, row.returns) for row in page.context_data["table"].data.data] == [
        ("Enquête 2026", 3),
        ("Passée", 0),
    ]
    assert "À clore" in page.text


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ({"kind": "mystery"}, ["appels"]),
        ({"state": "draft"}, ["brouillon"]),
        ({"year": "2025"}, ["appels"]),
        ({"q": "tablette"}, ["brouillon"]),
        ({"year": "abc"}, []),
    ],
)
def test_the_list_is_filtered(client, rq, site, campaign, query, codes):
    SurveyCampaignFactory(
        site=site, kind="mystery", code="appels", starts_on=date(2025, 5, 1), ends_on=date(2025, 5, 9)
    )
    SurveyCampaignFactory(site=site, state="draft", code="brouillon", terms="Tablette dans le hall")
    rows = client.get(url("campaigns"), query).context_data["table"].data.data
    assert [row.code for row in rows] == codes


def test_a_campaign_is_prepared_with_the_goal_of_250_at_the_only_site_one_runs(client, rq, site, questionnaire):
    form = client.get(url("campaign-create-satisfaction")).context_data["form"]
    assert (form["goal"].value(), form["site"].value()) == (250, site.pk)
    response = client.post(
        url("campaign-create-satisfaction"),
        {
            "site": site.pk, "title": "Enquête d’avril", "questionnaire": questionnaire.pk, "starts_on": "2026-04-01",
            "ends_on": "30/04/2026", "goal": "250", "significance_threshold": "10", "public_threshold": "5",
        },
    )  # fmt: skip
    made = Campaign.objects.get()
    assert response.url == url("campaign", "enquete-davril-13-aix")
    assert (made.state, made.ends_on, made.goal) == ("draft", date(2026, 4, 30), 250)


def test_a_mystery_campaign_chooses_among_the_grids_and_counts_tests(client, rq, questionnaire):
    grid = QuestionFactory(questionnaire=QuestionnaireFactory(kind="mystery")).questionnaire
    form = client.get(url("campaign-create-mystery")).context_data["form"]
    assert list(form.fields["questionnaire"].queryset) == [grid]
    assert form.fields["goal"].label == "Tests prévus"


def test_an_older_version_is_no_longer_offered_once_the_next_one_was_used(client, rq):
    def version(number, frozen_at):
        made = QuestionnaireFactory(code="satisfaction", version=number, frozen_at=frozen_at)
        QuestionFactory(questionnaire=made)
        return made

    first, second, third = version(1, "2025-01-01T00:00Z"), version(2, "2026-01-01T00:00Z"), version(3, None)
    form = client.get(url("campaign-create-satisfaction")).context_data["form"]
    assert set(form.fields["questionnaire"].queryset) == {second, third}
    old = SurveyCampaignFactory(questionnaire=first, site=rq.memberships.get().unit, code="vieille")
    kept = client.get(url("campaign-edit", "vieille")).context_data["form"].fields["questionnaire"].queryset
    assert first in kept
    assert old.questionnaire == first


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"ends_on": "2026-03-01"}, "La fin de la campagne vient avant son début."),
        ({"goal": "0"}, "Assurez-vous que cette valeur est supérieure ou égale à 1."),
        ({"starts_on": "hier"}, "Saisissez une date valide."),
        ({"title": ""}, "Ce champ est obligatoire."),
        ({"starts_on": "2026-03-10"}, "Des formulaires sont datés du 05/03/2026 au 05/03/2026"),
    ],
)
def test_bad_input_is_one_sentence_and_changes_nothing(client, rq, campaign, changes, sentence):
    ResponseFactory(campaign=campaign, answered_on=date(2026, 3, 5))
    sent = {
        "title": "Enquête 2026", "questionnaire": campaign.questionnaire_id, "starts_on": "2026-03-02",
        "ends_on": "2026-03-31", "goal": "300", "significance_threshold": "10", "public_threshold": "5",
    }  # fmt: skip
    response = client.post(url("campaign-edit", "enquete-2026"), sent | changes)
    assert (response.status_code, sentence in response.text) == (200, True)
    campaign.refresh_from_db()
    assert (campaign.starts_on, campaign.ends_on, campaign.goal) == (date(2026, 3, 2), date(2026, 3, 31), 300)


# --- The page of a campaign ------------------------------------------------------------------------------------------


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


# --- Points ----------------------------------------------------------------------------------------------------------


def test_a_point_is_added_with_its_place_and_shows_its_address_and_code(client, rq, campaign, settings):
    settings.SITE_URL = "https://qualite.example.fr"
    hall = PlaceFactory(site=campaign.site, name="Hall")
    PlaceFactory(name="Ailleurs")
    form = client.get(url("point-create", "enquete-2026")).context_data["form"]
    assert [code for code, _ in form.fields["channel"].choices] == ["web", "qr", "tablet"]
    assert list(form.fields["place"].queryset) == [hall]
    client.post(
        url("point-create", "enquete-2026"),
        {"channel": "qr", "place": hall.pk, "label": "Affiche du hall", "language": "fr"},
    )
    point = CollectionPoint.objects.get()
    page = client.get(url("campaign", "enquete-2026")).text
    assert f"https://qualite.example.fr/avis/{point.code[:3]}-{point.code[3:]}" in page
    assert "<title>QR code de Affiche du hall</title>" in page
    assert "Affiche A4 (PDF)" in page


def test_the_words_of_a_point_change_and_it_goes_out_of_service_and_back(client, rq, campaign):
    point = CollectionPointFactory(campaign=campaign, channel="qr")
    client.post(url("point-edit", point.pk), {"label": "Guichet 3", "language": "en"})
    client.post(url("point-disable", point.pk), {"reason": "Affiche retirée"})
    point.refresh_from_db()
    assert (point.label, point.language, point.is_active) == ("Guichet 3", "en", False)
    page = client.get(url("campaign", "enquete-2026")).text
    assert "Hors service" in page
    assert "QR code de Guichet 3" not in page
    client.post(url("point-enable", point.pk))
    point.refresh_from_db()
    assert point.is_active
    assert "Affiche retirée" in client.get(url("point-history", point.pk)).text


def test_the_code_is_downloaded_as_a_file_and_the_poster_asked_of_the_worker(client, rq, campaign):
    point = CollectionPointFactory(campaign=campaign, channel="qr")
    response = client.get(url("point-qr", point.pk))
    assert (response["Content-Type"], b"<svg" in response.content) == ("image/svg+xml", True)
    assert "attachment" in response["Content-Disposition"]
    asked = client.post(url("point-poster", point.pk))
    assert asked.url == reverse("core:job", args=[Job.objects.get().uuid])


def test_a_link_or_a_tablet_has_neither_code_nor_poster(client, rq, campaign):
    for channel in ("web", "tablet"):
        point = CollectionPointFactory(campaign=campaign, channel=channel)
        assert client.get(url("point-qr", point.pk)).status_code == 404
        assert client.post(url("point-poster", point.pk)).status_code == 404


def test_the_paper_form_is_asked_in_a_language_that_exists(client, rq, campaign):
    asked = client.post(url("paper-form", "enquete-2026", "en"))
    assert asked.url == reverse("core:job", args=[Job.objects.get().uuid])
    assert client.post(url("paper-form", "enquete-2026", "de")).status_code == 404


# --- Who ----------------------------------------------------------------------------------------------------------


def test_an_agent_of_a_service_opens_the_survey_of_its_site_and_only_collects(client, site, campaign):
    tablet = CollectionPointFactory(campaign=campaign, channel="tablet", label="Tablette du hall")
    client.force_login(user_with(Role.RECEPTION_AGENT, ServiceFactory(parent=site)))
    page = client.get(url("campaign", "enquete-2026"))
    assert "Lancer la tablette" in page.text
    assert tablet.token in page.text
    assert {"Modifier", "Clore la campagne"} & set(actions(page)) == set()
    assert client.get(url("campaign-close", "enquete-2026")).status_code == 403
    assert client.post(url("paper-form", "enquete-2026", "fr")).status_code == 302


def test_an_agent_does_not_see_the_surveys_of_other_sites(client, site, campaign):
    client.force_login(user_with(Role.RECEPTION_AGENT, ServiceFactory(parent=SousPrefectureFactory())))
    assert client.get(url("campaign", "enquete-2026")).status_code == 404
    assert client.get(url("campaigns")).context_data["count"] == 0


def test_a_reader_sees_the_counter_and_not_the_addresses_that_take_forms(client, site, campaign):
    point = CollectionPointFactory(campaign=campaign, channel="qr")
    client.force_login(user_with(Role.MANAGEMENT, site))
    page = client.get(url("campaign", "enquete-2026"))
    assert "retour sur 300" in page.text
    assert point.token not in page.text


def test_the_tested_service_sees_nothing_of_a_mystery_campaign_before_its_closing(client, site, rq):
    mystery = SurveyCampaignFactory(site=site, kind="mystery", code="appels", title="Appels mystère")
    QuestionFactory(questionnaire=mystery.questionnaire)
    head = user_with(Role.HEAD_OF_SERVICE, ServiceFactory(parent=site))
    assert client.get(url("campaign", "appels")).status_code == 200
    client.force_login(head)
    assert client.get(url("campaign", "appels")).status_code == 404
    campaigns.close(mystery, by=rq)
    assert client.get(url("campaign", "appels")).status_code == 200


# --- Places -------------------------------------------------------------------------------------------------------


def test_the_list_of_places_costs_the_same_queries_whatever_its_rows(client, rq, site):
    check_list_page(client, url("places"), lambda: PlaceFactory(site=site), queries=PLACES_QUERIES)


def test_a_place_is_added_and_changed(client, rq, site):
    service = ServiceFactory(parent=site)
    client.post(url("place-create"), {"site": site.pk, "name": "Accueil général", "position": "1", "is_active": "on"})
    place = Place.objects.get()
    assert (place.code, place.site) == ("accueil-general", site)
    client.post(url("place-edit", place.pk), {"name": "Hall A", "position": "2", "unit": service.pk})
    place.refresh_from_db()
    assert (place.name, place.unit, place.is_active) == ("Hall A", service, False)
    assert "Hall A" in client.get(url("place", place.pk)).text
    assert "Accueil général" in client.get(url("place-history", place.pk)).text


def test_two_places_of_a_site_do_not_share_a_name(client, rq, site):
    PlaceFactory(site=site, name="Hall")
    response = client.post(url("place-create"), {"site": site.pk, "name": "Hall", "position": "0"})
    assert "a déjà un lieu nommé « Hall »" in response.text
