"""The modules each site retains, with their dates."""

from core.pages import CreatePage, DetailPage, HistoryPage, ListPage, PageAction, UpdatePage, VerbPage
from organisations.permissions import Permission
from referential.filters import PerimeterFilter
from referential.forms import PerimeterDatesForm, RetainForm
from referential.models import Perimeter
from referential.services import perimeters
from referential.tables import PerimeterTable

PERIMETERS = "referential:perimeters"


class PerimeterList(ListPage):
    permission = Permission.REFERENTIAL_VIEW
    queryset = Perimeter.objects.select_related("site", "module__referential")
    table_class = PerimeterTable
    filterset_class = PerimeterFilter
    title = "Périmètre des sites"
    noun = ("module retenu", "modules retenus")
    intro = "Le module 1 est obligatoire ; chaque site choisit les autres, avec leurs dates."
    create_url_name = "referential:perimeter-create"
    create_permission = Permission.REFERENTIAL_EDIT
    create_label = "Retenir des modules"
    empty_title = "Aucun module n’est retenu pour le moment."
    empty_text = "Choisissez les modules que le site s’engage à tenir, et depuis quand."


class PerimeterCreate(CreatePage):
    permission = Permission.REFERENTIAL_EDIT
    queryset = Perimeter.objects.all()
    form_class = RetainForm
    title = "Retenir des modules"
    button_label = "Retenir"
    breadcrumbs = [("Périmètre des sites", PERIMETERS)]
    list_url_name = success_url_name = PERIMETERS

    def get_initial(self) -> dict:
        return {"site": self.request.GET.get("site", "")}

    def save_verb(self, form):
        return perimeters.retain(by=self.request.user, **form.cleaned_data)


class OnPerimeter:
    queryset = Perimeter.objects.select_related("site", "module__referential")
    breadcrumbs = [("Périmètre des sites", PERIMETERS)]
    detail_url_name = "referential:perimeter"
    history_url_name = "referential:perimeter-history"

    def unit_id_of(self, obj) -> int | None:
        return obj.site_id


class PerimeterDetail(OnPerimeter, DetailPage):
    permission = Permission.REFERENTIAL_VIEW
    facts = ("site", "module", "valid_from", "valid_until")
    actions = (
        PageAction("Modifier les dates", "referential:perimeter-edit", Permission.REFERENTIAL_EDIT),
        PageAction("Retirer", "referential:perimeter-remove", Permission.REFERENTIAL_EDIT, kind="tertiary"),
    )


class PerimeterEdit(OnPerimeter, UpdatePage):
    permission = Permission.REFERENTIAL_EDIT
    form_class = PerimeterDatesForm

    def save_verb(self, form):
        return perimeters.change_dates(self.object, by=self.request.user, **form.cleaned_data)


class PerimeterRemove(OnPerimeter, VerbPage):
    permission = Permission.REFERENTIAL_EDIT
    title = "Retirer le module"
    explanation = "Un module retenu puis abandonné se termine avec une date ; ne retirez qu’une erreur."
    button_label = "Retirer"
    is_danger = True
    success_message = "Le module n’est plus retenu."
    success_url_name = PERIMETERS

    def verb(self, obj, *, reason: str):
        perimeters.remove(obj, by=self.request.user, reason=reason)


class PerimeterHistory(OnPerimeter, HistoryPage):
    permission = Permission.HISTORY_VIEW
