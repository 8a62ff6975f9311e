"""What the pages of one site and year share: who may open them, and the way from one to another."""

from django.db.models import Q
from django.http import Http404
from django.utils import timezone
from django.utils.functional import cached_property
from django.views import View

from core.pages import Page, PermissionRequired
from indicators.models import Assignment, Reading
from indicators.rules.months import FIRST_YEAR, LAST_YEAR
from indicators.services.campaigns import previous_month
from organisations.models import Unit
from organisations.permissions import Permission


def sites_of(user):
    """Sites whose indicators the person may read: those of their units, and those their services enter figures for."""
    units = user.access.units_with(Permission.INDICATOR_VIEW)
    followed = Assignment.objects.visible_to(user).values("site")
    return Unit.objects.sites().filter(Q(pk__in=units) | Q(pk__in=followed)).order_by("position", "code")


def readings_of(user, site: Unit, year: int):
    """The readings of a site that the person may see: all of them, or those of the indicators of their services."""
    readings = Reading.objects.for_dashboard(site.pk, year)
    if user.can(Permission.INDICATOR_VIEW, site.pk):
        return readings
    return readings.filter(indicator__in=Assignment.objects.visible_to(user).filter(site=site).values("indicator"))


def latest_place(user) -> tuple[str, int] | None:
    """The site and year to open first: the latest year read among one's sites, else one's first site this year."""
    sites = sites_of(user)
    year, _month = previous_month(timezone.localdate())
    rows = Reading.objects.filter(site__in=sites.order_by(), year__lte=year)
    found = rows.order_by("-year", "site__position", "site__code").values_list("site__code", "year").first()
    if found:
        return found
    site = sites.first()
    return (site.code, year) if site else None


class SiteYearPage(PermissionRequired, Page, View):
    """A page of one site and year: 404 outside the sites of the person, 403 without the permission there."""

    permission = Permission.INDICATOR_VIEW

    @cached_property
    def sites(self) -> list[Unit]:
        return list(sites_of(self.request.user))

    @cached_property
    def site(self) -> Unit:
        found = [site for site in self.sites if site.code == self.kwargs["site"]]
        if not found or not FIRST_YEAR <= self.kwargs["year"] <= LAST_YEAR:
            raise Http404
        return found[0]

    @cached_property
    def year(self) -> int:
        return self.kwargs["year"]

    def get_scope_unit_id(self) -> int | None:
        """Some services see only their own figures of the site: then the permission is held on the service."""
        is_own = self.site.pk in self.request.user.access.visible_unit_ids
        return self.site.pk if is_own or self.permission != Permission.INDICATOR_VIEW else None

    @cached_property
    def years(self) -> list[int]:
        """Years to offer: those with readings, this one, and the one shown."""
        known = Reading.objects.filter(site=self.site).order_by().values_list("year", flat=True).distinct()
        return sorted({*known, timezone.localdate().year, self.year})

    def allows(self, permission: str) -> bool:
        return self.request.user.can(permission, self.site.pk)
