"""Where an action stands, said on one page whatever the status; its effect, looked at later."""

from django.utils.http import url_has_allowed_host_and_scheme

from actions.enums import SETTLED, Effectiveness, Status
from actions.forms.progress import ActionPointForm, DeadlineForm, OwnResponsiblesForm, ReviewAskForm, ReviewForm
from actions.models import Action, ActionResponsible
from actions.services import actions, progress, proofs, reviews
from actions.tables.cells import responsibles_text
from actions.views.actions import deadline_sentence
from actions.views.in_place import ActionInPlace
from actions.views.meanwhile import HeldInOrder, TellsMeanwhile
from actions.views.scope import EDIT, REPORT, OnAction
from actions.views.versions import WithRelatedVersion
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
        is_safe = url_has_allowed_host_and_scheme(self.back, allowed_hosts=None)
        return self.back if is_safe else self.get_object_url()

    @property
    def back(self) -> str:
        return self.request.POST.get(BACK) or self.request.GET.get(BACK, "")

    def get_success_url(self, *saved) -> str:
        return self.get_back_url()

    def get_cancel_url(self) -> str:
        return self.get_back_url()


class ProgressPage(TellsMeanwhile, GoesBack, OnAction, UpdatePage):
    """A form about the status of an action."""

    permission = REPORT
    template_name = "actions/action/progress.html"

    def get_context_data(self, **context):
        return super().get_context_data(action=self.object, back=self.back, **{"meanwhile": None} | context)


class ActionPoint(ActionInPlace, ProgressPage):
    """« Faire le point »: where the action stands, the day, what was done, a proof; each status asks for its own."""

    form_class = ActionPointForm
    template_name = "actions/action/point.html"
    in_place_template = "actions/action/in_place_point.html"
    title = crumb = "Faire le point"

    def get_form_kwargs(self):
        asked = self.request.GET.get("statut", "")
        return super().get_form_kwargs() | {"action": self.object, "steers": self.allows(EDIT), "asked": asked}

    def get_context_data(self, **context):
        choices = self.choices(context["form"]) if self.is_in_place else []
        is_settled = self.object.status in SETTLED
        return super().get_context_data(is_settled=is_settled, choices=choices, **context)

    def choices(self, form) -> list[dict]:
        """The other statuses, each with the fields that it asks for: none, and one press is enough."""
        found = []
        for status, label in form.fields["status"].choices:
            is_sent = form.is_bound and form.data.get("status") == status
            own = form if is_sent else self.form_class(auto_id=f"place_{status}_%s", **self.get_form_kwargs())
            asked = [own[name] for name in self.asked_by(Status(status))]
            for bound in asked:
                bound.field.required = True  # what is asked here is due
            if status != self.object.status:
                found.append({"status": status, "label": label, "form": own, "asked": asked, "is_open": is_sent})
        return found

    def asked_by(self, status: Status) -> list[str]:
        if status == Status.DONE:
            is_told = self.object.comment or self.object.proofs.exists()
            return [] if is_told else ["done_on", "comment"]
        if status == Status.POSTPONED:
            return ["deadline", "reason"]
        is_reopened = self.object.status in SETTLED
        return ["reason"] if status == Status.ABANDONED or is_reopened else []

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


class ActionDeadline(ActionInPlace, ProgressPage):
    """Another deadline, with the reason once one was promised; the status stays."""

    permission = EDIT
    form_class = DeadlineForm
    title = crumb = "Changer l’échéance"

    def get_initial(self):
        return {"deadline": self.object.deadline}

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"current": self.object.deadline}

    def save_verb(self, form):
        return progress.move_deadline(self.object, by=self.request.user, **form.cleaned_data)

    def get_success_message(self, saved: Action) -> str:
        return f"L’échéance est changée. {deadline_sentence(saved)}"


class ActionResponsibles(ActionInPlace, HeldInOrder, WithRelatedVersion, GoesBack, OnAction, UpdatePage):
    """Who answers for the action."""

    permission = EDIT
    form_class = OwnResponsiblesForm
    template_name = "actions/action/progress.html"
    related_model = ActionResponsible
    related_name = "action"
    title = crumb = "Changer les responsables"

    def get_form_kwargs(self):
        rows = list(self.object.responsibles.select_related("unit", "user")) if self.past is None else self.past
        site, kept = self.object.finding.plan.site, sorted(rows, key=lambda row: (row.position, row.pk))
        return super().get_form_kwargs() | {"site": site, "responsibles": kept}

    def get_context_data(self, **context):
        return super().get_context_data(action=self.object, back=self.back, **{"meanwhile": None} | context)

    def save_verb(self, form):
        return actions.change_action(self.object, by=self.request.user, responsibles=form.responsibles)

    def get_success_message(self, saved: Action) -> str:
        names = responsibles_text(Action.objects.for_list().get(pk=saved.pk))
        return f"Responsables : {names}."


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
