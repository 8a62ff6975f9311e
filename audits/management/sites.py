"""The sites that a command names."""

from core.base.errors import UserError
from organisations.models import Unit


def site_of(code: str) -> Unit:
    """The préfecture or sous-préfecture of that code. UserError when there is none."""
    site = Unit.objects.sites().filter(code=code).first()
    if site is None:
        raise UserError(f"Aucun site n’a le code « {code} ».")
    return site


def sites_at(site: Unit) -> list[Unit]:
    """The site and those below it, its own first."""
    below = Unit.objects.sites().filter(pk__in=Unit.objects.ids_below(site.pk)).order_by("position", "code")
    return [site, *(one for one in below if one.pk != site.pk)]
