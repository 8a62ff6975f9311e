"""Which findings a comparison of two days has to read: those written in between, or whose names changed."""

from datetime import UTC, date, datetime

import pytest
import time_machine

from actions import as_of
from actions.as_of import touched
from actions.as_of.comparing import compare
from actions.as_of.touched import touched_findings
from actions.models import Action
from actions.rules.responsibles import Responsible
from actions.services import actions, findings, plans, progress, twins
from core.record import history
from organisations.enums import Role
from tests.actions.factories import ProofFactory
from tests.organisations.factories import SousPrefectureFactory, user_with
from tests.referential.factories import EngagementFactory, ModuleFactory

pytestmark = pytest.mark.django_db
BEFORE, AFTER = date(2016, 1, 31), date(2016, 3, 1)


def on(day: str):
    return time_machine.travel(f"{day}T10:00:00+01:00", tick=False)


@pytest.fixture
def person(service):
    with on("2015-01-01"):
        return user_with(Role.HEAD_OF_SERVICE, service, first_name="Anne", last_name="Dupont")


@pytest.fixture
def module():
    with on("2015-01-01"):
        return ModuleFactory(code="1", title="Relation générale")


@pytest.fixture
def engagement(module):
    with on("2015-01-01"):
        return EngagementFactory(module=module, code="14.3")


@pytest.fixture
def rows(site, service, rq, person, module, engagement):
    """Two findings of one plan and one of another, each with an action, all of January."""
    with on("2016-01-04"):
        plan, other = (plans.create_plan(site=site, title=title, origin="clu", by=rq) for title in ("Un", "Deux"))
        found = [
            findings.add_finding(plan, text="Premier", by=rq, module=module, engagements=[engagement]),
            findings.add_finding(plan, text="Deuxième", by=rq),
            findings.add_finding(other, text="Troisième", by=rq),
        ]
        people = [[Responsible(unit=service)], [Responsible(user=person)], []]
        acts = [
            actions.add_action(finding, text="Agir", by=rq, responsibles=who)
            for finding, who in zip(found, people, strict=True)
        ]
    return found, acts


def renamed(row, **fields):
    for name, value in fields.items():
        setattr(row, name, value)
    history.save(row, by=None)


CHANGES = {
    "nothing": (lambda found, acts, **_: None, []),
    "finding": (lambda found, acts, **_: findings.change_finding(found[1], text="Autre", by=None), [1]),
    "engagements": (lambda found, acts, **_: findings.change_finding(found[0], engagements=[], by=None), [0]),
    "action": (lambda found, acts, **_: progress.start(acts[2], by=None), [2]),
    "responsibles": (lambda found, acts, **_: actions.change_action(acts[0], responsibles=[], by=None), [0]),
    "proof": (lambda found, acts, rq, **_: history.save(ProofFactory.build(action=acts[1], added_by=rq), by=rq), [1]),
    "removed": (lambda found, acts, **_: actions.remove_action(acts[1], by=None, reason="Doublon"), [1]),
    "action moved": (lambda found, acts, **_: actions.move_action(acts[0], to=found[2], by=None), [0, 2]),
    "finding moved": (lambda found, acts, **_: findings.move_finding(found[0], to=found[2].plan, by=None), [0]),
    "unit renamed": (lambda found, acts, service, **_: renamed(service, sigle="SGCD"), [0]),
    "person renamed": (lambda found, acts, person, **_: renamed(person, last_name="Durand"), [1]),
    "module renamed": (lambda found, acts, module, **_: renamed(module, title="Accueil"), [0]),
    "engagement renamed": (lambda found, acts, engagement, **_: renamed(engagement, code="15"), [0]),
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_finding_is_touched_by_what_was_written_in_it_or_under_it_or_by_a_new_name(
    name, rows, site, service, rq, person, module, engagement
):
    found, acts = rows
    change, places = CHANGES[name]
    with on("2016-02-15"):
        change(found, acts, service=service, rq=rq, person=person, module=module, engagement=engagement)
    assert sorted(touched_findings(site, BEFORE, AFTER)) == [found[place].pk for place in places]
    whole = compare(as_of.plan_state(site, BEFORE), as_of.plan_state(site, AFTER))
    told = as_of.difference(site, BEFORE, AFTER)
    assert [row.different_children for row in told.different_plans] == [
        row.different_children for row in whole.different_plans
    ]


def test_what_another_site_wrote_touches_nothing_here(rows, site, rq):
    with on("2016-02-15"):
        plan = plans.create_plan(site=SousPrefectureFactory(), title="Ailleurs", origin="clu", by=rq)
        actions.add_action(findings.add_finding(plan, text="Constat", by=rq), text="Agir", by=rq)
    assert touched_findings(site, BEFORE, AFTER) == []


@pytest.mark.parametrize("number", [touched.MOST, touched.MOST + 1])
def test_beyond_a_number_all_is_read(site, rows, rq, number):
    found, _ = rows
    effective_at = datetime(2016, 2, 15, tzinfo=UTC)
    history.bulk_create(
        [Action(finding=found[0], position=n, text=f"Action {n}") for n in range(number)],
        by=rq,
        effective_at=effective_at,
    )
    assert touched_findings(site, BEFORE, AFTER) == ([found[0].pk] if number == touched.MOST else None)
    assert as_of.difference(site, BEFORE, AFTER).count("added") == number


def test_a_finding_told_for_a_day_before_its_plan_was_opened_comes_with_the_plan(site, rows, rq):
    with on("2016-02-10"):
        plan = plans.create_plan(site=site, title="Trois", origin="clu", by=rq)
        told = datetime(2016, 1, 10, tzinfo=UTC)
        finding = findings.add_finding(plan, text="D’avant", by=rq, effective_at=told)
    assert touched_findings(site, BEFORE, AFTER) == [finding.pk]
    [added] = as_of.difference(site, BEFORE, AFTER).different_plans
    assert [child.item.text for child in added.different_children] == ["D’avant"]


def test_an_action_merged_in_between_names_the_one_it_joined(site, rows, rq):
    _found, (first, _second, third) = rows
    with on("2016-02-10"):
        actions.change_action(first, text="Afficher les horaires", by=rq)
        twins.merge(third, into=first, by=rq)
    merged = as_of.difference(site, BEFORE, AFTER).different_plans[-1].different_children[0].different_children[0]
    change = merged.change_of("merged_into")
    assert (change.label, change.old, change.new) == ("jumelée avec", "", "« Afficher les horaires »")


def leader_of(difference):
    """The change of leader of the one action that joined another, or left it."""
    rows = [one for plan in difference.different_plans for finding in plan.children for one in finding.children]
    [change] = filter(None, [row.change_of("merged_into") for row in rows])
    return change.label, change.old, change.new


def test_a_leader_bears_the_words_of_the_day_even_where_nothing_else_of_it_is_read(rows, site, rq):
    _found, (first, _second, third) = rows
    with on("2016-01-20"):
        actions.change_action(first, text="Afficher les horaires", by=rq)
    with on("2016-02-10"):
        twins.merge(third, into=first, by=rq)
    with on("2016-04-01"):
        actions.change_action(first, text="Afficher autrement", by=rq)
    with on("2016-05-01"):
        actions.remove_action(first, by=rq, reason="Doublon")
    whole = compare(as_of.plan_state(site, BEFORE), as_of.plan_state(site, AFTER))
    told = as_of.difference(site, BEFORE, AFTER)
    alone = as_of.difference(site, BEFORE, AFTER, plan=third.finding.plan)
    expected = ("jumelée avec", "", "« Afficher les horaires »")
    assert [leader_of(one) for one in (whole, told, alone)] == [expected] * 3


def test_each_leader_bears_the_words_of_its_own_day(rows, site, rq):
    _found, (first, second, third) = rows
    with on("2016-01-20"):
        actions.change_action(first, text="", by=rq)
        twins.merge(third, into=first, by=rq)
    with on("2016-02-10"):
        twins.separate(third, by=rq, reason="À tort")
        actions.change_action(first, text="Autre", by=rq)
        actions.change_action(second, text="Former", by=rq)
        twins.merge(third, into=second, by=rq)
    whole = compare(as_of.plan_state(site, BEFORE), as_of.plan_state(site, AFTER))
    told = as_of.difference(site, BEFORE, AFTER)
    expected = ("jumelée avec", "« Premier »", "« Former »")
    assert [leader_of(one) for one in (whole, told)] == [expected] * 2
