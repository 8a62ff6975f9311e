"""Who sees an indicator, its targets and its figures, and who decides of them."""

import pytest

from indicators.models import Assignment, Indicator, Target, Value
from indicators.scope import decides, decides_target
from organisations.enums import Role
from organisations.permissions import P
from tests.indicators.factories import (
    AssignmentFactory,
    IndicatorFactory,
    ReadingFactory,
    TargetFactory,
    ValueFactory,
)
from tests.organisations.factories import MembershipFactory, ServiceFactory, SousPrefectureFactory, user_with

pytestmark = pytest.mark.django_db


@pytest.fixture
def service():
    return ServiceFactory()


@pytest.fixture
def head(service):
    return user_with(Role.HEAD_OF_SERVICE, service)


def test_an_indicator_is_seen_when_it_is_common_of_one_s_site_or_entered_by_one_s_service(service, head):
    common, own, above = IndicatorFactory(), IndicatorFactory(owner=service), IndicatorFactory(owner=service.parent)
    IndicatorFactory(owner=SousPrefectureFactory())
    assert set(Indicator.objects.visible_to(head)) == {common, own}
    AssignmentFactory(indicator=above, unit=service)
    assert set(Indicator.objects.visible_to(head)) == {common, own, above}
    assert list(Indicator.objects.visible_to(user_with(Role.RECEPTION_AGENT, service))) == []


def test_the_units_that_count_are_those_where_indicators_are_read(service):
    owned, site = IndicatorFactory(owner=service.parent), service.parent
    target, other = TargetFactory(site=site), user_with(Role.CONTRIBUTOR, ServiceFactory())
    MembershipFactory(user=other, unit=site, role=Role.RECEPTION_AGENT)
    assert owned not in Indicator.objects.visible_to(other)
    assert target not in Target.objects.visible_to(other)


def test_a_target_is_seen_for_all_for_one_s_site_and_for_the_sites_one_s_service_enters_figures_for(service, head):
    for_all, here = TargetFactory(site=None), TargetFactory(site=service.parent)
    TargetFactory(site=SousPrefectureFactory())
    assert set(Target.objects.visible_to(head)) == {for_all}
    AssignmentFactory(unit=service)
    assert set(Target.objects.visible_to(head)) == {for_all, here}
    assert set(Target.objects.visible_to(user_with(Role.AUDITOR, service.parent))) == {for_all, here}
    assert list(Target.objects.visible_to(user_with(Role.RECEPTION_AGENT, service.parent))) == []


def test_the_history_of_what_one_follows_is_read_and_that_of_a_target_for_all_by_the_owner_s_people(service, head):
    indicator = IndicatorFactory(owner=service.parent)
    AssignmentFactory(indicator=indicator, unit=service)
    assert Indicator.scope.allows(head, P.HISTORY_VIEW, indicator) is True
    assert Indicator.scope.allows(head, P.VALUE_IMPORT, indicator) is False
    target = TargetFactory(indicator=indicator, site=None)
    auditor = user_with(Role.AUDITOR, service.parent)
    assert Target.scope.unit_id(target, P.HISTORY_VIEW) == service.parent_id
    assert Target.scope.unit_id(TargetFactory(site=service.parent), P.HISTORY_VIEW) == service.parent_id
    assert Target.scope.unit_id(TargetFactory(site=None), P.HISTORY_VIEW) is None
    assert Target.scope.holds(auditor, P.HISTORY_VIEW, target) is True
    assert Target.scope.holds(user_with(Role.AUDITOR, ServiceFactory()), P.HISTORY_VIEW, target) is False


def test_a_service_reads_the_history_of_its_assignment_and_the_site_decides_of_it(service, head):
    row = AssignmentFactory(unit=service)
    referent = user_with(Role.QUALITY_REFERENT, service.parent)
    of_service = user_with(Role.QUALITY_REFERENT, service)
    assert Assignment.scope.allows(head, P.HISTORY_VIEW, row) is True
    assert [Assignment.scope.allows(user, P.INDICATOR_EDIT, row) for user in (referent, of_service)] == [True, False]


def test_the_figures_of_a_service_are_those_of_its_unit(service, head):
    value = ValueFactory(unit=service)
    ValueFactory(unit=ServiceFactory(parent=service.parent))
    assert list(Value.objects.visible_to(head)) == [value]


def test_a_common_indicator_is_decided_by_the_prefecture_while_nobody_else_follows_it(service):
    prefecture = service.parent.parent
    indicator, referent = AssignmentFactory(unit=service).indicator, user_with(Role.QUALITY_REFERENT, prefecture)
    assert decides(referent, indicator) is True
    assert decides(user_with(Role.AUDITOR, prefecture), indicator) is False
    assert decides(user_with(Role.QUALITY_REFERENT, service.parent), indicator) is False
    read_elsewhere = ReadingFactory(indicator=indicator)
    assert decides(referent, indicator) is False
    read_elsewhere.delete()
    AssignmentFactory(indicator=indicator, unit=ServiceFactory())
    assert decides(referent, indicator) is False


def test_a_target_for_all_follows_its_indicator_and_that_of_a_site_its_referent(service):
    site, indicator = service.parent, IndicatorFactory(owner=service.parent.parent)
    above, here = user_with(Role.QUALITY_REFERENT, site.parent), user_with(Role.QUALITY_REFERENT, site)
    for_all, of_site = TargetFactory(indicator=indicator, site=None), TargetFactory(indicator=indicator, site=site)
    assert [decides_target(user, for_all) for user in (above, here)] == [True, False]
    assert [decides_target(user, of_site) for user in (above, here)] == [True, True]
