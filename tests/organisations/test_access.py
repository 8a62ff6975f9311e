"""What a membership gives, to whom, where and when."""

from datetime import date, timedelta

import pytest
import time_machine
from django.utils import timezone

from organisations.access import Access, Grant
from organisations.enums import Role
from organisations.models import Unit, User
from organisations.permissions import (
    DIRECTION_ONLY,
    GRANTABLE_ROLES,
    HR_ONLY,
    NOT_DELEGATED,
    ROLE_PERMISSIONS,
    Permission,
)
from tests.organisations.factories import (
    MembershipFactory,
    PrefectureFactory,
    ServiceFactory,
    SousPrefectureFactory,
    UnitFactory,
    UserFactory,
    user_with,
)

TODAY = date(2026, 3, 2)


@pytest.fixture
def tree(db):
    """13 > 13-aix > accueil > guichet, and 38 apart."""
    prefecture = PrefectureFactory(code="13")
    aix = SousPrefectureFactory(code="13-aix", parent=prefecture)
    accueil = ServiceFactory(code="accueil", parent=aix)
    guichet = ServiceFactory(code="guichet", parent=accueil)
    return {"13": prefecture, "13-aix": aix, "accueil": accueil, "guichet": guichet, "38": PrefectureFactory(code="38")}


@pytest.mark.parametrize("role", Role)
def test_each_role_holds_its_permissions_on_its_unit_and_below_and_nothing_else(tree, role):
    user = user_with(role, tree["13-aix"])
    held = {
        (permission, code) for permission in Permission for code, unit in tree.items() if user.can(permission, unit.pk)
    }
    assert held == {
        (permission, code) for permission in ROLE_PERMISSIONS[role] for code in ("13-aix", "accueil", "guichet")
    }
    assert {permission for permission in Permission if user.can(permission)} == ROLE_PERMISSIONS[role]


@pytest.mark.parametrize(
    ("valid_from", "valid_until", "is_active", "gives"),
    [
        (date(2026, 1, 1), None, True, True),
        (TODAY, TODAY, True, True),
        (date(2026, 1, 1), TODAY, True, True),
        (date(2026, 1, 1), TODAY - timedelta(1), True, False),
        (TODAY + timedelta(1), None, True, False),
        (date(2026, 1, 1), None, False, False),
    ],
)
def test_only_a_membership_in_force_of_an_open_account_gives_rights(tree, valid_from, valid_until, is_active, gives):
    user = UserFactory(is_active=is_active)
    MembershipFactory(user=user, unit=tree["13"], role=Role.MANAGEMENT, valid_from=valid_from, valid_until=valid_until)
    with time_machine.travel(TODAY):
        assert user.can(Permission.INDICATOR_VIEW, tree["13"].pk) is gives
        assert bool(user.access.visible_unit_ids) is gives


def test_the_day_is_that_of_paris(tree):
    user = user_with(Role.MANAGEMENT, tree["13"])
    user.memberships.update(valid_from=date(2026, 3, 3))
    with time_machine.travel("2026-03-02T23:30:00Z"):
        assert user.access.on == date(2026, 3, 3)
        assert user.can(Permission.INDICATOR_VIEW)


def test_rights_of_several_memberships_add_up_without_mixing_units(tree):
    user = user_with(Role.HEAD_OF_SERVICE, tree["accueil"])
    MembershipFactory(user=user, unit=tree["38"], role=Role.AUDITOR)
    assert user.access.units_with(Permission.VALUE_ENTER) == {tree["accueil"].pk, tree["guichet"].pk}
    assert user.access.units_with(Permission.HISTORY_VIEW) == {tree["accueil"].pk, tree["guichet"].pk, tree["38"].pk}
    assert user.access.roles == {Role.HEAD_OF_SERVICE, Role.AUDITOR}


def test_a_role_in_a_service_reaches_what_belongs_to_its_site_and_not_to_the_site_above(tree):
    agent = user_with(Role.RECEPTION_AGENT, tree["guichet"])
    assert agent.sites_with(Permission.SURVEY_ENTER) == {tree["13-aix"].pk, tree["guichet"].pk}
    assert agent.sites_with(Permission.SURVEY_EDIT) == set()


def test_a_role_at_a_site_reaches_the_sites_below(tree):
    referent = user_with(Role.QUALITY_REFERENT, tree["13"])
    assert referent.sites_with(Permission.SURVEY_EDIT) == {
        tree[code].pk for code in ("13", "13-aix", "accueil", "guichet")
    }


def test_the_sites_of_a_permission_cost_one_query_more_and_once(tree, django_assert_num_queries):
    agent = User.objects.get(pk=user_with(Role.RECEPTION_AGENT, tree["guichet"]).pk)
    with django_assert_num_queries(3):
        assert agent.sites_with(Permission.SURVEY_ENTER) == agent.sites_with(Permission.SURVEY_ENTER)


def test_a_service_without_a_site_above_has_none(db):
    lonely = UnitFactory()
    assert Unit.objects.site_ids_of([lonely.pk]) == set()
    assert Unit.objects.site_ids_of([]) == set()


def test_a_delegated_role_neither_gives_roles_nor_delegates_again():
    access = Access([Grant(Role.QUALITY_REFERENT, {1}, is_delegated=True)], on=TODAY)
    assert {permission for permission in Permission if not access.can(permission)} == (
        set(Permission) - ROLE_PERMISSIONS[Role.QUALITY_REFERENT] | NOT_DELEGATED
    )
    assert access.grantable_roles() == []


def test_a_role_gives_to_others_no_permission_that_it_does_not_hold():
    for giver, given in GRANTABLE_ROLES.items():
        if giver != Role.TECHNICAL_ADMIN:
            apart = HR_ONLY | DIRECTION_ONLY
            assert [role for role in given if not ROLE_PERMISSIONS[role] - apart <= ROLE_PERMISSIONS[giver]] == []
    assert {role for role in Role if Permission.ACCOUNT_EDIT in ROLE_PERMISSIONS[role]} == set(GRANTABLE_ROLES)


def test_the_technical_administrator_sees_no_business_data():
    business = {permission for permission in Permission if permission.split("_")[0] not in {"unit", "account", "job"}}
    assert ROLE_PERMISSIONS[Role.TECHNICAL_ADMIN] & business == set()


def test_the_auditor_changes_nothing():
    assert {permission for permission in ROLE_PERMISSIONS[Role.AUDITOR] if not permission.endswith("_view")} == set()


@pytest.mark.parametrize("memberships", [1, 3])
def test_rights_cost_two_queries_whatever_the_number_of_roles(tree, django_assert_num_queries, memberships):
    user = UserFactory()
    for code in list(tree)[:memberships]:
        MembershipFactory(user=user, unit=tree[code], role=Role.MANAGEMENT)
    user = User.objects.get(pk=user.pk)
    with django_assert_num_queries(2):
        for permission in Permission:
            user.can(permission, tree["13"].pk)


def test_a_person_without_role_costs_one_query_and_sees_nothing(tree, django_assert_num_queries):
    user = UserFactory()
    with django_assert_num_queries(1):
        assert [permission for permission in Permission if user.can(permission)] == []
    assert list(Unit.objects.visible_to(user)) == []


def test_a_loop_in_the_tree_however_it_came_does_not_hang(db):
    first = UnitFactory()
    second = UnitFactory(parent=first)
    Unit.objects.filter(pk=first.pk).update(parent=second)
    assert Unit.objects.ids_below(first.pk) == {first.pk, second.pk}


def test_units_below_are_found_for_several_units_at_once(tree):
    below = Unit.objects.ids_below_each([tree["13"].pk, tree["accueil"].pk, tree["38"].pk])
    assert {root: len(ids) for root, ids in below.items()} == {
        tree["13"].pk: 4, tree["accueil"].pk: 2, tree["38"].pk: 1,
    }  # fmt: skip


def test_people_see_themselves_and_those_of_the_units_whose_accounts_they_may_see(tree):
    referent = user_with(Role.QUALITY_REFERENT, tree["13-aix"])
    below = user_with(Role.CONTRIBUTOR, tree["guichet"])
    user_with(Role.QUALITY_REFERENT, tree["13"])
    user_with(Role.CONTRIBUTOR, tree["38"])
    assert set(User.objects.visible_to(referent)) == {referent, below}
    assert set(User.objects.visible_to(below)) == {below}
    assert timezone.localdate() == below.access.on
