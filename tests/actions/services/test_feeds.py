"""The private address of a calendar: its secret is kept nowhere, a new one closes the old, rights are read anew."""

import pytest

from actions.models import CalendarFeed
from actions.services import actions, feeds, progress
from organisations.enums import Role
from tests.actions.factories import ActionResponsibleFactory
from tests.organisations.factories import UserFactory, user_with


@pytest.fixture
def head(service):
    return user_with(Role.HEAD_OF_SERVICE, service)


def test_only_the_digest_of_the_secret_is_kept(head):
    secret = feeds.draw(by=head)
    [feed] = CalendarFeed.objects.all()
    assert secret not in feed.token_digest
    assert len(secret) >= 43
    assert feeds.owner_of(secret) == head


def test_a_new_address_closes_the_one_before(head):
    first, second = feeds.draw(by=head), feeds.draw(by=head)
    assert (feeds.owner_of(first), feeds.owner_of(second)) == (None, head)
    feeds.close(by=head)
    assert feeds.owner_of(second) is None


def test_the_address_dies_with_the_account_and_with_the_role(head):
    secret = feeds.draw(by=head)
    head.is_active = False
    head.save()
    assert feeds.owner_of(secret) is None
    assert feeds.owner_of(feeds.draw(by=UserFactory())) is None


def test_a_head_finds_the_pending_deadlines_of_the_service(head, action, service, finding, rq):
    ActionResponsibleFactory(action=action, unit=service)
    without_day = actions.add_action(finding, text="Sans jour", by=rq)
    ActionResponsibleFactory(action=without_day, unit=service)
    actions.add_action(finding, text="D’un autre", deadline="T2 2016", by=rq)
    assert list(feeds.agenda_of(head)) == [action]
    progress.abandon(action, reason="Inutile", by=rq)
    assert list(feeds.agenda_of(head)) == []


def test_a_referent_finds_the_deadlines_of_the_plans_each_once(action, service, rq):
    ActionResponsibleFactory(action=action, unit=None, user=rq)
    ActionResponsibleFactory(action=action, unit=service)
    assert list(feeds.agenda_of(rq)) == [action]
