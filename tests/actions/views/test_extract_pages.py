"""Dated files: produced in both formats, listed, verified; altered and unknown ones told apart."""

import io
import zipfile
from datetime import UTC, date, datetime

import openpyxl
import pikepdf
import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from actions.exports.files import claimed_digest
from actions.models import PlanExtract
from actions.services import actions, extracts, findings, plans
from core import jobs
from core.models import Job
from organisations.enums import Role
from tests.actions.factories import PlanExtractFactory
from tests.core.page_checks import check_list_page
from tests.organisations.factories import SousPrefectureFactory, UserFactory, user_with

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 22, 10, tzinfo=UTC)
VERIFY = "/plans/extraits/verifier/"


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def site():
    return SousPrefectureFactory(code="laon", name="Sous-préfecture de Laon")


@pytest.fixture
def action(site):
    rq = UserFactory()
    with time_machine.travel("2026-01-12 10:00+00:00", tick=False):
        plan = plans.create_plan(site=site, title="Audit interne", origin="internal_audit", by=rq)
        return actions.add_action(findings.add_finding(plan, text="Horaires absents", by=rq), text="Afficher", by=rq)


@pytest.fixture
def auditor(site, client):
    client.force_login(user_with(Role.AUDITOR, site, first_name="Isabelle", last_name="Morel"))
    return client


def ask(client, format: str, **fields):
    return client.post("/plans/etat/laon/extrait/", {"au": "2026-02-01", "format": format} | fields)


@pytest.fixture
def workbook(auditor, action) -> bytes:
    return ask(auditor, "xlsx").content


@pytest.fixture
def pdf(auditor, action) -> bytes:
    ask(auditor, "pdf")
    job = jobs.run_now(Job.objects.get())
    assert job.state == "done", job.error
    return auditor.get(reverse("core:job-file", args=[job.uuid])).getvalue()


def verdict(client, content: bytes) -> dict:
    response = client.post(VERIFY, {"file": SimpleUploadedFile("extrait", content), "empreinte": ""})
    assert response.status_code == 200
    return response.context_data["told"]


def test_a_workbook_is_downloaded_at_once_under_a_dated_name(auditor, action):
    response = ask(auditor, "xlsx")
    assert response.headers["Content-Disposition"] == 'attachment; filename="plans-laon-etat-2026-02-01.xlsx"'
    page = openpyxl.load_workbook(io.BytesIO(response.content)).worksheets[0]
    assert page["C6"].value == "Afficher"
    extract = PlanExtract.objects.get()
    assert (extract.stood_on, extract.format, str(extract.created_by)) == (date(2026, 2, 1), "xlsx", "Isabelle Morel")
    assert extract.state_digest in page["A4"].value


def test_a_pdf_is_made_by_a_job_and_names_its_digest(auditor, pdf):
    extract = PlanExtract.objects.get()
    with pikepdf.open(io.BytesIO(pdf)) as document, document.open_metadata() as metadata:
        assert metadata["pdf:Keywords"] == f"sha256:{extract.state_digest}"
    assert Job.objects.get().result == {
        "url": "/plans/etat/laon/?au=2026-02-01",
        "message": f"État au 01/02/2026, empreinte {extract.state_digest[:16]}…",
    }


def test_a_job_of_a_site_gone_meanwhile_does_nothing(auditor, action):
    job = jobs.enqueue("plan_extract", by=None, parameters={"site_id": 0, "on": "2026-02-01", "plan": None})
    assert (jobs.run_now(job).state, PlanExtract.objects.count()) == ("done", 0)


def test_one_plan_alone_is_extracted(auditor, action):
    plan = action.finding.plan
    ask(auditor, "xlsx", plan=plan.pk)
    assert PlanExtract.objects.get().plan_id == plan.pk


@pytest.mark.parametrize("fields", [{"au": "2026-11-23"}, {"au": ""}, {"format": "docx"}, {"plan": "x"}])
def test_what_cannot_be_extracted_is_said_on_the_page(auditor, action, fields):
    response = ask(auditor, **{"format": "xlsx"} | fields)
    assert (response.status_code, response.url) == (302, "/plans/etat/laon/")
    assert PlanExtract.objects.count() == 0


@pytest.mark.parametrize("name", ["workbook", "pdf"])
def test_a_file_as_it_was_produced_is_authentic(request, auditor, name):
    found = verdict(auditor, request.getfixturevalue(name))
    assert (found["kind"], found["title"], len(found["extracts"])) == ("success", "Extrait authentique", 1)


def test_the_verdict_names_who_when_and_the_state(auditor, workbook):
    text = auditor.get(f"{VERIFY}?empreinte={PlanExtract.objects.get().state_digest}").text
    assert "Produit par l’application le 22/11/2026 à 11:00 par Isabelle Morel" in text
    assert '<a href="/plans/etat/laon/?au=2026-02-01">état au 01/02/2026, Sous-préfecture de Laon</a>' in text


@pytest.mark.parametrize("name", ["workbook", "pdf"])
def test_a_file_altered_since_says_so_and_names_the_original(request, auditor, name):
    found = verdict(auditor, request.getfixturevalue(name) + b" ")
    assert (found["kind"], found["title"], len(found["extracts"])) == ("error", "Fichier modifié", 1)


def test_a_workbook_saved_again_by_another_program_is_an_altered_one(auditor, workbook):
    book, again = openpyxl.load_workbook(io.BytesIO(workbook)), io.BytesIO()
    book.worksheets[0]["E6"] = "FAIT"
    book.save(again)
    assert verdict(auditor, again.getvalue())["title"] == "Fichier modifié"


@pytest.mark.parametrize("content", [b"", b"x", b"PK\x03\x04", b"%PDF-1.7 sha256:" + b"0" * 64])
def test_any_other_file_is_unknown(auditor, content):
    assert verdict(auditor, content)["title"] == "Extrait inconnu"


def test_an_extract_of_another_site_is_unknown_here(client, workbook):
    client.force_login(user_with(Role.AUDITOR, SousPrefectureFactory()))
    assert verdict(client, workbook)["title"] == "Extrait inconnu"


def test_later_changes_leave_an_extract_authentic(auditor, action, workbook):
    actions.change_action(action, comment="Plus tard", by=None)
    assert verdict(auditor, workbook)["title"] == "Extrait authentique"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({}, "Choisissez le fichier de l’extrait, ou collez son empreinte."),
        ({"empreinte": "abc"}, "Une empreinte SHA-256 a 64 chiffres ou lettres de a à f."),
    ],
)
def test_what_cannot_be_verified_is_said_in_one_sentence(auditor, data, message):
    response = auditor.post(VERIFY, data)
    assert message in response.text
    assert response.context_data["told"] is None


def test_a_file_that_unpacks_to_much_is_read_no_further_than_its_properties(tmp_path):
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("docProps/custom.xml", b" " * 50_000_000 + b">" + b"a" * 64 + b"<")
    with path.open("rb") as file:
        assert claimed_digest(file) == ""


def test_the_list_of_extracts_leads_to_their_verification(auditor, workbook):
    text = auditor.get("/plans/extraits/").text
    assert f"{VERIFY}?empreinte={PlanExtract.objects.get().state_digest}" in text


def test_the_list_costs_the_same_queries_whatever_its_rows(auditor, site):
    check_list_page(auditor, "/plans/extraits/", lambda: PlanExtractFactory(site=site), queries=6)


def test_an_auditor_whose_mandate_is_over_extracts_nothing(site, client, action):
    user = user_with(Role.AUDITOR, site)
    user.memberships.update(valid_from=date(2026, 1, 1), valid_until=date(2026, 11, 21))
    client.force_login(user)
    assert ask(client, "xlsx").status_code == 403
    assert extracts.verify("0" * 64).extracts == ()


@pytest.mark.parametrize("valid_until", [date(2026, 11, 21), date(2026, 11, 22)])
def test_an_auditor_reads_the_past_until_the_last_day_of_the_mandate(site, client, action, valid_until):
    user = user_with(Role.AUDITOR, site)
    user.memberships.update(valid_from=date(2026, 1, 1), valid_until=valid_until)
    client.force_login(user)
    pages = [
        reverse("actions:as-of", args=[site.code]), reverse("actions:difference", args=[site.code]),
        reverse("actions:action-history", args=[action.pk]), reverse("actions:extracts"), VERIFY,
    ]  # fmt: skip
    expected = {200} if valid_until == NOW.date() else {403, 404}
    assert {client.get(page).status_code for page in pages} <= expected
