"""The pages of an import: sent, read by a job, decided, recorded, undone; refusals told on the page."""

import pytest
from django.urls import reverse

from organisations.enums import Role
from surveys.enums import CampaignState, QuestionKind
from surveys.imports.survey_file import SurveyFile
from surveys.models import Place, Response
from tests.core.importing.driving import Driver, previewed
from tests.core.page_checks import query_count
from tests.organisations.factories import user_with
from tests.surveys.factories import PlaceFactory, QuestionFactory, QuestionnaireFactory, SurveyCampaignFactory

pytestmark = pytest.mark.django_db
HEAD = ["N°", "Date", "Lieu", "le délai d’attente", "Amabilité"]
LINES = [
    ["1", "13/09/2021", "Hall", "Très satisfait", "Satisfait"],
    ["2", "14/09/2021", "Hall", "Moyen satisfait", "Satisfait"],
    ["3", "01/01/2019", "Hall", "Satisfait", ""],
]


@pytest.fixture
def campaign():
    questionnaire = QuestionnaireFactory(code="satisfaction")
    QuestionFactory(questionnaire=questionnaire, code="attente", label="le délai d’attente")
    QuestionFactory(questionnaire=questionnaire, code="courtoisie", label="la courtoisie")
    QuestionFactory(questionnaire=questionnaire, code="suggestions", kind=QuestionKind.TEXT, label="Suggestions")
    return SurveyCampaignFactory(questionnaire=questionnaire)


@pytest.fixture
def referent(campaign, client):
    client.force_login(user_with(Role.QUALITY_REFERENT, campaign.site))
    return client


def send(client, campaign, rows=(HEAD, *LINES), **fields):
    return previewed(client, reverse("surveys:import-upload", args=[campaign.code]), rows, kind=SurveyFile, **fields)


def answered(client, record, **chosen):
    """Post the answers of questions by the end of their code, the proposals for the rest."""
    plan = client.get(SurveyFile.url(record)).context["plan"]
    posted = {
        ask.name: next((value for end, value in chosen.items() if ask.code.endswith(end)), ask.proposed)
        for ask in plan.open_asks
    }
    Driver(client, SurveyFile).act(record, "choices", confirms="1", **posted)


def test_what_needs_a_decision_is_asked_and_an_error_stands_at_its_cell(campaign, referent):
    record = send(referent, campaign)
    plan = referent.get(SurveyFile.url(record)).context["plan"]
    assert {ask.code.partition(":")[0] for ask in plan.open_asks} == {"role", "word"}
    answered(referent, record, **{":E": "courtoisie", "moyen satisfait": "dissatisfied"})
    plan = referent.get(SurveyFile.url(record)).context["plan"]
    assert [problem.place.cell for problem in plan.errors] == ["B4"]


def test_choices_are_kept_then_recorded_as_shown_and_undone(campaign, referent):
    record = send(referent, campaign, rows=(HEAD, *LINES[:2]))
    answered(referent, record, **{":E": "courtoisie", "moyen satisfait": "dissatisfied"})
    answered(referent, record)  # the words of the column that was just told
    told = Driver(referent, SurveyFile).commit(record)
    assert "2 formulaires" in told
    assert [row.answers for row in Response.objects.order_by("number")] == [
        {"attente": "very_satisfied", "courtoisie": "satisfied"},
        {"attente": "dissatisfied", "courtoisie": "satisfied"},
    ]
    Driver(referent, SurveyFile).act(record, "undo")
    assert (Response.objects.counted().count(), Place.objects.count()) == (0, 1)


def test_what_was_chosen_is_remembered_for_the_same_headings_at_the_site(campaign, referent):
    record = send(referent, campaign, rows=(HEAD, LINES[0]))
    answered(referent, record, **{":E": "courtoisie"})
    Driver(referent, SurveyFile).commit(record)
    again = send(referent, campaign, rows=(HEAD, [*LINES[0][:3], "Satisfait", "Satisfait"]))
    plan = referent.get(SurveyFile.url(again)).context["plan"]
    assert [ask.code for ask in plan.open_asks] == ["lot:Feuille 1"]


def test_cells_may_be_pasted(campaign, referent):
    record = send(referent, campaign, rows=(HEAD[:4], LINES[0][:4]), pasted=True)
    Driver(referent, SurveyFile).commit(record)
    assert Response.objects.get().answers == {"attente": "very_satisfied"}


def test_a_place_may_be_put_with_a_known_one(campaign, referent):
    hall = PlaceFactory(site=campaign.site, name="Accueil général")
    record = send(referent, campaign, rows=(HEAD[:4], LINES[0][:4]))
    plan = referent.get(SurveyFile.url(record)).context["plan"]
    (ask,) = [ask for ask in plan.words.asks() if ask.code == "word:lieu:hall"]
    Driver(referent, SurveyFile).act(record, "choices", **{ask.name: str(hall.pk)})
    Driver(referent, SurveyFile).commit(record)
    assert (Response.objects.get().place, Place.objects.count()) == (hall, 1)


def test_who_answered_is_neither_shown_nor_kept(campaign, referent):
    rows = ([*HEAD[:4], "Adresse e-mail"], [*LINES[0][:4], "jean.dupont@exemple.invalid"])
    record = send(referent, campaign, rows=rows)
    assert "jean.dupont" not in Driver(referent, SurveyFile).page(record)
    assert "jean.dupont" not in str(record.preview)


def test_a_closed_campaign_records_nothing(campaign, referent):
    campaign.state = CampaignState.CLOSED
    campaign.save()
    record = send(referent, campaign, rows=(HEAD[:4], LINES[0][:4]))
    assert "L’enquête est close" in Driver(referent, SurveyFile).page(record)
    assert Response.objects.count() == 0


def test_the_preview_takes_the_same_queries_whatever_the_number_of_lines(campaign, referent):
    small = send(referent, campaign, rows=(HEAD, LINES[0]))
    more = [[str(n), "13/09/2021", f"L{n}", f"Bof {n}", ""] for n in range(10, 40)]
    large = send(referent, campaign, rows=(HEAD, *LINES, *more))
    assert query_count(referent, SurveyFile.url(small)) == query_count(referent, SurveyFile.url(large))
