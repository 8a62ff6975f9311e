"""The files of a campaign: results, forms and codebook; no live formula, no hidden text, no group too small."""

import csv
import io

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from organisations.enums import Role
from surveys.enums import QuestionKind
from surveys.rules.disclosure import smallest
from tests.organisations.factories import user_with
from tests.surveys.factories import (
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
    campaign = SurveyCampaignFactory(questionnaire=questionnaire, significance_threshold=3)
    hall = PlaceFactory(site=campaign.site, code="hall", name="Hall")
    for number, profile in enumerate(("usager",) * 7 + ("elu",), start=1):
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
    assert rows[0][:7] == ["Ensemble", "Ensemble", "le délai", "8", "8", "0", "8"]
    assert rows[0][10] == "oui"
    assert (rows[1][2], rows[1][7:11]) == ("SVI", ["", "", "", "non"])  # withheld
    assert sorted({row[0] for row in rows}) == ["Canal", "Ensemble", "Lieu", "Mois"]


def test_a_profile_shared_by_too_few_is_not_written_nor_told_by_the_others(campaign, referent):
    head, *rows = read_csv(referent, campaign, "formulaires")
    assert head == ["mois", "canal", "lieu", "profil", "attente", "svi"]
    assert smallest(tuple(row[:4]) for row in rows) >= 5
    assert sorted({row[3] for row in rows}) == ["(effectif trop petit)"]


def test_a_formula_is_dead_and_only_texts_that_were_read_and_are_not_hidden_leave(campaign, referent):
    question = campaign.questionnaire.questions.get(code="suggestions")
    for number, is_hidden in (("1", True), ("2", False), ("3", False)):
        VerbatimFactory(response=campaign.responses.get(number=number), question=question, is_hidden=is_hidden)
    head, *rows = read_csv(referent, campaign, "textes")
    assert head == ["question", "texte"]
    assert sorted(row[1] for row in rows) == ["'=CMD(2)", "'=CMD(3)"]


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
