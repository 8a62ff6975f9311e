"""Background work of the reports."""

from django.urls import reverse

from core.jobs import JobContext, job_kind
from organisations.permissions import Permission
from reports.models import AnnualReport
from reports.rendering.report import file_name, render
from reports.services.annual_reports import keep_edition

_reads = AnnualReport.scope.for_job("report_id", Permission.REPORT_VIEW)
_renders = AnnualReport.scope.for_job("report_id", Permission.REPORT_RENDER)


@job_kind("render_report", label="Bilan qualité", visible_to=_reads, may_open=_reads, may_restart=_renders)
def render_report(job: JobContext, *, report_id: int) -> dict | None:
    """Render a report; its edition is created in the transaction that marks the job done."""
    report = AnnualReport.objects.select_related("site").filter(pk=report_id).first()
    if report is None:
        return None
    pdf, pages = render(report, progress=job.progress)
    job.attach(file_name(report), pdf)
    job.on_done(lambda: keep_edition(report, job=job.job, pages=pages, file=job.file))
    url = reverse("reports:report", args=[report.pk])
    return {"pages": pages, "message": f"{report.name} : {pages} pages.", "url": url}
