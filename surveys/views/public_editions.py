"""« Publier les résultats »: read what everyone will read, in public words, publish it, withdraw it."""

from django.contrib import messages
from django.http import Http404, HttpResponseRedirect
from django.urls import reverse

from core.base.errors import UserError
from core.pages import VerbPage
from core.pages.detail import ObjectPage
from organisations.permissions import Permission
from surveys.enums import CampaignState, Language
from surveys.models import Campaign
from surveys.results.content import SurveyContent, content_of
from surveys.rules.phrases import phrases_in
from surveys.services import public_editions

LONGEST = 500


class PublicReview(ObjectPage):
    """The words to review beside the page as everyone will read it; publishing takes what was shown, nothing else."""

    queryset = Campaign.objects.select_related("site")
    lookup_field = "code"
    permission = Permission.SURVEY_EDIT
    breadcrumbs = (("Enquêtes", "surveys:campaigns"),)
    template_name = "surveys/publications/review.html"
    detail_url_name = "surveys:publications"
    http_method_names = ("get", "post", "head", "options")

    def get_title(self) -> str:
        return f"Publier les résultats – {self.object.title}"

    def get(self, request, *args, **kwargs):
        self._refuse_unclosed()
        proposed = content_of(self.object).actions
        words = {f"action-{n}": action.text for n, action in enumerate(proposed)}
        words |= {f"finding-{n}": action.finding for n, action in enumerate(proposed)}
        return self.review(words)

    def post(self, request, *args, **kwargs):
        self._refuse_unclosed()
        typed = {name: value[:LONGEST] for name, value in request.POST.items()}
        words = {name: value for name, value in typed.items() if name.startswith(("action-", "finding-"))}
        if "publier" not in request.POST:
            return self.review(words)
        try:
            public_editions.publish(self.object, words=words, read=request.POST.get("lu", ""), by=request.user)
        except UserError as error:
            return self.review(words, refused=error.message)
        messages.success(request, "Les résultats sont publiés, tels que vous les avez lus.")
        return HttpResponseRedirect(reverse("surveys:publications", args=[self.object.code]))

    def review(self, words: dict[str, str], refused: str = ""):
        content: SurveyContent = public_editions.worded(self.object, words)
        proposed = content_of(self.object).actions
        rows = [
            {"action": action, "n": n, "text": words.get(f"action-{n}", ""), "finding": words.get(f"finding-{n}", "")}
            for n, action in enumerate(proposed)
        ]
        return self.render(
            campaign=self.object,
            content=content,
            is_preview=True,
            rows=rows,
            refused=refused,
            words=phrases_in(Language.FRENCH),
        )

    def _refuse_unclosed(self) -> None:
        if self.object.state != CampaignState.CLOSED:
            raise Http404


class PublicWithdraw(VerbPage):
    """« Retirer »: one press, and nobody outside reads it any more."""

    queryset = Campaign.objects.select_related("site")
    lookup_field = "code"
    permission = Permission.SURVEY_EDIT
    is_direct = True
    detail_url_name = "surveys:publications"
    success_message = "Les résultats ne sont plus publics."

    def verb(self, obj, *, reason: str):
        edition = public_editions.current(obj)
        if edition is None:
            raise Http404
        public_editions.withdraw(edition, by=self.request.user, reason="Retirée")

    def get_success_url(self) -> str:
        return reverse(self.detail_url_name, args=[self.object.code])
