"""Where an action stands, said on one page whatever the status; its effect, looked at later."""

from django.utils.http import url_has_allowed_host_and_scheme

from actions.enums import SETTLED, Effectiveness, Status
from actions.forms.progress import PointForm, ReviewAskForm, ReviewForm
from actions.models import Action
from actions.services import proofs, reviews
from actions.views.actions import deadline_sentence
from actions.views.meanwhile import TellsMeanwhile
from actions.views.scope import EDIT, REPORT, OnAction
from core.pages import UpdatePage

SAID = {
    Status.TODO: "L’action est de nouveau à faire.",
    Status.ONGOING: "L’action est en cours.",
    Status.DONE: "L’action est réalisée.",
    Status.POSTPONED: "L’action est reportée.",
    Status.ABANDONED: "L’action est abandonnée.",
}
BACK = "retour"  # where the person came from: « mes actions »


class GoesBack:
    """After the verb, back to the page of the person's own actions when it was asked from there."""

    def get_back_url(self) -> str:
        asked = self.request.POST.get(BACK) or self.request.GET.get(BACK, "")
        return asked if url_has_allowed_host_and_scheme(asked, allowed_hosts=None) else self.get_object_url()

    def get_success_url(self, *saved) -> str:
        return self.get_back_url()

    def get_cancel_url(self) -> str:
        return self.get_back_url()


class ProgressPage(TellsMeanwhile, GoesBack, OnAction, UpdatePage):
    """A form about the status of an action."""

    permission = REPORT
    template_name = "actions/action/progress.html"

    def get_context_data(self, **context):
        back = self.request.POST.get(BACK) or self.request.GET.get(BACK, "")
        return super().get_context_data(action=self.object, back=back, **context)


class ActionPoint(ProgressPage):
    """« Faire le point »: where the action stands, the day, what was done, a proof; each status asks for its own."""

    form_class = PointForm
    template_name = "actions/action/point.html"
    title = crumb = "Faire le point"

    def get_form_kwargs(self):
        asked = self.request.GET.get("statut", "")
        return super().get_form_kwargs() | {"action": self.object, "steers": self.allows(EDIT), "asked": asked}

    def get_context_data(self, **context):
        return super().get_context_data(is_settled=self.object.status in SETTLED, **context)

    def save_verb(self, form):
        self.before, self.promised = self.object.status, self.object.deadline
        return proofs.report_with_proof(self.object, by=self.request.user, **form.cleaned_data)

    def get_success_message(self, saved: Action) -> str:
        if saved.status == Status.POSTPONED and saved.deadline != self.promised:
            return f"L’action est reportée. {deadline_sentence(saved)}"
        if saved.status == self.before:
            return "C’est noté, merci."
        if saved.status == Status.ONGOING and self.before in SETTLED:
            return "L’action est rouverte."
        return SAID[Status(saved.status)]


class ActionReviewAsk(ProgressPage):
    """Have the effect looked at in some months."""

    permission = EDIT
    form_class = ReviewAskForm
    title = crumb = "Faire vérifier l’efficacité"
    intro = "À cette date, on regardera si l’action a eu l’effet attendu ; sinon, elle sera rouverte."

    def save_verb(self, form):
        return reviews.ask_review(self.object, by=self.request.user, **form.cleaned_data)

    def get_success_message(self, saved: Action) -> str:
        return f"L’efficacité sera à vérifier le {saved.review_due_on:%d/%m/%Y}."


class ActionReview(ProgressPage):
    """What the review found."""

    permission = EDIT
    form_class = ReviewForm
    title = crumb = "Vérifier l’efficacité"
    intro = "Une action sans effet est rouverte, et son constat avec elle."

    def save_verb(self, form):
        return reviews.review(self.object, by=self.request.user, **form.cleaned_data)

    def get_success_message(self, saved: Action) -> str:
        if saved.review_result == Effectiveness.INEFFECTIVE:
            return "C’est noté : l’action est rouverte."
        return "C’est noté : l’action est efficace."
