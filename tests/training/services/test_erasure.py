"""An agent erased, on demand or at the term: no canary is left anywhere, and the figures of past years stay."""

import json
import logging
from datetime import date
from io import StringIO

import pytest
import time_machine
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.utils import timezone

from core.base.errors import UserError
from core.base.registries import personal_columns
from core.models import ImportMemory, Notice
from core.record import verification
from organisations.enums import Role
from tests.organisations.factories import PrefectureFactory, UnitFactory, user_with
from training import retention, synthesis
from training.enums import Attendance, PastKind
from training.models import Agent, Enrolment, TrainingImport
from training.services import people, sessions, themes, tutoring

pytestmark = pytest.mark.django_db
CANARY, TODAY = "canariwsky", date(2022, 3, 10)
SKILLS = "Orienter un usager, enregistrer un dépôt de titre de séjour"


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    with time_machine.travel(TODAY, tick=False):
        yield settings.MEDIA_ROOT


@pytest.fixture
def site():
    site = PrefectureFactory(code="38")
    UnitFactory(code="38-accueil", name="Accueil général", parent=site)
    themes.load()
    return site


def written(path, *rows):
    path.write_text("\n".join(";".join(row) for row in rows) + "\n", encoding="utf-8")
    return str(path)


@pytest.fixture
def agent(site, tmp_path):
    """Somebody whose name stands wherever a file, a page or a verb writes it."""
    by = user_with(Role.TRAINING_MANAGER, site)
    file = written(
        tmp_path / "suivi.csv",
        ("Agent", "Matricule", "Service", "Prise de poste", "Accueil physique", "Fin de poste"),
        (f"{CANARY.upper()} Zoé", f"M-{CANARY}", "Accueil général", "01/03/2016", "10/03/2016", "31/01/2022"),
        ("DUPONT Paul", "7", "Accueil général", "01/03/2016", "à former", ""),
    )
    call_command("import_training", file, unit="38", format="json", stdout=StringIO())
    agent, tutor = Agent.objects.get(last_name__iexact=CANARY), Agent.objects.get(last_name="DUPONT")
    people.change(agent, email=f"Zoe@{CANARY}.invalid", by=by)
    post = agent.posts.first()
    people.change_post(
        post, exempt_from=date(2021, 6, 1), exempt_reason=f"Certificat de Mme {CANARY}", by=by, reason="Dispense"
    )
    people.add_past(
        agent, theme=post.theme, on=date(2017, 5, 2), kind=PastKind.EXPERIENCE, label=f"Attestation {CANARY}", by=by
    )
    _trained(site, agent, post.theme, by)
    tutored = tutoring.agree(
        unit=agent.unit, tutor=tutor, tutee=agent, starts_on=date(2016, 3, 1), ends_on=date(2016, 9, 1),
        skills=SKILLS, by=by,
    )  # fmt: skip
    tutoring.assess(tutored, assessment=f"{CANARY} sait orienter", on=date(2016, 9, 1), by=by)
    code = f"word:situation:voir {CANARY}"
    TrainingImport.objects.update(choices={code: "untrained", "kind": "agents"})
    ImportMemory.objects.create(
        kind="training", scope="38", signature="0" * 64, answers={code: "untrained", "a": "b"}, used_at=timezone.now()
    )
    return agent


def _trained(site, agent, theme, by):
    """Enrolled, convened by mail, present, with a certificate that bears the name."""
    course = sessions.add_course(unit=site, name="Gestion des conflits", by=by)
    session = sessions.plan(course, starts_on=TODAY, themes=[theme], by=by)
    sessions.enrol(session, agents=[agent], by=by)
    sessions.convene(session, by=by)
    row = sessions.mark(session.enrolments.get(), state=Attendance.PRESENT, by=by)
    file = SimpleUploadedFile(f"attestation-{CANARY}.pdf", b"%PDF-1.4 " + CANARY.encode())
    sessions.attach_certificate(row, certificate=file, name=f"Zoé {CANARY}", by=by)


def everything() -> str:
    """All the rows of all the tables, histories included, as text."""
    rows = (row for model in apps.get_models() for row in model._base_manager.values_list())
    return "\n".join(str(one) for row in rows for one in row).casefold()


def files(media) -> list[str]:
    """The files kept that say the name, by their name or in their bytes."""
    found = (one for one in media.rglob("*") if one.is_file())
    return [one.name for one in found if CANARY in one.name or CANARY.encode() in one.read_bytes().lower()]


def test_an_erased_agent_leaves_no_canary_in_rows_histories_copies_files_and_logs(
    agent, site, media, caplog, django_capture_on_commit_callbacks
):
    caplog.set_level(logging.DEBUG)
    below = set(site.descendants(include_self=True).values_list("pk", flat=True))
    year = synthesis.balance(below, 2022, today=TODAY), synthesis.balance(below, 2016, today=TODAY)
    assert everything().count(CANARY) >= 12
    assert (len(files(media)), Notice.objects.count()) == (2, 1)  # its certificate and the copy of the file

    with django_capture_on_commit_callbacks(execute=True):
        assert people.erase(Agent.objects.filter(pk=agent.pk), reason="À sa demande") == 1

    assert [line for line in everything().splitlines() if CANARY in line] == []
    assert files(media) == []
    assert CANARY not in caplog.text.casefold()
    assert (synthesis.balance(below, 2022, today=TODAY), synthesis.balance(below, 2016, today=TODAY)) == year
    assert TrainingImport.objects.get().choices == {"kind": "agents"}
    assert verification.verify().breaches == []


def test_what_leaves_in_files_after_an_erasure_names_nobody(agent, site, client):
    people.erase(Agent.objects.filter(pk=agent.pk))
    client.force_login(user_with(Role.TRAINING_MANAGER, site))
    told = []
    for page in (
        "suivi/?on=2021-01-04",
        "suivi/agents-et-themes/?on=2021-01-04",
        "suivi/bilan/?annee=2021",
        "agents/",
        "tutorat/",
    ):
        glue = "&" if "?" in page else "?"
        answer = client.get(f"/formation/{page}{glue}format=csv")
        told.append(b"".join(answer) if answer.streaming else answer.content)
    assert b"effac" in told[0]
    assert not any(CANARY.encode() in file.lower() for file in told)


def test_the_term_is_five_years_after_the_last_post_training_and_tutoring(agent):
    assert [retention.due(on).count() for on in (date(2027, 3, 10), date(2027, 3, 11))] == [0, 1]
    call_command("retention", "--dry-run", "--format", "json", stdout=(out := StringIO()))
    assert {rule["code"] for rule in json.loads(out.getvalue())["rules"]} >= {"training-agents", "imports-training"}


def test_each_text_about_an_agent_is_in_the_register_of_personal_columns():
    kept = {column.code for column in personal_columns if column.code.startswith("training.")}
    assert {f"training.Agent.{name}" for name in Agent.PERSONAL} <= kept
    assert len(kept) == len(retention.COLUMNS)


def test_the_skills_of_an_agreement_do_not_name_its_people(agent):
    tutored = agent.tutorings.get()
    with pytest.raises(UserError, match="sans nommer CANARIWSKY Zoé"):
        tutoring.change(tutored, skills=f"{SKILLS}, que Mme Canariwsky notera", by=None)


def test_the_certificate_is_kept_under_a_name_that_says_nothing(agent, media):
    row = Enrolment.objects.get()
    assert (row.certificate_name, CANARY in row.certificate.name) == (f"attestation-{CANARY}.pdf", False)
    assert [one.suffix for one in media.rglob("certificates/**/*.*")] == [".pdf"]
