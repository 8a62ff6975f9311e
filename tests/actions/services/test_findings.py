"""Findings: numbered in their plan, tied to engagements, moved and removed."""

from datetime import date

import pytest
import time_machine

from actions.models import Action, Finding, FindingEngagement
from actions.services import actions, findings, plans, progress
from core.base.errors import UserError
from core.record import history
from tests.organisations.factories import SousPrefectureFactory
from tests.referential.factories import EngagementFactory, ModuleFactory

pytestmark = pytest.mark.django_db


def engagements_of(finding) -> list[str]:
    return list(finding.engagement_links.order_by("pk").values_list("engagement__code", flat=True))


def test_findings_are_numbered_in_their_order_or_as_the_document_says(plan, rq):
    numbers = [findings.add_finding(plan, text="Constat", by=rq, number=number).number for number in (None, 7, None)]
    assert numbers == [1, 7, 8]


def test_a_finding_keeps_what_was_written_and_what_was_recognised(plan, rq):
    module = ModuleFactory(code="1")
    one, two = EngagementFactory(module=module, code="14.3"), EngagementFactory(module=module, code="3")
    finding = findings.add_finding(
        plan, text=" Courriels sans horaires ", kind="weakness", theme="mail", section=" Pilotage ", module=module,
        engagement_words=" 14.3 – Une réponse ", engagements=[one, two, one], by=rq, reason="Audit",
    )  # fmt: skip
    stored = Finding.objects.get()
    assert stored == finding
    assert (stored.text, stored.kind, stored.theme) == ("Courriels sans horaires", "weakness", "mail")
    assert (stored.section, stored.engagement_words, stored.module) == ("Pilotage", "14.3 – Une réponse", module)
    assert engagements_of(stored) == ["14.3", "3"]
    rows = FindingEngagement.history.all()
    assert {(row.history_type, row.history_user, row.history_change_reason) for row in rows} == {("+", rq, "Audit")}


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"text": " "}, "Écrivez le constat."),
        ({"kind": "grave"}, "Choisissez la nature du constat."),
        ({"theme": "météo"}, "Choisissez le thème du constat."),
        ({"number": 0}, "Le numéro d’un constat va de 1 à 32767."),
        ({"number": 32768}, "Le numéro d’un constat va de 1 à 32767."),
        ({"number": 1}, "Le plan a déjà un constat numéro 1."),
    ],
)
def test_a_finding_that_makes_no_sense_is_refused_in_one_sentence(plan, finding, rq, fields, sentence):
    with pytest.raises(UserError) as refused:
        findings.add_finding(plan, **({"text": "Autre", "by": rq} | fields))
    assert str(refused.value) == sentence


def test_engagements_that_stay_keep_their_row(finding, rq):
    one, two, three = (EngagementFactory(code=code) for code in ("1", "2", "3"))
    findings.change_finding(finding, by=rq, engagements=[one, two])
    kept = finding.engagement_links.get(engagement=two)
    findings.change_finding(finding, by=rq, reason="Relu", engagements=[two, three])
    assert engagements_of(finding) == ["2", "3"]
    assert finding.engagement_links.get(engagement=two) == kept
    assert history.records_of(kept).count() == 1
    gone = FindingEngagement.history.get(history_type="-")
    assert (gone.engagement, gone.history_user, gone.history_change_reason) == (one, rq, "Relu")


def test_a_finding_moves_to_the_end_of_another_plan_of_its_site_with_its_actions(site, finding, action, rq):
    other = plans.create_plan(site=site, title="COPIL", origin="copil", by=rq)
    findings.add_finding(other, text="Le premier", by=rq)
    findings.move_finding(finding, to=other, by=rq, reason="Repris en COPIL")
    stored = Finding.objects.get(pk=finding.pk)
    assert (stored.plan, stored.number, finding.plan) == (other, 2, other)
    assert Action.objects.get().finding == finding
    findings.move_finding(finding, to=other, by=rq)
    assert history.records_of(finding).count() == 2


def test_a_finding_stays_on_its_site(finding, rq):
    elsewhere = plans.create_plan(site=SousPrefectureFactory(), title="Ailleurs", origin="clu", by=rq)
    with pytest.raises(UserError, match="reste sur son site"):
        findings.move_finding(finding, to=elsewhere, by=rq)


def test_a_finding_without_action_is_open_and_one_with_a_new_action_opens_again(finding, action, rq):
    with time_machine.travel("2016-03-01T10:00:00+01:00"):
        progress.abandon(action, reason="Sans objet", by=rq)
    assert Finding.objects.get().closed_on == date(2016, 3, 1)
    other = actions.add_action(finding, text="Encore", by=rq)
    assert Finding.objects.get().closed_on is None
    with time_machine.travel("2016-05-01T10:00:00+01:00"):
        actions.remove_action(other, by=rq, reason="Non")
    assert Finding.objects.get().closed_on == date(2016, 5, 1)
    actions.remove_action(action, by=rq, reason="Non")
    assert Finding.objects.get().closed_on is None


def test_removing_a_finding_removes_its_actions_and_leaves_the_plan(plan, finding, action, rq):
    findings.remove_finding(finding, by=rq, reason="Doublon")
    assert (Finding.objects.count(), Action.objects.count()) == (0, 0)
    rows = [*Finding.history.filter(history_type="-"), *Action.history.filter(history_type="-")]
    assert [(row.history_user, row.history_change_reason) for row in rows] == [(rq, "Doublon")] * 2
    plan.refresh_from_db()
