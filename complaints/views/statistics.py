"""The balance of a year on a page, and « nos délais sont-ils tenus ? », rule by rule, to print."""

from typing import Any

from django.http import Http404, HttpResponseBase
from django.utils import timezone
from django.views import View

from complaints import synthesis
from complaints.filters import units_of
from core.pages import Page, PermissionRequired
from organisations import places
from organisations.permissions import Permission

FIRST_YEAR = 2015


class Statistics(PermissionRequired, Page, View):
    """A site and a year, chosen in the address."""

    permission = Permission.COMPLAINT_VIEW
    title = "Bilan des suggestions et réclamations"
    template_name = "complaints/statistics.html"
    breadcrumbs = (("Réclamations et suggestions", "complaints:cases"),)

    def get(self, request: Any) -> HttpResponseBase:
        sites, this_year = list(units_of(request.user)), timezone.localdate().year
        asked = request.GET.get("site", "")
        if asked and asked not in {one.code for one in sites}:
            raise Http404
        chosen = _year_asked(request.GET.get("annee", ""), this_year)
        several = synthesis.by_site(sites, chosen)
        wanted = asked or places.kept(request).code or next((one.site.code for one in several), "")
        site = next((one for one in sites if one.code == wanted), next(iter(sites), None))
        told = synthesis.shown(site, chosen) if site else {}
        return self.render(
            sites=sites,
            site=site,
            year=chosen,
            years=range(this_year, FIRST_YEAR - 1, -1),
            is_under_way=chosen == this_year,
            told=told,
            several=several if len(several) > 1 else [],
        )


def _year_asked(text: str, this_year: int) -> int:
    """The year of the address, where it is one of the register's; else this one."""
    return int(text) if text.isdecimal() and FIRST_YEAR <= int(text[:6]) <= this_year else this_year
