"""The chapters of a report: read, written, ordered, printed or left out, and as they will print."""

from django.shortcuts import get_object_or_404
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.views.decorators.clickjacking import xframe_options_sameorigin

from core.pages import CreatePage, DetailPage, UpdatePage, VerbPage
from core.pages.page import link
from organisations.permissions import Permission
from reports.forms import ChapterForm, ChapterTitleForm
from reports.models import AnnualReport, Chapter
from reports.rendering.report import printed_chapter
from reports.services import annual_reports
from reports.views.annual_reports import ReadersHistory


class OnChapter:
    """What every page about a chapter declares."""

    queryset = Chapter.objects.select_related("report__site")
    permission = Permission.REPORT_EDIT
    detail_url_name = "reports:chapter"
    history_url_name = "reports:chapter-history"

    def unit_id_of(self, obj):
        return obj.report.site_id

    def get_breadcrumbs(self):
        report = self.object.report
        way = [("Bilans qualité", link("reports:reports")), (str(report), link("reports:report", report.pk))]
        return [*way, (self.get_title(), "")]

    def get_report_url(self) -> str:
        return link("reports:report", self.object.report_id)


class ChapterPage(OnChapter, UpdatePage):
    """Write a chapter: the chapters on the left, the text in the middle, the page as it will print on the right."""

    template_name = "reports/chapter.html"
    form_class = ChapterForm
    success_message = "Le chapitre est enregistré."

    def get_title(self) -> str:
        return self.object.title

    def save_verb(self, form):
        return annual_reports.write_chapter(self.object, **form.cleaned_data, by=self.request.user)

    def get_cancel_url(self) -> str:
        return self.get_report_url()

    def get_context_data(self, **context) -> dict:
        chapters = list(self.object.report.chapters.all())
        index = [chapter.pk for chapter in chapters].index(self.object.pk)
        return super().get_context_data(
            chapters=[(chapter, annual_reports.is_complete(chapter)) for chapter in chapters],
            following=chapters[index + 1] if index + 1 < len(chapters) else None,
            **context,
        )


@method_decorator(xframe_options_sameorigin, name="dispatch")
class ChapterPreview(OnChapter, DetailPage):
    """The chapter as it will print, on a page of its own that the writing page frames."""

    permission = Permission.REPORT_VIEW
    template_name = "reports/chapter_preview.html"

    def get_context_data(self, **context) -> dict:
        return super().get_context_data(chapter=printed_chapter(self.object), **context)


class ChapterHistory(OnChapter, ReadersHistory):
    """Who wrote what."""

    permission = Permission.HISTORY_VIEW


class ChapterAdd(CreatePage):
    """Add a written chapter to a report."""

    permission = Permission.REPORT_EDIT
    form_class = ChapterTitleForm
    title = "Ajouter un chapitre"
    button_label = "Ajouter le chapitre"
    detail_url_name = "reports:chapter"
    success_message = "Le chapitre est ajouté : il reste à l’écrire."

    @cached_property
    def report(self) -> AnnualReport:
        return get_object_or_404(AnnualReport.objects.visible_to(self.request.user), pk=self.kwargs["pk"])

    def get_scope_unit_id(self) -> int:
        return self.report.site_id

    def get_breadcrumbs(self):
        way = [("Bilans qualité", link("reports:reports")), (str(self.report), link("reports:report", self.report.pk))]
        return [*way, (self.get_title(), "")]

    def get_cancel_url(self) -> str:
        return link("reports:report", self.report.pk)

    def save_verb(self, form):
        return annual_reports.add_chapter(self.report, **form.cleaned_data, by=self.request.user)


class ChapterVerb(OnChapter, VerbPage):
    """A button of the list of chapters; it comes back to the report."""

    is_direct = True

    def get_success_url(self) -> str:
        return self.get_report_url()


class ChapterUp(ChapterVerb):
    """Move the chapter up by one."""

    def verb(self, obj, *, reason: str):
        annual_reports.move(obj, up=True, by=self.request.user)


class ChapterDown(ChapterVerb):
    """Move the chapter down by one."""

    def verb(self, obj, *, reason: str):
        annual_reports.move(obj, up=False, by=self.request.user)


class ChapterInclude(ChapterVerb):
    """Print the chapter."""

    success_message = "Le chapitre sera imprimé."

    def verb(self, obj, *, reason: str):
        annual_reports.include(obj, included=True, by=self.request.user)


class ChapterExclude(ChapterVerb):
    """Leave the chapter out; its text is kept."""

    success_message = "Le chapitre ne sera pas imprimé ; son texte est gardé."

    def verb(self, obj, *, reason: str):
        annual_reports.include(obj, included=False, by=self.request.user)
