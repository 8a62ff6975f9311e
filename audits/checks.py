"""What contradicts itself in the labels, audits and files of a site, listed before a meeting."""

from collections.abc import Iterator
from datetime import date

from django.db.models import OuterRef, Subquery
from django.urls import reverse

from audits.enums import AuditKind, CheckOutcome
from audits.models import Audit, Document, DocumentCheck, Evidence, Label
from core.base.digests import digest_of_file
from core.base.registries import ConsistencyCheck, Contradiction, consistency_checks
from core.base.words import in_words
from organisations.models import Unit


def follow_up_planned_late(site: Unit, year: int) -> Iterator[Contradiction]:
    """A follow-up planned after the day it is due (label of 11/02/2020, planned for T4 2021)."""
    for label in _labels(site, year):
        if why := label.planned_late:
            yield Contradiction(
                f"Label « {label} » : {why}.", reverse("audits:label", args=[label.pk]), about=label.name
            )


def audits_before_label(site: Unit, year: int) -> Iterator[Contradiction]:
    """A follow-up audit that comes before the label it follows up."""
    rows = Audit.objects.filter(site=site, starts_on__year=year, kind=AuditKind.FOLLOW_UP).order_by("starts_on", "pk")
    first = Label.objects.filter(site=site, obtained_on__isnull=False).order_by("obtained_on").first()
    for audit in rows:
        obtained = audit.label.obtained_on if audit.label else first and first.obtained_on
        if obtained and audit.starts_on < obtained:
            yield Contradiction(
                f"« {audit} » précède le label qu’il suit, obtenu le {in_words(obtained)}.",
                reverse("audits:audit", args=[audit.pk]),
                "error",
                about=str(audit),
            )


def files_gone(site: Unit, year: int) -> Iterator[Contradiction]:
    """A file of the register that is no longer on the disk, or that was altered there: its digest tells."""
    rows = Evidence.objects.filter(document__site=site, received_on__year__lte=year).select_related("document")
    for evidence in rows.order_by("document__title", "pk"):
        if why := _lost(evidence):
            yield Contradiction(
                f"« {evidence.document} » : le fichier « {evidence.name} » {why}.",
                reverse("audits:document", args=[evidence.document_id]),
                "error",
                about=str(evidence.document),
            )


def _lost(evidence: Evidence) -> str:
    """What happened to a file; empty for one that is as it was received."""
    try:
        with evidence.file.open("rb") as content:
            is_same = evidence.file.size == evidence.size and digest_of_file(content) == evidence.digest
    except (FileNotFoundError, ValueError):
        return "a disparu du disque"
    return "" if is_same else "a été altéré : son empreinte n’est plus celle du jour où il a été reçu"


def links_gone(site: Unit, year: int) -> Iterator[Contradiction]:
    """A document in use that was not found when somebody last looked: a dead link, a poster taken down."""
    last = DocumentCheck.objects.filter(document=OuterRef("pk"), checked_on__lte=date(year, 12, 31))
    last = last.order_by("-checked_on", "-pk")
    rows = Document.objects.filter(site=site).in_use(date(year, 12, 31))
    rows = rows.annotate(outcome=Subquery(last.values("outcome")[:1]), seen_on=Subquery(last.values("checked_on")[:1]))
    for document in rows.filter(outcome=CheckOutcome.GONE).order_by("title", "pk"):
        what = f"l’adresse {document.link}" if document.link else "le document"
        yield Contradiction(
            f"« {document} » : {what} était introuvable le {in_words(document.seen_on)}.",
            reverse("audits:document", args=[document.pk]),
            about=document.title,
        )


def _labels(site: Unit, year: int) -> Iterator[Label]:
    """The labels that held during the year."""
    rows = Label.objects.filter(site=site, obtained_on__lte=date(year, 12, 31)).select_related("referential")
    return (label for label in rows.order_by("obtained_on", "pk") if label.valid_until >= date(year, 1, 1))


def register() -> None:
    """Register the checks."""
    for code, title, run, position, permission in (
        ("label_follow_up_late", "Labels et audits de suivi", follow_up_planned_late, 40, "audit_view"),
        ("audit_before_label", "Audits et labels", audits_before_label, 45, "audit_view"),
        ("evidence_gone", "Fichiers du registre documentaire", files_gone, 50, "document_view"),
        ("document_gone", "Liens et documents introuvables", links_gone, 51, "document_view"),
    ):
        consistency_checks.register(ConsistencyCheck(code, title, run, position, permission))
