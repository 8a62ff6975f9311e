"""The halls and counters of a site where the public is met."""

from django.db import transaction
from django.utils.text import slugify

from core import history
from core.errors import UserError
from organisations.models import Unit, User
from surveys.models import Place

FIELDS = ("name", "name_en", "unit", "position", "is_active")


@transaction.atomic
def create(
    *, site: Unit, name: str, by: User, name_en: str = "", unit: Unit | None = None, position: int = 0,
    is_active: bool = True, code: str = "", reason: str = "",
) -> Place:  # fmt: skip
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
    place = Place.objects.select_for_update(of=("self",)).select_related("site").get(pk=place.pk)
    for name, value in fields.items():
        if name not in FIELDS:
            raise TypeError(f"{name} is not a field of a place")
        setattr(place, name, value.strip() if isinstance(value, str) else value)
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
    base = slugify(words)[:56].strip("-") or "lieu"
    taken = set(Place.objects.filter(site=site).values_list("code", flat=True))
    code, number = base, 2
    while code in taken:
        code, number = f"{base}-{number}", number + 1
    return code
