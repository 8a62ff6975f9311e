"""The chapters of a report: read, written, ordered, printed or left out, and as they will print."""

from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.clickjacking import xframe_options_sameorigin

from core.pages import AddPage, DetailPage, UpdatePage, VerbPage
from core.pages.access import OnObject
from core.pages.page import link
from core.pages.saving import SavingOutcome, answer, is_scripted
from core.pages.stored_files import serve
from organisations.permissions import Permission
from reports.forms import ChapterForm, ChapterTitleForm, ImageForm
from reports.models import Chapter, ReportImage, WrittenDraft
from reports.rendering import sections
from reports.rendering.report import printed_chapter
from reports.rendering.states import states_of
from reports.rules.texts import plain_text
from reports.services import annual_reports, drafts, images, typed
from reports.views.annual_reports import OnReport, ReadersHistory
from reports.views.drafts import Drafted, KeepDraft


class OnChapter:
    """What every page about a chapter declares."""

    queryset = Chapter.objects.select_related("report__site")
    permission = Permission.REPORT_EDIT
    detail_url_name = "reports:chapter"
    history_url_name = "reports:chapter-history"

    def get_breadcrumbs(self):
        report = self.object.report
        way = [("Bilans qualité", link("reports:reports")), (str(report), link("reports:report", report.pk))]
        return [*way, (self.get_title(), "")]

    def get_report_url(self) -> str:
        return link("reports:report", self.object.report_id)


class ChapterPage(OnChapter, Drafted, UpdatePage):
    """Write a chapter: the chapters on the left, the text in the middle, the page as it will print on the right."""

    template_name = "reports/chapter.html"
    form_class = ChapterForm
    success_message = "Le chapitre est enregistré."

    def get_title(self) -> str:
        return self.object.title

    def get_draft_url(self) -> str:
        return link("reports:chapter-draft", self.object.pk)

    def get_draft(self) -> WrittenDraft | None:
        return typed.of(self.object, by=self.request.user)

    def save_verb(self, form):
        return annual_reports.write_chapter(self.object, **form.cleaned_data, by=self.request.user)

    def get_cancel_url(self) -> str:
        return self.get_report_url()

    def get_context_data(self, **context) -> dict:
        found = states_of(self.object.report)
        chapters = [state.chapter for state in found]
        index = [chapter.pk for chapter in chapters].index(self.object.pk)
        return super().get_context_data(
            chapters=found,
            following=chapters[index + 1] if index + 1 < len(chapters) else None,
            figures=self.get_figures(),
            **context,
        )

    def get_figures(self) -> list[tuple[str, str, str, int | None]]:
        """(code, name, what is said in words, the year it is taken from) of each table and chart, then of those that
        are not printed any more."""
        said = {note.figure: note for note in self.object.notes.all()}
        printed = {one.code: one.label for one in sections.figures_of(self.object)}
        lost = {code: note.label for code, note in said.items() if code not in printed and note.text}
        words = {code: (plain_text(note.text), note.taken_from) for code, note in said.items()}
        return [(code, label, *words.get(code, ("", None))) for code, label in (printed | lost).items()]


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


class ChapterDraft(OnChapter, KeepDraft):
    """What is being typed in a chapter."""

    def keep(self, **told) -> None:
        typed.keep(self.object, title=self.request.POST.get("title", ""), by=self.request.user, **told)

    def drop(self) -> None:
        typed.drop(self.object, by=self.request.user)


class ChapterAdd(OnReport, AddPage):
    """Add a written chapter to a report."""

    permission = Permission.REPORT_EDIT
    form_class = ChapterTitleForm
    title = "Ajouter un chapitre"
    button_label = "Ajouter le chapitre"
    success_message = "Le chapitre est ajouté : il reste à l’écrire."

    def save_verb(self, form):
        return annual_reports.add_chapter(self.object, **form.cleaned_data, by=self.request.user)

    def get_success_url(self, saved) -> str:
        return link("reports:chapter", saved.pk)


class ChapterImage(OnChapter, AddPage):
    """Add an image: at the end of the text, or where the script of the editor puts it."""

    form_class = ImageForm
    title = "Ajouter une image"
    button_label = "Ajouter l’image"
    success_message = "L’image est ajoutée à la fin du texte : déplacez-la où elle sert."

    def save_verb(self, form):
        told = form.cleaned_data
        if is_scripted(self.request):  # the text being typed takes it in
            return images.add(self.object.report, file=told["file"], by=self.request.user)
        return images.illustrate(self.object, **told, by=self.request.user)

    def get_success_url(self, saved) -> str:
        return images.address_of(saved) if is_scripted(self.request) else self.get_object_url()

    def get_success_message(self, saved) -> str:
        return "" if is_scripted(self.request) else self.success_message

    def show(self, form, **context):
        """The script of the editor is told why, in place."""
        if is_scripted(self.request) and form.errors:
            reasons = [error for errors in form.errors.values() for error in errors]
            return answer(SavingOutcome.REFUSED, " ".join(reasons))
        return super().show(form, **context)


class ImageFile(OnObject, View):
    """An image of a report, for those who may read it."""

    queryset = ReportImage.objects.select_related("report")
    permission = Permission.REPORT_VIEW

    def get(self, request, *args, **kwargs):
        kept = self.object
        return serve(request, kept.file, digest=kept.digest, name=kept.name)


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


class ChapterConfirm(ChapterVerb):
    """The words taken from the year before hold for this one; back to the chapter."""

    success_message = "Le texte est confirmé pour cette année : il sera imprimé."

    def verb(self, obj, *, reason: str):
        drafts.confirm(obj, by=self.request.user)

    def get_success_url(self) -> str:
        return link("reports:chapter", self.object.pk)
