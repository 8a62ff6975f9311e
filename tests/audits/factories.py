"""Factories of labels, audits, documents and binders."""

from datetime import date

from factory import SelfAttribute, Sequence, SubFactory
from factory.django import DjangoModelFactory, FileField

from audits import models
from audits.enums import AuditKind, CheckOutcome, ComplianceState, LabelStep, Result
from core.base.digests import digest_of_chunks
from organisations.enums import Role
from tests.actions.factories import FindingFactory
from tests.organisations.factories import MembershipFactory, SousPrefectureFactory
from tests.referential.factories import EngagementFactory, ReferentialFactory

CONTENT = b"%PDF-1.7 fiche de procedure"


class LabelFactory(DjangoModelFactory):
    class Meta:
        model = models.Label

    site = SubFactory(SousPrefectureFactory)
    referential = SubFactory(ReferentialFactory)
    obtained_on = date(2020, 2, 11)


class ApplicationStepFactory(DjangoModelFactory):
    class Meta:
        model = models.ApplicationStep

    label = SubFactory(LabelFactory)
    step = LabelStep.FILE_READY


class AuditFactory(DjangoModelFactory):
    class Meta:
        model = models.Audit

    site = SubFactory(SousPrefectureFactory)
    kind = AuditKind.INTERNAL
    starts_on = date(2020, 1, 14)
    ends_on = SelfAttribute("starts_on")


class AuditRowFactory(DjangoModelFactory):
    class Meta:
        model = models.AuditRow

    audit = SubFactory(AuditFactory)
    position = Sequence(lambda n: n + 1)
    requirement = Sequence(lambda n: f"Exigence {n}")
    result = Result.COMPLIANT


class AuditFindingFactory(DjangoModelFactory):
    class Meta:
        model = models.AuditFinding

    row = SubFactory(AuditRowFactory)
    finding = SubFactory(FindingFactory)


class AuditAccessFactory(DjangoModelFactory):
    class Meta:
        model = models.AuditAccess

    audit = SubFactory(AuditFactory)
    membership = SubFactory(
        MembershipFactory, role=Role.AUDITOR, unit=SelfAttribute("..audit.site"), valid_until=date(2030, 1, 1)
    )


class ComplianceFactory(DjangoModelFactory):
    class Meta:
        model = models.Compliance

    site = SubFactory(SousPrefectureFactory)
    engagement = SubFactory(EngagementFactory)
    state = ComplianceState.COMPLIANT
    stated_on = date(2026, 1, 15)
    reason = "Vu à l’audit interne"


class DocumentFactory(DjangoModelFactory):
    class Meta:
        model = models.Document

    site = SubFactory(SousPrefectureFactory)
    title = Sequence(lambda n: f"Fiche de procédure {n}")


class DocumentEngagementFactory(DjangoModelFactory):
    class Meta:
        model = models.DocumentEngagement

    document = SubFactory(DocumentFactory)
    engagement = SubFactory(EngagementFactory)


class DocumentCheckFactory(DjangoModelFactory):
    class Meta:
        model = models.DocumentCheck

    document = SubFactory(DocumentFactory)
    checked_on = date(2026, 1, 15)
    outcome = CheckOutcome.UP_TO_DATE


class EvidenceFactory(DjangoModelFactory):
    class Meta:
        model = models.Evidence

    document = SubFactory(DocumentFactory)
    file = FileField(filename="fiche.pdf", data=CONTENT)
    name = "fiche.pdf"
    size = len(CONTENT)
    digest = digest_of_chunks([CONTENT])


class AuditImportFactory(DjangoModelFactory):
    class Meta:
        model = models.AuditImport

    site = SubFactory(SousPrefectureFactory)
    kind = AuditKind.INTERNAL
    audit_on = date(2020, 1, 14)
    name = "grille.xlsx"


class DocumentImportFactory(DjangoModelFactory):
    class Meta:
        model = models.DocumentImport

    site = SubFactory(SousPrefectureFactory)
    name = "registre.xlsx"


class BinderFactory(DjangoModelFactory):
    class Meta:
        model = models.Binder

    site = SubFactory(SousPrefectureFactory)
    state_on = date(2026, 11, 29)
    file = FileField(filename="classeur.zip", data=b"PK")
    name = "classeur.zip"
    digest = digest_of_chunks([b"PK"])
