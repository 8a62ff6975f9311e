"""An auditor reads initials, and names from the day and for the reason that the référent gives."""

from datetime import date

import pytest
import time_machine

from organisations.enums import Role
from tests.audits.factories import AuditFactory
from tests.organisations.factories import PrefectureFactory, ServiceFactory, UserFactory, user_with
from tests.training.factories import AgentFactory, AgreementFactory, PostFactory

pytestmark = pytest.mark.django_db
REASON = "Lettre de mission du 12/05/2026 : contrôle nominatif"


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(date(2026, 6, 1)):
        yield


def test_the_referent_opens_names_to_an_auditor_who_then_reads_and_changes_nothing(client):
    site = PrefectureFactory(code="38")
    agent = AgentFactory(
        unit=ServiceFactory(parent=site), last_name="Canariwsky", first_name="Zoé", name_key="canariwsky zoe"
    )
    PostFactory(agent=agent)
    agreement = AgreementFactory(tutee=agent)
    referent, auditor = user_with(Role.QUALITY_REFERENT, site), UserFactory(email="auditrice@example.invalid")
    audit = AuditFactory(site=site, starts_on=date(2026, 6, 1), ends_on=date(2026, 6, 30))
    client.force_login(referent)
    told = {"email": auditor.email, "first_name": "Anne", "last_name": "Audit", "valid_from": "2026-06-01"}
    assert client.post(f"/audits/{audit.pk}/acces", told).status_code == 302
    role = auditor.memberships.get()
    assert "initiales des agents seules" in client.get(f"/audits/{audit.pk}").text

    def reads():
        client.force_login(auditor)
        page = client.get("/formation/suivi/").text
        return (
            ["Canariwsky" in page, "Z. C." in page, "référent qualité peut vous ouvrir leurs noms" in page],
            client.get("/formation/agents/").status_code,
            [client.get(f"/formation/{page}/?format=csv").status_code for page in ("suivi", "suivi/agents-et-themes")],
            client.get(f"/formation/tutorat/{agreement.pk}/convention.pdf").status_code,
            client.get(f"/formation/agents/{agent.pk}/modifier").status_code,
            "noms des agents lisibles" in client.get("/").text,
        )

    assert reads() == ([False, True, True], 403, [404, 404], 403, 403, False)

    client.force_login(referent)
    address = f"/organisation/roles/{role.pk}/noms"
    assert client.post(address, {"on": "2026-06-01", "reason": REASON}).status_code == 302
    for page in (f"/audits/{audit.pk}", f"/organisation/comptes/{auditor.pk}/"):
        text = client.get(page).text
        assert ("noms des agents lisibles depuis le 01/06/2026" in text, REASON in text) == (True, True)
    assert reads() == ([True, False, False], 200, [200, 200], 200, 403, True)

    client.force_login(referent)
    client.post(f"/organisation/roles/{role.pk}/initiales", {"reason": "Contrôle terminé"})
    assert reads() == ([False, True, True], 403, [404, 404], 403, 403, False)


def test_the_role_of_a_head_has_no_such_page(client):
    site = PrefectureFactory()
    head = user_with(Role.HEAD_OF_SERVICE, site).memberships.get()
    client.force_login(user_with(Role.QUALITY_REFERENT, site))
    assert client.get(f"/organisation/roles/{head.pk}/noms").status_code == 404
