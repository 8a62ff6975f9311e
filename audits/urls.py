"""URLs of the audits app."""

from django.urls import path

from audits.imports.audit_file import AuditFile
from audits.imports.document_file import DocumentsFile
from audits.views import audits, binders, documents, labels, rehearsal
from core.importing.urls import import_urls

app_name = "audits"
urlpatterns = [
    *labels.Labels.urls(),
    *labels.Steps.urls(),
    *audits.Rows.urls(),
    *audits.Compliances.urls(),
    path("documents/importer", documents.DocumentUpload.as_view(), name="document-import-upload"),
    *import_urls(DocumentsFile, at="documents/imports/"),
    *documents.Documents.urls(),
    *documents.Evidences.urls(),
    path("classeurs/nouveau", binders.BinderRequest.as_view(), name="binder-request"),
    *binders.Binders.urls(),
    path("repetition", rehearsal.Rehearsal.as_view(), name="rehearsal"),
    path("d/<str:token>", documents.Seen.as_view(), name="seen"),
    path("importer", audits.AuditUpload.as_view(), name="audit-import-upload"),
    *import_urls(AuditFile, at="imports/"),
    *audits.Audits.urls(),
]
