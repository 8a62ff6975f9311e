"""The halls and counters of a site."""

from core.pages import PageAction
from core.pages.section import Add, Change, Detail, History, Listing, Section
from organisations.permissions import Permission
from surveys.filters.campaigns import PlaceFilter
from surveys.forms.campaigns import NewPlaceForm, PlaceForm
from surveys.models import Place
from surveys.services import places
from surveys.tables.campaigns import PlaceTable
from surveys.views.campaigns import AtTheOnlySite


class Places(Section):
    name, path, permission = "surveys:place", "lieux/<int:pk>", Permission.SURVEY_EDIT
    queryset = Place.objects.select_related("site", "unit")

    listing = Listing(
        "lieux/",
        table_class=PlaceTable,
        filterset_class=PlaceFilter,
        title="Lieux d’accueil",
        noun=("lieu", "lieux"),
        create_label="Ajouter un lieu",
        intro="Les halls et guichets où le public est reçu : les retours d’une enquête se comptent lieu par lieu.",
        empty_title="Aucun lieu d’accueil n’est enregistré.",
        empty_text="Ajoutez le hall, puis chaque guichet dont vous voulez connaître les résultats à part.",
    )
    create = Add("lieux/nouveau", NewPlaceForm, places.create, page=AtTheOnlySite, title="Ajouter un lieu d’accueil")
    detail = Detail(
        facts=("site", "name_en", "unit", "position", "is_active"),
        actions=(PageAction("Modifier", "surveys:place-edit", permission),),
    )
    edit = Change(PlaceForm, places.change)
    history = History()
