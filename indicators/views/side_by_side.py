"""« Tous mes sites »: the dashboard and the months of entry of all one's sites, side by side."""

from django.http import Http404
from django.utils import timezone
from django.utils.functional import cached_property
from django.views import View

from core.base.months import MONTH_NAMES
from core.pages import Page, PermissionRequired
from indicators.models import Campaign, Reading
from indicators.rules.months import FIRST_YEAR, LAST_YEAR
from indicators.tables.side_by_side import indicator_rows, month_rows
from indicators.views.sites import SiteYearPage
from organisations.models import Unit
from organisations.permissions import Permission
from organisations.places import short_name


class AllSites(PermissionRequired, Page, View):
    """A year of all the sites where the permission is held; the header leads back to one of them."""

    template_name = "indicators/side_by_side.html"
    one_site_url_name = ""
    years_offered = staticmethod(SiteYearPage.years_offered)

    @cached_property
    def year(self) -> int:
        if not FIRST_YEAR <= self.kwargs["year"] <= LAST_YEAR:
            raise Http404
        return self.kwargs["year"]

    @cached_property
    def sites(self) -> list[tuple[Unit, str]]:
        """The sites with their short name."""
        units = self.request.user.access.units_with(self.permission)
        rows = Unit.objects.sites().filter(pk__in=units).order_by("position", "code")
        return [(site, short_name(site.name)) for site in rows]

    def among(self, known: set[int]) -> list[tuple[Unit, str]]:
        """The sites that say something of the year."""
        return [(site, name) for site, name in self.sites if site.pk in known]


class DashboardSites(AllSites):
    """The year of each indicator at each site."""

    permission = Permission.INDICATOR_VIEW
    one_site_url_name = "indicators:dashboard"
    all_sites_url_name = "indicators:dashboard-sites"

    def get_title(self) -> str:
        return f"Tableau de bord {self.year}, tous mes sites"

    def get(self, request, **kwargs):
        if not 1 <= kwargs["month"] <= 12:
            raise Http404
        readings = Reading.objects.filter(site__in=[site for site, _name in self.sites], year=self.year)
        readings = readings.select_related("indicator__family", "indicator__engagement")
        order = ("indicator__family__position", "indicator__position", "indicator__pk")
        rows = list(readings.order_by(*order))
        sites = self.among({reading.site_id for reading in rows})
        groups = indicator_rows(rows, sites)
        return self.render(groups=groups, sites=sites, heading="Indicateur", is_of_figures=True)


class CampaignsSites(AllSites):
    """The months of entry at each site."""

    permission = Permission.CAMPAIGN_STEER
    one_site_url_name = "indicators:campaigns"
    all_sites_url_name = "indicators:campaigns-sites"

    def get_title(self) -> str:
        return f"Suivi des mois {self.year}, tous mes sites"

    def get(self, request, **kwargs):
        sites = self.among(set(Campaign.objects.filter(year=self.year).values_list("site_id", flat=True)))
        names = [name.capitalize() for name in MONTH_NAMES]
        groups = {"": month_rows(sites, self.year, names, today=timezone.localdate())} if sites else {}
        return self.render(groups=groups, sites=sites, heading="Mois", is_of_figures=False)
