"""Twins: merged they share one status, in one flat group; separated, set aside, offered again."""

from datetime import date

import pytest

from actions.enums import Status
from actions.models import Action, Finding, TwinRefusal
from actions.services import progress, twins
from core.base.errors import Conflict, UserError
from tests.actions.factories import ActionFactory, FindingFactory, PlanFactory
from tests.actions.twin_plans import msap, plans_of_2019
from tests.organisations.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def plans(db):
    return plans_of_2019()


@pytest.fixture
def person():
    return UserFactory()


@pytest.fixture
def ongoing(plans) -> Action:
    return msap()[0]


@pytest.fixture
def done(plans) -> Action:
    return msap()[1]


def another(action: Action, **fields) -> Action:
    """One more action of the same site."""
    return ActionFactory(finding=FindingFactory(plan=PlanFactory(site=action.finding.plan.site)), **fields)


def group(action: Action) -> list[tuple]:
    rows = Action.objects.together_with(Action.objects.get(pk=action.pk))
    return [(row.pk, row.merged_into_id) for row in rows]


def test_a_twin_takes_the_status_of_the_other_with_its_day_and_says_why(ongoing, done, person):
    twins.merge(ongoing, into=done, by=person)
    ongoing.refresh_from_db()
    assert (ongoing.status, ongoing.done_on, ongoing.merged_into) == (Status.DONE, date(2019, 11, 4), done)
    row = ongoing.history.first()
    assert (row.history_user, row.history_change_reason) == (
        person,
        "Jumelée avec « Communiquer sur les MSAP et Maison France services » (Enquête du 25 juin 2019)",
    )


def test_the_words_the_comment_and_the_deadline_of_each_plan_stay(ongoing, done):
    Action.objects.filter(pk=ongoing.pk).update(comment="Vu avec l’ARS", deadline_text="fin 2019")
    twins.merge(ongoing, into=done, by=None)
    ongoing.refresh_from_db()
    assert (ongoing.text[:13], ongoing.comment, ongoing.deadline_text) == ("Communication", "Vu avec l’ARS", "fin 2019")


def test_the_finding_of_the_twin_closes_and_opens_with_the_shared_status(ongoing, done):
    twins.merge(ongoing, into=done, by=None)
    assert Finding.objects.get(pk=ongoing.finding_id).closed_on == date(2019, 11, 4)
    progress.reopen(done, reason="Rien n’a été vu", by=None)
    ongoing.refresh_from_db()
    assert ongoing.status == Status.ONGOING
    assert Finding.objects.get(pk=ongoing.finding_id).closed_on is None


def test_the_status_kept_may_be_either(ongoing, done):
    twins.merge(done, into=ongoing, by=None)
    done.refresh_from_db()
    assert (done.status, done.done_on, done.merged_into) == (Status.ONGOING, None, ongoing)


def test_groups_are_flat_however_they_are_merged(ongoing, done):
    third, fourth = another(ongoing), another(ongoing)
    twins.merge(third, into=fourth, by=None)
    twins.merge(ongoing, into=done, by=None)
    twins.merge(fourth, into=ongoing, by=None)  # into a twin: into its leader; with its own twin
    assert group(third) == [(done.pk, None), (ongoing.pk, done.pk), (third.pk, done.pk), (fourth.pk, done.pk)]
    assert set(Action.objects.together_with(done).values_list("status", flat=True)) == {Status.DONE}


def test_a_twin_takes_its_whole_group_along(ongoing, done):
    third = another(ongoing)
    twins.merge(third, into=ongoing, by=None)
    twins.merge(third, into=done, by=None)
    assert group(done) == [(done.pk, None), (ongoing.pk, done.pk), (third.pk, done.pk)]


@pytest.mark.parametrize("again", [("done", "ongoing"), ("ongoing", "done"), ("done", "done")])
def test_a_loop_is_refused_with_a_sentence(ongoing, done, again):
    twins.merge(ongoing, into=done, by=None)
    first, second = ({"ongoing": ongoing, "done": done}[name] for name in again)
    with pytest.raises(UserError, match="déjà jumelées : les jumeler dans l’autre sens tournerait en rond"):
        twins.merge(first, into=second, by=None)
    assert group(done) == [(done.pk, None), (ongoing.pk, done.pk)]


def test_another_site_is_refused(done):
    with pytest.raises(UserError, match="Seules des actions d’un même site se jumellent"):
        twins.merge(ActionFactory(), into=done, by=None)


def test_an_action_done_before_the_audit_that_found_the_other_cannot_settle_it(done):
    later = ActionFactory(finding=FindingFactory(plan=PlanFactory(site=done.finding.plan.site, title="Audit 2020",
                                                                  origin_on=date(2020, 1, 8))))  # fmt: skip
    with pytest.raises(UserError, match="a été réalisée le 04/11/2019, avant l’origine de « Audit 2020 », le 08/01/20"):
        twins.merge(later, into=done, by=None)
    assert group(later) == [(later.pk, None)]


def test_a_postponement_carries_its_deadline(ongoing):
    third = another(ongoing, deadline_text="fin 2019", deadline_latest=date(2019, 12, 31))
    progress.postpone(ongoing, deadline="juin 2020", reason="COVID", by=None)
    twins.merge(third, into=ongoing, by=None)
    third.refresh_from_db()
    assert (third.status, third.status_reason) == (Status.POSTPONED, "COVID")
    assert (third.deadline_text, third.deadline_latest, third.move_count) == ("juin 2020", date(2020, 6, 30), 1)


def test_a_removed_action_is_told(ongoing, done):
    Action.objects.filter(pk=ongoing.pk).delete()
    with pytest.raises(Conflict, match="supprimée entre-temps"):
        twins.merge(ongoing, into=done, by=None)


def test_a_twin_separated_keeps_the_status_shared_until_then(ongoing, done, person):
    twins.merge(ongoing, into=done, by=person)
    twins.separate(ongoing, by=person, reason="Deux publics différents")
    assert (group(ongoing), group(done)) == ([(ongoing.pk, None)], [(done.pk, None)])
    ongoing.refresh_from_db()
    assert (ongoing.status, ongoing.history.first().history_change_reason) == (Status.DONE, "Deux publics différents")
    progress.reopen(ongoing, reason="À faire ici", by=None)
    done.refresh_from_db()
    assert done.status == Status.DONE


def test_separating_the_leader_leaves_the_others_together(ongoing, done):
    third = another(ongoing)
    for one in (ongoing, third):
        twins.merge(one, into=done, by=None)
    twins.separate(done, by=None, reason="Erreur")
    assert group(done) == [(done.pk, None)]
    assert group(third) == [(ongoing.pk, None), (third.pk, ongoing.pk)]


@pytest.mark.parametrize(("reason", "expected"), [("", "Dites pourquoi"), ("  ", "Dites pourquoi")])
def test_separating_needs_a_reason(ongoing, done, reason, expected):
    twins.merge(ongoing, into=done, by=None)
    with pytest.raises(UserError, match=expected):
        twins.separate(ongoing, by=None, reason=reason)


def test_an_action_alone_has_nothing_to_be_separated_from(ongoing):
    with pytest.raises(UserError, match="n’a pas de jumelle"):
        twins.separate(ongoing, by=None, reason="Erreur")


def test_a_pair_is_set_aside_once_whatever_the_order_and_brought_back(ongoing, done, person):
    refusal = twins.set_aside(done, ongoing, by=person)
    assert twins.set_aside(ongoing, done, by=None) == refusal
    assert (refusal.first, refusal.second) == (ongoing, done)
    assert TwinRefusal.history.get().history_user == person
    twins.bring_back(refusal, by=person)
    assert not TwinRefusal.objects.exists()
    assert TwinRefusal.history.count() == 2


def test_an_action_is_not_set_aside_from_itself(done):
    with pytest.raises(UserError, match="deux actions différentes"):
        twins.set_aside(done, done, by=None)


def test_merging_a_pair_set_aside_forgets_the_refusal(ongoing, done):
    twins.set_aside(ongoing, done, by=None)
    twins.merge(ongoing, into=done, by=None)
    assert not TwinRefusal.objects.exists()
