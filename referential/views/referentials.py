"""Referentials and their modules: list, detail with the tree of engagements, forms, history."""

from core.pages import DetailPage, HistoryPage, ListPage, PageAction, UpdatePage
from core.pages.section import Add, Change, History, Parent, Section
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


class Modules(Section):
    name, path, permission = "referential:module", "modules/<int:pk>/", Permission.REFERENTIAL_EDIT
    queryset = Module.objects.select_related("referential")
    parent = Parent("referential", OnReferential.queryset, "referential:referential", lookup="code", way=LIST)

    create = Add("versions/<slug:code>/modules/ajouter/", ModuleForm, texts.add_module, title="Ajouter un module")
    edit = Change(ModuleEditForm, texts.edit_module)
    history = History()
