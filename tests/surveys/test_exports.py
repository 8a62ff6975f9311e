"""The files of a campaign: results, forms and codebook; no live formula, no hidden text, no group too small."""

import csv
import io

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from organisations.enums import Role
from surveys.enums import QuestionKind
from tests.factories import user_with
from tests.survey_factories import (
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
    gate = QuestionFactory(
        questionnaire=questionnaire, code="profil", position=1, kind=QuestionKind.CHOICE, label="Vous êtes",
        choices=[{"code": "elu", "label": "un élu"}, {"code": "usager", "label": "un usager"}],
    )  # fmt: skip
    QuestionFactory(questionnaire=questionnaire, code="attente", label="le délai", position=2)
    QuestionFactory(
        questionnaire=questionnaire, code="svi", position=3, kind=QuestionKind.YES_NO, label="SVI", shown_if=gate,
        shown_if_answers=["usager"],
    )  # fmt: skip
    QuestionFactory(questionnaire=questionnaire, code="suggestions", position=4, kind=QuestionKind.TEXT)
    campaign = SurveyCampaignFactory(questionnaire=questionnaire, significance_threshold=3, public_threshold=2)
    hall = PlaceFactory(site=campaign.site, code="hall", name="Hall")
    for number, profile in enumerate(("usager", "usager", "elu"), start=1):
        answers = {"profil": profile, "attente": "satisfied", "suggestions": f"=CMD({number})"}
        ResponseFactory(campaign=campaign, number=str(number), place=hall, answers=answers, has_text=True)
    return campaign


@pytest.fixture
def referent(campaign, client):
    client.force_login(user_with(Role.QUALITY_REFERENT, campaign.site))
    return client


def address(campaign, part, extension):
    return reverse("surveys:results-export", args=[campaign.code, part, extension])


def read_csv(client, campaign, part):
    content = b"".join(client.get(address(campaign, part, "csv")).streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(content), delimiter=";"))


def test_the_results_hold_counts_shares_and_intervals_of_the_whole_and_of_each_cut(campaign, referent):
    head, *rows = read_csv(referent, campaign, "resultats")
    assert head[:5] == ["Découpe", "Groupe", "Critère", "Satisfaits ou oui", "Réponses"]
    assert rows[0][:7] == ["Ensemble", "Ensemble", "le délai", "3", "3", "0", "3"]
    assert rows[0][10] == "oui"
    assert (rows[1][2], rows[1][7:11]) == ("SVI", ["", "", "", "non"])  # withheld
    assert sorted({row[0] for row in rows}) == ["Canal", "Ensemble", "Lieu", "Mois"]


def test_a_profile_shared_by_too_few_at_a_place_is_not_written(campaign, referent):
    head, *rows = read_csv(referent, campaign, "formulaires")
    assert head == ["numero", "date", "canal", "lieu", "langue", "profil", "attente", "svi", "suggestions"]
    assert sorted(row[5] for row in rows) == ["(effectif trop petit)", "usager", "usager"]


def test_a_formula_is_dead_and_a_hidden_text_absent(campaign, referent):
    response = campaign.responses.get(number="1")
    question = campaign.questionnaire.questions.get(code="suggestions")
    VerbatimFactory(response=response, question=question, is_hidden=True)
    texts = {row[0]: row[8] for row in read_csv(referent, campaign, "formulaires")[1:]}
    assert texts == {"1": "(masqué)", "2": "'=CMD(2)", "3": "'=CMD(3)"}


def test_the_codebook_explains_every_code_and_condition(campaign, referent):
    rows = read_csv(referent, campaign, "codes")
    assert ["attente", "le délai", "Échelle à quatre niveaux", "satisfied", "Satisfait", "satisfait", ""] in rows
    assert ["attente", "le délai", "Échelle à quatre niveaux", "na", "Non concerné", "hors base", ""] in rows
    assert ["svi", "SVI", "Oui / Non", "no", "Non", "non satisfait", "profil = un usager"] in rows
    assert ["profil", "Vous êtes", "Choix unique", "elu", "un élu", "", ""] in rows


def test_the_workbook_has_a_sheet_for_each_with_real_figures(campaign, referent):
    response = referent.get(address(campaign, "tout", "xlsx"))
    book = load_workbook(io.BytesIO(b"".join(response.streaming_content)))
    assert book.sheetnames == ["Résultats", "Formulaires", "Codes"]
    assert (book["Résultats"]["H2"].value, book["Résultats"]["H2"].number_format) == (1, "0.0 %")
    assert all(cell.data_type != "f" for sheet in book for row in sheet.iter_rows() for cell in row)


def test_readers_have_the_results_and_the_codes_without_the_forms(campaign, client):
    client.force_login(user_with(Role.MANAGEMENT, campaign.site))
    assert client.get(address(campaign, "formulaires", "csv")).status_code == 403
    response = client.get(address(campaign, "tout", "xlsx"))
    assert load_workbook(io.BytesIO(b"".join(response.streaming_content))).sheetnames == ["Résultats", "Codes"]


@pytest.mark.parametrize(("part", "extension"), [("tout", "csv"), ("resultats", "xlsx"), ("rien", "csv")])
def test_another_file_is_not_found(campaign, referent, part, extension):
    assert referent.get(address(campaign, part, extension)).status_code == 404
