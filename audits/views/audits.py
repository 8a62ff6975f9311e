"""Audits, the rows of their grid, the gaps sent to the plan, the access of auditors."""

from django.utils import timezone

from audits.enums import FINDINGS, AuditKind
from audits.filters import AuditFilter, ComplianceFilter
from audits.forms.audits import (
    AuditForm,
    AuditUploadForm,
    ComplianceForm,
    InviteForm,
    NewAuditForm,
    NewComplianceForm,
    RowForm,
)
from audits.imports.audit_file import AuditFile
from audits.models import Audit, AuditFinding, AuditImport, AuditRow, Compliance
from audits.results import compared, diagnoses_until, is_gap
from audits.services import access, audits, compliances, gaps
from audits.tables import AuditTable, ComplianceTable
from audits.views.labels import AtTheOnlySite
from core.importing.pages import UploadPage
from core.pages import DetailPage, ListPage, PageAction
from core.pages.page import link
from core.pages.section import Add, Change, Detail, Fill, History, Listing, Parent, Press, Remove, Section
from organisations.permissions import Permission

EDIT = Permission.AUDIT_EDIT
WAY = [("Audits", "audits:audits")]


class AuditList(ListPage):
    def get_queryset(self):
        return super().get_queryset().for_list()


class AuditPage(DetailPage):
    """An audit: its days, its plan, its grid, what it found and whether it is complete."""

    template_name = "audits/audit.html"

    def get_context_data(self, **context) -> dict:
        audit: Audit = self.object
        rows = list(audit.rows.select_related("engagement__module", "structure", "document"))
        opened = dict(AuditFinding.objects.filter(row__audit=audit).values_list("row", "finding"))
        tally = audit.tally
        diagnoses = diagnoses_until(audit) if audit.kind == AuditKind.SELF_DIAGNOSIS else []
        return super().get_context_data(
            audit=audit,
            rows=[(row, opened.get(row.pk), is_gap(row, audit.score_scale)) for row in rows],
            tally=tally,
            summary=tally.sentence(audit.stated_none),
            problems=audits.doubts(audit),
            accesses=audit.accesses.select_related("membership__user"),
            findings=FINDINGS,
            gaps=sum(is_gap(row, audit.score_scale) and row.pk not in opened for row in rows),
            diagnoses=diagnoses,
            compared=list(compared(diagnoses)),
            may_edit=self.allows(EDIT),
            may_name=self.request.user.can(Permission.ACCOUNT_EDIT, audit.site_id),
            may_open=self.allows(Permission.ACTION_EDIT),
            **context,
        )


class Audits(Section):
    name, path, permission = "audits:audit", "<int:pk>", EDIT
    queryset = Audit.objects.select_related("site", "referential", "label__referential")

    listing = Listing(
        "",
        page=AuditList,
        table_class=AuditTable,
        filterset_class=AuditFilter,
        title="Audits",
        noun=("audit", "audits"),
        actions=(PageAction("Importer une grille", "audits:audit-import-upload", Permission.AUDIT_IMPORT),),
        empty_title="Aucun audit n’est enregistré.",
        empty_text="Ajoutez l’audit prévu, ou importez la grille de l’auditeur : l’audit est alors créé.",
    )
    create = Add("nouveau", NewAuditForm, audits.open_audit, page=AtTheOnlySite, title="Ajouter un audit")
    detail = Detail(
        page=AuditPage,
        facts=("kind", "site", "starts_on", "ends_on", "referential", "label", "body", "auditors"),
        unsaid={"label": "", "body": "", "auditors": ""},
        actions=(
            PageAction("Modifier", "audits:audit-edit", EDIT),
            PageAction("Ajouter une ligne", "audits:row-create", EDIT),
            PageAction("Donner accès à un auditeur", "audits:audit-invite", EDIT, kind="tertiary"),
        ),
    )
    edit = Change(AuditForm, audits.change_audit)
    open_findings = Press(
        "constats",
        gaps.open_findings,
        success_message="Les écarts sont au plan d’actions de cet audit : dites qui agit, et pour quand.",
    )
    invite = Fill(
        "acces",
        InviteForm,
        access.invite,
        title="Donner accès à un auditeur",
        button_label="Donner l’accès",
        intro="L’auditeur lit le plan, son histoire, l’état d’un jour passé et les pièces. Son accès prend fin avec "
        "l’audit, et suit ses dates.",
        success_message="L’accès est donné jusqu’au dernier jour de l’audit.",
    )
    remove = Remove(
        audits.remove_audit,
        reason="required",
        title="Supprimer « {0} »",
        question="Supprimer « {0} » et sa grille ?",
        success_message="L’audit est supprimé.",
    )
    history = History()


class Rows(Section):
    name, path, permission = "audits:row", "lignes/<int:pk>", EDIT
    queryset = AuditRow.objects.select_related("audit__site")
    parent, anchor = Parent("audit", Audits.queryset, "audits:audit", way=WAY), "#ligne-{0.pk}"

    create = Add("<int:pk>/lignes/nouvelle", RowForm, audits.add_row, takes="audit", title="Ajouter une ligne")
    edit = Change(RowForm, audits.change_row, title="Modifier une ligne")
    remove = Remove(audits.remove_row, title="Supprimer une ligne", question="Supprimer « {0} » ?")
    open_finding = Press(
        "constat",
        gaps.open_finding,
        permission=EDIT,
        success_message="Le constat est au plan d’actions de cet audit.",
    )
    history = History()


class ComplianceList(ListPage):
    def get_queryset(self):
        return super().get_queryset().in_force(timezone.localdate())


class Compliances(Section):
    name, path, permission = "audits:compliance", "conformite/<int:pk>", EDIT
    queryset = Compliance.objects.select_related("site", "engagement__module__referential", "unit")

    listing = Listing(
        "conformite/",
        page=ComplianceList,
        table_class=ComplianceTable,
        filterset_class=ComplianceFilter,
        title="Conformité par engagement",
        noun=("engagement", "engagements"),
        empty_title="Aucune conformité n’est enregistrée.",
        empty_text="Le référent qualité dit de chaque engagement s’il est tenu, depuis quand, pourquoi, par qui.",
    )
    create = Add(
        "conformite/nouvelle",
        NewComplianceForm,
        compliances.state,
        page=AtTheOnlySite,
        title="Enregistrer une conformité",
        button_label="Enregistrer",
    )
    detail = Detail(
        facts=("site", "engagement", "state", "stated_on", "reason", "unit", "stated_by"),
        actions=(PageAction("Corriger", "audits:compliance-edit", EDIT),),
    )
    edit = Change(ComplianceForm, compliances.change)
    remove = Remove(compliances.remove, reason="required", title="Supprimer « {0} »")
    history = History()


class AuditUpload(UploadPage):
    """Send the grid or the report of an audit."""

    kind = AuditFile
    form_class = AuditUploadForm
    breadcrumbs = WAY

    def new_record(self, form) -> AuditImport:
        data = form.cleaned_data
        return AuditImport(site=data["site"], kind=data["kind"], audit_on=data["audit_on"])

    def latest(self):
        return AuditImport.objects.visible_to(self.request.user)

    def get_cancel_url(self) -> str:
        return link("audits:audits")
