"""A plan as the Aisne has them, at a sous-préfecture with two services."""

from datetime import date

import pytest

from actions.services import actions, findings, plans
from organisations.enums import Role
from tests.factories import ServiceFactory, SousPrefectureFactory, user_with


@pytest.fixture
def site(db):
    return SousPrefectureFactory(name="Sous-préfecture de Soissons")


@pytest.fixture
def service(site):
    return ServiceFactory(parent=site, sigle="BRH", name="Bureau des ressources humaines")


@pytest.fixture
def rq(site):
    return user_with(Role.QUALITY_REFERENT, site, first_name="Anne", last_name="Dupont")


@pytest.fixture
def plan(site, rq):
    return plans.create_plan(
        site=site, title="Suite à l’audit interne", origin="internal_audit", origin_on=date(2015, 10, 16), by=rq
    )


@pytest.fixture
def finding(plan, rq):
    return findings.add_finding(plan, text="Enquêtes mystères à programmer", by=rq)


@pytest.fixture
def action(finding, rq):
    return actions.add_action(finding, text="Programmer les enquêtes", deadline="1er trim. 2016", by=rq)
