"""Pages of background jobs: my jobs, one job with its progress, its file, stop it, do it again."""

import zlib

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views import View
from django_htmx.http import HttpResponseClientRedirect

from core import jobs
from core.base.enums import JobState
from core.models import Job
from core.pages import ListPage, Page, VerbPage
from core.pages.access import OnObject
from core.pages.stored_files import serve
from core.pages.tables import Column, LinkColumn, Table

JOB_VIEW = "job_view"


class JobScope(OnObject):
    """A job the person asked for, or may follow because its kind says so; any other does not exist."""

    permission = JOB_VIEW
    lookup_field = "uuid"
    queryset = Job.objects.select_related("requested_by")

    def find_object(self) -> Job:
        job = self.queryset.filter(uuid=self.kwargs["uuid"]).first()
        if job is None or not self._is_visible(job):
            raise Http404
        return job

    def _is_visible(self, job: Job) -> bool:
        user = self.request.user
        if job.requested_by_id == user.pk:
            return True
        kind = jobs.kind_of(job.kind)
        return kind is not None and kind.is_visible_to(user, job)


class OwnJob(JobScope):
    """A job to act upon: only the requester may."""

    def find_object(self) -> Job:
        job = super().find_object()
        if job.requested_by_id != self.request.user.pk:
            raise PermissionDenied
        return job


class JobTable(Table):
    """My jobs, the latest first."""

    label = LinkColumn(url_name="core:job", key="uuid", verbose_name="Travail")
    state = Column(verbose_name="État")
    created_at = Column(verbose_name="Demandé le")
    ended_at = Column(verbose_name="Terminé le")


class JobList(ListPage):
    """What I asked for."""

    permission = JOB_VIEW
    queryset = Job.objects.all()
    table_class = JobTable
    title = "Mes travaux"
    noun = ("travail", "travaux")
    empty_title = "Vous n’avez demandé aucun travail."
    empty_text = "Les bilans, imports et tableaux de bord que vous demandez apparaissent ici."

    def visible(self):
        return Job.objects.requested_by(self.request.user)


class JobPage(JobScope, Page, View):
    """The progress of one job, then its result or the reason of its failure."""

    template_name = "core/job.html"
    breadcrumbs = (("Mes travaux", "core:jobs"),)

    def get_title(self) -> str:
        return self.object.label

    def get(self, request, *args, **kwargs):
        return self.render(**_shown(self.object, request.user))


class JobStatePage(JobScope, View):
    """The part of the page that changes, asked for each second while the job runs."""

    def get(self, request, *args, **kwargs):
        context = _shown(self.object, request.user)
        context["is_news"] = request.GET.get("vu") != context["seen"]
        if _leads_on(self.object, context["result_url"]):
            response = HttpResponseClientRedirect(context["result_url"])
        else:
            response = TemplateResponse(request, "core/_job_state.html", context)
        response["Cache-Control"] = "no-store"
        return response


class JobFile(JobScope, View):
    """The file produced, under the name it was given."""

    def get(self, request, *args, **kwargs):
        job = self.object
        if not _may_open_file(job, request.user):
            raise Http404
        return serve(request, job.result_file, digest=job.result_digest, name=job.result_name)


class JobCancel(OwnJob, VerbPage):
    """Stop a job of mine."""

    is_direct = True
    detail_url_name = "core:job"

    def verb(self, job: Job, *, reason: str) -> None:
        jobs.cancel(job, by=self.request.user)


class JobRestart(OwnJob, VerbPage):
    """Ask again for a job that failed."""

    is_direct = True
    detail_url_name = "core:job"

    def verb(self, job: Job, *, reason: str) -> None:
        self.again = jobs.restart(job, by=self.request.user)

    def get_success_url(self) -> str:
        return reverse("core:job", args=[self.again.uuid])


def _shown(job: Job, user) -> dict:
    """What the page says of the job; `seen` changes when there is something new to read aloud."""
    is_mine = job.requested_by_id == user.pk
    return {
        "job": job,
        "seen": f"{zlib.crc32(f'{job.state}|{job.step}'.encode()):x}",
        "is_news": True,
        "result_url": _local(job.result.get("url", "")),
        "file_url": reverse("core:job-file", args=[job.uuid]) if _may_open_file(job, user) else "",
        "can_cancel": is_mine and not job.is_over,
        "can_restart": is_mine and job.state in {JobState.FAILED, JobState.CANCELLED},
    }


def _may_open_file(job: Job, user) -> bool:
    """Whether there is a file the person may have: who asked for it may have lost the right since."""
    kind = jobs.kind_of(job.kind)
    return bool(job.result_file) and (kind is None or kind.is_openable_by(user, job))


def _leads_on(job: Job, result_url: str) -> bool:
    """Whether the work is only a step towards the page of its result."""
    kind = jobs.kind_of(job.kind)
    return job.state == JobState.DONE and bool(result_url) and kind is not None and kind.leads_on


def _local(url: str) -> str:
    """The address of a page of ours, never another site's."""
    return url if url.startswith("/") and not url.startswith(("//", "/\\")) else ""
