"""Who sees plans, findings and actions, and what those who answer for one may do to it."""

import pytest

from actions.models import Action, ActionResponsible, CalendarFeed, Finding, FindingEngagement, Plan, Proof, TwinRefusal
from organisations.enums import Role
from organisations.permissions import P
from tests.actions.factories import (
    ActionFactory,
    ActionResponsibleFactory,
    CalendarFeedFactory,
    FindingEngagementFactory,
    FindingFactory,
    ProofFactory,
    TwinRefusalFactory,
)
from tests.organisations.factories import (
    MembershipFactory,
    ServiceFactory,
    SousPrefectureFactory,
    UserFactory,
    user_with,
)

pytestmark = pytest.mark.usefixtures("past_the_services")


@pytest.fixture
def elsewhere(action):
    """A person of another site, who reads actions there."""
    FindingEngagementFactory(finding=action.finding)
    ProofFactory(action=action)
    FindingFactory(plan=action.finding.plan, number=99)
    ActionFactory(finding=action.finding)
    return user_with(Role.CONTRIBUTOR, ServiceFactory(parent=SousPrefectureFactory()))


def seen(user) -> list[int]:
    models = (Plan, Finding, FindingEngagement, Action, ActionResponsible, Proof)
    return [model.objects.visible_to(user).count() for model in models]


def test_those_of_the_site_see_all_of_it(action, elsewhere, site):
    ActionResponsibleFactory(action=action)
    assert seen(user_with(Role.AUDITOR, site)) == [1, 2, 1, 2, 1, 1]


def test_a_person_named_sees_the_action_of_another_site_and_what_is_around_it_alone(action, elsewhere):
    assert seen(elsewhere) == [0, 0, 0, 0, 0, 0]
    ActionResponsibleFactory(action=action, unit=None, user=elsewhere)
    assert seen(elsewhere) == [1, 1, 1, 1, 1, 1]


def test_the_unit_of_a_role_named_shows_the_action_to_those_who_read_actions_there(action, elsewhere):
    ActionResponsibleFactory(action=action, unit=elsewhere.memberships.get().unit)
    assert seen(elsewhere) == [1, 1, 1, 1, 1, 1]


def test_a_unit_where_one_does_not_read_actions_shows_nothing(action, elsewhere, service):
    MembershipFactory(user=elsewhere, unit=service, role=Role.RECEPTION_AGENT)
    ActionResponsibleFactory(action=action, unit=service)
    assert seen(elsewhere) == [0, 0, 0, 0, 0, 0]


def test_a_person_named_who_has_no_role_any_more_sees_nothing(action, elsewhere):
    ActionResponsibleFactory(action=action, unit=None, user=elsewhere)
    elsewhere.memberships.all().delete()
    assert seen(type(elsewhere).objects.get(pk=elsewhere.pk)) == [0, 0, 0, 0, 0, 0]


def test_a_plan_and_a_finding_of_one_s_own_action_are_read_and_no_more(action, elsewhere):
    ActionResponsibleFactory(action=action, unit=None, user=elsewhere)
    for row in (action.finding, action.finding.plan):
        asked = (P.ACTION_VIEW, P.ACTION_REPORT, P.ACTION_EDIT, P.HISTORY_VIEW)
        assert [type(row).scope.allows(elsewhere, permission, row) for permission in asked] == [
            True, False, False, False,
        ]  # fmt: skip


def test_a_permission_counts_on_a_unit_named_where_that_very_one_is_held(action, service):
    person = user_with(Role.AUDITOR, service)
    MembershipFactory(user=person, unit=ServiceFactory(), role=Role.CONTRIBUTOR)
    ActionResponsibleFactory(action=action, unit=service)
    asked = (P.ACTION_VIEW, P.HISTORY_VIEW, P.ACTION_REPORT)
    assert [Action.scope.allows(person, permission, action) for permission in asked] == [True, True, False]


def test_a_deleted_action_is_judged_on_its_site_alone(action, elsewhere, rq):
    ActionResponsibleFactory(action=action, unit=None, user=elsewhere)
    assert [Action.scope.holds(user, P.HISTORY_VIEW, action) for user in (rq, elsewhere)] == [True, False]


def test_a_pair_set_aside_is_seen_by_who_sees_both(action, elsewhere, rq):
    other = ActionFactory()
    TwinRefusalFactory(first=action, second=other)
    ActionResponsibleFactory(action=other, unit=None, user=elsewhere)
    assert not TwinRefusal.objects.visible_to(rq).exists()
    assert not TwinRefusal.objects.visible_to(elsewhere).exists()
    ActionResponsibleFactory(action=action, unit=None, user=elsewhere)
    assert TwinRefusal.objects.visible_to(elsewhere).count() == 1


def test_a_calendar_is_its_owner_s(rq):
    feed = CalendarFeedFactory(user=rq)
    assert list(CalendarFeed.objects.visible_to(rq)) == [feed]
    assert list(CalendarFeed.objects.visible_to(UserFactory())) == []


def test_who_runs_plans_elsewhere_reports_on_an_action_of_their_service_and_does_not_change_it(action):
    other = SousPrefectureFactory()
    referent = user_with(Role.QUALITY_REFERENT, other)
    ActionResponsibleFactory(action=action, unit=ServiceFactory(parent=other))
    asked = (P.ACTION_REPORT, P.ACTION_EDIT)
    assert [Action.scope.allows(referent, permission, action) for permission in asked] == [True, False]


def test_a_person_named_may_no_more_than_their_role_does(action):
    auditor = user_with(Role.AUDITOR, SousPrefectureFactory())
    ActionResponsibleFactory(action=action, unit=None, user=auditor)
    asked = (P.ACTION_VIEW, P.HISTORY_VIEW, P.ACTION_REPORT)
    assert [Action.scope.allows(auditor, permission, action) for permission in asked] == [True, True, False]
