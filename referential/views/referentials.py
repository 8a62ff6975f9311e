"""Referentials and their modules: list, detail with the tree of engagements, forms, history."""

from core.importing.forms import UploadForm
from core.importing.pages import UploadFor
from core.pages import CreatePage, DetailPage, HistoryPage, ListPage, ObjectPage, PageAction, UpdatePage
from core.pages.page import link
from core.pages.section import Add, Change, History, Parent, Section
from organisations.models import Unit
from organisations.permissions import Permission
from referential.forms import ModuleEditForm, ModuleForm, NewReferentialForm, ReferentialForm
from referential.imports import ReferentialFile
from referential.models import Engagement, Module, Referential, ReferentialImport
from referential.results import changes_of
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
    create_url_name = "referential:referential-create"
    create_permission = Permission.REFERENTIAL_EDIT
    create_label = "Ajouter un référentiel"
    empty_text = "Chargez les référentiels fournis : manage.py load_referential."


class ReferentialCreate(SharedPage, CreatePage):
    """A whole new version, typed here and then imported or typed engagement by engagement."""

    queryset = Referential.objects.all()
    permission = Permission.REFERENTIAL_EDIT
    form_class = NewReferentialForm
    title = "Ajouter un référentiel"
    breadcrumbs = LIST
    list_url_name = "referential:referentials"

    def save_verb(self, form):
        return texts.add_referential(by=self.request.user, **form.cleaned_data)

    def get_success_url(self, saved) -> str:
        return link("referential:referential", saved.code)


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
        PageAction("Importer les engagements", "referential:import-upload", Permission.REFERENTIAL_EDIT),
        PageAction("Ce qui change pour nous", "referential:changes", Permission.REFERENTIAL_VIEW),
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


class Changes(OnReferential, ObjectPage):
    """What a version changes for the sites one reads: what it takes up, what is new, what is gone."""

    template_name = "referential/changes.html"
    title = "Ce qui change pour nous"

    def get(self, request, *args, **kwargs):
        sites = Unit.objects.sites().filter(pk__in=request.user.sites_with(Permission.REFERENTIAL_VIEW))
        return self.render(referential=self.object, changes=changes_of(self.object, sites))


class ReferentialUpload(OnReferential, UploadFor):
    """Send the engagements of a version as a table."""

    kind = ReferentialFile
    form_class = UploadForm

    def new_record(self, form) -> ReferentialImport:
        return ReferentialImport(referential=self.object)

    def latest(self):
        return ReferentialImport.objects.filter(referential=self.object)


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
