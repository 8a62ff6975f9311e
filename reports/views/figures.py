"""A word beside a table or a chart of a chapter."""

from django.http import Http404
from django.shortcuts import get_object_or_404

from core.pages import UpdatePage
from core.pages.page import link
from core.record import history
from reports.forms import FigureNoteForm
from reports.models import Chapter, FigureNote, WrittenDraft
from reports.rendering import sections
from reports.rules.figures import PrintedFigure
from reports.services import annual_reports, typed
from reports.views.chapters import OnChapter
from reports.views.drafts import Drafted, KeepDraft


class OnFigure(OnChapter):
    """The comment of a figure of a chapter, or the one to come: what is not saved yet has no version."""

    queryset = FigureNote.objects.select_related("chapter__report__site")

    def find_object(self):
        """The comment, or the one to come: what is not saved yet has no version."""
        chapters = Chapter.objects.visible_to(self.request.user).select_related("report__site")
        chapter = get_object_or_404(chapters, pk=self.kwargs["pk"])
        code = self.kwargs["figure"]
        note = FigureNote.objects.filter(chapter=chapter, figure=code).first()
        figure = self.figure_of(chapter)
        if note is None and figure is None:
            raise Http404
        note = note or FigureNote(chapter=chapter, figure=code, label=figure.label)
        note.chapter = chapter
        return note

    def figure_of(self, chapter: Chapter) -> PrintedFigure | None:
        return next((one for one in sections.figures_of(chapter) if one.code == self.kwargs["figure"]), None)


class FigurePage(OnFigure, Drafted, UpdatePage):
    """Say something beside a table or a chart: the figure as it will print, and its comment."""

    template_name = "reports/figure.html"
    form_class = FigureNoteForm
    success_message = "Le commentaire est enregistré."

    def hold(self) -> None:
        history.lock(self.object.chapter)

    def save_verb(self, form):
        note = self.object
        return annual_reports.comment(
            note.chapter, figure=note.figure, label=note.label, text=form.cleaned_data["text"], by=self.request.user
        )

    def get_draft_url(self) -> str:
        return link("reports:figure-draft", self.object.chapter_id, self.object.figure)

    def get_draft(self) -> WrittenDraft | None:
        return typed.of(self.object.chapter, figure=self.object.figure, by=self.request.user)

    def get_title(self) -> str:
        return f"Commenter « {self.object.label} »"

    def get_object_url(self) -> str:
        return link("reports:chapter", self.object.chapter_id)

    def get_tabs(self) -> list[tuple[str, str, bool]]:
        return []

    def get_breadcrumbs(self):
        chapter = self.object.chapter
        way = [
            ("Bilans qualité", link("reports:reports")),
            (str(chapter.report), link("reports:report", chapter.report_id)),
        ]
        return [*way, (str(chapter), self.get_object_url()), (self.get_title(), "")]

    def get_context_data(self, **context) -> dict:
        return super().get_context_data(figure=self.figure_of(self.object.chapter), **context)


class FigureDraft(OnFigure, KeepDraft):
    """What is being typed beside a figure."""

    def keep(self, **told) -> None:
        typed.keep(self.object.chapter, figure=self.object.figure, by=self.request.user, **told)

    def drop(self) -> None:
        typed.drop(self.object.chapter, figure=self.object.figure, by=self.request.user)
