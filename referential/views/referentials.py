"""Referentials and their modules: list, detail with the tree of engagements, forms, history."""

from django.utils.functional import cached_property

from core.pages import CreatePage, DetailPage, HistoryPage, ListPage, PageAction, UpdatePage
from core.pages.page import link
from organisations.permissions import Permission
from referential.forms import ModuleEditForm, ModuleForm, ReferentialForm
from referential.models import Engagement, Module, Referential
from referential.services import texts
from referential.tables import ReferentialTable
from referential.views.shared import LIST, SharedPage

ONLY_TO_COMPLETE = "a_completer"


class ReferentialList(SharedPage, ListPage):
    queryset = Referential.objects.for_list()
    table_class = ReferentialTable
    title = "Référentiels"
    intro = (
        "Les référentiels sont des données : un intitulé inconnu reste vide et se lit « à compléter » ; "
        "chaque ligne dit d’où elle vient."
    )
    empty_text = "Chargez les référentiels fournis : manage.py load_referential."


class OnReferential(SharedPage):
    queryset = Referential.objects.all()
    lookup_field = "code"
    breadcrumbs = LIST
    detail_url_name = "referential:referential"
    history_url_name = "referential:referential-history"


class ReferentialDetail(OnReferential, DetailPage):
    template_name = "referential/referential_detail.html"
    facts = ("in_force_from", "in_force_until", "source")
    actions = (
        PageAction("Modifier", "referential:referential-edit", Permission.REFERENTIAL_EDIT),
        PageAction("Ajouter un module", "referential:module-create", Permission.REFERENTIAL_EDIT, kind="tertiary"),
    )

    def get_context_data(self, **context) -> dict:
        engagements = list(Engagement.objects.filter(module__referential=self.object).order_by("position", "code"))
        only = ONLY_TO_COMPLETE in self.request.GET
        modules = list(self.object.modules.order_by("position", "code"))
        for module in modules:
            module.rows = [e for e in engagements if e.module_id == module.pk and (e.is_to_complete or not only)]
        return super().get_context_data(
            modules=[module for module in modules if module.rows or not only],
            total=len(engagements),
            to_complete=sum(engagement.is_to_complete for engagement in engagements),
            only_to_complete=only,
            may_edit=self.may_edit,
            **context,
        )


class ReferentialEdit(OnReferential, UpdatePage):
    permission = Permission.REFERENTIAL_EDIT
    form_class = ReferentialForm

    def save_verb(self, form):
        return texts.edit_referential(self.object, by=self.request.user, **form.cleaned_data)


class ReferentialHistory(OnReferential, HistoryPage):
    permission = Permission.HISTORY_VIEW


class ModuleCreate(SharedPage, CreatePage):
    queryset = Referential.objects.all()
    permission = Permission.REFERENTIAL_EDIT
    form_class = ModuleForm
    title = "Ajouter un module"

    @cached_property
    def referential(self) -> Referential:
        return self.parent_of(Referential.objects.all(), code=self.kwargs["code"])

    def get_breadcrumbs(self):
        here = (str(self.referential), self.get_cancel_url())
        return [*((label, link(url)) for label, url in LIST), here, (self.get_title(), "")]

    def save_verb(self, form):
        return texts.add_module(self.referential, by=self.request.user, **form.cleaned_data)

    def get_cancel_url(self) -> str:
        return link("referential:referential", self.kwargs["code"])

    def get_success_url(self, saved) -> str:
        return self.get_cancel_url()


class OnModule(SharedPage):
    queryset = Module.objects.select_related("referential")

    def get_breadcrumbs(self):
        here = (str(self.object.referential), self.get_object_url())
        return [*((label, link(url)) for label, url in LIST), here, (self.get_title(), "")]

    def get_object_url(self) -> str:
        return link("referential:referential", self.object.referential.code)


class ModuleEdit(OnModule, UpdatePage):
    permission = Permission.REFERENTIAL_EDIT
    form_class = ModuleEditForm

    def save_verb(self, form):
        return texts.edit_module(self.object, by=self.request.user, **form.cleaned_data)

    def get_success_url(self, saved) -> str:
        return self.get_object_url()


class ModuleHistory(OnModule, HistoryPage):
    permission = Permission.HISTORY_VIEW
