"""The pages of training: who reads names, who reads initials, who reads figures; what each verb does."""

import re
from datetime import date
from io import BytesIO

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from organisations.enums import Role
from tests.core.page_checks import check_list_page, query_count
from tests.organisations.factories import PrefectureFactory, ServiceFactory, user_with
from tests.training.factories import (
    AgentFactory,
    AgreementFactory,
    CourseFactory,
    EnrolmentFactory,
    PastTrainingFactory,
    PostFactory,
    SessionFactory,
    SessionThemeFactory,
    TrainingThemeFactory,
)
from training.enums import Attendance
from training.models import Agent, Enrolment, Post, Session, TutoringAgreement

pytestmark = pytest.mark.django_db


@pytest.fixture
def site():
    return PrefectureFactory(code="38", name="Préfecture de l’Isère")


@pytest.fixture
def service(site):
    return ServiceFactory(code="38-accueil", name="Accueil général", parent=site)


@pytest.fixture
def theme():
    return TrainingThemeFactory()


@pytest.fixture
def agent(service, theme):
    agent = AgentFactory(unit=service, last_name="Canariwsky", first_name="Zoé", name_key="canariwsky zoe")
    PostFactory(agent=agent, theme=theme, taken_on=date(2023, 9, 1))
    return agent


def page(client, url):
    answer = client.get(url)
    assert answer.status_code == 200, url
    return answer.content.decode()


PAGES = [
    f"/formation/{page}"
    for page in ("suivi/?on=2024-06-01", "suivi/agents-et-themes/", "suivi/prevision/", "suivi/bilan/")
]


@pytest.mark.parametrize(
    ("role", "reads"),
    [
        (Role.TRAINING_MANAGER, "Canariwsky Zoé"),
        (Role.QUALITY_REFERENT, "Canariwsky Zoé"),
        (Role.HEAD_OF_SERVICE, "Canariwsky Zoé"),
        (Role.AUDITOR, "Z. C."),
        (Role.MANAGEMENT, ""),
    ],
)
def test_each_role_reads_names_initials_or_figures(client, site, agent, role, reads):
    client.force_login(user_with(role, site))
    texts = [page(client, url) for url in PAGES]

    assert ("Canariwsky" in "".join(texts)) is (reads == "Canariwsky Zoé")
    if reads:
        assert all(reads in text for text in texts[:2])
    answer = client.get("/formation/suivi/?format=xlsx")
    answer.close()
    assert answer.status_code == (200 if reads == "Canariwsky Zoé" else 404)


def test_the_follow_up_tells_the_status_of_the_day_asked_and_its_file_the_same(client, site, agent, theme):
    PastTrainingFactory(agent=agent, theme=theme, on=date(2022, 3, 10))
    client.force_login(user_with(Role.TRAINING_MANAGER, site))

    assert "0 poste en retard sur 1" in page(client, "/formation/suivi/?on=2026-03-10")
    assert "1 poste en retard sur 1" in page(client, "/formation/suivi/?on=2026-03-11")
    assert "Aucun poste ne correspond" in page(client, "/formation/suivi/?on=2026-03-11&status=up_to_date")
    answer = client.get("/formation/suivi/?on=2026-03-11&format=xlsx")
    rows = list(openpyxl.load_workbook(BytesIO(answer.getvalue())).active.iter_rows(values_only=True))
    answer.close()
    assert [str(cell) for cell in rows[1][:4]] == [
        "Canariwsky Zoé",
        "En retard",
        "2026-03-10 00:00:00",
        "Accueil physique",
    ]


def test_a_head_takes_a_post_for_an_agent_and_tutors_them_with_precise_skills(client, site, service, theme):
    client.force_login(user_with(Role.HEAD_OF_SERVICE, service))
    client.post("/formation/agents/nouveau", {"unit": service.pk, "last_name": "Petit", "first_name": "Léa"})
    agent, tutor = Agent.objects.get(), AgentFactory(unit=service)
    post = {"unit": service.pk, "themes": [theme.pk], "taken_on": "2026-11-02", "contract": "permanent"}
    assert client.post(f"/formation/agents/{agent.pk}/poste", post).status_code == 302
    assert Post.objects.get().service == "Accueil général"

    days = {"starts_on": "2026-11-10", "ends_on": "2027-04-30"}
    people = {"unit": service.pk, "tutor": tutor.pk, "tutee": agent.pk}
    refused = client.post("/formation/tutorat/nouvelle", {**people, **days, "skills": "Accueil"})
    assert "trop vagues" in refused.content.decode()
    skills = "Orienter un usager, enregistrer un dépôt de titre"
    assert client.post("/formation/tutorat/nouvelle", {**people, **days, "skills": skills}).status_code == 302
    again = client.post("/formation/tutorat/nouvelle", {**people, **days, "skills": skills})
    assert "du 10/11/2026 au 30/04/2027" in again.content.decode()
    alone = client.post("/formation/tutorat/nouvelle", {**people, **days, "tutor": agent.pk, "skills": skills})
    assert "son propre tuteur" in alone.content.decode()
    assert "En tutorat" in page(client, f"/formation/agents/{agent.pk}")


def test_the_sign_in_sheet_makes_presences_in_one_act_and_undoing_one_undoes_it(client, site, agent, theme):
    session = SessionFactory(course=CourseFactory(unit=site), starts_on=date(2024, 5, 14))
    SessionThemeFactory(session=session, theme=theme)
    rows = [EnrolmentFactory(session=session, agent=one) for one in (agent, AgentFactory(unit=agent.unit))]
    client.force_login(user_with(Role.TRAINING_MANAGER, site))

    client.post(f"/formation/sessions/{session.pk}/emargement", {"present": [rows[0].pk]})
    assert [row.state for row in Enrolment.objects.order_by("pk")] == [Attendance.PRESENT, Attendance.ABSENT]
    assert "À jour" in page(client, f"/formation/agents/{agent.pk}")

    client.post(f"/formation/inscriptions/{rows[0].pk}/etat", {"state": "absent"})
    assert "En retard" in page(client, f"/formation/agents/{agent.pk}")


def test_each_one_signs_on_a_tablet_and_the_certificates_come_in_one_file(client, site, agent, theme):
    session = SessionFactory(course=CourseFactory(unit=site), starts_on=date(2024, 5, 14))
    SessionThemeFactory(session=session, theme=theme)
    rows = [EnrolmentFactory(session=session, agent=one) for one in (agent, AgentFactory(unit=agent.unit))]
    client.force_login(user_with(Role.TRAINING_MANAGER, site))
    address = f"/formation/sessions/{session.pk}"
    assert client.get(f"{address}/attestations-de-presence.pdf").status_code == 404

    for sign in ({"sign": rows[0].pk}, {"sign": rows[1].pk}, {"undo": rows[1].pk}, {"sign": "x"}):
        assert client.post(f"{address}/tablette", sign).status_code == 302
    shown = page(client, f"{address}/tablette")
    assert ("À signer : 1" in shown, "Ont signé : 1" in shown) == (True, True)
    rows[1].refresh_from_db()
    assert rows[1].state == Attendance.REGISTERED
    assert "À jour" in page(client, f"/formation/agents/{agent.pk}")

    sheet = page(client, f"{address}/emargement")
    assert re.findall(r'value="(\d+)"[^>]*checked', sheet) == [str(rows[0].pk)]
    client.post(f"{address}/emargement", {"present": [rows[0].pk]})
    assert [row.state for row in Enrolment.objects.order_by("pk")] == [Attendance.PRESENT, Attendance.ABSENT]
    assert "Attestations des présents (PDF)" in page(client, address)
    made = b"".join(client.get(f"{address}/attestations-de-presence.pdf"))
    assert made.startswith(b"%PDF")


def test_a_session_to_come_is_not_signed_yet(client, site, agent):
    row = EnrolmentFactory(session__course__unit=site, session__starts_on=date(2099, 5, 14), agent=agent)
    client.force_login(user_with(Role.TRAINING_MANAGER, site))
    client.post(f"/formation/sessions/{row.session_id}/tablette", {"sign": row.pk})
    assert Enrolment.objects.get().state == Attendance.REGISTERED


def test_a_certificate_is_for_the_agent_it_names(client, site, agent, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    row = EnrolmentFactory(session__course__unit=site, agent=agent, state=Attendance.PRESENT)
    client.force_login(user_with(Role.TRAINING_MANAGER, site))

    def attach(name):
        file = SimpleUploadedFile("attestation.pdf", b"%PDF-1.4 attestation")
        return client.post(f"/formation/inscriptions/{row.pk}/joindre-attestation", {"certificate": file, "name": name})

    assert "pas de « Canariwsky Zoé »" in attach("Paul Martin").content.decode()
    assert attach("Zoé CANARIWSKY").status_code == 302
    answer = client.get(f"/formation/inscriptions/{row.pk}/attestation")
    assert answer.getvalue() == b"%PDF-1.4 attestation"
    answer.close()


def test_a_certificate_is_told_by_its_content(client, site, agent):
    row = EnrolmentFactory(session__course__unit=site, agent=agent, state=Attendance.PRESENT)
    client.force_login(user_with(Role.TRAINING_MANAGER, site))
    for name, sentence in (("a.html", "n’est pas d’un type accepté"), ("a.pdf", "n’est pas celui d’un fichier .pdf")):
        file = SimpleUploadedFile(name, b"<script>alert(1)</script>")
        answer = client.post(
            f"/formation/inscriptions/{row.pk}/joindre-attestation", {"certificate": file, "name": "Zoé CANARIWSKY"}
        )
        assert sentence in answer.text


def test_those_whom_the_themes_of_a_session_concern_are_offered_first_due_first(client, site, agent, theme):
    session = SessionFactory(course=CourseFactory(unit=site), starts_on=date(2027, 1, 12), ends_on=date(2027, 1, 12))
    SessionThemeFactory(session=session, theme=theme)
    late = PostFactory(agent__unit=agent.unit, agent__last_name="ALLARD", theme=theme, taken_on=date(2020, 1, 6)).agent
    elsewhere = AgentFactory(last_name="AILLEURS", unit=PrefectureFactory(code="05"))
    client.force_login(user_with(Role.TRAINING_MANAGER, site))

    shown = page(client, f"/formation/sessions/{session.pk}/inscrire")
    assert re.search(
        r"ALLARD[^<]*: en retard, échéance 06/01/2021.*Canariwsky[^<]*échéance 01/09/2024", shown, re.DOTALL
    )
    assert elsewhere.last_name not in shown
    assert "Cochez un agent" in client.post(f"/formation/sessions/{session.pk}/inscrire", {}).content.decode()
    client.post(f"/formation/sessions/{session.pk}/inscrire", {"agents": [late.pk]})
    assert session.enrolments.get().agent == late


def test_a_session_has_no_more_agents_than_seats(client, site, agent):
    session = SessionFactory(course=CourseFactory(unit=site), seats=1)
    EnrolmentFactory(session=session, agent=agent)
    other = AgentFactory(unit=agent.unit)
    client.force_login(user_with(Role.TRAINING_MANAGER, site))

    refused = client.post(f"/formation/sessions/{session.pk}/inscrire", {"other": other.pk})
    assert "a 1 place : 2 agents seraient inscrits" in refused.content.decode()
    assert client.get("/formation/sessions/").status_code == 200
    assert page(client, f"/formation/sessions/{session.pk}").count("Canariwsky Zoé") >= 1
    plan = {"starts_on": "2027-01-12", "seats": "10", "place": "Grenoble"}
    assert client.post(f"/formation/catalogue/{session.course_id}/session", plan).status_code == 302
    assert Session.objects.count() == 2


def test_an_erased_agent_leaves_the_figures_and_no_trace(client, site, agent, theme):
    EnrolmentFactory(session__course__unit=site, agent=agent, state=Attendance.PRESENT)
    AgreementFactory(tutee=agent, assessment="Canariwsky sait orienter")
    client.force_login(user_with(Role.TRAINING_MANAGER, site))
    before = page(client, "/formation/suivi/bilan/?annee=2023")

    client.post(f"/formation/agents/{agent.pk}/effacer", {"reason": "Demande de l’agent"})

    assert page(client, "/formation/suivi/bilan/?annee=2023") == before or "Accueil physique" in before
    agent.refresh_from_db()
    assert [getattr(agent, name) for name in Agent.PERSONAL] == [""] * 5
    assert TutoringAgreement.objects.get().assessment == ""
    told = [str(list(model.history.values())) for model in (Agent, Post, Enrolment, TutoringAgreement)]
    assert not any("Canariwsky" in text for text in told)
    assert "Agent effacé" in page(client, "/formation/agents/")


def test_documents_are_made_for_whoever_reads_names(client, site, agent):
    agreement = AgreementFactory(tutee=agent)
    row = EnrolmentFactory(session__course__unit=site, agent=agent, state=Attendance.PRESENT)
    client.force_login(user_with(Role.TRAINING_MANAGER, site))

    made = {
        url: client.get(f"/formation/{url}").content[:4]
        for url in (
            f"tutorat/{agreement.pk}/convention.pdf", f"tutorat/{agreement.pk}/convention.odt",
            f"inscriptions/{row.pk}/attestation-de-presence.pdf", f"sessions/{row.session_id}/emargement.pdf",
        )
    }  # fmt: skip
    assert list(made.values()) == [b"%PDF", b"PK\x03\x04", b"%PDF", b"%PDF"]


@pytest.mark.parametrize(("url", "queries"), [("agents/", 6), ("catalogue/", 7)])
def test_the_lists_cost_the_same_queries_whatever_their_rows(client, site, service, url, queries):
    client.force_login(user_with(Role.TRAINING_MANAGER, site))
    make = {"agents/": lambda: AgentFactory(unit=service), "catalogue/": lambda: CourseFactory(unit=site)}[url]
    check_list_page(client, f"/formation/{url}", make, queries=queries)


def test_pages_about_many_agents_cost_the_same_queries_whatever_their_number(client, site, service, theme):
    client.force_login(user_with(Role.TRAINING_MANAGER, site))

    def make():
        PostFactory(agent=AgentFactory(unit=service), theme=theme)
        SessionThemeFactory(session=SessionFactory(course=CourseFactory(unit=site)), theme=theme)
        AgreementFactory(tutee=AgentFactory(unit=service))

    def costs():
        urls = (
            "suivi/",
            "suivi/agents-et-themes/",
            "suivi/prevision/",
            "suivi/bilan/",
            "sessions/",
            "tutorat/",
            "themes/",
        )
        return {url: query_count(client, f"/formation/{url}") for url in urls}

    make()
    first = costs()
    make()
    make()
    assert costs() == first
