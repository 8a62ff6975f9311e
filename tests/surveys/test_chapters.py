"""The chapters of the annual report: sentences built from the results, a table, a chart; none without a survey."""

from datetime import date

import pytest
from django.template.loader import render_to_string

from core.base import registries
from surveys import chapters
from surveys.enums import CampaignState, Kind, QuestionKind
from surveys.services.results import refresh
from tests.surveys.factories import (
    FeedbackFactory,
    QuestionFactory,
    QuestionnaireFactory,
    ResponseFactory,
    SurveyCampaignFactory,
)

pytestmark = pytest.mark.django_db
CODES = ("courtoisie", "attente", "confort", "langage", "signaletique", "orientation", "numerique")


@pytest.fixture
def campaign():
    questionnaire = QuestionnaireFactory()
    for position, code in enumerate(CODES):
        QuestionFactory(questionnaire=questionnaire, code=code, label=code, position=position)
    return SurveyCampaignFactory(questionnaire=questionnaire, goal=50, terms="Questionnaire papier.")


def answer(campaign, **satisfied):
    """Twenty forms; for each criterion, how many are satisfied."""
    for index in range(20):
        answers = {code: "satisfied" if index < number else "dissatisfied" for code, number in satisfied.items()}
        ResponseFactory(campaign=campaign, answers=answers)
    return campaign


def close(campaign):
    refresh(campaign)
    campaign.state = CampaignState.CLOSED
    campaign.save()
    return campaign


def sentences(campaign, context=chapters.satisfaction):
    (survey,) = context(campaign.site, campaign.ends_on.year)["surveys"]
    return list(survey.sentences)


def test_the_year_is_told_in_sentences(campaign):
    before = SurveyCampaignFactory(
        questionnaire=campaign.questionnaire, site=campaign.site, starts_on=date(2020, 9, 1), ends_on=date(2020, 10, 1)
    )
    close(answer(before, courtoisie=18, attente=2, confort=10, langage=18))
    answer(campaign, courtoisie=19, attente=16, confort=10, langage=3, signaletique=12, orientation=15)
    ResponseFactory(campaign=campaign, answers={"numerique": "satisfied"})
    assert sentences(close(campaign)) == [
        "L’enquête de satisfaction a été menée du 06/08/2021 au 03/12/2021\u202f: 21 formulaires recueillis, pour un "
        "objectif de 50.",
        "Questionnaire papier.",
        "Tous critères réunis, 62,8\u202f% des réponses sont satisfaites (entre 41,7\u202f% et 79,9\u202f%, "
        "à 95\u202f% de confiance)\u202f; la satisfaction nette est de +25,6\u202fpoints.",
        "Les mieux notés\u202f: courtoisie (95,0\u202f%), attente (80,0\u202f%), orientation (75,0\u202f%). "
        "Les moins bien notés\u202f: langage (15,0\u202f%), confort (50,0\u202f%), signaletique (60,0\u202f%).",
        "Par rapport à 2020, en hausse\u202f: attente (10,0\u202f% → 80,0\u202f%)\u202f; "
        "en baisse\u202f: langage (90,0\u202f% → 15,0\u202f%). Les autres écarts peuvent être dus au hasard.",
        "Non significatif, avec moins de 10 réponses\u202f: numerique (1).",
    ]


def test_a_year_alike_says_that_no_difference_is_established(campaign):
    before = SurveyCampaignFactory(
        questionnaire=campaign.questionnaire, site=campaign.site, starts_on=date(2020, 9, 1), ends_on=date(2020, 10, 1)
    )
    close(answer(before, courtoisie=10))
    assert sentences(close(answer(campaign, courtoisie=11)))[-1] == (
        "Par rapport à 2020, aucune différence n’est établie."
    )


def test_few_answers_say_little(campaign):
    campaign.terms, campaign.goal = "", None
    ResponseFactory(campaign=campaign, answers={"courtoisie": "satisfied"})
    assert sentences(close(campaign)) == [
        "L’enquête de satisfaction a été menée du 06/08/2021 au 03/12/2021\u202f: 1 formulaire recueilli.",
        "Non significatif, avec moins de 10 réponses\u202f: courtoisie (1).",
    ]


def test_a_campaign_without_a_form_says_so(campaign):
    assert sentences(close(campaign)) == [
        "L’enquête de satisfaction a été menée du 06/08/2021 au 03/12/2021\u202f: aucun formulaire n’a été reçu."
    ]


def test_a_mystery_survey_is_told_with_who_made_it(campaign):
    questionnaire = QuestionnaireFactory(kind=Kind.MYSTERY)
    QuestionFactory(questionnaire=questionnaire, code="svi", label="SVI", kind=QuestionKind.YES_NO)
    calls = SurveyCampaignFactory(
        kind=Kind.MYSTERY, questionnaire=questionnaire, significance_threshold=2, investigator="Préfecture de l’Ain"
    )
    for said in ("yes", "no"):
        ResponseFactory(campaign=calls, answers={"svi": said})
    told = sentences(close(calls), chapters.mystery)
    assert told[0] == (
        "L’enquête mystère a été menée du 06/08/2021 au 03/12/2021 (Préfecture de l’Ain)\u202f: 2 tests faits."
    )
    assert told[1].startswith("Tous critères réunis, 50,0\u202f% des évaluations sont positives (entre ")


@pytest.mark.parametrize("change", [{"state": CampaignState.OPEN}, {"ends_on": date(2022, 1, 5)}])
def test_a_year_without_a_closed_survey_has_no_chapter(campaign, change):
    close(answer(campaign, courtoisie=10))
    for name, value in change.items():
        setattr(campaign, name, value)
    campaign.save()
    told = chapters.satisfaction(campaign.site, 2021)
    assert (told["surveys"], told["is_empty"], told["key_figures"]) == ([], True, [])


def test_the_chapter_prints_its_table_its_chart_and_what_was_answered(campaign):
    FeedbackFactory(campaign=campaign, request="Des sièges", reply="Douze sièges.", is_published=True)
    FeedbackFactory(campaign=campaign, request="En cours", is_published=False)
    close(answer(campaign, courtoisie=10))
    section = registries.report_sections.get("surveys-satisfaction")
    html = render_to_string(section.template, dict(section.context(campaign.site, 2021)))
    assert 'role="img"' in html
    assert html.count('<th scope="row">') == len(CODES)
    assert "Douze sièges." in html
    assert "En cours" not in html
    assert "style=" not in html


@pytest.mark.parametrize("number", [1, 3])
def test_the_queries_grow_with_the_campaigns_alone(campaign, number, django_assert_num_queries):
    for _ in range(number):
        answer(campaign, courtoisie=10)
    close(campaign)
    with django_assert_num_queries(6):  # campaigns, summary, questions twice, years before, answers to the public
        chapters.satisfaction(campaign.site, 2021)
