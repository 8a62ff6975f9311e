"""Actions over all plans: the list, its tabs, one action, add, change, remove."""

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.urls import reverse
from django.utils.html import escape
from django.views import View

from actions import registries
from actions.enums import Status
from actions.filters import ActionFilter
from actions.forms.actions import ActionEditForm, NewActionForm
from actions.forms.bulk import CHANGES
from actions.models import Action, ActionResponsible
from actions.rules import deadlines as deadline_rules
from actions.rules import notes
from actions.services import actions, deadlines
from actions.tables.actions import ActionFile, ActionTable
from actions.views.meanwhile import HeldInOrder
from actions.views.scope import EDIT, REPORT, VIEW, OnAction, OnFinding, short
from actions.views.versions import WithRelatedVersion
from core.pages import AddPage, DetailPage, ListPage, PageAction, PermissionRequired, UpdatePage, VerbPage
from core.pages.forms import FuzzyDateField
from core.pages.listing import FORMAT
from core.pages.page import MORE, link
from core.time.fuzzy_dates import words

LIST = ("Actions", "actions:actions")
TABS = (("Liste", "actions:actions"), ("Par statut", "actions:board"), ("Calendrier", "actions:calendar"))
CHOOSER = "lot"  # the form that the boxes of the list belong to
NOT_FILTERS = ("page", "par_page", "tri", "tout", FORMAT)


class ActionTabs:
    """The same actions as a list, by status or on a calendar: the filters go along."""

    def get_filter_query(self) -> str:
        query = self.request.GET.copy()
        for name in NOT_FILTERS:
            query.pop(name, None)
        return f"?{query.urlencode()}" if query else ""

    def get_context_data(self, **context) -> dict:
        query = self.get_filter_query()
        tabs = [(label, link(name) + query, name == self.tab) for label, name in TABS]
        return super().get_context_data(tabs=tabs, filter_query=query, **context)


class ActionList(ActionTabs, ListPage):
    """Every action one sees, to sort, filter, download, and change several at once."""

    permission = VIEW
    queryset = Action.objects.all()
    table_class = ActionTable
    file_table_class = ActionFile
    filterset_class = ActionFilter
    template_name = "actions/action/list.html"
    title = "Actions"
    tab = "actions:actions"
    export_name = "actions"
    empty_title = "Aucune action n’est enregistrée."

    @property
    def empty_text(self) -> str:
        if self.may(EDIT):
            return "Ouvrez un plan, ou importez le tableau que vous tenez déjà : ses actions se suivent ici."
        return "Les actions dont vos services répondent s’affichent ici dès que le référent qualité les inscrit."

    def get_queryset(self):
        return Action.objects.for_list().pending_first()

    def get_table_kwargs(self):
        if not self.may(EDIT) or FORMAT in self.request.GET:
            return {}
        return {"chooser": CHOOSER, "all_chosen": "tout" in self.request.GET}

    def get_list_context(self, count, filterset):
        return super().get_list_context(count, filterset) | {
            "chooser": CHOOSER if self.may(EDIT) else "",
            "changes": [(code, change.label) for code, change in CHANGES.items()],
            "all_chosen": "tout" in self.request.GET,
            "choose_all_url": self.query(tout="1", **self.kept_page()),
            "choose_none_url": self.query(**self.kept_page()).replace("tout=1", ""),
        }

    def kept_page(self) -> dict:
        return {"page": self.request.GET["page"]} if "page" in self.request.GET else {}


class ActionPage(OnAction, DetailPage):
    """What was decided, by whom, by when; what became of its deadline; its proofs; what points at it."""

    permission = VIEW
    template_name = "actions/action/detail.html"

    def get(self, request, *args, **kwargs):
        action = self.object
        told = list(deadlines.told(action))
        return self.render(
            action=action,
            finding=action.finding,
            actions=self.get_actions(),
            moves=deadline_rules.moves(told),
            notes=notes.thread(told)[::-1],
            drift=deadlines.drift(action),
            proofs=list(action.proofs.select_related("added_by")),
            can_prove=self.allows(REPORT),
            can_edit=self.allows(EDIT),
            group=self.get_group(),
            change=told[-1] if told else None,
            panels=self.get_panels(),
        )

    def get_title(self) -> str:
        return short(self.object.title, 120)

    def get_group(self) -> list[Action]:
        """The twins that the person may see."""
        rows = Action.objects.visible_to(self.request.user).select_related("finding__plan")
        return list(rows.together_with(self.object).exclude(pk=self.object.pk))

    def get_panels(self) -> list[dict]:
        own = registries.panels_of(registries.action_panels, self.request, self.object)
        return own + registries.panels_of(registries.finding_panels, self.request, self.object.finding)

    def get_actions(self) -> list[dict]:
        action, is_done = self.object, self.object.status == Status.DONE
        shown = [*_REPORTED] if self.allows(REPORT) else []
        if self.allows(EDIT):
            review = [_REVIEW[bool(action.review_due_on)]] if is_done else []
            shown += [_EDIT, *review, _REMOVE]
        return [one.shown(action.pk) for one in shown]


_REPORTED = (
    PageAction("Faire le point", "actions:action-point", kind=""),
    PageAction("Joindre une preuve", "actions:proof-add", kind=MORE),
)
_EDIT = PageAction("Modifier", "actions:action-edit", kind=MORE)
_REMOVE = PageAction("Retirer", "actions:action-remove", kind=MORE)
_REVIEW = {
    False: PageAction("Faire vérifier l’efficacité", "actions:action-review-ask", kind=MORE),
    True: PageAction("Vérifier l’efficacité", "actions:action-review"),
}


class ActionCreate(OnFinding, AddPage):
    """What is decided about a finding."""

    permission = EDIT
    form_class = NewActionForm
    template_name = "actions/form.html"
    title = crumb = "Ajouter une action"
    button_label = "Ajouter l’action"

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"site": self.object.plan.site}

    def save_verb(self, form):
        data = form.cleaned_data
        told = {name: data[name] for name in ("text", "comment", "expected_effect", "deadline")}
        return actions.add_action(self.object, by=self.request.user, responsibles=form.responsibles, **told)

    def get_success_message(self, saved):
        return f"L’action est ajoutée. {deadline_sentence(saved)}"

    def get_success_url(self, saved):
        return link("actions:action", saved.pk)

    def get_context_data(self, **context):
        return super().get_context_data(finding=self.object, **context)


class ActionEdit(HeldInOrder, WithRelatedVersion, OnAction, UpdatePage):
    """The same action; a deadline already promised is moved with its reason."""

    permission = EDIT
    form_class = ActionEditForm
    template_name = "actions/form.html"
    related_model = ActionResponsible
    related_name = "action"
    title = "Modifier l’action"
    crumb = "Modifier"

    def get_form_kwargs(self):
        rows = list(self.object.responsibles.select_related("unit", "user")) if self.past is None else self.past
        return super().get_form_kwargs() | {
            "site": self.object.finding.plan.site,
            "responsibles": sorted(rows, key=lambda row: (row.position, row.pk)),
        }

    def save_verb(self, form):
        data = form.cleaned_data
        told = {name: data[name] for name in ("text", "expected_effect", "deadline", "reason")}
        self.before = self.object.deadline
        return actions.change_action(self.object, by=self.request.user, responsibles=form.responsibles, **told)

    def get_success_message(self, saved):
        moved = saved.deadline != self.before
        return f"L’action est enregistrée. {deadline_sentence(saved)}" if moved else "L’action est enregistrée."

    def get_context_data(self, **context):
        return super().get_context_data(finding=self.object.finding, **context)


class ActionRemove(OnAction, VerbPage):
    """Remove an action; its twins stay."""

    permission = EDIT
    title = crumb = "Retirer cette action"
    reason = "required"
    is_danger = True
    button_label = "Retirer l’action"
    explanation = "Ses preuves sont retirées avec elle ; l’historique la garde."
    success_message = "L’action est retirée ; l’historique la garde."

    def verb(self, obj: Action, *, reason):
        self.finding_id = obj.finding_id
        actions.remove_action(obj, by=self.request.user, reason=reason)

    def get_success_url(self):
        return reverse("actions:finding", args=[self.finding_id])


def deadline_sentence(action: Action) -> str:
    """How the deadline was understood: said at once, so that a misreading is seen by who typed it."""
    return f"Échéance comprise : {words(action.deadline)}."


class DeadlineWords(PermissionRequired, View):
    """How a deadline being typed is understood, for the line under its field."""

    permission = VIEW

    def get(self, request):
        field = FuzzyDateField(required=False, max_length=200)
        try:
            told = f"Compris : {words(field.clean(request.GET.get('deadline', '')))}."
        except ValidationError as error:
            told = error.messages[0]
        return HttpResponse(escape(told), headers={"Cache-Control": "no-store"})
