"""The synthesis of the plans of a site: conducted actions by theme, engagement or origin, over a quarter or a year."""

from urllib.parse import quote

from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property

from actions import synthesis
from actions.models import Action, Plan
from actions.tables.cells import engagements_text, responsibles_text
from actions.views.scope import EDIT, VIEW
from actions.views.sites import PlanSitePage, SiteHome
from core.pages.page import link
from core.sheets import writing
from core.sheets.writing import Column
from organisations.models import Unit

PAGE = "actions:synthesis"
FIRST_YEAR, LAST_YEAR = 2000, 2100
COLUMNS = (
    Column("Thème", 24),
    Column("Trimestre", 10),
    Column("Plan", 40),
    Column("Origine", 20),
    Column("Engagements", 16),
    Column("Constat", 50),
    Column("Action", 60),
    Column("Responsables", 24),
    Column("Échéance", 18),
    Column("Statut", 12),
    Column("Réalisée le", 12),
    Column("Commentaire", 50),
)


class OfVisibleSites:
    """The sites whose plans the person reads, whole or for what is theirs."""

    permission = VIEW
    title = "Synthèse des actions"

    @cached_property
    def sites(self) -> list[Unit]:
        plans = Plan.objects.visible_to(self.request.user).order_by().values("site_id")
        own = super().sites
        others = Unit.objects.filter(pk__in=plans).exclude(pk__in=[site.pk for site in own])
        return [*own, *others.order_by("position", "code")]


class SynthesisHome(OfVisibleSites, SiteHome):
    """The last year told at one's first site."""

    site_url_name = PAGE

    def get_place(self, site: Unit) -> tuple:
        actions = Action.objects.visible_to(self.request.user).filter(finding__plan__site=site)
        return site.code, latest_year(synthesis.years_of(actions))


class OfYear(OfVisibleSites, PlanSitePage):
    """A year of a site, a quarter of it when one is chosen, one way of grouping."""

    site_url_name = PAGE

    def get_scope_unit_id(self) -> int | None:
        """Some services read only their own actions of the site: then the permission is held on the service."""
        return None if self.is_partial else self.site.pk

    @cached_property
    def is_partial(self) -> bool:
        return not self.request.user.can(VIEW, self.site.pk)

    @cached_property
    def period(self) -> synthesis.SynthesisPeriod:
        year, quarter = self.kwargs["year"], self.request.GET.get("trimestre", "")
        if not FIRST_YEAR <= year <= LAST_YEAR:
            raise Http404
        return synthesis.SynthesisPeriod(year, int(quarter) if quarter in set("1234") else None)

    @cached_property
    def grouping(self) -> str:
        asked = self.request.GET.get("par", "")
        return asked if asked in synthesis.GROUPINGS else synthesis.BY_THEME

    @cached_property
    def actions(self):
        return Action.objects.visible_to(self.request.user).filter(finding__plan__site=self.site)

    def synthesise(self) -> synthesis.Synthesis:
        return synthesis.synthesise(self.actions, self.period, by=self.grouping, on=timezone.localdate())

    @staticmethod
    def years_offered(user, code: str) -> list[int]:
        """The years with actions, for the header."""
        return synthesis.years_of(Action.objects.visible_to(user).filter(finding__plan__site__code=code))

    def address(self, *, quarter=None, grouping=None, name: str = PAGE, more: tuple = ()) -> str:
        """The same page with another choice; the other choices stay."""
        query = {"trimestre": self.period.quarter if quarter is None else quarter, "par": grouping or self.grouping}
        words = "&".join(f"{key}={value}" for key, value in query.items() if value)
        return f"{link(name, self.site.code, self.period.year, *more)}?{words}"


class SynthesisPage(OfYear):
    """The bullets of the period under each heading, and the counts of the year by quarter."""

    template_name = "actions/synthesis/synthesis.html"

    def get_title(self) -> str:
        return f"Synthèse des actions conduites sur {self.period.label}"

    def get_breadcrumbs(self):
        return [("Plans d’actions", reverse("actions:plans")), ("Synthèse", "")]

    def get(self, request, **kwargs):
        quarter = self.period.quarter
        return self.render(
            synthesis=self.synthesise(),
            quarters=[
                ("Toute l’année", self.address(quarter=0), quarter is None),
                *((f"T{number}", self.address(quarter=number), number == quarter) for number in synthesis.QUARTERS),
            ],
            groupings=[
                (label, self.address(grouping=code), code == self.grouping)
                for code, label in synthesis.GROUPINGS.items()
            ],
            heading=synthesis.GROUPINGS[self.grouping],
            is_partial=self.is_partial,
            can_date=request.user.can(EDIT, self.site.pk),
            here=quote(self.address()),
            exports=[
                (label, self.address(name="actions:synthesis-export", more=(code,)))
                for code, label in writing.FORMATS.items()
            ],
        )


class SynthesisExport(OfYear):
    """The actions of the period as a file, once each."""

    def get(self, request, **kwargs):
        if kwargs["format"] not in writing.FORMATS:
            raise Http404
        name = f"synthese-{self.site.code}-{self.period.year}"
        if self.period.quarter:
            name += f"-t{self.period.quarter}"
        return writing.respond(kwargs["format"], COLUMNS, map(row_of, self.synthesise().lines), name)


def row_of(line: synthesis.SynthesisLine) -> list:
    """An action in the columns of the file."""
    action = line.action
    finding, plan = action.finding, action.finding.plan
    return [
        finding.get_theme_display(),
        f"T{line.quarter} {line.day.year}" if line.day else "",
        plan.title,
        plan.get_origin_display(),
        engagements_text(finding),
        finding.text,
        action.title,
        responsibles_text(action),
        action.deadline_text,
        action.get_status_display(),
        action.done_on,
        action.comment,
    ]


def latest_year(years: list[int]) -> int:
    """The last year that has begun, with something to tell; this one without any."""
    now = timezone.localdate().year
    return max((year for year in years if year <= now), default=now)
