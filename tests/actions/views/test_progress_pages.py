"""The verbs of an action as pages: what each asks for, what it says, who may."""

from datetime import date

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from actions.enums import Status
from actions.models import Action, Proof
from organisations.enums import Role
from tests.actions.factories import ActionFactory, ActionResponsibleFactory
from tests.organisations.factories import user_with

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("signed_in")]
TODAY = time_machine.travel("2016-06-01 10:00:00+02:00", tick=False)


@pytest.fixture
def signed_in(client, rq):
    client.force_login(rq)
    return rq


@pytest.fixture
def dated(finding):
    return ActionFactory(
        finding=finding, text="Afficher", deadline_text="31/03/2016", deadline_earliest=date(2016, 3, 31),
        deadline_latest=date(2016, 3, 31), promised_text="31/03/2016", promised_latest=date(2016, 3, 31),
    )  # fmt: skip


def send(client, name: str, action, **data):
    return client.post(reverse(f"actions:action-{name}", args=[action.pk]), data, follow=True)


def errors(answer) -> dict:
    return answer.context_data["form"].errors


@TODAY
def test_done_with_a_document_keeps_it_as_a_proof(client, dated):
    file = SimpleUploadedFile("photo.jpg", b"\xff\xd8\xff\xe0 affiche")
    answer = send(client, "point", dated, status="done", done_on="2016-05-31", file=file, note="L’affiche posée")
    assert answer.redirect_chain == [(reverse("actions:action", args=[dated.pk]), 302)]
    assert "L’action est réalisée." in answer.text
    assert (Proof.objects.get().name, Action.objects.get().status) == ("photo.jpg", Status.DONE)


@TODAY
@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"done_on": "2016-05-31"}, "comment"),
        ({"done_on": "2016-06-02", "comment": "Fait"}, "done_on"),
        ({"done_on": "2015-01-01", "comment": "Fait"}, "done_on"),
        ({"done_on": "", "comment": "Fait"}, "done_on"),
        ({"done_on": "pas un jour", "comment": "Fait"}, "done_on"),
    ],
)
def test_done_without_what_it_needs_is_refused_on_the_field(client, dated, data, field):
    assert list(errors(send(client, "point", dated, status="done", **data))) == [field]
    assert Action.objects.get().status == Status.TODO


def test_a_file_of_another_kind_is_refused_on_its_field(client, dated):
    file = SimpleUploadedFile("page.html", b"<html>")
    assert list(errors(send(client, "point", dated, status="done", done_on="2016-05-31", file=file))) == ["file"]


@TODAY
def test_done_accepts_the_note_there_is_and_proposes_none(client, dated):
    dated.comment = "Vu avec l’imprimeur"
    dated.save()
    page = client.get(reverse("actions:action-point", args=[dated.pk]), {"statut": "done"})
    form = page.context_data["form"]
    assert (form["status"].value(), form["done_on"].value(), form["comment"].value()) == (
        "done", date(2016, 6, 1), None,
    )  # fmt: skip
    assert "L’action est réalisée." in send(client, "point", dated, status="done", done_on="2016-05-31").text
    dated.refresh_from_db()
    assert (dated.status, dated.comment) == (Status.DONE, "Vu avec l’imprimeur")


@TODAY
def test_of_an_action_done_the_day_is_corrected_and_one_more_note_is_added(client, dated):
    send(client, "point", dated, status="done", done_on="2016-05-31", comment="Affiché")
    answer = send(client, "point", dated, status="done", done_on="2016-05-30", comment="Aussi à l’étage")
    assert "C’est noté, merci." in answer.text
    dated.refresh_from_db()
    assert (dated.done_on, dated.comment) == (date(2016, 5, 30), "Aussi à l’étage")
    assert list(errors(send(client, "point", dated, status="done", done_on=""))) == ["done_on"]


def test_a_postponed_action_is_put_off_again(client, dated):
    send(client, "point", dated, status="postponed", deadline="30/06/2016", reason="Imprimeur fermé")
    send(client, "point", dated, status="postponed", comment="Relancé")
    answer = send(client, "point", dated, status="postponed", deadline="30/09/2016", reason="Toujours fermé")
    assert "le 30/09/2016." in answer.text
    dated.refresh_from_db()
    assert (dated.deadline_text, dated.status_reason, dated.comment) == ("30/09/2016", "Toujours fermé", "Relancé")


@pytest.mark.parametrize(
    ("status", "offered"),
    [
        (Status.TODO, ["À faire", "En cours", "Réalisée", "Reportée", "Abandonnée"]),
        (Status.DONE, ["En cours", "Réalisée"]),
        (Status.ABANDONED, ["En cours", "Abandonnée"]),
    ],
)
def test_the_point_offers_where_the_action_may_stand(client, dated, status, offered):
    dated.status = status
    dated.save()
    form = client.get(reverse("actions:action-point", args=[dated.pk])).context_data["form"]
    assert [label for _, label in form.fields["status"].choices] == offered
    assert form["status"].value() == status


def test_progress_says_where_it_stands_in_a_few_words(client, dated, service):
    ActionResponsibleFactory(action=dated, unit=service)
    client.force_login(user_with(Role.CONTRIBUTOR, service))
    answer = send(client, "point", dated, status="ongoing", comment="Devis demandé")
    assert "L’action est en cours." in answer.text
    dated.refresh_from_db()
    assert (dated.status, dated.comment) == (Status.ONGOING, "Devis demandé")
    assert "C’est noté, merci." in send(client, "point", dated, status="ongoing", comment="Devis reçu").text
    dated.refresh_from_db()
    assert (dated.status, dated.comment) == (Status.ONGOING, "Devis reçu")


@pytest.mark.parametrize(
    ("now", "asked"), [(Status.TODO, "postponed"), (Status.TODO, "abandoned"), (Status.DONE, "ongoing")]
)
def test_a_head_neither_postpones_abandons_nor_reopens(client, dated, service, now, asked):
    dated.status = now
    dated.save()
    ActionResponsibleFactory(action=dated, unit=service)
    client.force_login(user_with(Role.HEAD_OF_SERVICE, service))
    told = {"status": asked, "reason": "x", "deadline": "30/06/2016"}
    assert list(errors(send(client, "point", dated, **told))) == ["status"]
    dated.refresh_from_db()
    assert dated.status == now


def test_postponed_needs_a_later_deadline_and_a_reason(client, dated):
    assert list(errors(send(client, "point", dated, status="postponed", deadline="30/06/2016"))) == ["reason"]
    assert list(errors(send(client, "point", dated, status="postponed", deadline="01/03/2016", reason="x"))) == [
        "deadline"
    ]
    answer = send(client, "point", dated, status="postponed", deadline="30/06/2016", reason="Imprimeur fermé")
    assert "L’action est reportée. Échéance comprise : le 30/06/2016." in answer.text
    dated.refresh_from_db()
    assert (dated.status, dated.status_reason, dated.promised_text, dated.move_count) == (
        Status.POSTPONED, "Imprimeur fermé", "31/03/2016", 1,
    )  # fmt: skip


def test_abandoned_then_reopened_each_with_its_reason(client, dated):
    assert "reason" in errors(send(client, "point", dated, status="abandoned"))
    assert "L’action est abandonnée." in send(client, "point", dated, status="abandoned", reason="Sans objet").text
    assert (
        "L’action est rouverte." in send(client, "point", dated, status="ongoing", reason="Demandée par le COPIL").text
    )
    dated.refresh_from_db()
    assert dated.status == Status.ONGOING


@TODAY
def test_the_effect_is_looked_at_later_and_reopens_what_had_none(client, dated):
    dated.status, dated.done_on = Status.DONE, date(2016, 5, 31)
    dated.save()
    answer = send(client, "review-ask", dated, months="6")
    assert "L’efficacité sera à vérifier le 30/11/2016." in answer.text
    assert list(errors(send(client, "review", dated, result="effective"))) == ["comment"]
    answer = send(client, "review", dated, result="ineffective", comment="Toujours 60 % d’appels perdus")
    assert "l’action est rouverte." in answer.text
    dated.refresh_from_db()
    assert dated.status == Status.ONGOING


@TODAY
def test_an_effective_action_stays_done(client, dated):
    dated.status, dated.done_on = Status.DONE, date(2016, 1, 31)
    dated.save()
    assert "l’action est efficace." in send(client, "review", dated, result="effective", comment="98 %").text
    dated.refresh_from_db()
    assert (dated.status, dated.review_result) == (Status.DONE, "effective")


@pytest.mark.parametrize("name", ["review-ask", "review", "edit", "remove"])
def test_a_head_reports_but_decides_nothing(client, dated, service, name):
    ActionResponsibleFactory(action=dated, unit=service)
    client.force_login(user_with(Role.HEAD_OF_SERVICE, service))
    address = reverse(f"actions:action-{name}", args=[dated.pk])
    assert (client.get(address).status_code, client.post(address, {"reason": "x"}).status_code) == (403, 403)
