"""The halls and counters of a site where the public is met."""

from django.db import transaction

from core.base.codes import code_of, free_code
from core.base.errors import UserError
from core.record import history
from core.record.deeds import locked, set_fields
from organisations.models import Unit, User
from surveys.models import Place

FIELDS = ("name", "name_en", "unit", "position", "is_active")


@transaction.atomic
def create(
    *,
    site: Unit,
    name: str,
    by: User,
    name_en: str = "",
    unit: Unit | None = None,
    position: int = 0,
    is_active: bool = True,
    code: str = "",
    reason: str = "",
) -> Place:
    """A place of a site. UserError on a unit that is no site, a name already there, a service of another site."""
    place = Place(site=site, name=name.strip(), name_en=name_en.strip(), unit=unit, position=position)
    place.is_active = is_active
    _check(place)
    place.code = _free_code(code or place.name, site)
    history.save(place, by=by, reason=reason)
    return place


@transaction.atomic
def change(place: Place, *, by: User, reason: str = "", **fields) -> Place:
    """Change its name, its service, its rank, or whether it is offered; its code stays."""
    place = locked(place, "site")
    set_fields(place, fields, FIELDS)
    _check(place)
    history.save(place, by=by, reason=reason)
    return place


def _check(place: Place) -> None:
    if not place.site.is_site:
        raise UserError("Un lieu d’accueil appartient à une préfecture ou à une sous-préfecture.", field="site")
    if not place.name:
        raise UserError("Donnez un nom au lieu.", field="name")
    same = Place.objects.filter(site=place.site, name__iexact=place.name).exclude(pk=place.pk)
    if same.exists():
        raise UserError(f"« {place.site} » a déjà un lieu nommé « {place.name} ».", field="name")
    if place.unit and place.unit.pk not in Unit.objects.ids_below(place.site.pk):
        raise UserError(f"« {place.unit} » n’est pas un service de « {place.site} ».", field="unit")


def _free_code(words: str, site: Unit) -> str:
    base = code_of(words, longest=56, otherwise="lieu")
    taken = set(Place.objects.filter(site=site).values_list("code", flat=True))
    return free_code(base, taken)
