"""The pages of the référent, from the members to the minutes."""

from datetime import date, time
from html import unescape

import pytest
import time_machine
from django.core import mail

from actions.models import Action, Plan
from clu.models import Attendance, Committee, Mandate, Meeting, Note
from core import jobs
from core.jobs import notices
from core.models import Job
from organisations.enums import Role
from tests.clu.factories import (
    AgendaItemFactory,
    AttendanceFactory,
    CommitteeFactory,
    MandateFactory,
    MeetingFactory,
    MemberFactory,
    NoteFactory,
    OpinionFactory,
)
from tests.core.page_checks import check_list_page
from tests.organisations.factories import user_with

pytestmark = pytest.mark.django_db
BEFORE, AFTER = "2022-03-01T10:00:00+01:00", "2022-03-12T10:00:00+01:00"


@pytest.fixture
def referent(client, site):
    user = user_with(Role.QUALITY_REFERENT, site)
    client.force_login(user)
    return user


@pytest.fixture
def meeting(site):
    committee = CommitteeFactory(site=site)
    meeting = MeetingFactory(committee=committee, held_on=date(2022, 3, 10), starts_at=time(14), place="Salle A")
    AgendaItemFactory(meeting=meeting, title="Les indicateurs")
    return meeting


def text(answer):
    return " ".join(unescape(answer.content.decode()).replace("\xa0", " ").replace("\u202f", " ").split())


def post(client, address, **data):
    answer = client.post(address, data, follow=True)
    assert answer.status_code == 200
    return text(answer)


def test_the_list_of_committees_costs_the_same_whatever_their_number(client, referent, site):
    kinds = iter(("clu", "copil", "clac"))
    check_list_page(client, "/instances/", lambda: CommitteeFactory(site=site, kind=next(kinds)), queries=8)


def test_a_committee_is_created_with_its_members_and_says_what_is_missing(client, referent, site):
    post(client, "/instances/nouvelle", site=site.pk, kind="clu", quorum="", chair="Le préfet", name="")
    committee = Committee.objects.get()
    said = {"organisation": "UFC", "college": "users", "holder": "Mme Martin", "starts_on": "2022-01-01"}
    post(client, f"/instances/{committee.pk}/membres/nouveau", **said)
    post(client, f"/instances/{committee.pk}/membres/nouveau", organisation="CCI", college="")
    page = text(client.get(f"/instances/{committee.pk}"))
    assert "1 siège à désigner" in page
    assert "UFC" in page
    assert client.get(f"/instances/{committee.pk}/membres.pdf")["Content-Type"] == "application/pdf"


def test_a_mandate_that_overlaps_is_refused_on_its_form(client, referent, site):
    mandate = MandateFactory(member=MemberFactory(committee=CommitteeFactory(site=site)), starts_on=date(2022, 1, 1))
    address = f"/instances/membres/{mandate.member_id}/mandats/nouveau"
    assert "chevauche" in post(client, address, holder="M. Noir", starts_on="2023-01-01")
    assert Mandate.objects.count() == 1


@time_machine.travel(BEFORE)
def test_a_meeting_is_convened_by_mail_with_its_event_and_its_pdf_and_answered_by_a_link(
    client, referent, meeting, site, settings
):
    member = MemberFactory(committee=meeting.committee, organisation="UFC")
    MandateFactory(member=member, holder="Mme Martin", email="martin@example.invalid")
    MandateFactory(member=MemberFactory(committee=meeting.committee), holder="M. Petit")
    page = post(client, f"/instances/reunions/{meeting.pk}/convoquer")
    assert "1 personne convoquée par courriel ; 1 sans adresse" in page

    jobs.run_now(jobs.enqueue(notices.KIND, by=None, key="test"))
    (message,) = [one for one in mail.outbox if one.to == ["martin@example.invalid"]]
    assert [(name, kind) for name, _content, kind in message.attachments] == [
        ("convocation-clu-2022-03-10.pdf", "application/pdf"),
        ("convocation-clu-2022-03-10.ics", "text/calendar"),
    ]
    row = Attendance.objects.get(person="Mme Martin")
    client.logout()
    address = f"/instances/reponse/{row.token}"
    assert address in message.body
    shown = client.get(address)
    assert "Les indicateurs" in text(shown)
    assert shown["Referrer-Policy"] == "same-origin"  # « no-referrer » would have browsers send no origin: 403
    post(client, address, answer="excused")
    row.refresh_from_db()
    assert row.answer == "excused"
    assert b"BEGIN:VEVENT" in client.get(f"{address}/agenda.ics").content
    assert client.get("/instances/reponse/nobody").status_code == 404


@time_machine.travel(AFTER)
def test_the_sheet_is_typed_back_in_one_page_and_signed_on_a_tablet(client, referent, meeting):
    first, second, third = (AttendanceFactory(meeting=meeting, person=name) for name in ("Ali", "Bay", "Cho"))
    said = {f"p{first.pk}": "present", f"p{second.pk}": "excused"}
    page = post(client, f"/instances/reunions/{meeting.pk}/presences", **said)
    assert "2 présences enregistrées" in page
    assert "1 présent, 1 excusé, 0 absent" in page
    assert "Merci" in post(client, f"/instances/presences/{third.pk}/signer")
    third.refresh_from_db()
    assert (third.presence, third.signed_at is not None) == ("present", True)


@time_machine.travel(AFTER)
def test_a_request_typed_in_the_meeting_goes_to_the_plan_of_the_clu_once(client, referent, meeting):
    said = {"kind": "request", "text": "Des sièges", "author": "UFC", "item": ""}
    post(client, f"/instances/reunions/{meeting.pk}/notes/nouvelle", **said)
    note = Note.objects.get()
    page = post(client, f"/instances/notes/{note.pk}/constat")
    assert "La demande est au plan « CLU du 10 mars 2022 »" in page
    post(client, f"/instances/notes/{note.pk}/constat")
    assert [(plan.title, plan.origin) for plan in Plan.objects.all()] == [("CLU du 10 mars 2022", "clu")]
    assert Action.objects.get().title == "Répondre à la demande : Des sièges"


@time_machine.travel(AFTER)
def test_minutes_are_drafted_without_internal_remarks_then_validated_and_told_apart(client, referent, meeting):
    AttendanceFactory(meeting=meeting, person="Mme Martin", organisation="UFC", presence="present")
    NoteFactory(meeting=meeting, kind="decision", text="Afficher les résultats")
    NoteFactory(meeting=meeting, text="Entre nous", is_internal=True)
    OpinionFactory(meeting=meeting, title="Courriel type", advice="reserved", comment="À simplifier")
    address = f"/instances/reunions/{meeting.pk}/compte-rendu"
    page = post(client, f"{address}/rediger")
    for words in ("Non validé", "Mme Martin (UFC)", "Décision : Afficher les résultats", "avis réservé. À simplifier"):
        assert words in page
    assert "Entre nous" not in page

    assert "Compte rendu validé le 12/03/2022" in post(client, f"{address}/valider")
    meeting.refresh_from_db()
    post(client, f"{address}/modifier", minutes=f"{meeting.minutes}\nAjout", reason="")
    assert "Projet, différent du compte rendu validé" in text(client.get(address))
    assert "Ajout" not in Meeting.objects.get().validated_minutes


@time_machine.travel(BEFORE)
def test_minutes_before_the_meeting_are_refused_with_a_sentence(client, referent, meeting):
    address = f"/instances/reunions/{meeting.pk}/compte-rendu"
    assert "La réunion se tient le 10/03/2022 : son compte rendu s’écrit après." in text(client.get(address))
    assert "son compte rendu s’écrit après" in post(client, f"{address}/rediger")


@time_machine.travel(AFTER)
def test_minutes_validated_before_the_meeting_are_refused(client, referent, meeting):
    meeting.minutes = "Projet"
    meeting.save()
    address = f"/instances/reunions/{meeting.pk}/compte-rendu/valider"
    assert "ne peut pas être validé le 01/03/2022, avant la réunion" in post(client, address, on="2022-03-01")


@time_machine.travel(AFTER)
@pytest.mark.parametrize(
    "kind", ["convocation", "emargement", "compte-rendu", "dossier", "compte-rendu-odt", "diaporama-pptx"]
)
def test_each_document_is_produced(client, referent, meeting, kind):
    AttendanceFactory(meeting=meeting, person="Mme Martin", presence="present")
    client.post(f"/instances/reunions/{meeting.pk}/documents/{kind}")
    job = Job.objects.latest("pk")
    jobs.run_now(job)
    job.refresh_from_db()
    assert (job.state, bool(job.result_name)) == ("done", True)


def test_a_reader_sees_neither_internal_remarks_nor_the_draft(client, site, meeting):
    client.force_login(user_with(Role.MANAGEMENT, site))
    NoteFactory(meeting=meeting, text="Entre nous", is_internal=True)
    meeting.minutes = "Projet secret"
    meeting.save()
    assert "Entre nous" not in text(client.get(f"/instances/reunions/{meeting.pk}"))
    assert "Projet secret" not in text(client.get(f"/instances/reunions/{meeting.pk}/compte-rendu"))


def test_a_fact_that_nobody_filled_in_says_why_or_is_not_shown(client, referent, meeting):
    assert "aucun : l’arrêté n’en fixe pas" in text(client.get(f"/instances/{meeting.committee_id}"))
    page = text(client.get(f"/instances/reunions/{meeting.pk}"))
    assert "aucun envoi enregistré" in page
    assert "non renseigné" not in page.partition("<dl")[2].partition("</dl>")[0].partition("Convoquée")[2]
