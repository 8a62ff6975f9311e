"""What the pages about the plans of one site share: the sites of the person, and the way to the first of them."""

from django.http import Http404
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.views import View

from core.pages import Page, PermissionRequired
from organisations.models import Unit
from organisations.places import kept


class WithSites(PermissionRequired, Page, View):
    """The sites on which the person holds the permission of the page."""

    @cached_property
    def sites(self) -> list[Unit]:
        units = self.request.user.access.units_with(self.permission)
        return list(Unit.objects.sites().filter(pk__in=units).order_by("position", "code"))


class SiteHome(WithSites):
    """The page of one's first site."""

    template_name = "actions/no_site.html"
    site_url_name = ""

    def get(self, request):
        if self.sites:
            code = kept(self.request).code
            site = next((one for one in self.sites if one.code == code), self.sites[0])
            return redirect(self.site_url_name, *self.get_place(site))
        return self.render()

    def get_place(self, site: Unit) -> tuple:
        return (site.code,)


class PlanSitePage(WithSites):
    """A page of one site: 404 outside the sites of the person."""

    site_url_name = ""

    @cached_property
    def site(self) -> Unit:
        found = [site for site in self.sites if site.code == self.kwargs["site"]]
        if not found:
            raise Http404
        return found[0]

    def get_scope_unit_id(self) -> int:
        return self.site.pk

    def get_context_data(self, **context) -> dict:
        return super().get_context_data(site=self.site, **context)
