"""« La grille »: the year of a site as the services know it, and its export."""

from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views import View

from core.base.months import MONTH_NAMES, SHORT_MONTH_NAMES
from core.pages import Page, PermissionRequired
from indicators.exports import grid as grid_export
from indicators.models import Campaign, Reading
from indicators.rules.months import months_over
from indicators.services.campaigns import previous_month
from indicators.tables.grid import bands
from indicators.views.sites import SiteYearPage, edits_of, latest_place, readings_of
from organisations.permissions import Permission


class GridHome(PermissionRequired, Page, View):
    """The grid of one's first site, for the year of the month just ended."""

    permission = Permission.INDICATOR_VIEW
    title = "La grille"
    template_name = "indicators/no_site.html"

    def get(self, request):
        place = latest_place(request)
        return redirect("indicators:grid", *place) if place else self.render()


class GridPage(SiteYearPage):
    """Twelve months, bands of families, target, N-1, reading; a phone shows one month."""

    template_name = "indicators/grid/grid.html"

    def get_title(self) -> str:
        return f"La grille {self.year}"

    def get_breadcrumbs(self) -> list[tuple[str, str]]:
        return [
            (self.site.name, reverse("indicators:dashboard", args=[self.site.code, self.year, 12])),
            (self.get_title(), ""),
        ]

    def get(self, request, **kwargs):
        readings = list(readings_of(request.user, self.site, self.year))
        can_enter = request.user.can(Permission.VALUE_ENTER)
        is_asked = can_enter and request.GET.get("mode") == "saisie"
        edits = edits_of(request.user, self.site, self.year) if is_asked else {}
        ended = months_over(self.year, timezone.localdate())
        place = {"site_code": self.site.code, "year": self.year, "shown": self.shown_month(), "ended": ended}
        rows = bands(readings, edits=edits, **place)
        return self.render(bands=rows, is_editing=bool(edits), can_enter=can_enter, ended=ended, **self.legend())

    def legend(self) -> dict:
        month = self.shown_month()
        campaigns = {row.month: row for row in Campaign.objects.filter(site=self.site, year=self.year)}
        states = [campaigns.get(number) for number in range(1, 13)]
        return {
            "months": list(zip(range(1, 13), SHORT_MONTH_NAMES, MONTH_NAMES, states, strict=True)),
            "can_read_history": self.allows(Permission.HISTORY_VIEW),
            "shown": month,
            "now": self.now,
            "year_before": str(self.year - 1),
            "shown_name": MONTH_NAMES[month - 1],
            "can_import": self.allows(Permission.VALUE_IMPORT),
            "can_steer": self.allows(Permission.CAMPAIGN_STEER),
            "can_copy": self.is_beginning and self.allows(Permission.INDICATOR_EDIT) and self.has_year_before,
        }

    @property
    def is_beginning(self) -> bool:
        """Whether the year is still being prepared: it is to come, or in its first months."""
        today = timezone.localdate()
        return (today.year, min(today.month, 4)) < (self.year, 4)

    @property
    def has_year_before(self) -> bool:
        return Reading.objects.filter(site=self.site, year=self.year - 1).exists()

    def shown_month(self) -> int:
        """The month a phone shows: the one asked for, else the one just ended."""
        asked = self.request.GET.get("mois", "")
        if asked.isdecimal() and 1 <= int(asked) <= 12:
            return int(asked)
        return self.now or 12

    @property
    def now(self) -> int:
        """The month just ended when it is of the year shown, else 0."""
        year, month = previous_month(timezone.localdate())
        return month if year == self.year else 0


class GridExport(SiteYearPage):
    """The grid as a file in the layout of the services, which can be imported again."""

    def get(self, request, **kwargs):
        if kwargs["format"] not in grid_export.FORMATS:
            raise Http404
        readings = list(readings_of(request.user, self.site, self.year))
        return grid_export.respond(kwargs["format"], readings, site=self.site, year=self.year)
