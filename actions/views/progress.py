"""The verbs of an action: under way, done, said where it stands, postponed, abandoned, reopened, reviewed."""

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme

from actions.enums import Effectiveness, Status
from actions.forms.progress import DoneWithProofForm, PostponeForm, ProgressForm, ReviewAskForm, ReviewForm, WhyForm
from actions.models import Action
from actions.services import progress, proofs, reviews
from actions.views.actions import deadline_sentence
from actions.views.meanwhile import TellsMeanwhile
from actions.views.scope import EDIT, REPORT, OnAction
from core.pages import UpdatePage, VerbPage

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
    """Done: the day, what was done or the document that shows it. Of an action already done, they are corrected."""

    form_class = DoneWithProofForm
    title = crumb = "Réalisée"
    button_label = "Enregistrer"
    success_message = "L’action est réalisée."

    def get_title(self):
        return "Cette action est réalisée"

    def get_initial(self):
        known = {"done_on": self.object.done_on} if self.object.done_on else {}
        return known | {"comment": self.object.comment}

    def save_verb(self, form):
        is_done = self.object.status == Status.DONE
        verb = proofs.correct_done_with_proof if is_done else proofs.mark_done_with_proof
        return verb(self.object, by=self.request.user, **form.cleaned_data)


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


class ActionAbandon(ProgressPage):
    """Given up, with the reason."""

    permission = EDIT
    form_class = WhyForm
    title = crumb = "Abandonner l’action"
    intro = "La raison est imprimée avec l’action. L’action pourra être rouverte."
    button_label = "Abandonner"
    success_message = "L’action est abandonnée."

    def save_verb(self, form):
        return progress.abandon(self.object, by=self.request.user, **form.cleaned_data)


class ActionReopen(ProgressPage):
    """Under way again."""

    permission = EDIT
    form_class = WhyForm
    title = crumb = "Rouvrir l’action"
    intro = "Elle repasse en cours, et son constat est rouvert avec elle."
    button_label = "Rouvrir"
    success_message = "L’action est rouverte."

    def save_verb(self, form):
        return progress.reopen(self.object, by=self.request.user, **form.cleaned_data)


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
