"""What an auditor finds on the home page: the plan on the day of the audit, its past, its dated files."""

from datetime import date

import pytest
import time_machine

from actions import cards
from actions.enums import Status
from organisations.enums import Role
from tests.actions.factories import ActionFactory, FindingFactory, PlanFactory
from tests.organisations.factories import SousPrefectureFactory, user_with

pytestmark = pytest.mark.django_db


def card(rf, user):
    request = rf.get("/")
    request.user = user
    return cards.to_audit(request)


@time_machine.travel("2026-06-01 10:00+00:00", tick=False)
def test_an_auditor_finds_the_plans_of_each_site_of_the_mandate_as_they_are(rf):
    site = SousPrefectureFactory(code="laon", name="Sous-préfecture de Laon")
    finding = FindingFactory(plan=PlanFactory(site=site))
    ActionFactory(finding=finding, status=Status.DONE)
    ActionFactory(finding=finding, deadline_latest=date(2026, 5, 31))
    PlanFactory(site=site)
    PlanFactory()
    content = card(rf, user_with(Role.AUDITOR, site))
    assert [(row.label, row.url, row.detail) for row in content.rows] == [
        (f"{site}, au 01/06/2026", "/plans/etat/laon/", "2 plans, 2 actions dont 1 soldées et 1 en retard"),
        ("Ce qui a changé entre deux jours", "/plans/changements/", "ancien barré, nouveau marqué"),
        ("Les extraits datés", "/plans/extraits/", "fichiers produits, avec leur empreinte"),
        ("Vérifier un extrait", "/plans/extraits/verifier/", "un fichier reçu est-il resté tel quel ?"),
    ]


def test_nobody_else_has_this_card(rf):
    site = SousPrefectureFactory()
    assert [card(rf, user_with(role, site)) for role in Role if role != Role.AUDITOR] == [None] * (len(Role) - 1)
