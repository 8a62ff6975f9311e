"""What is printed to collect forms: one page for a poster, the questions of the form in each language, tagged PDF."""

import io

import pikepdf
import pytest
from django.urls import reverse

from core import jobs
from core.base.enums import JobState
from core.base.errors import UserError
from core.models import Job
from core.pages.pdf import MissingLibraryError
from organisations.enums import Role
from surveys.enums import Language
from surveys.models import Campaign, Questionnaire
from surveys.printing import documents
from surveys.printing.addresses import address_of, path_of
from surveys.services import printing, questionnaire_loading
from tests.organisations.factories import ServiceFactory, user_with
from tests.surveys.factories import CollectionPointFactory, PlaceFactory, QuestionFactory, SurveyCampaignFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def campaign() -> Campaign:
    questionnaire_loading.load()
    return SurveyCampaignFactory(
        questionnaire=Questionnaire.objects.get(code="satisfaction"), code="enquete", site__name="Sous-préfecture d’Aix"
    )


def point_of(campaign, **fields):
    return CollectionPointFactory(**{"campaign": campaign, "channel": "qr", "token": "abc_DEF-123"} | fields)


def pages(pdf: bytes) -> int:
    return len(pikepdf.open(io.BytesIO(pdf)).pages)


def test_the_address_of_a_point_is_that_of_its_channel(campaign, settings):
    settings.SITE_URL = "https://qualite.example.fr"
    point = point_of(campaign)
    assert address_of(point) == "https://qualite.example.fr/enquetes/r/abc_DEF-123/"
    assert path_of(point_of(campaign, channel="tablet", token="t-1")) == "/enquetes/borne/t-1/"


def test_the_poster_fits_on_one_tagged_page(campaign):
    pdf = documents.poster_pdf(point_of(campaign, place=PlaceFactory(site=campaign.site, name="Accueil général " * 5)))
    document = pikepdf.open(io.BytesIO(pdf))
    assert len(document.pages) == 1
    assert bool(document.Root.MarkInfo.Marked)
    assert str(document.Root.Lang) == "fr"


def test_the_poster_says_where_until_when_and_the_address_to_type(campaign, settings):
    settings.SITE_URL, settings.DEMO = "https://qualite.example.fr", False
    html = documents.poster_html(point_of(campaign, place=PlaceFactory(site=campaign.site, name="Accueil général")))
    for words in ("Sous-préfecture d’Aix", "Accueil général", "3 décembre 2021", "formulaire papier"):
        assert words in html
    assert "<strong>qualite.example.fr/enquetes/r/abc_DEF-123/</strong>" in html
    assert 'lang="en"' in html
    assert "Démonstration" not in html


@pytest.mark.parametrize("language", Language)
def test_the_paper_form_fits_on_two_pages_in_each_language(campaign, language):
    assert pages(documents.paper_form_pdf(campaign, language)) == 2


def test_the_paper_form_numbers_the_questions_as_the_entry_does_and_tells_the_keys(campaign):
    html = documents.paper_form_html(campaign)
    assert "Formulaire n°" in html
    assert '<span class="rank">18.</span> Le transfert d’appels' in html
    assert "Répondez seulement si vous avez répondu" in html
    assert 'Non concerné <span class="digit">0</span>' in html
    assert html.count('class="box">☐</td>') == 15 * 5
    assert "À remettre à l’accueil ou à déposer dans l’urne" in html


def test_the_paper_form_is_in_the_language_asked_for(campaign):
    html = documents.paper_form_html(campaign, Language.ENGLISH)
    assert '<html lang="en">' in html
    assert "Tick one box per line." in html
    assert "The courtesy of the staff dealing with the public" in html


def test_criteria_that_follow_one_another_share_a_table_and_others_stand_alone(campaign):
    shown = documents.wording.sheet(documents.intake.questions_of(campaign.questionnaire))
    found = [(block["kind"], len(block.get("rows", []))) for block in documents.blocks(shown)]
    assert found == [
        ("choice", 0), ("choice", 0), ("choice", 0), ("table", 11), ("choice", 0), ("table", 4), ("text", 0),
        ("choice", 0),
    ]  # fmt: skip


def test_a_mystery_grid_fits_on_one_page_that_says_nothing_of_a_back(campaign):
    grid = Questionnaire.objects.get(code="mystere-appels")
    mystery = SurveyCampaignFactory(kind="mystery", questionnaire=grid, title="Appels mystère")
    assert pages(documents.paper_form_pdf(mystery)) == 1
    html = documents.paper_form_html(mystery, is_double=False)
    assert "Suite au verso" not in html
    assert "Sans objet" in html
    assert "À renvoyer au référent qualité" in html


def test_what_people_typed_is_text(campaign):
    QuestionFactory(questionnaire=campaign.questionnaire, position=99, label="<script>alert(1)</script>")
    campaign.title = "<b>Titre</b>"
    html = documents.paper_form_html(campaign)
    assert "<script>" not in html
    assert "<b>Titre" not in html


# --- Asked of the worker ---------------------------------------------------------------------------------------------


@pytest.fixture
def agent(campaign):
    return user_with(Role.RECEPTION_AGENT, ServiceFactory(parent=campaign.site))


def test_the_worker_gives_the_poster_under_a_name_that_tells(campaign, agent):
    point = point_of(campaign)
    job = printing.request_poster(point, by=agent)
    assert printing.request_poster(point, by=agent) == job
    jobs.run_now(job)
    job.refresh_from_db()
    assert (job.state, job.result_name) == (JobState.DONE, f"affiche-qr-enquete-{point.pk}.pdf")
    with job.result_file.open() as content:
        assert content.read(4) == b"%PDF"


def test_the_worker_gives_the_form_in_its_language(campaign, agent):
    job = printing.request_paper_form(campaign, language="en", by=agent)
    jobs.run_now(job)
    job.refresh_from_db()
    assert (job.state, job.result_name) == (JobState.DONE, "formulaire-enquete-en.pdf")


def test_a_link_has_no_poster_and_an_unknown_language_no_form(campaign, agent):
    with pytest.raises(UserError, match="Seul un QR code a une affiche"):
        printing.request_poster(point_of(campaign, channel="web"), by=agent)
    with pytest.raises(UserError, match="n’est pas proposée"):
        printing.request_paper_form(campaign, language="de", by=agent)
    assert not Job.objects.exists()


def test_what_is_gone_meanwhile_prints_nothing(campaign, agent):
    point = point_of(campaign)
    wanted = [printing.request_poster(point, by=agent), printing.request_paper_form(campaign, language="fr", by=agent)]
    point.delete()
    campaign.delete()
    for job in wanted:
        jobs.run_now(job)
        job.refresh_from_db()
        assert (job.state, job.result_name) == (JobState.DONE, "")


def test_without_the_layout_libraries_the_job_says_which_to_install(campaign, agent, monkeypatch):
    def fail(*args, **kwargs):
        raise MissingLibraryError

    monkeypatch.setattr("surveys.printing.documents.render_pdf", fail)
    for job in (
        printing.request_poster(point_of(campaign), by=agent),
        printing.request_paper_form(campaign, language="fr", by=agent),
    ):
        jobs.run_now(job)
        job.refresh_from_db()
        assert job.state == JobState.FAILED
        assert "libpango-1.0-0" in job.error


def test_who_no_longer_collects_no_longer_opens_the_file(client, campaign, agent):
    job = printing.request_poster(point_of(campaign), by=agent)
    jobs.run_now(job)
    client.force_login(agent)
    address = reverse("core:job-file", args=[job.uuid])
    assert b"".join(client.get(address).streaming_content).startswith(b"%PDF")
    agent.memberships.all().delete()
    assert client.get(address).status_code in {403, 404}
