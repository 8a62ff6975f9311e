"""Labels and the steps of their application."""

from django.utils import timezone

from audits.filters import LabelFilter
from audits.forms.choices import sites_with
from audits.forms.labels import LabelForm, NewLabelForm, StepForm
from audits.models import ApplicationStep, Label
from audits.services import labels
from audits.tables import LABEL_BADGES, LabelTable
from core.pages import DetailPage, ListPage, PageAction
from core.pages.section import Add, Change, Detail, History, Listing, Parent, Remove, Section
from core.pages.states import badge_of
from organisations.permissions import Permission


class AtTheOnlySite:
    """A form that proposes the site of the person who runs one alone."""

    def get_initial(self) -> dict:
        sites = list(sites_with(self.request.user)[:2])
        return {"site": sites[0].pk} if len(sites) == 1 else {}


class LabelList(ListPage):
    def get_table_kwargs(self) -> dict:
        return {"on": timezone.localdate()}


class LabelPage(DetailPage):
    """A label with its state today, what follows from its date, its application and its audits."""

    template_name = "audits/label.html"

    def get_context_data(self, **context) -> dict:
        label: Label = self.object
        state = label.state_on(timezone.localdate())
        return super().get_context_data(
            label=label,
            badge=badge_of(LABEL_BADGES[state], state.label),
            steps=label.steps.order_by("pk"),
            audits=label.audits.order_by("starts_on"),
            may_edit=self.allows(Permission.AUDIT_EDIT),
            **context,
        )


class Labels(Section):
    name, path, permission = "audits:label", "labels/<int:pk>", Permission.AUDIT_EDIT
    queryset = Label.objects.select_related("site", "referential")

    listing = Listing(
        "labels/",
        page=LabelList,
        table_class=LabelTable,
        filterset_class=LabelFilter,
        title="Labels",
        noun=("label", "labels"),
        intro="Ce que chaque site tient, a tenu ou prépare : un label dure trois ans, son audit de suivi est dû à "
        "dix-huit mois. Un site peut n’en avoir aucun, ou plusieurs.",
        empty_title="Aucun label n’est enregistré.",
        empty_text="Le référent qualité ajoute celui que le site prépare ou a obtenu.",
    )
    create = Add("labels/nouveau", NewLabelForm, labels.open_label, page=AtTheOnlySite, title="Ajouter un label")
    detail = Detail(page=LabelPage, actions=(PageAction("Modifier", "audits:label-edit", permission),))
    edit = Change(LabelForm, labels.change_label)
    remove = Remove(
        labels.remove_label,
        reason="required",
        title="Supprimer « {0} »",
        question="Supprimer le label « {0} » ?",
        explanation="Pour une erreur de saisie : un label expiré reste, il est vrai de ses années.",
        success_message="Le label est supprimé.",
    )
    history = History()


class Steps(Section):
    name, path, permission = "audits:step", "etapes/<int:pk>", Permission.AUDIT_EDIT
    queryset = ApplicationStep.objects.select_related("label__site", "label__referential")
    parent = Parent("label", Labels.queryset, "audits:label", way=[("Labels", "audits:labels")])
    anchor = "#candidature"

    edit = Change(StepForm, labels.set_step, title="{0}")
