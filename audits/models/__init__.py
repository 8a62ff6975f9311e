"""Labels, audits, compliance, documents and their evidence, imports and binders of a site."""

from audits.models.audits import Audit, AuditAccess, AuditFinding, AuditRow, Compliance
from audits.models.documents import Document, DocumentCheck, DocumentEngagement, Evidence
from audits.models.files import AuditImport, Binder, DocumentImport
from audits.models.labels import ApplicationStep, Label

__all__ = [
    "ApplicationStep",
    "Audit",
    "AuditAccess",
    "AuditFinding",
    "AuditImport",
    "AuditRow",
    "Binder",
    "Compliance",
    "Document",
    "DocumentCheck",
    "DocumentEngagement",
    "DocumentImport",
    "Evidence",
    "Label",
]
