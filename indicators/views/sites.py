"""What the pages of one site and year share: who may open them, and the way from one to another."""

from collections import defaultdict

from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.views import View

from core.pages import Page, PermissionRequired
from indicators.models import Assignment, Reading
from indicators.rules.months import FIRST_YEAR, LAST_YEAR
from indicators.services.campaigns import previous_month
from indicators.tables.grid import Edit
from organisations.models import Unit
from organisations.permissions import Permission
from organisations.places import kept


def sites_of(user):
    """Sites whose indicators the person may read: those of their units, and those their services enter figures for."""
    units = user.access.units_with(Permission.INDICATOR_VIEW)
    followed = Assignment.objects.visible_to(user).values("site")
    return Unit.objects.sites().filter(Q(pk__in=units) | Q(pk__in=followed)).order_by("position", "code")


def site_or_404(user, code: str) -> Unit:
    """A site among those whose indicators the person may read."""
    return get_object_or_404(sites_of(user), code=code)


def readings_of(user, site: Unit, year: int):
    """The readings of a site that the person may see: all of them, or those of the indicators of their services."""
    readings = Reading.objects.for_dashboard(site.pk, year)
    if user.can(Permission.INDICATOR_VIEW, site.pk):
        return readings
    return readings.filter(indicator__in=Assignment.objects.visible_to(user).filter(site=site).values("indicator"))


def latest_place(request) -> tuple[str, int] | None:
    """The site and year to open first: those kept, else the latest year read among one's sites."""
    sites, place = sites_of(request.user), kept(request)
    year, _month = previous_month(timezone.localdate())
    if place.code and sites.filter(code=place.code).exists():
        sites, year = sites.filter(code=place.code), place.year or year
        if place.year:
            return place.code, year
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

    @staticmethod
    def years_offered(user, code: str) -> list[int]:
        """Years to offer: those with readings, this one and the next."""
        rows = Reading.objects.filter(site__code=code) if code else Reading.objects.all()
        today = timezone.localdate().year
        return sorted({*rows.order_by().values_list("year", flat=True).distinct(), today, today + 1})

    def allows(self, permission: str) -> bool:
        return self.request.user.can(permission, self.site.pk)


def edits_of(user, site: Unit, year: int) -> dict[int, Edit]:
    """Where the person may enter each indicator of a site's grid for a year."""
    rows = Assignment.objects.filter(site=site, indicator__collector="").overlapping(year)
    units = user.access.units_with(Permission.VALUE_ENTER)
    base = reverse("indicators:entry")
    services: dict[int, set[int]] = defaultdict(set)
    urls: dict[int, str] = {}
    for pk, indicator, unit in rows.order_by("-unit", "pk").values_list("pk", "indicator_id", "unit_id"):
        services[indicator].add(unit)
        if unit in units:
            urls[indicator] = f"{base}{year}/{{month}}/{pk}/"
    return {indicator: Edit(url, len(services[indicator]) > 1) for indicator, url in urls.items()}
