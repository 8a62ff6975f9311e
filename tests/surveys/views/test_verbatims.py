"""Free texts on their page: found, tagged, hidden; and the answers to the public."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from organisations.enums import Role
from surveys.enums import QuestionKind
from surveys.models import Feedback, Verbatim
from tests.actions.factories import ActionFactory, FindingFactory, PlanFactory
from tests.organisations.factories import user_with
from tests.surveys.factories import (
    FeedbackFactory,
    PlaceFactory,
    QuestionFactory,
    QuestionnaireFactory,
    ResponseFactory,
    SurveyCampaignFactory,
    VerbatimFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def campaign():
    questionnaire = QuestionnaireFactory()
    QuestionFactory(questionnaire=questionnaire, code="suggestions", kind=QuestionKind.TEXT, label="Suggestions")
    return SurveyCampaignFactory(questionnaire=questionnaire)


@pytest.fixture
def question(campaign):
    return campaign.questionnaire.questions.get()


@pytest.fixture
def referent(campaign, client):
    client.force_login(user_with(Role.QUALITY_REFERENT, campaign.site))
    return client


def write(campaign, words, **fields):
    return ResponseFactory(campaign=campaign, answers={"suggestions": words}, has_text=True, **fields)


def texts(client, campaign, query=""):
    response = client.get(reverse("surveys:verbatims", args=[campaign.code]) + query)
    return [text.words for text in response.context["texts"]]


def url(name, campaign, response):
    return reverse(f"surveys:verbatim-{name}", args=[campaign.code, response.pk, "suggestions"])


def test_texts_are_found_by_words_theme_and_place(campaign, question, referent):
    hall = PlaceFactory(site=campaign.site)
    seats = write(campaign, "Il manque des sièges", place=hall)
    VerbatimFactory(response=seats, question=question, theme="reception")
    write(campaign, "Merci")
    assert texts(referent, campaign) == ["Merci", "Il manque des sièges"]
    assert texts(referent, campaign, "?q=MANQUE") == ["Il manque des sièges"]
    assert texts(referent, campaign, "?theme=reception") == ["Il manque des sièges"]
    assert texts(referent, campaign, "?theme=a-classer") == ["Merci"]
    assert texts(referent, campaign, f"?lieu={hall.pk}") == ["Il manque des sièges"]
    assert texts(referent, campaign, "?theme=internet") == []
    assert texts(referent, campaign, "?lieu=999999999999999999999") == ["Merci", "Il manque des sièges"]


def test_html_and_formulas_are_shown_as_text(campaign, referent):
    write(campaign, "<script>alert(1)</script>")
    page = referent.get(reverse("surveys:verbatims", args=[campaign.code])).text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<script>alert(1)" not in page


def test_tagging_comes_back_to_the_list_as_it_was(campaign, referent):
    response = write(campaign, "Des sièges")
    data = {"theme": "reception", "filtre-q": "siège", "filtre-page": "2"}
    answer = referent.post(url("tag", campaign, response), data)
    assert answer.url.endswith(f"?q=si%C3%A8ge&page=2#texte-{response.pk}-suggestions")
    assert Verbatim.objects.get().theme == "reception"
    context = referent.get(reverse("surveys:verbatims", args=[campaign.code])).context
    assert context["by_theme"] == [("reception", "Accueil physique et téléphonique", 1)]


def test_a_hidden_text_is_read_by_those_who_run_the_survey_only(campaign, referent, client):
    response = write(campaign, "Madame X est aimable")
    assert referent.get(url("hide", campaign, response)).status_code == 200
    assert referent.post(url("hide", campaign, response), {"reason": ""}).status_code == 200
    referent.post(url("hide", campaign, response), {"reason": "un agent est nommé"})
    assert Verbatim.history.get().history_change_reason == "un agent est nommé"
    assert texts(referent, campaign) == ["Madame X est aimable"]
    client.force_login(user_with(Role.MANAGEMENT, campaign.site))
    assert texts(client, campaign) == []
    client.force_login(user_with(Role.QUALITY_REFERENT, campaign.site))
    client.post(url("show", campaign, response))
    client.force_login(user_with(Role.MANAGEMENT, campaign.site))
    assert texts(client, campaign) == ["Madame X est aimable"]


def test_those_who_serve_the_public_read_what_was_read_first_without_place_nor_day(campaign, referent, client):
    hall = PlaceFactory(site=campaign.site, name="Guichet 3")
    write(campaign, "Rappelez-moi au 06 12 34 56 78", place=hall)
    write(campaign, "Des sièges", place=hall)
    first = referent.get(reverse("surveys:verbatims", args=[campaign.code])).text
    assert "contient peut-être un numéro de téléphone" in first
    client.force_login(user_with(Role.RECEPTION_AGENT, campaign.site))
    assert texts(client, campaign) == []
    client.force_login(user_with(Role.QUALITY_REFERENT, campaign.site))
    client.post(reverse("surveys:verbatims-shown", args=[campaign.code]))
    client.force_login(user_with(Role.RECEPTION_AGENT, campaign.site))
    assert texts(client, campaign) == ["Des sièges"]
    listed = client.get(reverse("surveys:verbatims", args=[campaign.code])).text
    assert "septembre 2021" not in listed


@pytest.mark.parametrize("name", ["verbatims", "results"])
def test_while_the_survey_runs_those_who_serve_the_public_see_counts_only(campaign, client, name):
    campaign.ends_on = timezone.localdate() + timedelta(days=2)
    campaign.save()
    for _ in range(12):
        write(campaign, "Une suggestion très reconnaissable")
    client.force_login(user_with(Role.HEAD_OF_SERVICE, campaign.site))
    page = client.get(reverse(f"surveys:{name}", args=[campaign.code])).text
    assert "se lisent après la clôture" in page
    assert "reconnaissable" not in page


def test_a_text_of_another_campaign_is_not_found(campaign, referent):
    other = write(SurveyCampaignFactory(), "Ailleurs")
    blank = ResponseFactory(campaign=campaign)
    for response in (other, blank):
        for name in ("tag", "hide", "show"):
            data = {"theme": "reception", "reason": "x"}
            assert referent.post(url(name, campaign, response), data).status_code == 404


def test_an_empty_page_says_what_will_be_there(campaign, referent):
    page = referent.get(reverse("surveys:verbatims", args=[campaign.code])).text
    assert "Aucun commentaire pour le moment" in page


class TestFeedbacks:
    def page(self, campaign):
        return reverse("surveys:feedbacks", args=[campaign.code])

    def test_an_answer_is_written_from_a_comment_and_published(self, campaign, referent):
        address = reverse("surveys:feedback-create", args=[campaign.code])
        form = referent.get(f"{address}?demande=Des+si%C3%A8ges&theme=reception").context["form"]
        assert (form.initial["request"], form.initial["theme"]) == ("Des sièges", "reception")
        finding = FindingFactory(plan=PlanFactory(site=campaign.site))
        action = ActionFactory(finding=finding, text="Acheter des sièges")
        data = {"request": "Des sièges", "theme": "reception", "reply": "Douze.", "action": action.pk}
        assert referent.post(address, data | {"is_published": "on"}).url == self.page(campaign)
        page = referent.get(self.page(campaign)).text
        assert "Douze." in page
        assert reverse("actions:action", args=[action.pk]) in page

    def test_publishing_without_a_reply_is_refused_on_its_field(self, campaign, referent):
        address = reverse("surveys:feedback-create", args=[campaign.code])
        response = referent.post(address, {"request": "x", "theme": "reception", "is_published": "on"})
        assert "Écrivez ce qui a été fait" in response.context["form"].errors["reply"][0]

    def test_it_is_changed_and_removed(self, campaign, referent):
        feedback = FeedbackFactory(campaign=campaign)
        referent.post(
            reverse("surveys:feedback-edit", args=[feedback.pk]), {"request": "De l’eau", "theme": "other", "reply": ""}
        )
        feedback.refresh_from_db()
        assert feedback.request == "De l’eau"
        referent.post(reverse("surveys:feedback-remove", args=[feedback.pk]), {"reason": ""})
        assert Feedback.objects.count() == 0

    def test_readers_see_what_is_published(self, campaign, client):
        FeedbackFactory(campaign=campaign, request="Publiée", reply="Oui", is_published=True)
        FeedbackFactory(campaign=campaign, request="En cours")
        client.force_login(user_with(Role.MANAGEMENT, campaign.site))
        assert [row.request for row in client.get(self.page(campaign)).context["feedbacks"]] == ["Publiée"]

    def test_an_empty_page_says_what_to_do(self, campaign, referent, client):
        assert "Dites aux usagers ce qu’ils ont demandé" in referent.get(self.page(campaign)).text
        client.force_login(user_with(Role.MANAGEMENT, campaign.site))
        assert "Aucune réponse publiée pour le moment" in client.get(self.page(campaign)).text
