"""The pages of an import: sent, read by a job, decided, recorded, undone, abandoned; refusals told on the page."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from core import jobs
from core.enums import ImportState
from core.models import Job
from organisations.enums import Role
from surveys.enums import CampaignState, QuestionKind
from surveys.models import HeaderMatch, Place, Response, SurveyImport
from tests.core.page_checks import query_count
from tests.factories import user_with
from tests.survey_factories import PlaceFactory, QuestionFactory, QuestionnaireFactory, SurveyCampaignFactory

pytestmark = pytest.mark.django_db
FILE = (
    "N°;Date;Lieu;attente;Couleur\n"
    "1;01/09/2021;Hall;Très satisfait;bleu\n"
    "2;02/09/2021;Hall;Moyen;vert\n"
    "3;01/01/2019;Hall;Satisfait;\n"
)


@pytest.fixture
def campaign():
    questionnaire = QuestionnaireFactory(code="satisfaction")
    QuestionFactory(questionnaire=questionnaire, code="attente", label="le délai d’attente")
    QuestionFactory(questionnaire=questionnaire, code="suggestions", kind=QuestionKind.TEXT)
    return SurveyCampaignFactory(questionnaire=questionnaire)


@pytest.fixture
def referent(campaign, client):
    client.force_login(user_with(Role.QUALITY_REFERENT, campaign.site))
    return client


def send(client, campaign, content=FILE, name="export.csv"):
    """Send the file and have it read."""
    url = reverse("surveys:import-upload", args=[campaign.code])
    response = client.post(url, {"file": SimpleUploadedFile(name, content.encode())})
    jobs.run_now(Job.objects.latest("pk"))
    assert response.status_code == 302
    return SurveyImport.objects.latest("pk")


def url(name, record):
    return reverse(f"surveys:import{name and '-'}{name}", args=[record.pk])


def test_the_file_is_read_and_what_needs_a_decision_stands_out(campaign, referent):
    record = send(referent, campaign)
    context = referent.get(url("", record)).context
    assert [(one.letter, one.column.heading.text, one.examples) for _, one in context["asked"]] == [
        ("E", "Couleur", ["bleu", "vert"])
    ]
    assert [(label["text"], label["question"], label["number"]) for label in context["labels"]] == [
        ("Moyen", "le délai d’attente", 1)
    ]
    assert [problem.cell for problem in context["errors"]] == ["D3", "B4"]
    assert len(context["settled"]) == 4


def test_choices_are_kept_and_recorded_together(campaign, referent):
    record = send(referent, campaign)
    choices = {"colonne-4": "-", "libelle-0": "dissatisfied"}
    referent.post(url("choices", record), choices)
    context = referent.get(url("", record)).context
    assert (context["asked"], context["labels"], len(context["errors"])) == ([], [], 1)
    referent.post(url("commit", record), {"ignore_errors": "1"})
    record.refresh_from_db()
    assert record.state == ImportState.COMMITTED
    assert [row.answers["attente"] for row in Response.objects.order_by("number")] == [
        "very_satisfied", "dissatisfied",
    ]  # fmt: skip
    assert list(HeaderMatch.objects.values_list("key", "target")) == [("couleur", "")]
    page = referent.get(url("", record)).text
    assert "2 formulaires créés" in page
    assert "Nouveaux lieux" in page


@pytest.mark.parametrize(
    ("posted", "message"),
    [
        ({}, "Décidez d’abord de ce que deviennent ces colonnes"),
        ({"colonne-4": "-"}, "corrigez le fichier, ou laissez de côté les lignes en erreur"),
        ({"day": "hier"}, "Écrivez la date des formulaires comme 08/08/2021"),
        ({"day": "2019-01-01"}, "est hors de la campagne"),
    ],
)
def test_what_stands_in_the_way_is_told_and_nothing_is_written(campaign, referent, posted, message):
    record = send(referent, campaign)
    assert message in referent.post(url("commit", record), posted, follow=True).text
    assert Response.objects.count() == 0


def test_a_column_may_be_given_another_meaning_and_a_place_put_with_a_known_one(campaign, referent):
    hall = PlaceFactory(site=campaign.site, name="Accueil général")
    record = send(referent, campaign)
    posted = {"colonne-4": "suggestions", "libelle-0": "-", "lieu-0": str(hall.pk), "ignore_errors": "1"}
    referent.post(url("commit", record), posted)
    first, second = Response.objects.order_by("number")
    assert second.answers == {"suggestions": "vert"}
    assert (first.answers, first.place, Place.objects.count()) == (
        {"attente": "very_satisfied", "suggestions": "bleu"}, hall, 1,
    )  # fmt: skip


def test_what_does_not_exist_is_not_chosen(campaign, referent):
    record = send(referent, campaign)
    referent.post(
        url("choices", record), {"colonne-4": "inconnu", "libelle-0": "inconnu", "lieu-0": "9" * 30, "reversed": "1"}
    )
    record.refresh_from_db()
    assert record.choices == {
        "columns": {}, "labels": {}, "places": {}, "reversed": True, "ignore_errors": False, "day": "",
    }  # fmt: skip


def test_it_is_undone_in_the_browser(campaign, referent):
    record = send(referent, campaign)
    referent.post(url("commit", record), {"colonne-4": "-", "ignore_errors": "1"})
    referent.post(url("undo", record))
    assert Response.objects.counted().count() == 0
    assert "Ses réponses ne comptent plus" in referent.get(url("", record)).text


def test_it_is_abandoned(campaign, referent):
    record = send(referent, campaign)
    referent.post(url("abandon", record))
    assert "Cet import a été abandonné" in referent.get(url("", record)).text


def test_a_file_that_is_none_is_refused_in_words(campaign, referent):
    record = send(referent, campaign, content="Bonjour")
    assert "Aucun tableau de réponses n’a été trouvé" in referent.get(url("", record)).text


def test_a_job_that_failed_can_be_started_again(campaign, referent):
    record = send(referent, campaign)
    SurveyImport.objects.filter(pk=record.pk).update(state=ImportState.READING)
    assert "Relancer la lecture" in referent.get(url("", record)).text
    referent.post(url("retry", record))
    jobs.run_now(Job.objects.latest("pk"))
    record.refresh_from_db()
    assert record.state == ImportState.PREVIEW


def test_an_import_whose_row_is_gone_ends_in_silence(campaign, referent):
    record = send(referent, campaign)
    job = Job.objects.latest("pk")
    again = jobs.enqueue(job.kind, by=None, label="x", parameters={"pk": record.pk + 1000}, key="x")
    jobs.run_now(again)
    again.refresh_from_db()
    assert again.state == "done"


def test_a_closed_campaign_says_so_before_and_after(campaign, referent):
    campaign.state = CampaignState.CLOSED
    campaign.save()
    assert "La campagne n’est pas ouverte" in referent.get(reverse("surveys:import-upload", args=[campaign.code])).text
    record = send(referent, campaign)
    referent.post(url("commit", record), {"colonne-4": "-", "ignore_errors": "1"})
    assert Response.objects.count() == 0


def test_an_auditor_reads_it_without_its_verbs(campaign, referent, client):
    record = send(referent, campaign)
    client.force_login(user_with(Role.MANAGEMENT, campaign.site))
    page = client.get(url("", record))
    assert not page.context["can_act"]
    assert "Enregistrer</button>" not in page.text


@pytest.mark.parametrize("encoding_name", ["<script>.csv", "=1+1.csv"])
def test_a_hostile_name_is_only_text(campaign, referent, encoding_name):
    record = send(referent, campaign, name=encoding_name)
    assert "<script>.csv" not in referent.get(url("", record)).text


def test_the_preview_takes_the_same_queries_whatever_the_number_of_lines(campaign, referent):
    lines = FILE.splitlines()
    small = send(referent, campaign, content="\n".join(lines[:2]))
    more = [f"{number};01/09/2021;L{number};Bof {number};" for number in range(10, 40)]
    large = send(referent, campaign, content="\n".join([*lines, *more]))
    assert query_count(referent, url("", small)) == query_count(referent, url("", large))
