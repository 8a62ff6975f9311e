"""Two people on one action: the second one sees both versions and chooses; nothing is lost."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, connections
from django.test import Client
from django.urls import reverse

from actions.enums import Status
from actions.models import Action
from actions.services import actions as action_services
from actions.services import progress, proofs
from core.record import history
from organisations.enums import Role
from tests.actions.factories import ActionResponsibleFactory
from tests.organisations.factories import user_with

pytestmark = pytest.mark.django_db
PAIRS = {"postgresql": 35, "sqlite": 2}  # of each kind
HELD = "Ce que vous avez écrit est resté dans le formulaire"


def post(client, name: str, action, version: str, **data):
    """The version of the form that changes the responsibles too ends with theirs: here, none."""
    url = reverse(f"actions:action-{name}", args=[action.pk])
    return client.post(url, data | {"_version": f"{version}." if name == "edit" else version})


@pytest.fixture
def colleague(site):
    return user_with(Role.DEPUTY_REFERENT, site, first_name="Luc", last_name="Martin")


@pytest.fixture
def signed_in(client, rq):
    client.force_login(rq)
    return rq


def test_a_report_on_what_was_reported_meanwhile_shows_both_and_is_sent_again(client, signed_in, colleague, action):
    version = history.version_of(action)
    progress.report_progress(action, status="ongoing", comment="Devis reçu", by=colleague)
    answer = post(client, "point", action, version, status="ongoing", comment="Affiche commandée")
    assert answer.status_code == 409
    assert "Luc Martin a enregistré le" in answer.text
    assert "Statut : <del>À faire</del> <strong>En cours</strong>" in answer.text
    assert "Commentaire : <strong>Devis reçu</strong>" in answer.text
    assert HELD in answer.text
    assert answer.context_data["form"]["comment"].value() == "Affiche commandée"
    assert Action.objects.get().comment == "Devis reçu"
    both = {"status": "ongoing", "comment": "Devis reçu, affiche commandée"}
    assert post(client, "point", action, answer.context_data["version"], **both).status_code == 302
    assert Action.objects.get().comment == "Devis reçu, affiche commandée"


def test_done_twice_the_second_one_corrects_the_day_and_the_words_or_leaves_them(client, signed_in, colleague, action):
    version = history.version_of(action)
    progress.mark_done(action, done_on=date(2016, 3, 1), comment="Fait par Luc", by=colleague)
    typed = {"status": "done", "done_on": "2016-03-02", "comment": "Fait par Anne"}
    file = SimpleUploadedFile("photo.jpg", b"\xff\xd8\xff\xe0 affiche")
    answer = post(client, "point", action, version, file=file, **typed)
    assert answer.status_code == 409
    assert "Réalisée le : <strong>01/03/2016</strong>" in answer.text
    assert "La preuve n’est pas gardée : joignez-la de nouveau." in answer.text
    assert "Fait par Anne" in answer.text
    assert proofs.Proof.objects.count() == 0
    file.seek(0)
    answer = post(client, "point", action, answer.context_data["version"], file=file, **typed)
    assert answer.status_code == 302
    action.refresh_from_db()
    assert (action.status, action.done_on, action.comment) == (Status.DONE, date(2016, 3, 2), "Fait par Anne")
    assert proofs.Proof.objects.get().name == "photo.jpg"


def test_a_status_that_is_no_more_possible_is_told_and_not_chosen(client, colleague, action, service):
    ActionResponsibleFactory(action=action, unit=service)
    client.force_login(user_with(Role.HEAD_OF_SERVICE, service))
    version = history.version_of(action)
    progress.abandon(action, reason="Sans objet", by=colleague)
    answer = post(client, "point", action, version, status="ongoing", comment="Commencée")
    assert answer.status_code == 409
    assert "Statut : <del>À faire</del> <strong>Abandonnée</strong>" in answer.text
    assert answer.context_data["form"]["status"].value() == "abandoned"


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("point", {"status": "postponed", "deadline": "fin 2016", "reason": "Imprimeur fermé"}),
        ("point", {"status": "abandoned", "reason": "Sans objet"}),
    ],
)
def test_a_deadline_moved_meanwhile_is_seen_before_another_decision(client, signed_in, colleague, action, name, data):
    version = history.version_of(action)
    progress.move_deadline(action, deadline="30/06/2016", reason="Congés", by=colleague)
    answer = post(client, name, action, version, **data)
    assert answer.status_code == 409
    assert "Échéance : <del>1er trim. 2016</del> <strong>30/06/2016</strong>" in answer.text
    assert "« Congés »" in answer.text
    assert post(client, name, action, answer.context_data["version"], **data).status_code == 302


def test_another_change_takes_nothing_away_and_is_not_told(client, signed_in, colleague, action):
    version = history.version_of(action)
    action_services.change_action(action, text="Programmer trois enquêtes", by=colleague)
    assert post(client, "point", action, version, status="ongoing", comment="Vu").status_code == 302
    action.refresh_from_db()
    assert (action.text, action.comment, action.status) == ("Programmer trois enquêtes", "Vu", Status.ONGOING)


KINDS = {
    "edit": lambda who: ("edit", {"text": "Programmer", "deadline": "fin 2016", "reason": who, "expected_effect": who}),
    "report": lambda who: ("point", {"status": "ongoing", "comment": who}),
    "done": lambda who: ("point", {"status": "done", "done_on": "2016-03-01", "comment": who}),
    "abandon": lambda who: ("point", {"status": "abandoned", "reason": who}),
}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("first", "second"),
    [("edit", "edit"), ("edit", "report"), ("report", "done"), ("done", "done"), ("done", "abandon"), ("edit", "done")],
)
def test_of_two_who_save_at_once_one_wins_and_the_other_sees_both(rq, colleague, action, finding, first, second):
    """At the same instant where the database lets two write at once; else one right after the other."""
    people = [_client(rq), _client(colleague)]
    asked = [KINDS[first]("Anne a écrit"), KINDS[second]("Luc a écrit")]
    with ThreadPoolExecutor(2) as threads:
        for number in range(PAIRS[connection.vendor]):
            action = action_services.add_action(finding, text="Programmer", deadline="1er trim. 2016", by=rq)
            order = (-1) ** number
            _race(threads, people[::order], action, asked[::order])
        list(threads.map(_leave, [Barrier(2)] * 2))


def _client(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def _race(threads, people, action, asked) -> None:
    version = history.version_of(action)
    calls = [(who, name, action, version, data) for who, (name, data) in zip(people, asked, strict=True)]
    if connection.vendor == "postgresql":
        barrier = Barrier(2)
        answers = [one.result() for one in [threads.submit(_post_at, barrier, *call) for call in calls]]
    else:
        answers = [_post(*call) for call in calls]
    assert sorted(answer.status_code for answer in answers) == [302, 409]
    [won], [lost] = ([n for n, one in enumerate(answers) if one.status_code == code] for code in (302, 409))
    words = [next(text for text in data.values() if "a écrit" in text) for _, data in asked]
    action.refresh_from_db()
    assert words[won] in (action.comment, action.status_reason, action.expected_effect)
    assert words[won] in answers[lost].text or "Enregistré entre-temps par" in answers[lost].text
    assert words[lost] in answers[lost].text
    assert history.records_of(action).count() == 2


def _post(client, name, action, version, data):
    return post(client, name, action, version, **data)


def _post_at(barrier: Barrier, *call):
    barrier.wait()
    return _post(*call)


def _leave(barrier: Barrier) -> None:
    """In each thread: its connection would keep the test database from being dropped."""
    barrier.wait()
    connections.close_all()
