"""The modules each site retains, with their dates."""

from core.pages import PageAction
from core.pages.section import Add, Change, Detail, History, Listing, Remove, Section
from organisations.permissions import Permission
from referential.filters import PerimeterFilter
from referential.forms import PerimeterDatesForm, RetainForm
from referential.models import Perimeter
from referential.services import perimeters
from referential.tables import PerimeterTable


class AtTheSiteAsked:
    """The site may come with the address."""

    def get_initial(self) -> dict:
        return {"site": self.request.GET.get("site", "")}


class Perimeters(Section):
    name, path, permission = "referential:perimeter", "perimetres/<int:pk>/", Permission.REFERENTIAL_EDIT
    queryset = Perimeter.objects.select_related("site", "module__referential")

    listing = Listing(
        "perimetres/",
        table_class=PerimeterTable,
        filterset_class=PerimeterFilter,
        title="Périmètre des sites",
        noun=("module retenu", "modules retenus"),
        intro="Le module 1 est obligatoire ; chaque site choisit les autres, avec leurs dates.",
        empty_title="Aucun module n’est retenu pour le moment.",
        empty_text="Choisissez les modules que le site s’engage à tenir, et depuis quand.",
    )
    create = Add(
        "perimetres/retenir/",
        RetainForm,
        perimeters.retain,
        page=AtTheSiteAsked,
        title="Retenir des modules",
        button_label="Retenir",
        success_url_name="referential:perimeters",
    )
    detail = Detail(
        facts=("site", "module", "valid_from", "valid_until"),
        actions=(
            PageAction("Modifier les dates", "referential:perimeter-edit", permission),
            PageAction("Retirer", "referential:perimeter-remove", permission, kind="tertiary"),
        ),
    )
    edit = Change(PerimeterDatesForm, perimeters.change_dates)
    remove = Remove(
        perimeters.remove,
        at="retirer",
        title="Retirer le module",
        explanation="Un module retenu puis abandonné se termine avec une date ; ne retirez qu’une erreur.",
        button_label="Retirer",
        success_message="Le module n’est plus retenu.",
    )
    history = History()
