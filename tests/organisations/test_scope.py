"""What a scope gives: what is seen, who may act, the rights of jobs. Each app proves its own scopes beside itself."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest

from organisations.enums import Role
from organisations.models import ClosedDay, Membership, Unit, User
from organisations.permissions import P, roles_with
from organisations.scope import Scope, holds_a_root, holds_every_root
from reports.models import AnnualReport, Chapter
from tests.organisations.factories import (
    ClosedDayFactory,
    MembershipFactory,
    PrefectureFactory,
    ServiceFactory,
    SousPrefectureFactory,
    UserFactory,
    user_with,
)
from tests.reports.factories import AnnualReportFactory, ChapterFactory
from tests.surveys.factories import PlaceFactory, SurveyCampaignFactory

pytestmark = pytest.mark.django_db


def about(**parameters):
    return SimpleNamespace(parameters=parameters)


@pytest.fixture
def site():
    return SousPrefectureFactory()


def test_rows_are_seen_with_the_permission_of_the_scope_on_their_unit(site):
    mine, other = ClosedDayFactory(site=site), ClosedDayFactory(site=SousPrefectureFactory(parent=site.parent))
    above = ClosedDayFactory(site=site.parent)
    assert set(ClosedDay.objects.visible_to(user_with(Role.CONTRIBUTOR, site))) == {mine}
    assert set(ClosedDay.objects.visible_to(user_with(Role.CONTRIBUTOR, site.parent))) == {mine, other, above}
    assert set(ClosedDay.objects.visible_to(UserFactory())) == set()


def test_another_permission_than_that_of_the_scope_shows_nothing(site):
    AnnualReportFactory(site=site)
    assert list(AnnualReport.objects.visible_to(user_with(Role.CONTRIBUTOR, site))) == []
    director = user_with(Role.MANAGEMENT, SousPrefectureFactory())
    MembershipFactory(user=director, unit=site, role=Role.CONTRIBUTOR)
    assert list(AnnualReport.objects.visible_to(director)) == []


@pytest.mark.parametrize(
    ("begins", "ends", "is_seen"),
    [(0, None, True), (1, None, False), (-2, 0, True), (-2, -1, False)],
)
def test_a_role_shows_what_it_shows_from_its_first_day_to_its_last(site, begins, ends, is_seen):
    ClosedDayFactory(site=site)
    today, person = date.today(), UserFactory()
    until = None if ends is None else today + timedelta(ends)
    MembershipFactory(user=person, unit=site, valid_from=today + timedelta(begins), valid_until=until)
    assert ClosedDay.objects.visible_to(person).exists() is is_seen


def test_who_may_act_holds_that_very_permission_on_the_unit(site):
    day, other = ClosedDayFactory(site=site), ClosedDayFactory(site=site.parent)
    referent, reader = user_with(Role.QUALITY_REFERENT, site), user_with(Role.AUDITOR, site.parent)
    scope = ClosedDay.scope
    assert [scope.allows(referent, P.UNIT_EDIT, row) for row in (day, other)] == [True, False]
    assert [scope.allows(reader, P.UNIT_EDIT, row) for row in (day, other)] == [False, False]
    assert [scope.holds(referent, P.UNIT_EDIT, row) for row in (day, other)] == [True, False]
    assert (scope.unit_id(day), scope.unit_id(other)) == (site.pk, site.parent_id)


def test_a_unit_is_its_own_unit(site):
    assert Unit.scope.unit_id(site) == site.pk
    assert set(Unit.objects.visible_to(user_with(Role.AUDITOR, site))) == {site}


def test_what_belongs_to_a_row_follows_it(site):
    chapter = ChapterFactory(report=AnnualReportFactory(site=site))
    ChapterFactory(report=AnnualReportFactory(site=SousPrefectureFactory()))
    writer, reader = user_with(Role.QUALITY_REFERENT, site), user_with(Role.MANAGEMENT, site)
    assert set(Chapter.objects.visible_to(reader)) == {chapter}
    assert [Chapter.scope.allows(user, P.REPORT_EDIT, chapter) for user in (writer, reader)] == [True, False]
    assert [Chapter.scope.holds(user, P.REPORT_EDIT, chapter) for user in (writer, reader)] == [True, False]
    assert (Chapter.scope.unit_id(chapter), Chapter.scope.viewers()) == (site.pk, set(roles_with(P.REPORT_VIEW)))


def test_a_permission_that_reaches_from_below_is_held_in_a_service(site):
    place, agent = PlaceFactory(site=site), user_with(Role.RECEPTION_AGENT, ServiceFactory(parent=site))
    head = user_with(Role.QUALITY_REFERENT, ServiceFactory(parent=site))
    scope = type(place).scope
    assert [scope.allows(agent, permission, place) for permission in (P.SURVEY_VIEW, P.SURVEY_ENTER)] == [True, True]
    assert scope.allows(head, P.SURVEY_EDIT, place) is False


def test_people_see_themselves_once_whatever_their_roles(site):
    referent, nobody = user_with(Role.QUALITY_REFERENT, site), UserFactory()
    colleague = user_with(Role.CONTRIBUTOR, site)
    MembershipFactory(user=colleague, unit=site, role=Role.HEAD_OF_SERVICE)
    user_with(Role.CONTRIBUTOR, SousPrefectureFactory())
    assert sorted(User.objects.visible_to(referent), key=lambda user: user.pk) == [referent, colleague]
    assert list(User.objects.visible_to(nobody)) == [nobody]
    assert list(User.objects.visible_to(colleague)) == [colleague]
    assert User.scope.unit_id(colleague) is None


def test_roles_are_seen_by_the_person_and_by_who_sees_the_accounts_of_the_unit(site):
    contributor = user_with(Role.CONTRIBUTOR, site)
    elsewhere = MembershipFactory(user=contributor, unit=SousPrefectureFactory())
    here = contributor.memberships.get(unit=site)
    referent = user_with(Role.QUALITY_REFERENT, site)
    assert set(Membership.objects.visible_to(contributor)) == {here, elsewhere}
    assert set(Membership.objects.visible_to(referent)) == {here, referent.memberships.get()}
    assert [Membership.scope.allows(referent, P.ACCOUNT_EDIT, row) for row in (here, elsewhere)] == [True, False]
    assert Membership.scope.allows(referent, P.ACCOUNT_EDIT, MembershipFactory(user=referent)) is False


def test_a_job_is_for_who_holds_the_permission_on_what_it_is_about(site):
    report, unit = AnnualReportFactory(site=site), Unit.scope.for_job("site_id", P.DASHBOARD_COMPUTE)
    renders = AnnualReport.scope.for_job("report_id", P.REPORT_RENDER)
    head, auditor = user_with(Role.MANAGEMENT, site), user_with(Role.AUDITOR, site)
    stranger = user_with(Role.MANAGEMENT, SousPrefectureFactory())
    asked = about(report_id=report.pk)
    assert [renders(user, asked) for user in (head, auditor, stranger)] == [True, False, False]
    assert renders(head, about(report_id=0)) is False
    assert renders(head, about()) is False
    referent = user_with(Role.QUALITY_REFERENT, site)
    assert [unit(user, about(site_id=site.pk)) for user in (referent, head)] == [True, False]
    assert unit(referent, about(site_id=site.parent_id)) is False


def test_a_right_on_a_whole_prefecture_is_not_one_on_the_whole_installation(site):
    alone = user_with(Role.QUALITY_REFERENT, site.parent)
    assert (holds_a_root(alone, P.SURVEY_EDIT), holds_every_root(alone, P.SURVEY_EDIT)) == (True, True)
    PrefectureFactory()
    assert (holds_a_root(alone, P.SURVEY_EDIT), holds_every_root(alone, P.SURVEY_EDIT)) == (True, False)
    below = user_with(Role.QUALITY_REFERENT, site)
    assert (holds_a_root(below, P.SURVEY_EDIT), holds_every_root(below, P.SURVEY_EDIT)) == (False, False)


def test_nobody_holds_the_whole_of_an_empty_installation():
    assert holds_every_root(UserFactory(), P.SURVEY_EDIT) is False


def test_one_scope_said_for_several_models_knows_each_of_them():
    place, campaign = PlaceFactory(), SurveyCampaignFactory()
    assert type(place).scope.model is type(place)
    assert type(campaign).scope.model is type(campaign)
    assert isinstance(type(place).scope, Scope)
