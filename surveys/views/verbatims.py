"""The free texts of a campaign: read, found, tagged by theme, hidden."""

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.http import urlencode

from core.pages import VerbPage
from core.pages.detail import ObjectPage
from organisations.permissions import Permission
from referential.enums import Theme
from surveys.enums import QuestionKind
from surveys.forms.results import TextFilter
from surveys.models import Question, Response
from surveys.results.reading import texts_of
from surveys.results.texts import counts_by_theme, responses_with_text, texts_in
from surveys.services import verbatims
from surveys.views.results import OfResults

PER_PAGE = 25


class Verbatims(OfResults, ObjectPage):
    """The texts of a campaign, the latest first; those who run it tag and hide them here."""

    template_name = "surveys/results/verbatims.html"

    def get_title(self) -> str:
        return f"Commentaires – {self.object.title}"

    def get(self, request, *args, **kwargs):
        form = TextFilter(request.GET or None, campaign=self.object)
        asked = form.cleaned_data if form.is_bound and form.is_valid() else {}
        place = asked.get("lieu")
        questions = texts_of(self.questions)
        reads_first = self.allows(Permission.SURVEY_EDIT)
        if self.object.is_running and not reads_first:
            return self.render(is_waiting=True)
        wanted = {"theme": asked.get("theme", ""), "words": asked.get("q", "")}
        if reads_first:
            wanted["place"] = place and place.pk
        rows = responses_with_text(self.object, questions, only_read=not reads_first, **wanted)
        page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
        return self.render(
            is_waiting=False,
            filter_form=form,
            page=page,
            count=page.paginator.count,
            is_active=bool(any(asked.values())),
            texts=texts_in(page.object_list, questions, with_hidden=reads_first),
            themes=Theme.choices,
            by_theme=counts_by_theme(self.object),
            several=len(questions) > 1,
            kept=[(name, request.GET.get(name, "")) for name in ("q", "theme", "lieu", "page")],
        )


class VerbatimsShown(OfResults, VerbPage):
    """« Montrer tout ce qui n’est pas signalé »: in one press, once they were read."""

    permission = Permission.SURVEY_EDIT
    detail_url_name = "surveys:verbatims"
    is_direct = True

    def verb(self, obj, *, reason: str):
        self.number = verbatims.show_unflagged(obj, texts_of(self.questions), by=self.request.user)

    def get_success_message(self) -> str:
        return f"Commentaires désormais montrés aux services : {self.number}."

    def get_success_url(self) -> str:
        return reverse(self.detail_url_name, args=[self.object.code])


class OnText(OfResults, VerbPage):
    """A verb on one free text of the campaign; one comes back to the list as it was."""

    permission = Permission.SURVEY_EDIT
    detail_url_name = "surveys:verbatims"

    @cached_property
    def response(self) -> Response:
        return get_object_or_404(Response.objects.counted(), campaign=self.object, pk=self.kwargs["pk"])

    @cached_property
    def asked(self) -> Question:
        rows = Question.objects.filter(questionnaire=self.object.questionnaire_id, kind=QuestionKind.TEXT)
        question = get_object_or_404(rows, code=self.kwargs["question"])
        if not self.response.answers.get(question.code):
            raise Http404
        return question

    def get_tabs(self):
        return []

    def get_object_url(self) -> str:
        return reverse(self.detail_url_name, args=[self.object.code])

    def get_success_url(self) -> str:
        """The list as it was, at the text; the filters come back under « filtre-… »."""
        kept = {name: self.request.POST.get(f"filtre-{name}", "") for name in ("q", "theme", "lieu", "page")}
        query = urlencode({name: value for name, value in kept.items() if value})
        anchor = f"#texte-{self.response.pk}-{self.asked.code}"
        return f"{self.get_object_url()}{'?' if query else ''}{query}{anchor}"


class VerbatimTag(OnText):
    """« Classer »: say what a text is about."""

    is_direct = True

    def verb(self, obj, *, reason: str):
        verbatims.tag(self.response, self.asked, theme=self.request.POST.get("theme", ""), by=self.request.user)


class VerbatimHide(OnText):
    """« Masquer »: asked with the reason."""

    reason = "required"
    title = "Masquer ce commentaire"
    button_label = "Masquer"
    success_message = "Le commentaire est masqué."
    consequences = (
        "Il n’est plus montré qu’à ceux qui mènent l’enquête, ni exporté.",
        "Les réponses du formulaire comptent toujours dans les résultats.",
    )

    def get(self, request, *args, **kwargs):
        _ = self.asked  # 404 before asking
        return super().get(request, *args, **kwargs)

    def get_question(self) -> str:
        return f"« {self.response.answers[self.asked.code]} »"

    def verb(self, obj, *, reason: str):
        verbatims.hide(self.response, self.asked, by=self.request.user, reason=reason)


class VerbatimShow(OnText):
    """« Montrer de nouveau »."""

    is_direct = True
    success_message = "Le commentaire est montré de nouveau."

    def verb(self, obj, *, reason: str):
        verbatims.show(self.response, self.asked, by=self.request.user)
