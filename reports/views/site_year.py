"""A page about a site and a year, chosen in the header; without a choice, one's first site and the year under way."""

from django.http import Http404
from django.utils import timezone
from django.utils.functional import cached_property
from django.views import View

from core.pages import Page, PermissionRequired
from organisations.models import Unit
from organisations.places import kept

EARLIEST = 2000


class SiteYearPage(PermissionRequired, Page, View):
    """`years_ahead`: how far past the year under way one may look."""

    years_ahead = 0
    takes_site = takes_year = True  # `?site=&annee=`: chosen in the header

    def get_context_data(self, **context):
        return super().get_context_data(site=self.site, year=self.year, **context)

    @cached_property
    def sites(self) -> list[Unit]:
        mine = self.request.user.access.units_with(self.permission)
        return list(Unit.objects.sites().filter(pk__in=mine).order_by("position", "name"))

    @cached_property
    def site(self) -> Unit:
        code, place = self.request.GET.get("site", ""), kept(self.request)
        if not code and any(site.code == place.code for site in self.sites):
            code = place.code
        found = next((site for site in self.sites if code in ("", site.code)), None)
        if found is None:
            raise Http404
        return found

    @cached_property
    def year(self) -> int:
        """The year asked for; what is no year, or one too far ahead, is the one under way."""
        this = timezone.localdate().year
        text = self.request.GET.get("annee", "") or str(kept(self.request).year or "")
        year = int(text) if text.isascii() and text.isdecimal() and len(text) == len("2022") else this
        return year if EARLIEST <= year <= this + self.years_ahead else this
