"""Rows of the permission matrix for labels, audits and documents."""

from audits.imports.audit_file import AuditFile
from audits.imports.document_file import DocumentsFile
from audits.views import audits, binders, documents, labels
from organisations.permissions import P
from tests.audits import factories
from tests.permission_matrix.imports import import_rows
from tests.permission_matrix.rows import Row
from tests.permission_matrix.sections import rows_of


def _label(world, place):
    return world.one(factories.LabelFactory, place, site=world.site(place))


def _step(world, place):
    return world.one(factories.ApplicationStepFactory, place, label=_label(world, place))


def _audit(world, place):
    return world.one(factories.AuditFactory, place, site=world.site(place))


def _row(world, place):
    return world.one(factories.AuditRowFactory, place, audit=_audit(world, place))


def _compliance(world, place):
    return world.one(factories.ComplianceFactory, place, site=world.site(place))


def _document(world, place):
    return world.one(factories.DocumentFactory, place, site=world.site(place))


def _evidence(world, place):
    return world.one(factories.EvidenceFactory, place, document=_document(world, place))


def _audit_import(world, place):
    return world.one(factories.AuditImportFactory, place, site=world.site(place))


def _document_import(world, place):
    return world.one(factories.DocumentImportFactory, place, site=world.site(place))


def _binder(world, place):
    return world.one(factories.BinderFactory, place, site=world.site(place))


EXPECTED: dict[str, Row] = {
    **rows_of(labels.Labels, _label, P.AUDIT_EDIT),
    **rows_of(labels.Steps, _step, P.AUDIT_EDIT),
    **rows_of(audits.Audits, _audit, P.AUDIT_EDIT),
    **rows_of(audits.Rows, _row, P.AUDIT_EDIT),
    **rows_of(audits.Compliances, _compliance, P.AUDIT_EDIT),
    **rows_of(documents.Documents, _document, P.AUDIT_EDIT, check=P.DOCUMENT_CHECK, label=P.DOCUMENT_VIEW),
    **rows_of(documents.Evidences, _evidence, P.AUDIT_EDIT, file=P.DOCUMENT_VIEW),
    **rows_of(binders.Binders, _binder, P.AUDIT_VIEW),
    "audits:binder-request": Row(P.AUDIT_EDIT),
    "audits:rehearsal": Row(P.AUDIT_VIEW),
    "audits:seen": Row(P.DOCUMENT_CHECK, _document),
    "audits:audit-import-upload": Row(P.AUDIT_IMPORT),
    "audits:document-import-upload": Row(P.AUDIT_IMPORT),
    **import_rows(AuditFile, at=_audit_import),
    **import_rows(DocumentsFile, at=_document_import),
}
