"""A plan written in its page: a row a press, undone in one; without script a page a row."""

from uuid import uuid4

import pytest
from django.urls import reverse

from actions.models import Action, Finding, Plan
from organisations.enums import Role
from tests.actions.factories import PlanFactory
from tests.organisations.factories import user_with

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(site):
    return PlanFactory(site=site, origin_on=None)


@pytest.fixture
def signed_in(client, rq):
    client.force_login(rq)
    return rq


def send(client, plan, **data):
    told = {"_in_place": "1", "_key": str(uuid4())} | data
    return client.post(reverse("actions:plan-row", args=[plan.pk]), told, headers={"X-Saving": "1"})


def test_a_row_is_written_and_shown_with_what_was_understood(client, signed_in, plan, service):
    head = user_with(Role.HEAD_OF_SERVICE, service, first_name="Karim", last_name="Benali")
    told = send(
        client, plan, finding="Pas d’affiche", text="Afficher", who="brh ; karim benali; Mairie", deadline="T4 2027"
    )
    action = Action.objects.get()
    assert [(row.unit, row.user, row.words) for row in action.responsibles.order_by("position")] == [
        (service, None, ""), (None, head, ""), (None, None, "Mairie"),
    ]  # fmt: skip
    for words in ("Pas d’affiche", "Afficher", "BRH", "du 01/10/2027 au 31/12/2027", f"action-{action.pk}-deadline"):
        assert words in told.json()["row"]
    assert set(told.json()["pieces"]) == {f"plan-{plan.pk}"}
    assert "suite" in send(client, plan, under="Pas d’affiche", text="Vérifier").json()["row"]
    assert Finding.objects.get().actions.count() == 2


def test_the_same_row_sent_twice_is_written_once(client, signed_in, plan):
    key = str(uuid4())
    for _ in range(2):
        answer = send(client, plan, finding="Pas d’affiche", _key=key)
        assert (answer.status_code, answer.json()["outcome"]) == (200, "saved")
    assert Finding.objects.count() == 1


def test_a_row_is_taken_back(client, signed_in, plan):
    told = send(client, plan, finding="Pas d’affiche", text="Afficher").json()
    answer = send(client, plan, _undo=told["undo"])
    assert (answer.json()["outcome"], answer.json()["sentence"]) == ("saved", "C’est annulé.")
    assert (Finding.objects.count(), Action.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"text": "Afficher"}, "Écrivez un constat"),
        ({"finding": "Pas d’affiche", "deadline": "un de ces quatre"}, "n’est pas une échéance"),
    ],
)
def test_a_row_that_is_refused_says_why(client, signed_in, plan, data, sentence):
    answer = send(client, plan, **data)
    assert (answer.status_code, answer.json()["outcome"]) == (422, "refused")
    assert sentence in answer.json()["sentence"]
    assert Finding.objects.count() == 0


def test_without_script_each_row_is_a_form_that_comes_back_for_the_next(client, signed_in, plan):
    url = reverse("actions:plan-row", args=[plan.pk])
    assert f'action="{url}"' in client.get(reverse("actions:plan", args=[plan.pk])).text
    answer = client.post(url, {"finding": "Pas d’affiche", "text": "Afficher"}, follow=True)
    assert answer.redirect_chain == [(url, 302)]
    assert answer.context_data["form"].initial["under"] == "Pas d’affiche"
    assert client.post(url, {"under": "Pas d’affiche", "text": "Vérifier"}).status_code == 302
    assert Finding.objects.get().actions.count() == 2


def test_who_does_not_run_the_plan_has_no_row_to_write(client, plan, site):
    client.force_login(user_with(Role.MANAGEMENT, site))
    assert "Écrire dans le plan" not in client.get(reverse("actions:plan", args=[plan.pk])).text
    assert client.post(reverse("actions:plan-row", args=[plan.pk]), {"finding": "x"}).status_code == 403
    assert Plan.objects.get().findings.count() == 0
