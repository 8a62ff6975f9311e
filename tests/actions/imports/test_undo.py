"""Undoing an import: as a whole, at the day it took effect, or not at all."""

from datetime import date

import pytest

from actions.enums import Status
from actions.models import Action, ActionResponsible, Plan
from actions.services import actions as verbs
from actions.services import progress
from tests.action_factories import ActionFactory, ProofFactory
from tests.actions.imports.conftest import ROW, act

pytestmark = pytest.mark.django_db


def test_undoing_gives_back_what_was_there(client, send, site):
    act(client, "commit", send(("1 – Accueil", "Affichage", "RQ / SIDSIC", "fin 2015", "En cours", "Noté")))
    before = list(Action.objects.values()), list(ActionResponsible.objects.values("action", "unit", "words"))
    record = send(("1 – Accueil", "Affichage", "BRH", "2016", "FAIT", "Fait le 03/11/2016"), updated="màj 07/12/16")
    act(client, "commit", record)
    assert Action.objects.get().status == Status.DONE
    assert Plan.objects.get().updated_on == date(2016, 12, 7)
    assert "tout est revenu comme avant" in act(client, "undo", record)
    after = list(Action.objects.values()), list(ActionResponsible.objects.values("action", "unit", "words"))
    assert after == before
    assert Plan.objects.get().updated_on == date(2016, 10, 7)
    action = Action.objects.get()
    assert action.history.as_of(action.history.last().history_date.replace(year=2017)).status == Status.ONGOING


def test_undoing_is_refused_when_a_row_was_changed_since(client, send, referent):
    record = send((*ROW[:4], "", ""))
    act(client, "commit", record)
    progress.start(Action.objects.get(), by=referent)
    assert "Impossible d’annuler : « Affichage à revoir » a été modifié depuis l’import." in act(client, "undo", record)
    assert Plan.objects.count() == 1


def test_two_previews_of_one_document_record_it_once(client, send):
    first, second = send(ROW), send(ROW)
    act(client, "commit", first)
    assert "0 action" in act(client, "commit", second)
    assert Action.objects.count() == 1
    act(client, "undo", second)
    assert Action.objects.count() == 1


def test_a_twin_shares_the_status_of_the_document_and_gets_its_own_back(client, send, referent):
    act(client, "commit", send((*ROW[:4], "En cours", "")))
    told = Action.objects.get()
    twin = ActionFactory(finding__plan__site=told.finding.plan.site, status=Status.ONGOING, merged_into=told)
    record = send(ROW, updated="màj 07/12/16")
    act(client, "commit", record)
    twin.refresh_from_db()
    assert (twin.status, twin.done_on) == (Status.DONE, date(2015, 11, 3))
    assert "tout est revenu comme avant" in act(client, "undo", record)
    twin.refresh_from_db()
    assert (twin.status, twin.done_on) == (Status.ONGOING, None)


@pytest.mark.parametrize("what", ["proof", "action"])
def test_undoing_is_refused_when_something_hangs_on_it(client, send, referent, what):
    record = send(ROW)
    act(client, "commit", record)
    action = Action.objects.get()
    if what == "proof":
        ProofFactory(action=action)
    else:
        verbs.add_action(action.finding, text="Suite", status=Status.ABANDONED, status_reason="Sans objet", by=referent)
    assert "sert ailleurs depuis l’import." in act(client, "undo", record)
    assert Action.objects.filter(pk=action.pk).exists()
