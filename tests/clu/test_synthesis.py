"""The page of a CLAC: the structures of its perimeter and their self-diagnosis."""

from datetime import date

import pytest
import time_machine

from clu.synthesis import progress, structures
from organisations.enums import Role
from tests.audits.factories import AuditFactory, AuditRowFactory
from tests.clu.factories import CommitteeFactory, MemberFactory, OrderFactory
from tests.core.page_checks import query_count
from tests.organisations.factories import ServiceFactory, user_with

pytestmark = pytest.mark.django_db
TODAY = date(2026, 12, 1)


@pytest.fixture
def referent(client, site):
    user = user_with(Role.QUALITY_REFERENT, site)
    client.force_login(user)
    return user


@pytest.fixture
def clac(site):
    return CommitteeFactory(site=site, kind="clac")


def diagnosis(site, day, *marks):
    audit = AuditFactory(site=site, kind="self_diagnosis", starts_on=day)
    for structure, score in marks:
        AuditRowFactory(audit=audit, structure=structure, score=score, result="", comment="Vu")


def test_each_structure_says_where_its_self_diagnosis_stands(clac, site, referent):
    names = ("Accueil", "Titres", "Étrangers", "Standard")
    desk, titles, foreigners, phone = (ServiceFactory(parent=site, name=name) for name in names)
    for unit in (phone, desk, titles):
        MemberFactory(committee=clac, structure=unit, organisation=f"Service {unit.name}")
    diagnosis(site, date(2025, 11, 30), (titles, 4), (desk, 1))
    diagnosis(site, date(2026, 6, 1), (desk, 3), (foreigners, 1))
    found = structures(clac, referent, TODAY)
    assert [(row.unit.name, len(row.seats), *row.badge) for row in found] == [
        ("Standard", 1, "À faire", "warning"),
        ("Accueil", 1, "Sans écart", "success"),
        ("Titres", 1, "À refaire", "warning"),
        ("Étrangers", 0, "1 écart à traiter", "error"),
    ]
    assert progress(found) == "2 structures sur 4 ont fait leur autodiagnostic dans l’année."


@time_machine.travel("2026-12-01 10:00")
def test_the_page_of_a_clac_shows_them_at_a_constant_cost_and_that_of_a_clu_does_not(client, clac, site, referent):
    page, counts = f"/instances/{clac.pk}", []
    assert "Aucune structure n’est encore connue" in client.get(page).text
    for number in range(3):
        unit = ServiceFactory(parent=site, name=f"Service {number}")
        MemberFactory(committee=clac, structure=unit)
        diagnosis(site, date(2026, 6, number + 1), (unit, 4))
        counts.append(query_count(client, page))
    assert counts == [counts[0]] * 3
    assert "3 structures sur 3 ont fait leur autodiagnostic dans l’année." in client.get(page).text
    OrderFactory(committee=clac, former_kind="clu", signed_on=date(2026, 12, 2))
    assert "Structures du périmètre" not in client.get(page).text
