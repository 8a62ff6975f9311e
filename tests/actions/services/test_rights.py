"""Who may do what to an action: the référent of its site, those who answer for it, and nobody else."""

from actions.models import Action
from actions.services import rights
from organisations.enums import Role
from organisations.permissions import P
from tests.actions.factories import ActionResponsibleFactory
from tests.organisations.factories import ServiceFactory, SousPrefectureFactory, user_with

ALL = (P.ACTION_VIEW, P.ACTION_REPORT, P.ACTION_EDIT, P.HISTORY_VIEW)


def allowed(user, action) -> list[str]:
    action = Action.objects.get(pk=action.pk)
    return [permission for permission in ALL if user.can(permission) and Action.scope.allows(user, permission, action)]


def test_the_referent_of_the_site_may_everything(action, rq):
    assert allowed(rq, action) == list(ALL)


def test_a_head_reports_on_the_actions_of_the_service_and_of_it_alone(action, service, site):
    head = user_with(Role.HEAD_OF_SERVICE, service)
    assert allowed(head, action) == []
    ActionResponsibleFactory(action=action, unit=ServiceFactory(parent=site))
    assert allowed(head, action) == []
    ActionResponsibleFactory(action=action, unit=service)
    assert allowed(head, action) == [P.ACTION_VIEW, P.ACTION_REPORT, P.HISTORY_VIEW]


def test_a_person_named_reports_whatever_the_unit_of_the_role(action):
    person = user_with(Role.CONTRIBUTOR, ServiceFactory(parent=SousPrefectureFactory()))
    ActionResponsibleFactory(action=action, unit=None, user=person)
    assert allowed(person, action) == [P.ACTION_VIEW, P.ACTION_REPORT, P.HISTORY_VIEW]


def test_a_person_named_without_the_role_may_nothing(action, service):
    person = user_with(Role.RECEPTION_AGENT, service)
    ActionResponsibleFactory(action=action, unit=None, user=person)
    assert allowed(person, action) == []


def test_the_referent_of_another_site_reports_for_its_service_but_does_not_change_the_plan(action, site):
    other = SousPrefectureFactory(parent=site.parent)
    ActionResponsibleFactory(action=action, unit=ServiceFactory(parent=other))
    referent = user_with(Role.QUALITY_REFERENT, other)
    assert allowed(referent, action) == [P.ACTION_VIEW, P.ACTION_REPORT, P.HISTORY_VIEW]


def test_an_auditor_reads(action, site):
    assert allowed(user_with(Role.AUDITOR, site), action) == [P.ACTION_VIEW, P.HISTORY_VIEW]


def test_the_units_one_reports_for_are_those_of_the_roles_that_report(site, service):
    below = ServiceFactory(parent=service)
    head = user_with(Role.HEAD_OF_SERVICE, service)
    assert rights.reported_units(head) == {service.pk, below.pk}
    assert rights.reported_units(user_with(Role.QUALITY_REFERENT, site)) == set()
    assert rights.reported_units(user_with(Role.AUDITOR, site)) == set()


def test_the_sites_one_edits_are_sites(site, service, rq):
    assert list(rights.editable_sites(rq)) == [site]
    assert list(rights.editable_sites(user_with(Role.HEAD_OF_SERVICE, service))) == []
