"""The verbs of an action: under way, done, said where it stands, postponed, abandoned, reopened, reviewed."""

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme

from actions.enums import Effectiveness
from actions.forms.progress import DoneWithProofForm, PostponeForm, ProgressForm, ReviewAskForm, ReviewForm
from actions.models import Action
from actions.services import progress, proofs, reviews
from actions.views.actions import deadline_sentence
from actions.views.scope import EDIT, REPORT, OnAction
from core.pages import FormPage, VerbPage
from core.pages.detail import ObjectPage
from core.pages.verb import REQUIRED_REASON

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


class ProgressPage(GoesBack, OnAction, ObjectPage, FormPage):
    """A form about the status of an action."""

    permission = REPORT
    template_name = "actions/progress.html"

    def get_context_data(self, **context):
        back = self.request.POST.get(BACK) or self.request.GET.get(BACK, "")
        return super().get_context_data(action=self.object, back=back, **context)


class ActionStart(GoesBack, OnAction, VerbPage):
    """Under way: one press."""

    permission = REPORT
    is_direct = True
    success_message = "L’action est en cours."

    def verb(self, obj, *, reason):
        progress.start(obj, by=self.request.user)

    def refuse(self, error, form):
        messages.error(self.request, error.message)
        return HttpResponseRedirect(self.get_back_url())


class ActionDone(ProgressPage):
    """Done: the day, what was done or the document that shows it."""

    form_class = DoneWithProofForm
    title = crumb = "Réalisée"
    button_label = "Enregistrer"
    success_message = "L’action est réalisée."

    def get_title(self):
        return "Cette action est réalisée"

    def get_initial(self):
        return {"comment": self.object.comment}

    def save_verb(self, form):
        return proofs.mark_done_with_proof(self.object, by=self.request.user, **form.cleaned_data)


class ActionProgress(ProgressPage):
    """Where the action stands, in a few words."""

    form_class = ProgressForm
    title = crumb = "Rendre compte"
    success_message = "C’est noté, merci."

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"action": self.object}

    def save_verb(self, form):
        return progress.report_progress(self.object, by=self.request.user, **form.cleaned_data)


class ActionPostpone(ProgressPage):
    """A later deadline, which its twins take too."""

    permission = EDIT
    form_class = PostponeForm
    title = crumb = "Reporter l’action"
    button_label = "Reporter"

    def save_verb(self, form):
        return progress.postpone(self.object, by=self.request.user, **form.cleaned_data)

    def get_success_message(self, saved: Action) -> str:
        return f"L’action est reportée. {deadline_sentence(saved)}"


class ActionAbandon(OnAction, VerbPage):
    """Given up, with the reason."""

    permission = EDIT
    title = crumb = "Abandonner l’action"
    question = "Abandonner cette action ?"
    explanation = "La raison est imprimée avec l’action. L’action pourra être rouverte."
    reason = REQUIRED_REASON
    button_label = "Abandonner"
    success_message = "L’action est abandonnée."

    def verb(self, obj, *, reason):
        progress.abandon(obj, reason=reason, by=self.request.user)


class ActionReopen(OnAction, VerbPage):
    """Under way again."""

    permission = EDIT
    title = crumb = "Rouvrir l’action"
    question = "Rouvrir cette action ?"
    explanation = "Elle repasse en cours, et son constat est rouvert avec elle."
    reason = REQUIRED_REASON
    button_label = "Rouvrir"
    success_message = "L’action est rouverte."

    def verb(self, obj, *, reason):
        progress.reopen(obj, reason=reason, by=self.request.user)


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
