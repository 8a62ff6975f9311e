"""Verbs of labels, audits, documents, files and accesses: what each writes, what each refuses."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from actions.enums import FindingKind, Origin
from audits.enums import AuditKind, CheckOutcome, ComplianceState, LabelStep, Result
from audits.models import AuditRow, Evidence
from audits.services import access, audits, compliances, documents, evidences, gaps, labels
from audits.terms.documents import CheckPeriod
from core.base.errors import UserError
from organisations.enums import Role
from tests.audits.factories import AuditFactory, AuditRowFactory, DocumentFactory, LabelFactory
from tests.organisations.factories import ServiceFactory

pytestmark = pytest.mark.django_db


def test_a_label_opens_with_the_steps_of_its_application(site, referential, rq):
    label = labels.open_label(site=site, referential=referential, prepared_from=date(2026, 1, 1), by=rq)
    assert [step.step for step in label.steps.order_by("pk")] == list(LabelStep)
    step = labels.set_step(label.steps.get(step=LabelStep.SENT_TO_DMAT), done_on=date(2026, 6, 1), by=rq)
    assert step.done_on == date(2026, 6, 1)


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"obtained_on": date(2999, 1, 1)}, "obtained_on"),
        ({"obtained_on": date(2020, 1, 1), "prepared_from": date(2021, 1, 1)}, "prepared_from"),
        ({"follow_up_done_on": date(2021, 1, 1)}, "follow_up_done_on"),
        ({"obtained_on": date(2022, 1, 1), "follow_up_done_on": date(2021, 1, 1)}, "follow_up_done_on"),
        ({"level": "platine"}, "level"),
        ({"follow_up_planned": "31/02/2021"}, "follow_up_planned"),
    ],
)
def test_impossible_labels_are_refused_at_their_field(site, referential, rq, fields, field):
    with pytest.raises(UserError) as refusal:
        labels.open_label(site=site, referential=referential, by=rq, **fields)
    assert refusal.value.field == field


def test_a_label_belongs_to_a_site_and_stands_once_for_a_day(site, referential, rq):
    with pytest.raises(UserError):
        labels.open_label(site=ServiceFactory(parent=site), referential=referential, by=rq)
    LabelFactory(site=site, referential=referential)
    with pytest.raises(UserError):
        labels.open_label(site=site, referential=referential, obtained_on=date(2020, 2, 11), by=rq)


def test_a_label_with_audits_stays(site, referential, rq):
    label = LabelFactory(site=site, referential=referential)
    audit = AuditFactory(site=site, label=label)
    with pytest.raises(UserError):
        labels.remove_label(label, by=rq, reason="Erreur")
    audits.remove_audit(audit, by=rq, reason="Erreur")
    labels.remove_label(label, by=rq, reason="Erreur")
    assert not type(label).objects.filter(pk=label.pk).exists()


def test_a_gap_becomes_a_finding_of_the_plan_of_its_audit_once(site, rq, engagement):
    audit = AuditFactory(site=site)
    row = AuditRowFactory(audit=audit, result=Result.WEAKNESS, comment="Attente longue", engagement=engagement)
    finding = gaps.open_finding(row, by=rq)
    assert (finding.text, finding.kind, list(finding.engagements.all())) == (
        "Attente longue", FindingKind.WEAKNESS, [engagement]
    )  # fmt: skip
    assert (finding.plan.origin, finding.plan.origin_on, finding.plan.title) == (
        Origin.INTERNAL_AUDIT, date(2020, 1, 14), "Suites – Audit interne du 14/01/2020"
    )  # fmt: skip
    assert gaps.open_finding(row, by=rq) == finding
    other = gaps.open_finding(AuditRowFactory(audit=audit, result=Result.STRENGTH), by=rq)
    assert other.plan == finding.plan
    with pytest.raises(UserError):
        gaps.open_finding(AuditRowFactory(audit=audit, result=Result.COMPLIANT), by=rq)


def test_the_access_of_an_auditor_ends_with_the_audit_and_moves_with_it(site, rq):
    today = date.today()
    audit = AuditFactory(site=site, starts_on=today, ends_on=today + timedelta(days=2))
    given = access.invite(
        audit, email="Auditeur@afnor.example", first_name="Anne", last_name="Audit", valid_from=today, by=rq
    )
    assert (given.membership.role, given.membership.unit, given.membership.valid_until) == (
        Role.AUDITOR, site, today + timedelta(days=2)
    )  # fmt: skip
    audits.change_audit(audit, ends_on=today + timedelta(days=9), by=rq)
    given.membership.refresh_from_db()
    assert given.membership.valid_until == today + timedelta(days=9)
    with pytest.raises(UserError):
        access.invite(audit, email="x@y.example", first_name="X", last_name="Y",
                      valid_from=today + timedelta(days=30), by=rq)  # fmt: skip
    with pytest.raises(UserError):
        audits.remove_audit(audit, by=rq, reason="Erreur")


def test_audits_in_disorder_are_refused(site, rq):
    AuditFactory(site=site)
    for fields in (
        {"starts_on": date(2020, 1, 14)},
        {"starts_on": date(2021, 1, 14), "ends_on": date(2021, 1, 1)},
        {"starts_on": date(2021, 1, 14), "label": LabelFactory()},
    ):
        with pytest.raises(UserError):
            audits.open_audit(site=site, kind=AuditKind.INTERNAL, by=rq, **fields)


def test_rows_of_a_grid_are_numbered_and_checked(site, rq):
    audit = AuditFactory(site=site)
    first, second = audits.add_rows(audit, [AuditRow(requirement="Un"), AuditRow(requirement="Deux")], by=rq)
    assert (first.position, second.position) == (1, 2)
    changed = audits.change_row(first, result=Result.COMPLIANT, score=3, by=rq)
    assert (changed.result, changed.score) == (Result.COMPLIANT, 3)
    for fields in ({"score": 9}, {"result": "bof"}, {"requirement": ""}):
        with pytest.raises(UserError):
            audits.change_row(first, by=rq, **fields)
    audits.remove_row(second, by=rq)
    assert audit.rows.count() == 1


def test_a_check_moves_the_next_one_and_a_change_to_make_does_not(site, rq):
    document = DocumentFactory(site=site, checked_on=date(2025, 1, 1), period_months=12)
    documents.check(document, outcome=CheckOutcome.TO_CHANGE, note="Horaires faux", on=date(2026, 2, 1), by=rq)
    assert document.next_check_on == date(2026, 1, 1)
    documents.check(document, on=date(2026, 3, 1), by=rq)
    assert document.next_check_on == date(2027, 3, 1)
    documents.check(document, on=date(2026, 2, 1), by=rq)
    assert document.checked_on == date(2026, 3, 1)
    assert document.checks.count() == 3
    for fields in ({"on": date(2999, 1, 1)}, {"outcome": CheckOutcome.TO_CHANGE}):
        with pytest.raises(UserError):
            documents.check(document, by=rq, **fields)


def test_a_document_withdrawn_is_not_checked_and_comes_back(site, rq):
    document = documents.register(site=site, title="Guide", period=CheckPeriod(months=6), by=rq)
    documents.withdraw(document, reason="Remplacé", by=rq)
    with pytest.raises(UserError):
        documents.check(document, by=rq)
    documents.register(site=site, title="Guide", by=rq)
    with pytest.raises(UserError):
        documents.put_back(document, by=rq)


def test_a_file_is_kept_with_its_digest_once(site, rq, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    document = DocumentFactory(site=site)

    def sent():
        return SimpleUploadedFile("guide.txt", b"Accueil des usagers")

    kept = evidences.add(document, file=sent(), fact_on=date(2026, 1, 1), by=rq)
    assert (kept.name, kept.size, kept.fact_on, len(kept.digest)) == ("guide.txt", 19, date(2026, 1, 1), 64)
    with pytest.raises(UserError):
        evidences.add(document, file=sent(), by=rq)
    with pytest.raises(UserError):
        evidences.add(document, file=SimpleUploadedFile("x.exe", b"MZ"), by=rq)
    evidences.remove(kept, by=rq, reason="Erreur")
    assert Evidence.objects.count() == 0


def test_what_was_said_of_an_engagement_stays_in_its_days(site, rq, engagement):
    old = compliances.state(
        site=site, engagement=engagement, state=ComplianceState.NON_COMPLIANT, reason="Panne",
        stated_on=date(2025, 1, 1), by=rq,
    )  # fmt: skip
    new = compliances.state(
        site=site, engagement=engagement, state=ComplianceState.COMPLIANT, reason="Réparé",
        stated_on=date(2026, 1, 1), by=rq,
    )  # fmt: skip
    rows = type(old).objects
    assert list(rows.in_force(date(2025, 6, 1))) == [old]
    assert list(rows.in_force(date(2026, 6, 1))) == [new]
    with pytest.raises(UserError):
        compliances.state(site=site, engagement=engagement, state=ComplianceState.COMPLIANT, reason="",
                          stated_on=date(2026, 2, 1), by=rq)  # fmt: skip
