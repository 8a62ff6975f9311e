"""An engagement: what is known of it, what it corresponds to, its history; and the table of correspondences."""

from django.utils.functional import cached_property

from core.pages import CreatePage, DetailPage, HistoryPage, ListPage, PageAction, UpdatePage, VerbPage
from core.pages.page import link
from organisations.permissions import Permission
from referential.forms import CorrespondenceForm, EngagementEditForm, EngagementForm
from referential.models import TO_COMPLETE, Correspondence, Engagement, Module
from referential.services import texts
from referential.tables import CorrespondenceTable
from referential.views.shared import LIST, SharedPage

CORRESPONDENCES = "referential:correspondences"


class OnEngagement(SharedPage):
    queryset = Engagement.objects.for_list()
    detail_url_name = "referential:engagement"
    history_url_name = "referential:engagement-history"

    @property
    def breadcrumbs(self):
        referential = self.object.module.referential
        return [*LIST, (str(referential), link("referential:referential", referential.code))]


class EngagementDetail(OnEngagement, DetailPage):
    template_name = "referential/engagement_detail.html"
    facts = ("module", "parent", "title", "subject", "compulsory_from", "expected_evidence", "certainty")
    actions = (PageAction("Modifier", "referential:engagement-edit", Permission.REFERENTIAL_EDIT),)

    def get_facts(self):
        """A missing title is said to be missing, not merely blank."""
        title = Engagement._meta.get_field("title").verbose_name.capitalize()
        return [(label, value or TO_COMPLETE if label == title else value) for label, value in super().get_facts()]

    def get_context_data(self, **context) -> dict:
        return super().get_context_data(
            children=self.object.children.order_by("position", "code"),
            predecessors=self.object.predecessors.for_list(),
            successors=self.object.successors.for_list(),
            **context,
        )


class EngagementEdit(OnEngagement, UpdatePage):
    permission = Permission.REFERENTIAL_EDIT
    form_class = EngagementEditForm

    def save_verb(self, form):
        return texts.edit_engagement(self.object, by=self.request.user, **form.cleaned_data)


class EngagementHistory(OnEngagement, HistoryPage):
    permission = Permission.HISTORY_VIEW


class EngagementCreate(SharedPage, CreatePage):
    queryset = Module.objects.all()
    permission = Permission.REFERENTIAL_EDIT
    form_class = EngagementForm
    title = "Ajouter un engagement"
    detail_url_name = "referential:engagement"

    @cached_property
    def module(self) -> Module:
        return self.parent_of(Module.objects.select_related("referential"), pk=self.kwargs["pk"])

    def get_breadcrumbs(self):
        here = (str(self.module.referential), self.get_cancel_url())
        return [*((label, link(url)) for label, url in LIST), here, (self.get_title(), "")]

    def get_form_kwargs(self) -> dict:
        return super().get_form_kwargs() | {"module": self.module}

    def save_verb(self, form):
        return texts.add_engagement(self.module, by=self.request.user, **form.cleaned_data)

    def get_cancel_url(self) -> str:
        return link("referential:referential", self.module.referential.code)


class CorrespondenceList(SharedPage, ListPage):
    queryset = Correspondence.objects.for_list()
    table_class = CorrespondenceTable
    title = "Correspondances"
    breadcrumbs = LIST
    intro = (
        "Un même sujet change de numéro d’une version à l’autre : 14 (Qualipref 2.0) devient 17 et 18 (Qual-e-Pref)."
    )
    create_url_name = "referential:correspondence-create"
    create_permission = Permission.REFERENTIAL_EDIT
    create_label = "Ajouter une correspondance"

    def get_table_kwargs(self) -> dict:
        return {} if self.may_edit else {"exclude": ("remove",)}


class CorrespondenceCreate(SharedPage, CreatePage):
    queryset = Correspondence.objects.all()
    permission = Permission.REFERENTIAL_EDIT
    form_class = CorrespondenceForm
    title = "Ajouter une correspondance"
    breadcrumbs = [*LIST, ("Correspondances", CORRESPONDENCES)]
    list_url_name = success_url_name = CORRESPONDENCES

    def save_verb(self, form):
        return texts.relate(by=self.request.user, **form.cleaned_data)


class CorrespondenceRemove(SharedPage, VerbPage):
    queryset = Correspondence.objects.for_list()
    permission = Permission.REFERENTIAL_EDIT
    title = "Retirer la correspondance"
    breadcrumbs = [*LIST, ("Correspondances", CORRESPONDENCES)]
    button_label = "Retirer"
    is_danger = True
    success_message = "La correspondance est retirée."
    success_url_name = CORRESPONDENCES

    def get_question(self) -> str:
        return f"Retirer la correspondance {self.object} ?"

    def verb(self, obj, *, reason: str):
        texts.unrelate(obj, by=self.request.user, reason=reason)
