"""The register of documents: list, page, checks, files, and the label that a phone opens."""

from django.http import HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views import View

from audits.filters import DocumentFilter
from audits.forms.audits import SiteUploadForm
from audits.forms.documents import CheckForm, DocumentForm, EvidenceForm, NewDocumentForm
from audits.imports.document_file import DocumentsFile
from audits.models import Document, DocumentImport, Evidence
from audits.services import documents, evidences
from audits.tables import DUE_BADGES, DocumentFile, DocumentTable
from audits.terms.documents import WITHIN
from audits.views.labels import AtTheOnlySite
from core.importing.pages import UploadPage
from core.jobs import notices
from core.pages import DetailPage, ListPage, PageAction, VerbPage
from core.pages.access import OnObject
from core.pages.detail import ObjectPage
from core.pages.page import link
from core.pages.qr import qr_file
from core.pages.section import Add, Ask, Change, Detail, Fill, History, Listing, Own, Parent, Press, Remove, Section
from core.pages.states import badge_of
from core.pages.stored_files import serve
from organisations.permissions import Permission

EDIT, CHECK = Permission.AUDIT_EDIT, Permission.DOCUMENT_CHECK
WAY = [("Documents", "audits:documents")]


class DocumentList(ListPage):
    def get_queryset(self):
        return super().get_queryset().for_list().with_next_check()


class DocumentPage(DetailPage):
    """A document: its next check, its checks, its files, its label."""

    template_name = "audits/document.html"

    def get_context_data(self, **context) -> dict:
        document: Document = self.object
        state = document.state_on(timezone.localdate(), within=WITHIN)
        return super().get_context_data(
            document=document,
            badge=badge_of(DUE_BADGES[state], state.label),
            checks=document.checks.select_related("checked_by")[:10],
            evidences=document.evidences.select_related("added_by"),
            may_edit=self.allows(EDIT),
            **context,
        )


class DocumentLabel(ObjectPage):
    """The QR code that opens « vu, à jour » on a phone, as a file to put on the document."""

    permission = Permission.DOCUMENT_VIEW

    def get(self, request, **kwargs):
        address = notices.absolute(link("audits:seen", self.object.token))
        response = HttpResponse(qr_file(address), content_type="image/svg+xml")
        response["Content-Disposition"] = content_disposition_header(True, f"etiquette-{self.object.pk}.svg")
        return response


class Seen(VerbPage):
    """What the label of a document opens on a phone: what it is, and one button « Vu, à jour »."""

    queryset = Document.objects.select_related("site", "owner")
    permission = CHECK
    lookup_field = "token"
    template_name = "audits/seen.html"
    button_label = "Vu, à jour"
    success_message = "C’est noté : vu et à jour aujourd’hui."

    def verb(self, obj: Document, *, reason: str):
        return documents.check(obj, by=self.request.user)

    def get_object_url(self) -> str:
        return link("audits:seen", self.object.token)

    def get_breadcrumbs(self):
        return [("Documents", link("audits:documents")), (str(self.object), "")]

    def get_tabs(self):
        return []

    def get_context_data(self, **context) -> dict:
        state = self.object.state_on(timezone.localdate(), within=WITHIN)
        return super().get_context_data(
            document=self.object,
            badge=badge_of(DUE_BADGES[state], state.label),
            is_done=self.object.checked_on == timezone.localdate(),
            **context,
        )


class Documents(Section):
    name, path, permission = "audits:document", "documents/<int:pk>", EDIT
    queryset = Document.objects.select_related("site", "owner")

    listing = Listing(
        "documents/",
        page=DocumentList,
        table_class=DocumentTable,
        file_table_class=DocumentFile,
        filterset_class=DocumentFilter,
        title="Documents",
        noun=("document", "documents"),
        intro="Fiches de procédure, guides, affiches, registre d’accessibilité, pages du site : qui les tient, quelle "
        "version est en usage, quand les vérifier.",
        actions=(PageAction("Importer un registre", "audits:document-import-upload", Permission.AUDIT_IMPORT),),
        empty_title="Le registre est vide.",
        empty_text="Le référent qualité ajoute un document, ou importe le tableau de gestion de l’espace documentaire.",
    )
    create = Add(
        "documents/nouveau", NewDocumentForm, documents.register, page=AtTheOnlySite, title="Ajouter un document"
    )
    detail = Detail(
        page=DocumentPage,
        actions=(
            PageAction("Vérifier", "audits:document-check", CHECK, kind=""),
            PageAction("Modifier", "audits:document-edit", EDIT),
            PageAction("Joindre un fichier", "audits:evidence-create", EDIT),
        ),
    )
    edit = Change(DocumentForm, documents.change)
    check = Fill(
        "verifier",
        CheckForm,
        documents.check,
        permission=CHECK,
        title="Vérifier « {0} »",
        button_label="Enregistrer",
        success_message="La vérification est enregistrée.",
    )
    withdraw = Ask(
        "retirer",
        documents.withdraw,
        reason="required",
        is_danger=True,
        title="Retirer « {0} »",
        question="Retirer « {0} » de l’usage ?",
        explanation="Il reste au registre, avec ses vérifications et ses fichiers.",
        success_message="Le document est retiré.",
    )
    put_back = Press("remettre", documents.put_back, success_message="Le document est de nouveau en usage.")
    label = Own("etiquette.svg", DocumentLabel, name="audits:document-label")
    history = History()


class EvidenceFile(OnObject, View):
    """The file, always to be saved and never shown in the page; its digest is compared."""

    permission = Permission.DOCUMENT_VIEW

    def get(self, request, *args, **kwargs):
        return serve(request, self.object.file, digest=self.object.digest, name=self.object.name)


class Evidences(Section):
    name, path, permission = "audits:evidence", "pieces/<int:pk>", EDIT
    queryset = Evidence.objects.select_related("document__site")
    parent, anchor = Parent("document", Documents.queryset, "audits:document", way=WAY), "#fichiers"

    create = Add("documents/<int:pk>/pieces/joindre", EvidenceForm, evidences.add, title="Joindre un fichier")
    file = Own("", EvidenceFile, name="audits:evidence")
    remove = Remove(
        evidences.remove,
        at="supprimer",
        reason="required",
        title="Supprimer « {0.name} »",
        question="Supprimer « {0.name} » ?",
        explanation="Le fichier est effacé. Son nom, son empreinte et la raison restent dans l’historique.",
    )


class DocumentUpload(UploadPage):
    """Send a register of documents."""

    kind = DocumentsFile
    form_class = SiteUploadForm
    breadcrumbs = WAY

    def new_record(self, form) -> DocumentImport:
        return DocumentImport(site=form.cleaned_data["site"])

    def latest(self):
        return DocumentImport.objects.visible_to(self.request.user)

    def get_cancel_url(self) -> str:
        return link("audits:documents")
