"""What the application wrote, brought back untouched, proposes nothing."""

import pytest
from django.urls import reverse
from django.utils import timezone

from actions import as_of
from actions.exports.files import write_xlsx
from actions.models import Action, Finding
from actions.services import actions, findings, progress
from core.sheets.reading.bounded import read
from organisations.enums import Role
from referential.models import Engagement
from tests.actions.imports.conftest import AISNE, PLAN_2019, planned
from tests.organisations.factories import user_with

pytestmark = pytest.mark.django_db


@pytest.fixture
def plans(site, referential, run, client):
    """Plans of every shape: taken from documents, then changed by hand; texts that begin with a sign."""
    person = user_with(Role.QUALITY_REFERENT, site, first_name="Claire", last_name="Fabre")
    client.force_login(person)
    run(AISNE)
    run(PLAN_2019)
    finding = Finding.objects.filter(engagement_links=None).first()
    findings.change_finding(finding, engagements=Engagement.objects.filter(code__in=("8", "10")), by=person)
    told = {"by": person, "deadline": "d’ici l’été 2027", "comment": "= relance du 12/11\n+ 5 agents"}
    added = actions.add_action(finding, text="- Afficher\n- Mettre à jour le SVI", **told)
    progress.postpone(added, deadline="fin 2027", reason="Travaux retardés", by=person)
    progress.abandon(Action.objects.filter(text="", status="postponed").first(), reason="Sans objet", by=person)
    return site


def proposed(content: bytes, name: str, tmp_path, site) -> tuple:
    (tmp_path / name).write_bytes(content)
    plan = planned(read(tmp_path / name, name=name), site)
    told = [(line.label, *map(str, line.changes)) for line in plan.lines if line.fate != "unchanged"]
    return told, plan.open_asks, plan.errors, plan.changes_nothing


def test_the_plans_at_a_date_come_back_unchanged(plans, tmp_path):
    content = write_xlsx(as_of.plan_state(plans, timezone.localdate()), timezone.now())
    assert proposed(content, "plans.xlsx", tmp_path, plans) == ([], [], [], True)


@pytest.mark.parametrize("form", ["xlsx", "ods", "csv"])
def test_the_list_of_actions_comes_back_unchanged(plans, client, tmp_path, form):
    answer = client.get(reverse("actions:actions"), {"format": form})
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    assert proposed(content, f"actions.{form}", tmp_path, plans) == ([], [], [], True)
