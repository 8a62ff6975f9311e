"""« Vous l’avez demandé, nous l’avons fait »: the answers that a campaign gives to the public."""

from django.urls import reverse

from core.pages import FormPage, HistoryPage, UpdatePage, VerbPage
from core.pages.detail import ObjectPage
from organisations.permissions import Permission
from surveys.forms.results import FeedbackForm
from surveys.models import Feedback
from surveys.services import feedbacks
from surveys.views.campaigns import OfCampaigns
from surveys.views.results import OfResults
from surveys.views.scope import OfCampaign

EDIT = Permission.SURVEY_EDIT
LONGEST = 300


class Feedbacks(OfResults, ObjectPage):
    """The answers in their order, published or not."""

    template_name = "surveys/results/feedbacks.html"

    def get_title(self) -> str:
        return f"Vous l’avez demandé, nous l’avons fait – {self.object.title}"

    def get(self, request, *args, **kwargs):
        rows = Feedback.objects.filter(campaign=self.object).select_related("action__finding")
        if not self.allows(EDIT):
            rows = rows.filter(is_published=True)
        return self.render(feedbacks=list(rows), may_read_actions=self.allows(Permission.ACTION_VIEW))


class FeedbackCreate(OfResults, ObjectPage, FormPage):
    """A new answer; the words of a comment may come with the address."""

    permission = EDIT
    form_class = FeedbackForm
    title = "Répondre aux usagers"
    success_message = "La réponse est enregistrée."

    def get_tabs(self):
        return []

    def get_form_kwargs(self) -> dict:
        return super().get_form_kwargs() | {"campaign": self.object}

    def get_initial(self) -> dict:
        asked = self.request.GET
        return {"request": asked.get("demande", "")[:LONGEST], "theme": asked.get("theme", "")}

    def save_verb(self, form):
        return feedbacks.add(self.object, by=self.request.user, **form.cleaned_data)

    def get_success_url(self, saved) -> str:
        return self.get_cancel_url()

    def get_cancel_url(self) -> str:
        return reverse("surveys:feedbacks", args=[self.object.code])


class OfFeedback(OfCampaign):
    """What the pages about one answer share."""

    permission = EDIT
    queryset = Feedback.objects.select_related("campaign__site", "action")
    history_url_name = "surveys:feedback-history"

    def get_object_url(self) -> str:
        return reverse("surveys:feedbacks", args=[self.object.campaign.code])

    def get_tabs(self):
        return []

    def get_breadcrumbs(self):
        campaign = self.object.campaign
        here = (str(campaign), reverse("surveys:campaign", args=[campaign.code]))
        return [*OfCampaigns.way(), here, ("Réponses aux usagers", self.get_object_url()), (self.get_title(), "")]


class FeedbackEdit(OfFeedback, UpdatePage):
    form_class = FeedbackForm
    title = "Modifier une réponse aux usagers"

    def get_form_kwargs(self) -> dict:
        return super().get_form_kwargs() | {"campaign": self.object.campaign}

    def save_verb(self, form):
        return feedbacks.change(self.object, by=self.request.user, **form.cleaned_data)


class FeedbackRemove(OfFeedback, VerbPage):
    reason = "optional"
    is_danger = True
    title = "Supprimer une réponse aux usagers"
    button_label = "Supprimer"
    success_message = "La réponse est supprimée."

    def get_question(self) -> str:
        return f"« {self.object.request} »"

    def verb(self, obj, *, reason: str):
        feedbacks.remove(obj, by=self.request.user, reason=reason)


class FeedbackHistory(OfFeedback, HistoryPage):
    permission = Permission.HISTORY_VIEW
