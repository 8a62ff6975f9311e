"""The dashboard of a site and month, live or sealed, and the asking for an edition."""

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.views import View

from core.base.months import MONTH_NAMES, month_name
from core.pages import Page, PermissionRequired
from indicators.models import Snapshot
from indicators.printing import dashboard
from indicators.rules.months import month_shown
from indicators.services import dashboards
from indicators.tables.dashboard import live_bands, sealed_bands, tiles
from indicators.views.sites import SiteYearPage, latest_place, readings_of
from organisations.permissions import Permission
from organisations.places import is_everywhere


class DashboardHome(PermissionRequired, Page, View):
    """The dashboard of one's site that was entered last, for the month just ended."""

    permission = Permission.INDICATOR_VIEW
    title = "Tableau de bord"
    template_name = "indicators/no_site.html"

    def get(self, request):
        place = latest_place(request)
        if place is None:
            return self.render()
        if is_everywhere(request):
            return redirect("indicators:dashboard-sites", place[1], month_shown(place[1], timezone.localdate()))
        return redirect("indicators:dashboard", *place, month_shown(place[1], timezone.localdate()))


class MonthPage(SiteYearPage):
    """A page of one site, year and month."""

    @cached_property
    def month(self) -> int:
        if not 1 <= self.kwargs["month"] <= 12:
            raise Http404
        return self.kwargs["month"]

    @property
    def months(self) -> list[tuple[int, str]]:
        return list(enumerate(MONTH_NAMES, start=1))


class DashboardPage(MonthPage):
    """The month and the year so far, family by family, with the sealed editions beside."""

    all_sites_url_name = "indicators:dashboard-sites"
    template_name = "indicators/dashboard/dashboard.html"

    def get_title(self) -> str:
        return f"Tableau de bord – {month_name(self.month)} {self.year}"

    def get(self, request, **kwargs):
        readings = readings_of(request.user, self.site, self.year)
        rows = live_bands(readings, site_code=self.site.code, year=self.year, month=self.month)
        return self.render(
            bands=rows,
            tiles=tiles(rows),
            month_name=month_name(self.month),
            editions=list(self.editions()),
            can_compute=self.allows(Permission.DASHBOARD_COMPUTE),
        )

    def editions(self):
        rows = Snapshot.objects.visible_to(self.request.user)
        rows = rows.filter(site=self.site, year=self.year, month=self.month).select_related("requested_by")
        return rows.defer("payload").order_by("-edition")


class DashboardCompute(MonthPage):
    """Ask for a new edition: a job, whose page shows its progress."""

    permission = Permission.DASHBOARD_COMPUTE
    http_method_names = ("post", "options")

    def post(self, request, **kwargs):
        job = dashboards.request(site=self.site, year=self.year, month=self.month, by=request.user)
        return HttpResponseRedirect(reverse("core:job", args=[job.uuid]))


class SnapshotPage(PermissionRequired, Page, View):
    """A sealed edition as it was computed, and whether its digest still fits."""

    permission = Permission.INDICATOR_VIEW
    template_name = "indicators/dashboard/snapshot.html"

    @cached_property
    def snapshot(self) -> Snapshot:
        rows = Snapshot.objects.visible_to(self.request.user).select_related("site", "requested_by")
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    def get_title(self) -> str:
        shot = self.snapshot
        return f"Tableau de bord – {month_name(shot.month)} {shot.year}, édition {shot.edition}"

    def get_breadcrumbs(self) -> list[tuple[str, str]]:
        return [
            (f"Tableau de bord – {month_name(self.snapshot.month)} {self.snapshot.year}", self.live_url),
            (self.get_title(), ""),
        ]

    @property
    def live_url(self) -> str:
        shot = self.snapshot
        return reverse("indicators:dashboard", args=[shot.site.code, shot.year, shot.month])

    def get(self, request, **kwargs):
        shot = self.snapshot
        bands = sealed_bands(
            shot.payload.get("indicators", ()), site_code=shot.site.code, year=shot.year, month=shot.month
        )
        return self.render(
            snapshot=shot,
            bands=bands,
            tiles=tiles(bands),
            month_name=month_name(shot.month),
            is_intact=dashboards.is_intact(shot),
        )


class SnapshotPdf(SnapshotPage):
    """A sealed edition on paper."""

    def get(self, request, **kwargs):
        answer = HttpResponse(dashboard.pdf_of(self.snapshot), content_type="application/pdf")
        answer["Content-Disposition"] = f'attachment; filename="{dashboard.file_name(self.snapshot)}"'
        answer["Cache-Control"] = "private, no-store"
        return answer
