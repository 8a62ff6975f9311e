"""Status, deadline and responsibles changed where they are shown: same verbs and conflicts, taken back in a gesture."""

import pytest
from django.urls import reverse
from django.utils import timezone

from actions.enums import Status
from actions.rules.responsibles import Responsible
from actions.services import actions as action_services
from actions.services import progress
from actions.views.meanwhile import HeldInOrder
from actions.views.progress import ActionDeadline, ActionPoint, ActionResponsibles
from core.pages.in_place import TAKEN_BACK
from core.record import history
from organisations.enums import Role
from tests.actions.factories import ActionFactory, ActionResponsibleFactory
from tests.core.page_checks import query_count
from tests.organisations.factories import ServiceFactory, user_with

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("signed_in")]
LIST = "/plans/actions/?q=a"


@pytest.fixture
def signed_in(client, rq):
    client.force_login(rq)
    return rq


@pytest.fixture
def colleague(site):
    return user_with(Role.DEPUTY_REFERENT, site, first_name="Luc", last_name="Martin")


def address(name: str, action) -> str:
    return reverse(f"actions:action-{name}", args=[action.pk])


def panel(client, name: str, action):
    return client.get(address(name, action), {"retour": LIST}, headers={"X-In-Place": "1"})


def send(client, name: str, action, *, version: str | None = None, **data):
    version = history.version_of(action) if version is None else version
    told = {"_in_place": "1", "_version": version, "retour": LIST} | data
    return client.post(address(name, action), told, headers={"X-Saving": "1"})


def take_back(client, name: str, action, token: str):
    told = {"_in_place": "1", "_undo": token, "retour": LIST}
    return client.post(address(name, action), told, headers={"X-Saving": "1"})


def pieces(action, *names: str) -> set[str]:
    return {f"action-{action.pk}-{name}" for name in names or ("status", "deadline", "responsibles", "said")}


def test_the_panel_holds_the_other_statuses_and_what_each_asks_for(client, action):
    answer = panel(client, "point", action)
    assert "<html" not in answer.text
    asked = {choice["label"]: [field.name for field in choice["asked"]] for choice in choices(client, action)}
    assert asked == {
        "En cours": [],
        "Réalisée": ["done_on", "comment"],
        "Reportée": ["deadline", "reason"],
        "Abandonnée": ["reason"],
    }
    progress.report_progress(action, status="todo", comment="Affiché", by=None)
    assert [field.name for field in choices(client, action)[1]["asked"]] == []


def choices(client, action) -> list[dict]:
    page = panel(client, "point", action)
    return page.context["choices"]


def test_a_status_is_changed_in_place_and_the_answer_holds_every_piece(client, rq, action, finding):
    twin = ActionFactory(finding=finding, text="La même ailleurs", merged_into=action)
    answer = send(client, "point", action, status="ongoing")
    told = answer.json()
    assert (answer.status_code, told["outcome"], told["sentence"]) == (200, "saved", "L’action est en cours.")
    assert set(told["pieces"]) == pieces(action) | pieces(twin) | {f"plan-{finding.plan_id}"}
    assert "En cours" in told["pieces"][f"action-{twin.pk}-status"]
    assert "retour=%2Fplans%2Factions%2F%3Fq%3Da" in told["pieces"][f"action-{action.pk}-status"]
    assert told["places"] == {f"action-{action.pk}": "ongoing", f"action-{twin.pk}": "ongoing"}
    last = action.history.first()
    assert (last.status, last.history_user, last.changeset is not None) == (Status.ONGOING, rq, True)


def test_a_gesture_is_taken_back_for_twins_and_finding_too_and_the_history_says_so(client, rq, action, finding):
    twin = ActionFactory(finding=finding, text="La même ailleurs", merged_into=action)
    told = send(client, "point", action, status="done", done_on=f"{timezone.localdate()}", comment="Affiché").json()
    finding.refresh_from_db()
    assert finding.closed_on == timezone.localdate()
    answer = take_back(client, "point", action, told["undo"])
    assert (answer.json()["outcome"], answer.json()["sentence"]) == ("saved", "C’est annulé.")
    for one in (action, twin, finding):
        one.refresh_from_db()
        last = one.history.first()
        assert (last.history_user, last.history_change_reason) == (rq, TAKEN_BACK)
    assert (action.status, action.comment, twin.status, finding.closed_on) == (Status.TODO, "", Status.TODO, None)
    assert client.get(reverse("actions:action", args=[action.pk])).context_data["notes"] == []
    assert [row.status for row in action.history.all()] == [Status.TODO, Status.DONE, Status.TODO]


def test_what_was_changed_again_is_not_taken_back(client, colleague, action):
    told = send(client, "point", action, status="ongoing").json()
    progress.report_progress(action, status="ongoing", comment="Devis reçu", by=colleague)
    answer = take_back(client, "point", action, told["undo"])
    assert (answer.status_code, "modifié depuis" in answer.json()["sentence"]) == (422, True)
    action.refresh_from_db()
    assert (action.status, action.comment) == (Status.ONGOING, "Devis reçu")


def test_only_who_made_the_gesture_takes_it_back_and_on_the_same_action(client, colleague, action, finding):
    other = ActionFactory(finding=finding, text="Une autre")
    token = send(client, "point", action, status="ongoing").json()["undo"]
    assert take_back(client, "point", other, token).status_code == 422
    assert take_back(client, "point", action, token[:-1]).status_code == 422
    client.force_login(colleague)
    assert take_back(client, "point", action, token).status_code == 422
    action.refresh_from_db()
    assert action.status == Status.ONGOING


def test_without_script_a_gesture_taken_back_leads_back(client, action):
    token = send(client, "point", action, status="ongoing").json()["undo"]
    answer = client.post(address("point", action), {"_undo": token, "retour": LIST})
    assert answer.url == LIST
    action.refresh_from_db()
    assert action.status == Status.TODO
    answer = client.post(address("point", action), {"_undo": "x", "retour": LIST}, follow=True)
    assert "l’historique dit ce qu’il a changé" in answer.text


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("point", {"status": "postponed", "deadline": "fin 2100"}, "Indiquez la raison du report"),
        ("point", {"status": "abandoned"}, "Indiquez la raison de l’abandon"),
        ("point", {"status": "done", "done_on": "2016-05-01"}, "Dites en commentaire ce qui a été fait"),
        ("deadline", {"deadline": "30/06/2016"}, "Ce champ est obligatoire"),
        ("deadline", {"deadline": "un de ces quatre", "reason": "x"}, "n’est pas une échéance"),
        ("responsibles", {}, "Choisissez au moins un responsable"),
    ],
)
def test_what_lacks_is_asked_in_place_and_nothing_is_written(client, action, name, data, sentence):
    answer = send(client, name, action, **data)
    assert (answer.status_code, answer.json()["outcome"]) == (422, "refused")
    assert sentence in answer.json()["html"]
    assert sentence in answer.json()["sentence"]
    assert "<html" not in answer.json()["html"]
    assert history.records_of(action).count() == 1


def test_postponed_in_place_with_its_reason(client, action):
    told = send(client, "point", action, status="postponed", deadline="30/06/2016", reason="Imprimeur fermé").json()
    assert told["sentence"].startswith("L’action est reportée. Échéance comprise")
    assert "30/06/2016" in told["pieces"][f"action-{action.pk}-deadline"]
    assert "1 changement d’échéance" in told["pieces"][f"action-{action.pk}-deadline"]
    assert "Imprimeur fermé" in told["pieces"][f"action-{action.pk}-said"]


def test_an_action_changed_meanwhile_is_told_in_the_panel_and_what_was_typed_stays(client, colleague, action):
    version = history.version_of(action)
    progress.report_progress(action, status="ongoing", comment="Devis reçu", by=colleague)
    answer = send(client, "point", action, version=version, status="abandoned", reason="Sans objet")
    assert (answer.status_code, answer.json()["outcome"]) == (409, "conflict")
    for words in ("Luc Martin a enregistré le", "<del>À faire</del> <strong>En cours</strong>", "Devis reçu"):
        assert words in answer.json()["html"]
    action.refresh_from_db()
    assert action.status == Status.ONGOING


def test_the_deadline_is_moved_in_place_and_back(client, action):
    told = send(client, "deadline", action, deadline="30/06/2016", reason="Marché infructueux").json()
    action.refresh_from_db()
    assert (action.deadline_text, action.move_count, action.status) == ("30/06/2016", 1, Status.TODO)
    take_back(client, "deadline", action, told["undo"])
    action.refresh_from_db()
    assert (action.deadline_text, action.move_count) == ("1er trim. 2016", 0)


def test_a_first_deadline_needs_no_reason(client, finding):
    action = action_services.add_action(finding, text="Afficher", by=None)
    assert send(client, "deadline", action, deadline="fin 2016").status_code == 200
    action.refresh_from_db()
    assert (action.deadline_text, action.promised_text, action.move_count) == ("fin 2016", "fin 2016", 0)


def test_the_responsibles_are_changed_in_place_and_back(client, rq, action, service, site):
    action_services.change_action(action, by=rq, responsibles=[Responsible(words="Webmestre")])
    version = f"{history.version_of(action)}.{action.responsibles.model.history.first().history_id}"
    told = send(client, "responsibles", action, version=version, units=[service.pk], words="Webmestre").json()
    assert told["sentence"] == "Responsables : Webmestre, BRH."
    assert "BRH" in told["pieces"][f"action-{action.pk}-responsibles"]
    take_back(client, "responsibles", action, told["undo"])
    assert [row.label for row in action.responsibles.all()] == ["Webmestre"]


def test_responsibles_changed_meanwhile_are_chosen_between_in_the_panel(client, colleague, action, service, site):
    other = ServiceFactory(parent=site, sigle="DLP")
    version = panel(client, "responsibles", action).context["version"]
    action_services.change_action(action, by=colleague, responsibles=[Responsible(unit=other)])
    answer = send(client, "responsibles", action, version=version, units=[service.pk])
    assert (answer.status_code, answer.json()["outcome"]) == (409, "conflict")
    for words in ("Enregistré entre-temps par Luc Martin", "Ma saisie", f'value="{service.pk}"'):
        assert words in answer.json()["html"]
    assert [row.label for row in action.responsibles.all()] == ["DLP"]


@pytest.mark.parametrize("role", [Role.HEAD_OF_SERVICE, Role.CONTRIBUTOR, Role.MANAGEMENT, Role.AUDITOR])
def test_what_one_may_not_change_is_no_link(client, action, service, role):
    ActionResponsibleFactory(action=action, unit=service)
    client.force_login(user_with(role, service))
    text = client.get(reverse("actions:actions")).text
    reports = role in (Role.HEAD_OF_SERVICE, Role.CONTRIBUTOR)
    links = [name for name in ("point", "deadline", "responsibles") if f'href="{address(name, action)}' in text]
    assert (f'data-piece="action-{action.pk}-status"' in text, links) == (True, ["point"] if reports else [])


@pytest.mark.parametrize("name", ["actions:actions", "actions:board", "actions:mine"])
def test_the_links_cost_no_query_a_row(client, finding, service, name):
    client.force_login(user_with(Role.HEAD_OF_SERVICE, service))
    make = lambda: ActionResponsibleFactory(action=ActionFactory(finding=finding), unit=service)  # noqa: E731
    make()
    first = query_count(client, reverse(name))
    make()
    make()
    assert query_count(client, reverse(name)) == first


@pytest.mark.parametrize("page", [ActionPoint, ActionDeadline, ActionResponsibles])
def test_a_gesture_in_place_holds_the_action_with_its_twins_as_every_verb_does(page):
    assert page.hold is HeldInOrder.hold
