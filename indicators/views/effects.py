"""The figures that an action should move: said from its page, read on the curve."""

from actions.models import Action
from actions.views.scope import EDIT, OnAction, trail
from core.pages import FormPage, HistoryPage, VerbPage
from core.pages.detail import ObjectPage
from core.pages.page import link
from indicators.forms.effects import ExpectForm
from indicators.models import ExpectedEffect
from indicators.services import effects
from organisations.permissions import Permission


class ExpectEffect(OnAction, ObjectPage, FormPage):
    """Say which indicator the action should move."""

    permission = EDIT
    queryset = Action.objects.select_related("finding__plan__site")
    form_class = ExpectForm
    title = "Indicateur visé par l’action"
    crumb = "Indicateur visé"
    button_label = "Enregistrer"
    intro = "L’action sera placée sur la courbe de cet indicateur, avec ce qui est lu avant et après."
    success_message = "L’action est placée sur la courbe de l’indicateur."

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"action": self.object}

    def save_verb(self, form):
        return effects.expect(self.object, by=self.request.user, **form.cleaned_data)

    def get_success_url(self, saved):
        return self.get_object_url()

    def get_cancel_url(self):
        return self.get_object_url()


class OnEffect:
    """A page about an effect expected of an action."""

    queryset = ExpectedEffect.objects.select_related("indicator", "action__finding__plan__site")
    crumb = ""

    def unit_id_of(self, obj: ExpectedEffect) -> int:
        return obj.action.finding.plan.site_id

    def get_object_url(self):
        return link("actions:action", self.object.action_id)

    def get_breadcrumbs(self):
        action = self.object.action
        return trail(self, action.finding.plan, ("Action", self.get_object_url()))


class EffectWithdraw(OnEffect, VerbPage):
    """The action is not meant to move that indicator after all."""

    permission = EDIT
    title = crumb = "Retirer l’indicateur visé"
    button_label = "Retirer"
    reason = "optional"
    success_message = "L’indicateur n’est plus visé par cette action ; l’historique le garde."

    def get_question(self):
        return f"Ne plus viser « {self.object.indicator} » par cette action ?"

    def verb(self, obj, *, reason):
        self.action_id = obj.action_id
        effects.withdraw(obj, by=self.request.user, reason=reason)

    def get_success_url(self):
        return link("actions:action", self.action_id)


class EffectHistory(OnEffect, HistoryPage):
    """Who said what of an effect; withdrawn ones included."""

    permission = Permission.HISTORY_VIEW
    crumb = "Historique"
