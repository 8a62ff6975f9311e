"""Findings: the page of one with its actions, add, change, remove, history."""

from actions import registries
from actions.forms.plans import FindingEditForm, FindingForm
from actions.models import Action, Finding, FindingEngagement
from actions.services import findings
from actions.views.scope import EDIT, VIEW, OnFinding, OnPlan
from actions.views.versions import WithRelatedVersion
from core.pages import AddPage, DetailPage, PageAction, UpdatePage, VerbPage
from core.pages.page import link


class FindingPage(OnFinding, DetailPage):
    """A finding, its engagements, its actions, and what opened it."""

    permission = VIEW
    template_name = "actions/finding/detail.html"
    facts = ("kind", "theme", "section", "module", "engagement_words", "closed_on")
    actions = (
        PageAction("Ajouter une action", "actions:action-create", EDIT, kind=""),
        PageAction("Modifier", "actions:finding-edit", EDIT),
        PageAction("Retirer", "actions:finding-remove", EDIT, kind="tertiary"),
    )

    def get(self, request, *args, **kwargs):
        rows = Action.objects.visible_to(request.user).for_list().filter(finding=self.object)
        return self.render(
            facts=[(label, value) for label, value in self.get_facts() if value],
            actions=self.get_actions(),
            rows=list(rows.order_by("position", "pk")),
            links=list(self.object.engagement_links.select_related("engagement__module")),
            panels=registries.panels_of(registries.finding_panels, request, self.object),
        )

    def get_title(self) -> str:
        return f"Constat {self.object.number}"


class FindingCreate(OnPlan, AddPage):
    """A finding at the end of the plan."""

    permission = EDIT
    form_class = FindingForm
    template_name = "actions/form.html"
    title = crumb = "Ajouter un constat"
    button_label = "Ajouter le constat"
    success_message = "Le constat est ajouté : dites ce qui est décidé."

    takes = "plan"

    def save_verb(self, form):
        return findings.add_finding(self.object, by=self.request.user, **form.cleaned_data)

    def get_success_url(self, saved):
        return link("actions:finding", saved.pk)


class FindingEdit(WithRelatedVersion, OnFinding, UpdatePage):
    """What was found and the engagements it is about."""

    permission = EDIT
    form_class = FindingEditForm
    template_name = "actions/form.html"
    related_model = FindingEngagement
    related_name = "finding"
    crumb = "Modifier"

    def get_title(self):
        return f"Modifier le constat {self.object.number}"

    def get_form_kwargs(self):
        kwargs = super().get_form_kwargs() | {"plan": self.object.plan}
        if self.past is not None:
            kwargs["initial"] |= {"engagements": [row.engagement_id for row in self.past]}
        return kwargs

    def save_verb(self, form):
        return findings.change_finding(self.object, by=self.request.user, **form.cleaned_data)


class FindingRemove(OnFinding, VerbPage):
    """Remove the finding and its actions."""

    permission = EDIT
    title = crumb = "Retirer ce constat"
    reason = "required"
    is_danger = True
    button_label = "Retirer le constat"
    explanation = "Ses actions et leurs preuves sont retirées avec lui ; l’historique les garde."
    success_message = "Le constat est retiré ; l’historique le garde."

    def verb(self, obj: Finding, *, reason):
        self.plan_id = obj.plan_id
        findings.remove_finding(obj, by=self.request.user, reason=reason)

    def get_success_url(self):
        return link("actions:plan", self.plan_id)
