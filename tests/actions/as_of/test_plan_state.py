"""The plans as they stood on a day: by day of effect, with what was removed or merged since."""

import json
from contextlib import contextmanager
from dataclasses import asdict, replace
from datetime import UTC, date, datetime

import pytest
import time_machine

from actions import as_of
from actions.models import Action, Plan
from actions.rules.responsibles import Responsible
from actions.services import actions, findings, plans, progress
from core.record import history
from organisations.enums import Role
from tests.organisations.factories import ServiceFactory, SousPrefectureFactory, user_with
from tests.referential.factories import EngagementFactory, ModuleFactory

pytestmark = pytest.mark.django_db
AUDIT = date(2015, 10, 16)


@contextmanager
def on(day: str):
    with time_machine.travel(f"{day}T10:00:00+01:00", tick=True):
        yield


def described(site, day: date) -> list:
    """Plans, findings and actions in a few words."""
    return [
        (plan.title, [(f.number, f.text, [(a.text, a.status) for a in f.actions]) for f in plan.findings])
        for plan in as_of.plan_state(site, day).plans
    ]


@pytest.fixture
def story(site, service, rq):
    """An audit in October 2015, its action done in February 2016, a second one removed in March."""
    with on("2015-10-20"):
        plan = plans.create_plan(site=site, title="Audit", origin="internal_audit", origin_on=AUDIT, by=rq)
        finding = findings.add_finding(
            plan, text="Courriels sans horaires", engagements=[EngagementFactory(code="14.3")], by=rq
        )
    with on("2015-11-02"):
        first = actions.add_action(
            finding, text="Compléter", deadline="15/11/15", responsibles=[Responsible(unit=service, words="BRH")], by=rq
        )
        second = actions.add_action(finding, text="Vérifier", responsibles=[Responsible(words="tous")], by=rq)
    with on("2016-02-04"):
        progress.mark_done(first, done_on=date(2016, 2, 3), comment="Fait", by=rq)
    with on("2016-03-01"):
        actions.remove_action(second, reason="Fait double emploi", by=rq)
    return plan


@pytest.mark.parametrize(
    ("day", "found"),
    [
        (date(2015, 10, 19), []),
        (date(2015, 10, 20), [("Audit", [(1, "Courriels sans horaires", [])])]),
        (
            date(2016, 2, 3),
            [("Audit", [(1, "Courriels sans horaires", [("Compléter", "todo"), ("Vérifier", "todo")])])],
        ),
        (
            date(2016, 2, 4),
            [("Audit", [(1, "Courriels sans horaires", [("Compléter", "done"), ("Vérifier", "todo")])])],
        ),
        (date(2016, 3, 1), [("Audit", [(1, "Courriels sans horaires", [("Compléter", "done")])])]),
    ],
)
def test_the_plan_of_a_day_is_that_of_its_end_with_what_was_removed_since(site, story, day, found):
    assert described(site, day) == found


def test_a_removed_plan_is_still_read_on_the_days_it_stood(site, story, rq):
    with on("2017-01-10"):
        plans.remove_plan(story, reason="Repris ailleurs", by=rq)
    assert Plan.objects.count() == 0
    assert described(site, date(2017, 1, 9))[0][0] == "Audit"
    assert described(site, date(2017, 1, 10)) == []


def test_the_state_prints_in_the_shape_of_the_command(site, story):
    assert as_of.printed(as_of.plan_state(site, date(2016, 3, 2))) == {
        "date": "2016-03-02",
        "plans": [
            {
                "title": "Audit",
                "origin": "internal_audit",
                "origin_on": "2015-10-16",
                "findings": [
                    {
                        "number": 1,
                        "text": "Courriels sans horaires",
                        "kind": "observation",
                        "engagements": ["14.3"],
                        "actions": [
                            {
                                "text": "Compléter",
                                "responsibles": ["BRH"],
                                "deadline": {"text": "15/11/15", "earliest": "2015-11-15", "latest": "2015-11-15"},
                                "status": "done",
                                "done_on": "2016-02-03",
                                "comment": "Fait",
                            }
                        ],
                    }
                ],
            }
        ],
    }


def test_a_prefecture_reads_the_plans_of_its_sites_and_not_those_of_others(site, story):
    prefecture = site.parent
    plans.create_plan(site=SousPrefectureFactory(), title="Ailleurs", origin="clu", by=None)
    with on("2016-05-01"):
        plans.create_plan(site=prefecture, title="CLU", origin="clu", by=None)
    assert [p.title for p in as_of.plan_state(prefecture, date(2016, 6, 1)).plans] == ["Audit", "CLU"]
    assert [p.title for p in as_of.plan_state(site, date(2016, 6, 1)).plans] == ["Audit"]


def test_one_plan_is_read_alone(site, story, rq):
    plans.create_plan(site=site, title="CLU", origin="clu", by=rq)
    assert [p.title for p in as_of.plan_state(site, date.max, plan=story).plans] == ["Audit"]
    assert as_of.plan_state(SousPrefectureFactory(), date.max, plan=story.pk).plans == ()


def names(site, day: date) -> tuple:
    plan = as_of.plan_state(site, day).plans[0]
    return plan.site, plan.findings[0].actions[0].responsibles


def test_names_are_those_of_the_day():
    with on("2015-01-01"):
        site = SousPrefectureFactory(name="Soissons")
        service = ServiceFactory(parent=site, sigle="BRH")
        rq = user_with(Role.QUALITY_REFERENT, site, first_name="Anne", last_name="Dupont")
    with on("2016-01-05"):
        plan = plans.create_plan(site=site, title="Audit", origin="internal_audit", by=rq)
        given = [Responsible(unit=service), Responsible(user=rq), Responsible(words="tous")]
        actions.add_action(findings.add_finding(plan, text="Constat", by=rq), text="", responsibles=given, by=rq)
    with on("2016-06-01"):
        site.name, service.sigle, rq.last_name = "Soissons et Laon", "SGCD", "Durand"
        for renamed in (site, service, rq):
            history.save(renamed, by=rq)
    assert names(site, date(2016, 5, 31)) == ("Soissons", ("BRH", "Anne Dupont", "tous"))
    assert names(site, date(2016, 6, 1)) == ("Soissons et Laon", ("SGCD", "Anne Durand", "tous"))


def test_names_older_than_the_history_of_a_unit_are_those_first_known(site, service, story, rq):
    with on("2040-06-01"):
        service.sigle = "SGCD"
        history.save(service, by=rq)
    assert names(site, date(2016, 2, 1)) == ("Sous-préfecture de Soissons", ("BRH",))


def test_an_imported_item_takes_effect_on_the_day_of_its_document_and_tells_when_it_was_recorded(site, rq):
    written = datetime(2016, 10, 7, 10, tzinfo=UTC)
    with on("2026-11-20"):
        plan = plans.create_plan(site=site, title="Audit", origin="internal_audit", by=rq, effective_at=written)
        finding = findings.add_finding(plan, text="Constat", by=rq, effective_at=written)
        actions.add_action(finding, text="Action", status="done", by=rq, effective_at=written)
    assert described(site, date(2016, 10, 6)) == []
    [shown] = as_of.plan_state(site, date(2016, 10, 7)).actions
    assert (shown.status, shown.effective_on, shown.recorded_on) == ("done", date(2016, 10, 7), date(2026, 11, 20))
    assert shown.is_recorded_later
    before_import = datetime(2026, 11, 19, tzinfo=UTC)
    assert as_of.plan_state(site, date(2016, 10, 7), known_at=before_import).plans == ()


def test_a_change_told_for_a_day_already_overtaken_takes_effect_now(site, story, rq):
    [action] = Action.objects.all()
    with on("2026-11-20"):
        actions.change_action(
            action, comment="D’après le fichier", by=rq, effective_at=datetime(2016, 1, 1, tzinfo=UTC)
        )
    [shown] = as_of.plan_state(site, date(2026, 11, 20)).actions
    assert (shown.comment, shown.effective_on) == ("D’après le fichier", date(2026, 11, 20))
    assert next(as_of.plan_state(site, date(2026, 11, 19)).actions).comment == "Fait"


def test_a_finding_reads_its_module_and_engagements_in_the_order_of_the_referential(site, rq):
    module = ModuleFactory(code="1", title="Relation générale")
    codes = [EngagementFactory(module=module, code=code, position=n) for n, code in enumerate(("3", "10", "14.3"))]
    with on("2016-01-05"):
        plan = plans.create_plan(site=site, title="Audit", origin="internal_audit", by=rq)
        findings.add_finding(plan, text="Constat", module=module, engagements=reversed(codes), by=rq)
    [finding] = as_of.plan_state(site, date(2016, 1, 5)).plans[0].findings
    assert (finding.module, finding.engagements) == ("Module 1 – Relation générale", ("3", "10", "14.3"))


def test_twins_are_both_shown_each_in_its_plan(site, story, rq):
    [leader] = Action.objects.all()
    with on("2016-04-01"):
        plan = plans.create_plan(site=site, title="Externe", origin="external_audit", by=rq)
        twin = actions.add_action(findings.add_finding(plan, text="Idem", by=rq), text="Compléter", by=rq)
    with on("2016-05-01"):
        twin.merged_into, twin.status = leader, "done"
        history.save(twin, by=rq, reason="La même action")
    shown = {action.id: action.merged_into for action in as_of.plan_state(site, date(2016, 5, 1)).actions}
    assert shown == {leader.pk: None, twin.pk: leader.pk}
    before = as_of.plan_state(site, date(2016, 4, 30))
    fate = as_of.fates(before.plans).actions[twin.pk]
    assert (fate.kind, fate.on, fate.by, fate.reason, fate.leader) == (
        "merged", date(2016, 5, 1), rq, "La même action", leader.pk,
    )  # fmt: skip


def test_what_became_of_a_removed_action_is_told_with_who_and_why(site, story, rq):
    state = as_of.plan_state(site, date(2016, 2, 4))
    [(pk, fate)] = as_of.fates(state.plans).actions.items()
    assert {action.id: action.text for action in state.actions}[pk] == "Vérifier"
    assert (fate.kind, fate.on, fate.by, fate.reason) == ("removed", date(2016, 3, 1), rq, "Fait double emploi")


@pytest.mark.parametrize("count", [1, 3])
def test_the_state_costs_the_same_queries_whatever_the_rows(site, service, rq, count, django_assert_num_queries):
    for _ in range(count):
        module = ModuleFactory()
        plan = plans.create_plan(
            site=site, title=f"Plan {module.pk}", origin="clu", referential=module.referential, by=rq
        )
        for _ in range(count):
            finding = findings.add_finding(
                plan, text="Constat", module=module, engagements=[EngagementFactory(module=module)], by=rq
            )
            given = [Responsible(unit=service), Responsible(user=rq), Responsible(words="tous")]
            for _ in range(count):
                actions.add_action(finding, text="Action", responsibles=given, by=rq)
    with django_assert_num_queries(12):
        assert len(list(as_of.plan_state(site, date.max).actions)) == count**3


def test_the_digest_says_whether_two_states_are_the_same(site, story):
    day = date(2016, 2, 4)
    digest = as_of.digest(as_of.plan_state(site, day))
    assert digest == as_of.digest(as_of.plan_state(site, day))
    assert digest != as_of.digest(as_of.plan_state(site, date(2016, 3, 1)))
    assert len(digest) == 64


def test_a_list_told_for_a_day_before_it_changed_takes_effect_now_and_holds_nobody_twice(site, service, rq):
    with on("2016-01-05"):
        plan = plans.create_plan(site=site, title="Audit", origin="internal_audit", by=rq)
        action = actions.add_action(
            findings.add_finding(plan, text="Constat", by=rq), text="", by=rq, responsibles=[Responsible(unit=service)]
        )
    with on("2016-06-01"):
        actions.change_action(action, by=rq, responsibles=[])
    with on("2016-09-01"):
        written = datetime(2016, 3, 1, tzinfo=UTC)
        actions.change_action(action, by=rq, responsibles=[Responsible(unit=service)], effective_at=written)
    days = (date(2016, 4, 1), date(2016, 6, 1), date(2016, 8, 31), date(2016, 9, 1))
    found = [next(as_of.plan_state(site, day).actions).responsibles for day in days]
    assert found == [("BRH",), (), (), ("BRH",)]


def test_the_canonical_form_holds_all_that_the_state_holds_sorted_and_without_space(site, story):
    state = as_of.plan_state(site, date(2016, 2, 4))
    text = as_of.canonical(state)
    assert json.loads(text) == {
        "on": "2016-02-04",
        "plans": json.loads(json.dumps([asdict(plan) for plan in state.plans], default=date.isoformat)),
    }
    assert text == json.dumps(json.loads(text), sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def test_some_findings_alone_are_read_as_in_the_whole_state(site, story, rq):
    with on("2016-04-01"):
        other = findings.add_finding(story, text="Registre absent", by=rq)
        actions.add_action(other, text="Ouvrir un registre", by=rq)
    [whole] = as_of.plan_state(site, date(2016, 4, 1)).plans
    [part] = as_of.plan_state(site, date(2016, 4, 1), findings=[other.pk]).plans
    assert part == replace(whole, findings=whole.findings[1:])
    [empty] = as_of.plan_state(site, date(2016, 4, 1), findings=[]).plans
    assert empty == replace(whole, findings=())
