"""« Site · Année » in the header: what may be chosen from a page, where a choice leads, and what is kept meanwhile."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from django.http import Http404, HttpResponseRedirect, QueryDict
from django.urls import Resolver404, ResolverMatch, resolve, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.views import View

from core.pages import Page, PermissionRequired
from core.pages.access import SIGNED_IN
from organisations.models import Unit
from organisations.places import EVERYWHERE, NOWHERE, Place, is_everywhere, keep, kept, short_name

SITE = "site"  # the parameter that names a site, in an address or in the filters of a list
YEAR = "annee"
YEARS_BEFORE = 6


@dataclass(frozen=True)
class Target:
    """A page of the house, as far as a choice of site and year changes it."""

    path: str
    query: QueryDict
    match: ResolverMatch

    @classmethod
    def of(cls, page: str) -> "Target":
        """The page of an address of ours; the home page for any other."""
        try:
            parts = urlsplit(page)
            if parts.scheme or parts.netloc:
                raise Resolver404
            return cls(parts.path, QueryDict(parts.query, mutable=True), resolve(parts.path))
        except (Resolver404, ValueError):  # of no page of ours, or of none at all: « //[ »
            return cls("/", QueryDict(mutable=True), resolve("/"))

    @property
    def view(self):
        return getattr(self.match.func, "view_class", None)

    @property
    def has_site(self) -> bool:
        return SITE in self.match.kwargs

    @property
    def has_year(self) -> bool:
        return "year" in self.match.kwargs or self.takes_year

    @property
    def is_narrowed(self) -> bool:
        """Whether the page takes a site among the filters of its list."""
        return is_narrowed(self.view)

    @property
    def takes_site(self) -> bool:
        """Whether the page is asked about a site by its code (`?site=`)."""
        return getattr(self.view, "takes_site", False)

    @property
    def takes_year(self) -> bool:
        """Whether the page is asked about a year (`?annee=`)."""
        return getattr(self.view, "takes_year", False)

    @property
    def year(self) -> int:
        """The year of the page; 0 where it says none."""
        asked = self.query.get(YEAR, "") if self.takes_year else ""
        return self.match.kwargs.get("year", 0) or (int(asked) if asked.isdecimal() else 0)

    @property
    def goes_everywhere(self) -> bool:
        """Whether all sites may be shown together."""
        if getattr(self.view, "goes_everywhere", False):
            return True
        if self.has_site or "year" in self.match.kwargs:
            return bool(getattr(self.view, "all_sites_url_name", ""))
        return not self.takes_site

    def permission(self) -> str:
        return getattr(self.view, "permission", "")

    def url(self, site: Unit | None, year: int) -> str:
        """The same page at another site or year."""
        kwargs = dict(self.match.kwargs)
        if "year" in kwargs and year:
            kwargs["year"] = year
        if site is None and (self.has_site or "year" in kwargs):
            kwargs.pop(SITE, None)
            return reverse(self.view.all_sites_url_name, kwargs=kwargs)
        one_site = getattr(self.view, "one_site_url_name", "")
        if site and (self.has_site or one_site):
            return reverse(one_site or self.match.view_name, kwargs=kwargs | {SITE: site.code})
        self._ask_about(site, year)
        path = reverse(self.match.view_name, kwargs=kwargs) if kwargs else self.path
        return f"{path}?{self.query.urlencode()}" if self.query else path

    def _ask_about(self, site: Unit | None, year: int) -> None:
        """The site and the year in what the page is asked, back to its first page."""
        if self.is_narrowed or self.takes_site:
            self.query.pop("page", None)
            self.query.pop(SITE, None)
            if site is not None:
                self.query[SITE] = str(site.pk) if self.is_narrowed else site.code
        if self.takes_year and year:
            self.query[YEAR] = str(year)


def is_narrowed(view) -> bool:
    """Whether a page is a list that filters by site."""
    filterset = getattr(view, "filterset_class", None)
    return filterset is not None and SITE in filterset.base_filters


def is_dated(view) -> bool:
    """Whether a page is asked about a year by its query."""
    return getattr(view, "takes_year", False)


def sites_of(user, permission: str):
    """The sites where the person holds the permission of a page, or all those they see something of."""
    if permission and permission != SIGNED_IN:
        units = user.sites_with(permission)
    else:
        units = user.access.visible_unit_ids | Unit.objects.site_ids_of(user.access.visible_unit_ids)
    return Unit.objects.sites().active(timezone.localdate()).filter(pk__among=units).order_by("position", "code")


class PlacePage(PermissionRequired, Page, View):
    """The choices from a page: a menu of the header, or a page of its own; `?choix=` makes one and goes there."""

    permission = SIGNED_IN
    title = "Site et année"
    template_name = "organisations/places/place.html"

    @cached_property
    def target(self) -> Target:
        return Target.of(self.request.GET.get("page", "/"))

    @cached_property
    def sites(self) -> list[Unit]:
        return list(sites_of(self.request.user, self.target.permission()))

    def get(self, request):
        return self.choose() if "choix" in request.GET else self.show()

    def show(self):
        if self.request.htmx:
            self.template_name = "organisations/places/_choices.html"
        return self.render(sites=self.site_choices(), years=self.year_choices())

    def site_choices(self) -> list[tuple[str, str, bool]]:
        """(short name, address, is current) of each site, all of them first where they can be set side by side."""
        current = self.target.match.kwargs.get(SITE) if self.target.has_site else kept(self.request).code
        rows = [
            (short_name(site.name), self.address(site.code, self.year), site.code == current) for site in self.sites
        ]
        if len(rows) > 1 and self.target.goes_everywhere:
            rows.insert(0, (EVERYWHERE, self.address("", self.year), not current))
        return rows

    @property
    def year(self) -> int:
        return self.target.year or (kept(self.request).year if self.target.takes_year else 0)

    def year_choices(self) -> list[tuple[str, str, bool]]:
        """(year, address, is current): those that the page knows, else the last ones; none where it has no year."""
        if not self.target.has_year:
            return []
        code = self.target.match.kwargs.get(SITE, "") or self.target.query.get(SITE, "")
        today = timezone.localdate().year
        offered = getattr(self.target.view, "years_offered", None)
        years = offered(self.request.user, code) if offered else range(today - YEARS_BEFORE, today + 1)
        return [
            (str(year), self.address(code, year), year == self.year)
            for year in sorted({*years, self.year}, reverse=True)
        ]

    def address(self, code: str, year: int) -> str:
        query = QueryDict(mutable=True)
        query.update({"choix": code, "annee": str(year or ""), "page": self.request.GET.get("page", "/")})
        return f"{reverse('organisations:place')}?{query.urlencode()}"

    def choose(self):
        """Keep the place, and show the same page there."""
        code, asked = self.request.GET["choix"], self.request.GET.get("annee", "")
        site = next((one for one in self.sites if one.code == code), None)
        if code and site is None:
            raise Http404
        year = int(asked) if asked.isdecimal() and date.min.year <= int(asked) <= date.max.year else 0
        response = HttpResponseRedirect(self.target.url(site, year) if site or self.target.goes_everywhere else "/")
        keep(response, self.request, place_of(site, year or kept(self.request).year, is_chosen=True))
        return response


def place_of(site: Unit | None, year: int, *, is_chosen: bool) -> Place:
    if site is None:
        return Place(year=year, is_chosen=is_chosen)
    return Place(site.code, site.pk, short_name(site.name), year, is_chosen)


class FollowPlace:
    """Keeps the site and the year of the pages one opens, and opens a list on the site one has chosen."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view_func, args, kwargs):
        """A list without any question asked is that of the site chosen in the header."""
        view = getattr(view_func, "view_class", None)
        if request.method != "GET" or request.GET or not is_narrowed(view) or not request.user.is_authenticated:
            return None
        place = kept(request)
        if not (place.is_chosen and place.pk) or place.pk not in request.user.sites_with(view.permission):
            return None
        return HttpResponseRedirect(f"{request.path}?{SITE}={place.pk}")

    def process_template_response(self, request, response):
        """The place of the page, told by the header and kept for the next ones."""
        view = (response.context_data or {}).get("view")
        if view is None or not getattr(request, "user", None) or not request.user.is_authenticated:
            return response
        if getattr(view, "goes_everywhere", False) and is_everywhere(request) and not request.GET.get(SITE):
            request.place_shown = Place(year=view.year)
            return response
        takes_site = SITE in request.resolver_match.kwargs or getattr(view, "takes_site", False)
        if takes_site and isinstance(getattr(view, "site", None), Unit):
            self.follow(request, response, view)
        elif getattr(view, "one_site_url_name", ""):
            request.place_shown = Place(year=request.resolver_match.kwargs.get("year", 0))
        elif is_narrowed(type(view)):
            request.place_shown = self.narrowed(request)
        return response

    def follow(self, request, response, view) -> None:
        """The site and year of a page, kept for the next ones where they are others."""
        known = kept(request)
        year = request.resolver_match.kwargs.get("year", 0) or (view.year if is_dated(view) else 0)
        request.place_shown = place_of(view.site, year, is_chosen=False)
        if (known.code, known.year) != (view.site.code, year or known.year):
            is_chosen = known.is_chosen and known.code == view.site.code
            keep(response, request, place_of(view.site, year or known.year, is_chosen=is_chosen))

    def narrowed(self, request) -> Place:
        """What a list shows: all sites, or the one its filter names."""
        asked = request.GET.get(SITE, "")
        known = kept(request)
        if not asked:
            return NOWHERE
        return known if asked == str(known.pk) else Place(name="Un site")
