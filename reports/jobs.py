"""Background work of the reports."""

from django.urls import reverse

from core.errors import UserError
from core.jobs import JobContext, job_kind
from core.pdf import MissingLibraryError
from organisations.permissions import Permission
from reports.models import AnnualReport
from reports.rendering.report import file_name, render
from reports.services.annual_reports import keep_edition


def _may_see(user, job) -> bool:
    report = AnnualReport.objects.filter(pk=job.parameters["report_id"]).first()
    return report is not None and user.can(Permission.REPORT_VIEW, report.site_id)


def _may_render(user, job) -> bool:
    report = AnnualReport.objects.filter(pk=job.parameters["report_id"]).first()
    return report is not None and user.can(Permission.REPORT_RENDER, report.site_id)


@job_kind("render_report", label="Bilan qualité", visible_to=_may_see, may_open=_may_see, may_restart=_may_render)
def render_report(job: JobContext, *, report_id: int) -> dict | None:
    """Render a report; its edition is created in the transaction that marks the job done."""
    report = AnnualReport.objects.select_related("site").filter(pk=report_id).first()
    if report is None:
        return None
    try:
        pdf, pages = render(report, progress=job.progress)
    except MissingLibraryError as error:
        raise UserError(str(error)) from error
    job.attach(file_name(report), pdf)
    job.on_done(lambda: keep_edition(report, job=job.job, pages=pages))
    url = reverse("reports:report", args=[report.pk])
    return {"pages": pages, "message": f"{report.name} : {pages} pages.", "url": url}
