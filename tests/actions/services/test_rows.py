"""A plan written row after row: a finding opens, the actions without one follow the finding they were typed under."""

import pytest

from actions.models import Action, Finding
from actions.rules.responsibles import Responsible
from actions.services import rows
from core.base.errors import UserError
from core.record import undoing
from tests.actions.factories import PlanFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(site):
    return PlanFactory(site=site, origin_on=None)


def sheet(plan) -> dict[str, list[str]]:
    rows = Finding.objects.filter(plan=plan).order_by("number")
    return {f"{one.number} {one.text}": [action.text for action in one.actions.order_by("position")] for one in rows}


def test_rows_make_findings_and_the_actions_under_them(plan, rq, service):
    rows.write_row(plan, finding=" Pas d’affiche ", text="Afficher", responsibles=[Responsible(unit=service)], by=rq)
    rows.write_row(plan, under="Pas d’affiche", text="Vérifier", deadline="fin 2027", by=rq)
    rows.write_row(plan, finding="Attente longue", under="Pas d’affiche", by=rq)
    assert sheet(plan) == {"1 Pas d’affiche": ["Afficher", "Vérifier"], "2 Attente longue": []}
    assert [row.label for row in Action.objects.get(text="Afficher").responsibles.all()] == ["BRH"]
    assert Action.objects.get(text="Vérifier").deadline_text == "fin 2027"


def test_a_row_that_comes_before_that_of_its_finding_opens_it(plan, rq):
    rows.write_row(plan, under="Attente longue", text="Ouvrir un guichet", by=rq)
    assert sheet(plan) == {"1 Attente longue": ["Ouvrir un guichet"]}


def test_a_row_is_one_act_that_is_undone_whole(plan, rq):
    finding, action = rows.write_row(plan, finding="Attente longue", text="Ouvrir un guichet", by=rq)
    act = finding.history.first().changeset
    assert (act is not None, action.history.first().changeset) == (True, act)
    undoing.undo(act, by=rq, reason="Geste annulé")
    assert sheet(plan) == {}


@pytest.mark.parametrize("told", [{}, {"text": "Afficher"}, {"deadline": "fin 2027"}])
def test_a_row_without_finding_nor_one_before_is_refused(plan, rq, told):
    with pytest.raises(UserError, match="Écrivez un constat"):
        rows.write_row(plan, by=rq, **told)
    assert Finding.objects.count() == 0
