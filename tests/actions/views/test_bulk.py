"""Changing several actions at once: what each change asks for, all or nothing, and only in the plans one runs."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from actions.enums import Status
from actions.models import Action
from organisations.enums import Role
from tests.actions.factories import ActionFactory, ActionResponsibleFactory
from tests.core.page_checks import query_count
from tests.organisations.factories import ServiceFactory, user_with

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("signed_in")]
BULK_QUERIES = 7


@pytest.fixture
def url() -> str:
    return reverse("actions:actions-bulk")


@pytest.fixture
def signed_in(client, rq):
    client.force_login(rq)
    return rq


@pytest.fixture
def both(finding) -> list[Action]:
    return [
        ActionFactory(
            finding=finding, text=text, position=position, deadline_text="31/03/2016",
            deadline_earliest=date(2016, 3, 31), deadline_latest=date(2016, 3, 31),
        )
        for position, text in enumerate(("Première", "Seconde"))
    ]  # fmt: skip


def send(client, url: str, change: str, actions, **data):
    return client.post(url, {"changement": change, "actions": [row.pk for row in actions]} | data)


def asked(change: str, actions) -> dict:
    return {"changement": change, "actions": [row.pk for row in actions]}


def stand() -> list[tuple]:
    rows = Action.objects.order_by("pk")
    return [(row.status, row.deadline_text, row.comment) for row in rows]


@pytest.mark.parametrize(
    ("change", "fields"),
    [
        ("en-cours", ["reason"]),
        ("realisees", ["done_on", "comment"]),
        ("reporter", ["deadline", "reason"]),
        ("abandonner", ["reason"]),
        ("a-faire", ["reason"]),
        ("rouvrir", ["reason"]),
        ("echeance", ["deadline", "reason"]),
        ("responsables", ["units", "people", "words", "reason"]),
        ("autres-responsables", ["units", "people", "words", "reason"]),
    ],
)
def test_each_change_asks_for_what_it_needs(client, url, both, change, fields):
    response = client.get(url, asked(change, both))
    assert list(response.context_data["form"].fields) == fields
    assert ": 2 actions" in response.context_data["title"]
    assert response.text.count('type="hidden" name="actions"') == 2


def test_the_form_costs_the_same_with_one_and_three_actions(client, url, finding):
    def address():
        return f"{url}?changement=reporter&" + "&".join(f"actions={row.pk}" for row in Action.objects.order_by("pk"))

    ActionFactory(finding=finding)
    first = query_count(client, address())
    ActionFactory(finding=finding)
    ActionFactory(finding=finding)
    assert (first, query_count(client, address())) == (BULK_QUERIES, BULK_QUERIES)


def test_a_status_is_given_to_all_with_one_history_row_each(client, url, both, rq):
    answer = send(client, url, "en-cours", both, reason="Réunion du 3")
    assert answer.url == reverse("actions:actions")
    assert [status for status, _, _ in stand()] == ["ongoing", "ongoing"]
    for action in both:
        last = action.history.first()
        assert (last.history_user, last.history_change_reason) == (rq, "Réunion du 3")


def test_done_keeps_the_comment_of_each_when_none_is_typed(client, url, both):
    for action, comment in zip(both, ("Affiché", "Diffusé"), strict=True):
        action.comment = comment
        action.save()
    assert send(client, url, "realisees", both, done_on="2016-03-03").status_code == 302
    assert stand() == [("done", "31/03/2016", "Affiché"), ("done", "31/03/2016", "Diffusé")]


def test_all_are_postponed_with_a_reason(client, url, both):
    assert "reason" in send(client, url, "reporter", both, deadline="30/06/2016").context_data["form"].errors
    assert send(client, url, "reporter", both, deadline="30/06/2016", reason="Marché").status_code == 302
    assert [(status, words) for status, words, _ in stand()] == [("postponed", "30/06/2016")] * 2


def test_when_one_refuses_nothing_is_written_and_the_page_says_which_and_why(client, url, both):
    both[1].status = Status.DONE
    both[1].save()
    answer = send(client, url, "abandonner", both, reason="Inutile")
    assert answer.status_code == 200
    assert "Rien n’a été enregistré" in answer.text
    assert [(problem.action.text, problem.message) for problem in answer.context_data["problems"]] == [
        ("Seconde", "Cette action est « réalisée » : elle ne peut pas être abandonnée.")
    ]
    assert [status for status, _, _ in stand()] == ["todo", "done"]


def test_responsibles_are_added_to_those_there_are_or_put_instead(client, url, both, site, service):
    other = ServiceFactory(parent=site, sigle="SIDSIC")
    for action in both:
        ActionResponsibleFactory(action=action, unit=other)
    send(client, url, "responsables", both, units=[service.pk])
    assert [row.label for row in both[0].responsibles.order_by("position")] == ["SIDSIC", "BRH"]
    send(client, url, "autres-responsables", both, words="Webmestre")
    assert [row.label for action in both for row in action.responsibles.all()] == ["Webmestre", "Webmestre"]
    refused = send(client, url, "autres-responsables", both).context_data["form"]
    assert refused.non_field_errors() == ["Choisissez au moins un responsable."]


@time_machine.travel("2016-02-01 10:00:00+01:00", tick=False)
def test_a_deadline_moves_for_all_and_their_status_stays(client, url, both):
    assert send(client, url, "echeance", both, deadline="T2 2016", reason="Calendrier").status_code == 302
    assert [(status, words) for status, words, _ in stand()] == [("todo", "T2 2016")] * 2


def test_without_a_tick_the_list_says_to_tick(client, url):
    answer = client.get(url, {"changement": "en-cours"}, follow=True)
    assert answer.redirect_chain == [(reverse("actions:actions"), 302)]
    assert "Cochez d’abord les actions à changer." in answer.text


def test_an_unknown_change_does_not_exist(client, url, both):
    assert client.get(url, asked("tout-effacer", both)).status_code == 404
    assert client.get(url, {"actions": both[0].pk}).status_code == 404


@pytest.mark.parametrize("keys", [["x"], ["9" * 30], ["²"], ["-1"], ["0"]])
def test_keys_made_up_are_no_action(client, url, keys):
    assert client.get(url, {"changement": "en-cours", "actions": keys}).status_code == 302


def test_the_actions_of_other_plans_are_left_out_though_one_answers_for_them(client, url, both, service):
    elsewhere = ActionFactory(text="D’un autre site")
    ActionResponsibleFactory(action=elsewhere, unit=service)
    response = client.get(url, asked("en-cours", [*both, elsewhere]))
    assert [row.text for row in response.context_data["chosen"]] == ["Première", "Seconde"]
    send(client, url, "en-cours", [elsewhere])
    elsewhere.refresh_from_db()
    assert elsewhere.status == Status.TODO


@pytest.mark.parametrize("role", [Role.HEAD_OF_SERVICE, Role.AUDITOR, Role.MANAGEMENT])
def test_others_change_nothing_in_bulk(client, url, both, site, role):
    client.force_login(user_with(role, site))
    assert client.get(url, asked("en-cours", both)).status_code == 403
    assert send(client, url, "en-cours", both).status_code == 403
    assert [status for status, _, _ in stand()] == ["todo", "todo"]


def test_the_actions_of_a_filter_are_chosen_on_all_its_pages(client, url, finding):
    rows = [ActionFactory(finding=finding, text=f"Action {n}", position=n) for n in range(30)]
    ActionFactory(finding=finding, text="Abandonnée", position=31, status=Status.ABANDONED)
    elsewhere = ActionFactory()
    page = client.get(url, {"changement": "en-cours", "tous": "1", "filtre": "status=en-attente"})
    chosen = {row.pk for row in page.context_data["chosen"]}
    assert chosen == {row.pk for row in rows}
    assert elsewhere.pk not in chosen
    wrong = client.get(url, {"changement": "en-cours", "tous": "1", "filtre": "status=inconnu"})
    assert wrong.status_code == 302


def test_the_list_offers_all_the_pages_of_its_filter_where_it_has_several(client, finding):
    ActionFactory(finding=finding)
    address = reverse("actions:actions")
    assert "sur toutes les pages" not in client.get(address).text
    for number in range(26):
        ActionFactory(finding=finding, position=number + 2)
    text = client.get(address, {"status": "en-attente"}).text
    assert ("sur toutes les pages (27)" in text, 'name="filtre" value="status=en-attente"' in text) == (True, True)
