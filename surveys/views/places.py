"""The halls and counters of a site."""

from core.pages import CreatePage, DetailPage, HistoryPage, ListPage, PageAction, UpdatePage
from organisations.permissions import Permission
from surveys.filters.campaigns import PlaceFilter
from surveys.forms.campaigns import NewPlaceForm, PlaceForm
from surveys.forms.questionnaires import editable_sites
from surveys.models import Place
from surveys.services import places
from surveys.tables.campaigns import PlaceTable
from surveys.views.scope import OfSite

PLACES = "surveys:places"
EDIT = Permission.SURVEY_EDIT


class OfPlaces(OfSite):
    """What the pages about one place share."""

    permission = Permission.SURVEY_VIEW
    queryset = Place.objects.select_related("site", "unit")
    breadcrumbs = [("Lieux d’accueil", PLACES)]
    detail_url_name = "surveys:place"
    history_url_name = "surveys:place-history"


class PlaceList(ListPage):
    permission = Permission.SURVEY_VIEW
    queryset = Place.objects.select_related("site", "unit")
    table_class = PlaceTable
    filterset_class = PlaceFilter
    title = "Lieux d’accueil"
    noun = ("lieu", "lieux")
    create_url_name = "surveys:place-create"
    create_permission = EDIT
    create_label = "Ajouter un lieu"
    intro = "Les halls et guichets où le public est reçu : les retours d’une enquête se comptent lieu par lieu."
    empty_title = "Aucun lieu d’accueil n’est enregistré."
    empty_text = "Ajoutez le hall, puis chaque guichet dont vous voulez connaître les résultats à part."


class PlaceDetail(OfPlaces, DetailPage):
    facts = ("site", "name_en", "unit", "position", "is_active")
    actions = (PageAction("Modifier", "surveys:place-edit", EDIT),)


class PlaceCreate(CreatePage):
    permission = EDIT
    form_class = NewPlaceForm
    title = "Ajouter un lieu d’accueil"
    breadcrumbs = [("Lieux d’accueil", PLACES)]
    list_url_name = PLACES
    detail_url_name = "surveys:place"

    def get_initial(self) -> dict:
        sites = list(editable_sites(self.request.user)[:2])
        return {"site": sites[0].pk} if len(sites) == 1 else {}

    def save_verb(self, form):
        return places.create(by=self.request.user, **form.cleaned_data)


class PlaceEdit(OfPlaces, UpdatePage):
    permission = EDIT
    form_class = PlaceForm

    def save_verb(self, form):
        return places.change(self.object, by=self.request.user, **form.cleaned_data)


class PlaceHistory(OfPlaces, HistoryPage):
    permission = Permission.HISTORY_VIEW
