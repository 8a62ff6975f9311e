"""The papers around the bilan: asked for from its page, made in the background, kept there with their digest."""

from django.core.files.base import ContentFile
from django.db import transaction

from core import jobs
from core.base.digests import digest_of_chunks
from core.base.errors import UserError
from core.base.figures import format_number
from core.models import Job
from reports.enums import BESIDE, Document
from reports.models import AnnualReport, Edition, PrintedFile

JOB_KIND = "render_paper"


@transaction.atomic
def request(report: AnnualReport, *, document: str, by) -> Job:
    """Ask for a paper in the background; the one already asked for is returned."""
    if document not in BESIDE:
        raise UserError("Ce document n’existe pas.")
    return jobs.enqueue(
        JOB_KIND,
        by=by,
        label=f"{Document(document).label} {report.year} – {report.site}"[:200],
        parameters={"report_id": report.pk, "document": str(document)},
        key=f"{JOB_KIND}:{report.pk}:{document}",
    )


def file_name(report: AnnualReport, document: str) -> str:
    """« plaquette-2022-38.pdf »."""
    return f"{document}-{report.year}-{report.site.code}.pdf"


@transaction.atomic
def keep(
    report: AnnualReport,
    *,
    document: str,
    name: str,
    content: bytes,
    by,
    length: str = "",
    edition: Edition | None = None,
) -> PrintedFile:
    """Keep a file as it was made, with its digest."""
    return PrintedFile.objects.create(
        report=report,
        edition=edition,
        document=document,
        file=ContentFile(content, name=name),
        name=name,
        digest=digest_of_chunks([content]),
        length=length or f"{format_number(len(content) // 1024 + 1)}\N{NO-BREAK SPACE}ko",
        created_by=by,
    )


def latest(report: AnnualReport) -> dict[str, PrintedFile]:
    """The newest paper of each kind, in one query."""
    rows = report.files.filter(edition=None).select_related("created_by").order_by("created_at", "pk")
    return {row.document: row for row in rows}
