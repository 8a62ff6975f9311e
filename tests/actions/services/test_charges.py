"""Who is told of an action: by name, by unit, above when there is nobody, and the référents."""

from datetime import date

import pytest

from actions.models import Action
from actions.services.charges import Charges
from organisations.enums import Role
from organisations.models import User
from tests.actions.factories import ActionFactory, ActionResponsibleFactory, FindingFactory, PlanFactory
from tests.organisations.factories import MembershipFactory, ServiceFactory, UserFactory, user_with

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 18)


@pytest.fixture
def action() -> Action:
    return ActionFactory(finding=FindingFactory(plan=PlanFactory()))


@pytest.fixture
def site(action):
    return action.finding.plan.site


@pytest.fixture
def direction(site):
    return ServiceFactory(parent=site)


@pytest.fixture
def service(direction):
    return ServiceFactory(parent=direction)


def asked(action, **who) -> None:
    ActionResponsibleFactory(action=action, **({"unit": None, "user": None} | who))


def told(action) -> list[User]:
    return Charges(TODAY).told(action)


def test_a_person_named_is_told_unless_the_account_is_closed(action):
    person, gone = UserFactory(), UserFactory(is_active=False)
    asked(action, user=person)
    asked(action, user=gone)
    assert told(action) == [person]


def test_the_head_and_the_contributors_of_a_unit_are_told_and_nobody_else(action, service):
    contributor = user_with(Role.CONTRIBUTOR, service)
    head = user_with(Role.HEAD_OF_SERVICE, service)
    for role in (Role.RECEPTION_AGENT, Role.MANAGEMENT, Role.AUDITOR, Role.QUALITY_REFERENT):
        user_with(role, service)
    user_with(Role.HEAD_OF_SERVICE, service, is_active=False)
    MembershipFactory(unit=service, valid_until=date(2026, 11, 17))
    asked(action, unit=service)
    assert told(action) == [head, contributor]


def test_where_the_unit_has_nobody_those_above_are_told(action, direction, service):
    above = user_with(Role.HEAD_OF_SERVICE, direction)
    user_with(Role.HEAD_OF_SERVICE, ServiceFactory(parent=direction))
    asked(action, unit=service)
    assert told(action) == [above]


def test_words_alone_and_a_unit_without_anybody_tell_nobody(action, service):
    asked(action, words="RQ")
    asked(action, unit=service)
    assert told(action) == []


def test_a_person_asked_twice_is_told_once(action, service):
    head = user_with(Role.HEAD_OF_SERVICE, service)
    asked(action, unit=service)
    asked(action, user=head)
    assert told(action) == [head]


def test_the_nearest_head_above_those_already_told_is_found(action, direction, service):
    contributor, head = user_with(Role.CONTRIBUTOR, service), user_with(Role.HEAD_OF_SERVICE, service)
    above = user_with(Role.HEAD_OF_SERVICE, direction)
    asked(action, unit=service)
    charges = Charges(TODAY)
    assert charges.heads_above(action, [contributor]) == [head]
    assert charges.heads_above(action, [contributor, head]) == [above]
    assert charges.heads_above(action, [contributor, head, above]) == []


def test_the_head_of_a_person_named_is_that_of_the_person_s_unit(action, service):
    agent, head = user_with(Role.CONTRIBUTOR, service), user_with(Role.HEAD_OF_SERVICE, service)
    asked(action, user=agent)
    asked(action, user=UserFactory())
    asked(action, words="Webmestre")
    assert Charges(TODAY).heads_above(action, [agent]) == [head]


def test_the_referents_are_those_of_the_site_else_those_above(action, site):
    above = user_with(Role.QUALITY_REFERENT, site.parent)
    assert Charges(TODAY).referents(site.pk) == [above]
    deputy, own = user_with(Role.DEPUTY_REFERENT, site), user_with(Role.QUALITY_REFERENT, site)
    assert Charges(TODAY).referents(site.pk) == [own, deputy]


def test_everybody_is_read_in_two_queries(action, service, django_assert_num_queries):
    for _ in range(3):
        user_with(Role.HEAD_OF_SERVICE, service)
    with django_assert_num_queries(2):
        charges = Charges(TODAY)
    with django_assert_num_queries(0):
        charges.referents(service.pk)
