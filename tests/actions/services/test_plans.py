"""Plans: opened, changed, removed with all they hold."""

from datetime import date

import pytest

from actions.models import Action, ActionResponsible, Finding, FindingEngagement, Plan, Proof, TwinRefusal
from actions.rules.responsibles import Responsible
from actions.services import actions, findings, plans, progress
from core.base.errors import UserError
from core.record import history
from indicators.models import ExpectedEffect
from tests.actions.factories import ProofFactory, TwinRefusalFactory
from tests.indicators.factories import ExpectedEffectFactory
from tests.organisations.factories import SousPrefectureFactory
from tests.referential.factories import EngagementFactory, ReferentialFactory

pytestmark = pytest.mark.django_db


def test_a_plan_is_opened_with_its_author_and_reason(site, rq):
    plan = plans.create_plan(
        site=site, title="  CLU du 4 février ", origin="clu", origin_on=date(2016, 2, 4), by=rq, reason="Demandes"
    )
    stored = Plan.objects.get()
    assert stored == plan
    assert (stored.title, stored.origin, stored.origin_on) == ("CLU du 4 février", "clu", date(2016, 2, 4))
    [row] = history.records_of(plan)
    assert (row.history_type, row.history_user, row.history_change_reason) == ("+", rq, "Demandes")


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"title": " "}, "Donnez un intitulé au plan."),
        ({"origin": "audit"}, "Choisissez l’origine du plan."),
        (
            {"title": "Suite à l’audit interne"},
            "« Sous-préfecture de Soissons » a déjà un plan intitulé « Suite à l’audit interne ».",
        ),
    ],
)
def test_a_plan_that_makes_no_sense_is_refused_in_one_sentence(site, plan, rq, fields, sentence):
    with pytest.raises(UserError) as refused:
        plans.create_plan(**({"site": site, "title": "Autre", "origin": "clu", "by": rq} | fields))
    assert str(refused.value) == sentence


def test_a_plan_belongs_to_a_site(service, rq):
    with pytest.raises(UserError, match="appartient à une préfecture ou à une sous-préfecture"):
        plans.create_plan(site=service, title="Plan", origin="clu", by=rq)


def test_two_sites_may_have_plans_of_one_title(plan, rq):
    other = plans.create_plan(site=SousPrefectureFactory(), title=plan.title, origin="clu", by=rq)
    assert other.pk != plan.pk


def test_a_change_writes_what_is_given_and_nothing_when_nothing_changes(plan, rq):
    referential = ReferentialFactory()
    plans.change_plan(plan, by=rq, reason="Précision", referential=referential, updated_on=date(2016, 10, 7))
    assert Plan.objects.get().referential == plan.referential == referential
    plans.change_plan(plan, by=rq, referential=referential, comment=" ")
    assert [row.history_change_reason for row in history.records_of(plan)] == ["Précision", None]


def test_a_stale_plan_does_not_bring_back_what_another_person_changed(plan, rq):
    stale = Plan.objects.get()
    plans.change_plan(plan, by=rq, comment="Vu en COPIL")
    plans.change_plan(stale, by=rq, title="Audit interne")
    stored = Plan.objects.get()
    assert (stored.title, stored.comment, stale.comment) == ("Audit interne", "Vu en COPIL", "Vu en COPIL")


def test_the_origin_comes_before_deadlines_and_realisations(plan, action, rq):
    with pytest.raises(UserError, match=r"^L’échéance « 1er trim. 2016 » de « Programmer les enquêtes » précède cette"):
        plans.change_plan(plan, by=rq, origin_on=date(2016, 4, 1))
    progress.mark_done(action, done_on=date(2016, 2, 1), comment="Fait", by=rq)
    with pytest.raises(UserError, match=r"^« Programmer les enquêtes » a été réalisée le 01/02/2016, avant cette date"):
        plans.change_plan(plan, by=rq, origin_on=date(2016, 2, 2))
    plans.change_plan(plan, by=rq, origin_on=date(2016, 2, 1))
    plans.change_plan(plan, by=rq, origin_on=None)
    assert Plan.objects.get().origin_on is None


def test_a_field_that_no_person_changes_is_a_mistake_of_the_caller(plan, rq):
    with pytest.raises(TypeError, match=r"Plan\.site"):
        plans.change_plan(plan, by=rq, site=SousPrefectureFactory())


def test_removing_a_plan_leaves_a_signed_row_for_each_thing_it_held(plan, finding, action, service, rq):
    findings.change_finding(finding, by=rq, engagements=[EngagementFactory()])
    actions.change_action(action, by=rq, responsibles=[Responsible(unit=service), Responsible(words="tous")])
    ProofFactory(action=action)
    ExpectedEffectFactory(action=action)
    twin = actions.add_action(finding, text="La même", by=rq)
    TwinRefusalFactory(first=action, second=twin)
    twin.merged_into = action
    history.save(twin, by=rq)

    plans.remove_plan(plan, by=rq, reason="Doublon")

    expected = {
        Plan: 1, Finding: 1, FindingEngagement: 1, Action: 2, ActionResponsible: 2, Proof: 1, ExpectedEffect: 1,
        TwinRefusal: 1,
    }  # fmt: skip
    for model, count in expected.items():
        rows = model.history.filter(history_type="-")
        told = [(row.history_user, row.history_change_reason) for row in rows]
        assert told == [(rq, "Doublon")] * count, model
        assert model.objects.count() == 0


def test_a_removal_needs_its_reason(plan, rq):
    with pytest.raises(UserError) as refused:
        plans.remove_plan(plan, by=rq, reason=" ")
    assert str(refused.value) == "Indiquez la raison de la suppression : l’historique la garde."
    assert Plan.objects.count() == 1


def test_what_another_person_removed_is_said_so(plan, rq):
    stale = Plan.objects.get()
    plans.remove_plan(plan, by=rq, reason="Doublon")
    with pytest.raises(UserError, match="« Suite à l’audit interne » a été supprimé entre-temps"):
        plans.change_plan(stale, by=rq, comment="Trop tard")


def test_the_twins_of_a_removed_leader_follow_the_oldest_of_them(site, plan, action, rq):
    other = plans.create_plan(site=site, title="Externe", origin="external_audit", by=rq)
    finding = findings.add_finding(other, text="Idem", by=rq)
    twins = [actions.add_action(finding, text=f"Jumelle {n}", by=rq) for n in range(3)]
    for twin in twins:
        twin.merged_into = action
        history.save(twin, by=rq)

    plans.remove_plan(plan, by=rq, reason="Doublon")

    first, *others = Action.objects.order_by("pk")
    assert first.merged_into is None
    assert [one.merged_into for one in others] == [first, first]
    assert {row.history_change_reason for row in history.records_of(first)[:1]} == {"Doublon"}
