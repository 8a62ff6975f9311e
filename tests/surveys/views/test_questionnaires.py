"""The pages of questionnaires: list, file, versions told plainly, preview in each language, adaptation to a site."""

import pytest
from django.urls import reverse
from django.utils import timezone

from organisations.enums import Role
from referential.services import loading
from surveys.enums import Kind, QuestionKind
from surveys.models import Question, Questionnaire
from surveys.services import questionnaire_loading, questionnaires
from tests.core.page_checks import check_list_page, query_count
from tests.organisations.factories import PrefectureFactory, user_with
from tests.referential.factories import EngagementFactory
from tests.surveys.factories import (
    QuestionEngagementFactory,
    QuestionFactory,
    QuestionnaireFactory,
    SurveyCampaignFactory,
)

pytestmark = pytest.mark.django_db
LIST_QUERIES, DETAIL_QUERIES = 8, 13


@pytest.fixture
def site():
    return PrefectureFactory(code="38", name="Préfecture de l’Isère")


@pytest.fixture
def rq(client, site):
    user = user_with(Role.QUALITY_REFERENT, site)
    client.force_login(user)
    return user


@pytest.fixture
def own(site):
    return QuestionnaireFactory(site=site, title="Notre enquête")


def url(name: str, *args) -> str:
    return reverse(f"surveys:{name}", args=args)


def actions(response) -> list[str]:
    return [action["label"] for action in response.context_data["actions"]]


def test_the_list_costs_the_same_queries_whatever_its_rows(client, rq, site):
    check_list_page(client, url("questionnaires"), lambda: QuestionnaireFactory(site=site), queries=LIST_QUERIES)


def test_the_list_counts_criteria_and_questions_and_finds_a_word_of_a_question(client, rq, own):
    QuestionFactory(questionnaire=own, label="la courtoisie")
    QuestionFactory(questionnaire=own, kind=QuestionKind.TEXT, label="Suggestions")
    QuestionFactory(questionnaire=QuestionnaireFactory(title="Autre"), label="le délai")
    table = client.get(url("questionnaires"), {"q": "courtoisie"}).context_data["table"]
    assert [(row.title, row.criterion_count, row.question_count) for row in table.data.data] == [
        ("Notre enquête", 1, 2)
    ]


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ({"state": "en-preparation"}, ["Mystère", "Notre enquête"]),
        ({"state": "figee"}, ["Figé"]),
        ({"state": "commun"}, ["Figé", "Mystère"]),
        ({"kind": "mystery"}, ["Mystère"]),
    ],
)
def test_the_list_is_filtered_by_state_and_nature(client, rq, own, query, titles):
    QuestionnaireFactory(title="Figé", frozen_at=timezone.now())
    QuestionnaireFactory(title="Mystère", kind=Kind.MYSTERY)
    table = client.get(url("questionnaires"), query).context_data["table"]
    assert [row.title for row in table.data.data] == titles


def test_the_file_shows_each_question_with_its_answers_condition_and_engagements(client, rq, own):
    phoned = QuestionFactory(
        questionnaire=own, position=1, kind="choice", label="téléphoné ?", code="tel",
        choices=[{"code": "oui", "label": "Oui"}, {"code": "non", "label": "Non"}],
    )  # fmt: skip
    criterion = QuestionFactory(
        questionnaire=own, position=2, label="le standard", shown_if=phoned, shown_if_answers=["oui"]
    )
    QuestionEngagementFactory(question=criterion, engagement=EngagementFactory(code="10"))
    text = client.get(url("questionnaire", own.pk)).text
    assert "Choix unique : oui, non." in text
    assert "Critère : échelle à quatre niveaux, plus « non concerné »." in text
    assert "Répondez seulement si vous avez répondu «\u202fOui\u202f» à la question 1." in text
    assert "Engagements : E10" in text


def test_the_file_costs_the_same_queries_whatever_its_questions(client, rq, own):
    def one():
        question = QuestionFactory(questionnaire=own, shown_if=own.questions.first(), shown_if_answers=["satisfied"])
        QuestionEngagementFactory(question=question)
        SurveyCampaignFactory(questionnaire=own, site=own.site)

    one()
    first = query_count(client, url("questionnaire", own.pk))
    one()
    one()
    assert (first, query_count(client, url("questionnaire", own.pk))) == (DETAIL_QUERIES, DETAIL_QUERIES)


def test_a_version_in_preparation_is_changed_and_a_frozen_one_is_followed(client, rq, own):
    page = client.get(url("questionnaire", own.pk))
    assert "Version 1, en préparation" in page.text
    assert actions(page) == ["Ajouter une question", "Aperçu", "Modifier", "Adapter à un site", "Supprimer"]
    QuestionFactory(questionnaire=own)
    questionnaires.freeze(own, by=rq)
    page = client.get(url("questionnaire", own.pk))
    assert "Version 1, figée le" in page.text
    assert "Pour changer une question, créez la version suivante." in page.text
    assert actions(page) == ["Créer la version suivante", "Aperçu", "Adapter à un site"]
    assert "Monter" not in page.text


def test_the_next_version_is_made_in_two_clicks_and_then_found_from_the_old_one(client, rq, own):
    QuestionFactory(questionnaire=own)
    questionnaires.freeze(own, by=rq)
    asked = client.get(url("questionnaire-new-version", own.pk))
    assert "Les campagnes ouvertes ou closes gardent leur version et leurs résultats." in asked.text
    response = client.post(url("questionnaire-new-version", own.pk), {"reason": "CLU"}, follow=True)
    made = Questionnaire.objects.get(version=2)
    assert response.redirect_chain[-1][0] == url("questionnaire", made.pk)
    assert "La version 2 est prête à être modifiée." in response.text
    old = client.get(url("questionnaire", own.pk))
    assert "La version 2 est en préparation." in old.text
    assert "Créer la version suivante" not in actions(old)


def test_a_common_model_is_adapted_where_others_share_the_installation(client, rq, site):
    PrefectureFactory()
    common = QuestionnaireFactory(title="Satisfaction")
    QuestionFactory(questionnaire=common)
    page = client.get(url("questionnaire", common.pk))
    assert "Modèle commun à tous les sites" in page.text
    assert actions(page) == ["Aperçu", "Adapter à un site"]
    for name in ("questionnaire-edit", "questionnaire-remove", "question-create", "questionnaire-new-version"):
        assert client.get(url(name, common.pk)).status_code == 403
    response = client.post(url("questionnaire-copy", common.pk), {"site": site.pk, "title": "À nous"})
    copy = Questionnaire.objects.get(site=site)
    assert (response.url, copy.title, copy.questions.count()) == (url("questionnaire", copy.pk), "À nous", 1)


def test_with_one_prefecture_its_referent_changes_the_common_models(client, rq):
    common = QuestionnaireFactory(title="Satisfaction")
    response = client.post(
        url("questionnaire-edit", common.pk), {"title": "Enquête auprès des usagers", "source": "CLU"}
    )
    common.refresh_from_db()
    assert (response.status_code, common.title) == (302, "Enquête auprès des usagers")


def test_a_questionnaire_is_written_for_a_site(client, rq, site):
    client.post(url("questionnaire-create"), {"site": site.pk, "title": "Maire", "kind": "satisfaction"})
    made = Questionnaire.objects.get()
    assert (made.site, made.title, made.code) == (site, "Maire", "maire-38")


def test_two_editors_lose_nothing(client, rq, own):
    version = client.get(url("questionnaire-edit", own.pk)).context_data["version"]
    questionnaires.change(own, by=rq, title="Entre-temps")
    response = client.post(url("questionnaire-edit", own.pk), {"title": "Le mien", "_version": version})
    assert (response.status_code, "Entre-temps" in response.text, "Le mien" in response.text) == (409, True, True)


def test_a_questionnaire_is_deleted_unless_a_campaign_uses_it(client, rq, own):
    SurveyCampaignFactory(questionnaire=own, site=own.site, title="Enquête 2026", state="draft")
    response = client.post(url("questionnaire-remove", own.pk))
    assert "La campagne « Enquête 2026 » utilise ce questionnaire" in response.text
    own.campaigns.all().delete()
    assert client.post(url("questionnaire-remove", own.pk)).url == url("questionnaires")
    assert not Questionnaire.objects.exists()


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("fr", "La courtoisie des agents en contact avec le public"),
        ("fr-easy", "La politesse des agents"),
        ("en", "The courtesy of the staff dealing with the public"),
        ("de", "La courtoisie des agents en contact avec le public"),
    ],
)
def test_the_preview_is_the_form_of_the_public_in_each_language(client, rq, language, words):
    loading.load_all()
    questionnaire_loading.load()
    model = Questionnaire.objects.get(code="satisfaction")
    page = client.get(url("questionnaire-preview", model.pk), {"langue": language})
    assert words in page.text
    assert "Aperçu : rien n’est enregistré" in page.text
    assert 'type="submit"' not in page.text


def test_the_preview_of_a_french_questionnaire_offers_no_other_language(client, rq, own):
    QuestionFactory(questionnaire=own)
    assert "qp-public-languages" not in client.get(url("questionnaire-preview", own.pk)).text


def test_the_history_tells_who_froze_it_and_why(client, rq, own):
    QuestionFactory(questionnaire=own)
    questionnaires.freeze(own, by=rq)
    text = client.get(url("questionnaire-history", own.pk)).text
    assert "Figé à l’ouverture d’une campagne" in text


def test_a_reader_sees_the_questions_and_changes_nothing(client, site, own):
    QuestionFactory(questionnaire=own)
    client.force_login(user_with(Role.AUDITOR, site))
    page = client.get(url("questionnaire", own.pk))
    assert actions(page) == ["Aperçu"]
    assert "Monter" not in page.text
    assert Question.objects.count() == 1
