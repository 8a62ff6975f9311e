"""A plan as the Aisne has them, at a sous-préfecture with two services."""

from datetime import date

import pytest

from actions import models
from actions.services import actions, findings, plans
from organisations.enums import Role
from tests.organisations.factories import ServiceFactory, SousPrefectureFactory, user_with

RECORDED = (
    models.Plan, models.Finding, models.FindingEngagement, models.Action, models.ActionResponsible, models.Proof,
    models.PlanImport, models.ResponsibleMatch, models.ReminderSettings, models.TwinRefusal,
)  # fmt: skip


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


@pytest.fixture
def past_the_services():
    """For a test that writes behind the back of the services."""


@pytest.fixture(autouse=True)
def history_tells_the_present(request, _django_db_helper):
    """Whatever a test wrote through a page, in bulk, by import or by a command, the last history row of each object
    holds all its fields, and nothing else is there."""
    yield
    if {"db", "transactional_db"}.isdisjoint(request.fixturenames) and not request.node.get_closest_marker("django_db"):
        return
    if "past_the_services" not in request.fixturenames:
        for model in RECORDED:
            names = _kept(model)
            assert _told(model, names) == list(model._base_manager.order_by("pk").values_list(*names)), model


def _kept(model) -> list[str]:
    kept = {field.name for field in model.history.model._meta.concrete_fields}
    return [field.attname for field in model._meta.concrete_fields if field.name in kept]


def _told(model, names: list[str]) -> list[tuple]:
    rows = model.history.order_by("history_id").values_list("history_type", *names)
    last = {row[1 + names.index("id")]: row for row in rows}
    return [row[1:] for _, row in sorted(last.items()) if row[0] != "-"]
