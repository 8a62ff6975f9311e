"""Pages of labels, audits and documents: constant lists, one tap on a phone, a file compared with its digest."""

from datetime import date

import pytest
import time_machine

from audits.models import Audit, Document
from organisations.enums import Role
from tests.audits.factories import (
    CONTENT,
    AuditFactory,
    AuditRowFactory,
    BinderFactory,
    ComplianceFactory,
    DocumentEngagementFactory,
    DocumentFactory,
    EvidenceFactory,
    LabelFactory,
)
from tests.core.page_checks import downloaded, query_count
from tests.organisations.factories import ServiceFactory, user_with
from tests.referential.factories import EngagementFactory, ReferentialFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def signed_in(client, rq, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    client.force_login(rq)


def _label(site, n):
    LabelFactory(site=site, referential=ReferentialFactory(code=f"r-{n}"))


def _audit(site, n):
    AuditRowFactory(audit=AuditFactory(site=site, starts_on=date(2020, 1, n + 1)))


def _document(site, n):
    DocumentEngagementFactory(document=DocumentFactory(site=site, title=f"Fiche {n}"))


def _compliance(site, n):
    ComplianceFactory(site=site, engagement=EngagementFactory(code=str(n)))


def _binder(site, n):
    BinderFactory(site=site)


@pytest.mark.parametrize(
    ("address", "make"),
    [
        ("/audits/labels/", _label),
        ("/audits/", _audit),
        ("/audits/documents/", _document),
        ("/audits/conformite/", _compliance),
        ("/audits/classeurs/", _binder),
        ("/audits/repetition", _document),
    ],
)
def test_a_list_costs_the_same_queries_whatever_its_rows(client, site, address, make):
    make(site, 1)
    one = query_count(client, address)
    for n in (2, 3):
        make(site, n)
    assert query_count(client, address) == one


def test_the_head_of_a_service_filters_by_their_site_and_reads_no_finding_of_other_services(client, site):
    client.force_login(user_with(Role.HEAD_OF_SERVICE, ServiceFactory(parent=site)))
    assert str(site.name) in client.get("/audits/").content.decode()
    assert "Aucun site n’est à votre portée" in client.get("/audits/repetition").text


def test_an_audit_is_opened_from_the_list(client, site):
    _audit(site, 1)
    assert f'href="/audits/{Audit.objects.get().pk}"' in client.get("/audits/").text


@time_machine.travel("2026-11-29 10:00")
def test_the_label_of_a_poster_says_seen_and_up_to_date_in_one_tap(client, site):
    agent = user_with(Role.RECEPTION_AGENT, ServiceFactory(parent=site))
    client.force_login(agent)
    document = DocumentFactory(site=site, title="Charte", checked_on=date(2025, 1, 1), period_months=12)
    address = f"/audits/d/{document.token}"
    assert "En retard" in client.get(address).text
    page = client.post(address, follow=True).text
    assert "C’est noté : vu et à jour aujourd’hui." in page
    document.refresh_from_db()
    assert (document.checked_on, document.checks.get().checked_by) == (date(2026, 11, 29), agent)


def test_the_label_of_a_withdrawn_poster_says_so_and_offers_no_button(client, site):
    document = DocumentFactory(site=site, withdrawn_on=date(2025, 6, 1))
    page = client.get(f"/audits/d/{document.token}").text
    assert "Ce document est retiré depuis le 01/06/2025" in page
    assert ("Vu, à jour</button>" in page, f"/audits/documents/{document.pk}/verifier" in page) == (False, False)


def test_the_code_to_stick_on_a_document_is_a_drawing_of_its_address(client, site):
    document = DocumentFactory(site=site)
    answer = client.get(f"/audits/documents/{document.pk}/etiquette.svg")
    assert answer["Content-Type"] == "image/svg+xml"
    assert b"<svg" in answer.content


def test_a_file_changed_on_the_disk_is_not_served(client, site):
    evidence = EvidenceFactory(document__site=site)
    address = f"/audits/pieces/{evidence.pk}"
    answer = client.get(address)
    assert (answer.status_code, b"".join(answer.streaming_content)) == (200, CONTENT)
    with evidence.file.open("wb") as content:
        content.write(b"autre chose")
    assert client.get(address).status_code == 409
    evidence.file.storage.delete(evidence.file.name)
    assert client.get(address).status_code == 404


def test_an_audit_shows_its_grid_and_sends_a_gap_to_the_plan(client, site):
    row = AuditRowFactory(audit=AuditFactory(site=site), result="weakness", comment="Attente <longue>")
    page = client.get(f"/audits/{row.audit_id}").text
    assert "Attente &lt;longue&gt;" in page
    page = client.post(f"/audits/lignes/{row.pk}/constat", follow=True).text
    assert "Le constat est au plan d’actions de cet audit." in page
    assert row.opened.finding.text == "Attente <longue>"


def test_a_document_is_added_with_its_period_and_changed(client, site, engagement):
    fields = {"site": site.pk, "title": "Guide", "kind": "guide", "period": "6", "engagements": [engagement.pk],
              "version_on": "2026-01-01", "link": "", "version": "V1"}  # fmt: skip
    client.post("/audits/documents/nouveau", fields)
    document = Document.objects.get()
    assert (document.title, document.next_check_on, list(document.engagements.all())) == (
        "Guide", date(2026, 7, 1), [engagement]
    )  # fmt: skip
    client.post(f"/audits/documents/{document.pk}/modifier", {**fields, "period": "change", "engagements": []})
    document.refresh_from_db()
    assert (document.is_on_change, document.engagements.count()) == (True, 0)


@time_machine.travel("2026-11-29 10:00")
def test_home_says_the_true_state_of_a_label_and_what_is_to_be_checked(client, site, referential):
    LabelFactory(site=site, referential=referential)
    DocumentFactory(site=site, title="Charte des usagers", checked_on=date(2025, 1, 1), period_months=12)
    page = client.get("/").text
    assert "label expiré depuis le 11/02/2023" in page
    assert "Labellisé" not in page
    assert "Charte des usagers" in page


def test_the_register_is_sorted_by_its_next_check_and_its_files_keep_each_fact_in_a_column(client, site):
    for title, checked_on in (("Charte", "2025-03-01"), ("Guide", "2024-01-15"), ("Affiche", "2024-11-30")):
        DocumentFactory(site=site, title=title, checked_on=date.fromisoformat(checked_on), period_months=12)
    page = client.get("/audits/documents/?tri=state").text
    assert page.index("Guide") < page.index("Affiche") < page.index("Charte")
    head, row, *_ = (
        downloaded(client.get("/audits/documents/?format=csv&q=Guide"))
        .decode("utf-8-sig")
        .replace('"', "")
        .splitlines()
    )
    assert head.startswith("Intitulé;État;Prochaine vérification;Nature;Tenu par;Version;Version du;Vérifié le")
    assert ";15/01/2025;" in row
