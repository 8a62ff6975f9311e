"""What contradicts itself, for whoever writes the report: a site and a year, each line one click from its mending."""

from django.http import Http404
from django.utils import timezone
from django.utils.functional import cached_property
from django.views import View

from core.pages import Page, PermissionRequired
from organisations.models import Unit
from organisations.permissions import Permission
from reports import contradictions

EARLIEST = 2000


class Contradictions(PermissionRequired, Page, View):
    """The checks of a site and year; without a choice, the first site and the year under way."""

    permission = Permission.REPORT_EDIT
    template_name = "reports/contradictions.html"
    title = "Contradictions"
    breadcrumbs = (("Bilans qualité", "reports:reports"),)

    def get(self, request):
        found = contradictions.of_year(self.site, self.year, user=request.user)
        return self.render(
            sites=self.sites,
            site=self.site,
            year=self.year,
            found=[one for one in found if one.contradictions],
            clear=[one.check for one in found if not one.contradictions],
            number=sum(len(one.contradictions) for one in found),
        )

    @cached_property
    def sites(self) -> list[Unit]:
        mine = self.request.user.access.units_with(self.permission)
        return list(Unit.objects.sites().filter(pk__in=mine).order_by("position", "name"))

    @cached_property
    def site(self) -> Unit:
        code = self.request.GET.get("site", "")
        found = next((site for site in self.sites if code in ("", site.code)), None)
        if found is None:
            raise Http404
        return found

    @cached_property
    def year(self) -> int:
        """The year asked for; what is no year, or a year to come, is the one under way."""
        this = timezone.localdate().year
        text = self.request.GET.get("annee", "")
        year = int(text) if text.isascii() and text.isdecimal() and len(text) == len("2022") else this
        return year if EARLIEST <= year <= this else this
