"""Background work of the reports."""

from pathlib import Path

from django.urls import reverse

from core.jobs import JobContext, job_kind
from organisations.permissions import Permission
from reports.enums import Document
from reports.models import AnnualReport
from reports.rendering import editions
from reports.rendering.formats import format_for
from reports.rendering.papers import PAPERS
from reports.rendering.report import file_name
from reports.services import annual_reports, papers, proofs

_reads = AnnualReport.scope.for_job("report_id", Permission.REPORT_VIEW)
_renders = AnnualReport.scope.for_job("report_id", Permission.REPORT_RENDER)


@job_kind("render_report", label="Bilan qualité", visible_to=_reads, may_open=_reads, may_restart=_renders)
def render_report(job: JobContext, *, report_id: int) -> dict | None:
    """Render a report; its edition is created in the transaction that marks the job done."""
    report = AnnualReport.objects.select_related("site").filter(pk=report_id).first()
    if report is None:
        return None
    made = editions.make(report, progress=job.progress)
    job.attach(file_name(report), made.draft)
    job.on_done(
        lambda: annual_reports.keep_edition(
            report,
            job=job.job,
            pages=made.pages,
            file=job.file,
            chapters=made.chapters,
            files=made.files,
            final=made.pdf,
        )
    )
    url = reverse("reports:report", args=[report.pk])
    return {"pages": made.pages, "message": f"{report.name} : {made.pages} pages.", "url": url}


@job_kind(papers.JOB_KIND, label="Document de l’année", visible_to=_reads, may_open=_reads, may_restart=_renders)
def render_paper(job: JobContext, *, report_id: int, document: str) -> dict | None:
    """Render a paper of the year (plaquette, poster) as PDF, and keep it on the page of the report."""
    report = AnnualReport.objects.select_related("site").filter(pk=report_id).first()
    if report is None:
        return None
    job.progress(10, "Mise en page")
    name = papers.file_name(report, document)
    content, length = format_for(Path(name))(report, PAPERS[document])
    job.attach(name, content)
    job.on_done(
        lambda: papers.keep(report, document=document, name=name, content=content, length=length, by=job.requested_by)
    )
    url = f"{reverse('reports:report', args=[report.pk])}#documents"
    return {"message": f"{Document(document).label} : {length}.", "url": url}


@job_kind(proofs.JOB_KIND, label="Lien de relecture", is_routine=True)
def send_proof_link(job: JobContext, *, proofreading_id: int) -> dict:
    """Mail its link to who reads a proof."""
    return {"sent": proofs.send_link(proofreading_id=proofreading_id)}
