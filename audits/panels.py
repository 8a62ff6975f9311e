"""What audits add to the file of an engagement: its compliance, the documents that prove it, what audits said."""

from django.urls import reverse

from audits.enums import ComplianceState, DueState, Result
from audits.models import AuditRow, Compliance, Document
from core.base.registries import CardContent, CardRow
from core.base.words import counted
from referential.registries import Dossier, FilePart, file_parts

LEVELS = {
    ComplianceState.COMPLIANT: "success",
    ComplianceState.PARTIAL: "warning",
    ComplianceState.NON_COMPLIANT: "error",
    Result.COMPLIANT: "success",
    Result.STRENGTH: "success",
    Result.WEAKNESS: "warning",
    Result.NONCONFORMITY: "error",
    DueState.UP_TO_DATE: "success",
    DueState.DUE: "warning",
    DueState.OVERDUE: "error",
}


def compliance(dossier: Dossier) -> CardContent:
    """What was said of it from day to day, the last first, why, and who answers for it."""
    rows = Compliance.objects.visible_to(dossier.user).filter(
        site=dossier.site, engagement__in=dossier.keys, stated_on__lte=dossier.on
    )
    rows = rows.select_related("engagement", "unit", "stated_by").order_by("-stated_on", "-pk")
    return CardContent(
        rows=[_said(one) for one in rows],
        more_url=reverse("audits:compliances"),
        more_label="Conformité par engagement",
    )


def _said(said: Compliance) -> CardRow:
    label = f"{said.engagement.short}, depuis le {said.stated_on:%d/%m/%Y}"
    answers = f"en répond\u202f: {said.unit.sigle or said.unit.name}" if said.unit else "personne n’en répond"
    told = [said.reason, answers, *([f"dite par {said.stated_by}"] if said.stated_by else [])]
    url = reverse("audits:compliance", args=[said.pk])
    return CardRow(label, url, "\u202f; ".join(told), said.get_state_display(), LEVELS.get(said.state, ""))


def documents(dossier: Dossier) -> CardContent:
    """The documents in use that serve it, with their version, their next check and their files."""
    rows = Document.objects.visible_to(dossier.user).filter(site=dossier.site).in_use(dossier.on)
    rows = rows.filter(engagement_links__engagement__in=dossier.keys).distinct().select_related("owner")
    return CardContent(rows=[_kept(one, dossier) for one in rows.prefetch_related("evidences").order_by("title", "pk")])


def _kept(document: Document, dossier: Dossier) -> CardRow:
    state = document.state_on(dossier.on)
    told = [document.get_kind_display(), document.owner_label, document.version and f"version {document.version}"]
    if document.next_check_on:
        told.append(f"prochaine vérification le {document.next_check_on:%d/%m/%Y}")
    if files := len(document.evidences.all()):
        told.append(counted(files, "pièce"))
    url = reverse("audits:document", args=[document.pk])
    return CardRow(document.title, url, ", ".join(filter(None, told)), state.label, LEVELS.get(state, ""))


def audit_rows(dossier: Dossier) -> CardContent:
    """What each audit of the site found about it, the last first."""
    rows = AuditRow.objects.visible_to(dossier.user).filter(audit__site=dossier.site, engagement__in=dossier.keys)
    rows = rows.exclude(result="").select_related("audit").order_by("-audit__starts_on", "position", "pk")
    return CardContent(rows=[_found(row) for row in rows])


def _found(row: AuditRow) -> CardRow:
    url = f"{reverse('audits:audit', args=[row.audit_id])}#ligne-{row.pk}"
    return CardRow(str(row), url, str(row.audit), row.get_result_display(), LEVELS.get(row.result, ""))


def register() -> None:
    """Register the parts of the file."""
    for part in (
        FilePart("compliance", "Conformité", compliance, "Rien n’est dit de sa conformité à ce site.", 10),
        FilePart("documents", "Documents et preuves", documents, "Aucun document ne le prouve.", 15),
        FilePart("audits", "Audits", audit_rows, "Aucun audit de ce site n’en a rien dit.", 70),
    ):
        file_parts.register(part)
