"""« Le plan au … »: the plans of a site as they stood at the end of any day, in the layout of their print."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from itertools import groupby
from operator import itemgetter

from django.core.paginator import Page, Paginator
from django.utils.functional import cached_property

from actions import as_of
from actions.as_of import FindingState, PlanState, UnitState
from actions.enums import ExtractFormat, Status
from actions.exports.composing import sheets_of
from actions.forms.days import DayForm
from actions.views.days import DaysPage, by_year, landmarks, neighbours
from actions.views.sites import SiteHome
from core.base.words import long_day
from organisations.permissions import Permission

FINDINGS_PER_PAGE = 50
DIGEST = "empreinte"  # asked for: that of a large site takes a while
Place = tuple[PlanState, FindingState | None]


class PlanOnADayHome(SiteHome):
    """The plans of one's first site, today."""

    permission = Permission.HISTORY_VIEW
    title = "Le plan à une date"
    site_url_name = "actions:as-of"


class PlanOnADay(DaysPage):
    """A control of time that works without script, the figures of that day, the plans, their dated files."""

    template_name = "actions/past/as_of.html"
    site_url_name = "actions:as-of"

    def get(self, request, **kwargs):
        if self.on is None:
            return self.render(form=self.form, **self.steps(self.today))
        state = as_of.plan_state(self.site, self.on, plan=self.plan_id)
        page = Paginator(places_of(state), FINDINGS_PER_PAGE).get_page(request.GET.get("page"))
        shown = narrowed(page)
        return self.render(
            form=self.form,
            sheets=sheets_of(state, as_of.fates(shown), shown=shown),
            page=page,
            tiles=tiles_of(state),
            digest=as_of.digest(state) if DIGEST in request.GET else "",
            digest_url=self.query(au=self.on, page=page.number, **{DIGEST: "oui"}),
            plans=[(plan.title, self.query(au=self.on, plan=plan.id)) for plan in state.plans]
            if not self.plan_id
            else [],
            formats=ExtractFormat.choices,
            **self.steps(self.on),
        )

    @cached_property
    def form(self) -> DayForm:
        return DayForm(self.request.GET if "au" in self.request.GET else {"au": self.today.isoformat()})

    @cached_property
    def on(self) -> date | None:
        """The day asked for, today by default; None when what was asked for is no past day."""
        return self.form.cleaned_data["au"] if self.form.is_valid() else None

    def get_title(self) -> str:
        return f"Le plan au {long_day(self.on)}" if self.on else "Le plan à une date"

    def steps(self, on: date) -> dict:
        """The days to go to from that day."""
        before, after = neighbours(self.days, on)
        return {
            "on": on,
            "before": before and (before, self.query(au=before)),
            "after": after and (after, self.query(au=after)),
            "landmarks": [(label, day, self.query(au=day)) for label, day in landmarks(self.today, self.days)],
            "years": by_year(self.days, lambda day: self.query(au=day)),
            "day_count": len(self.days),
            "slider": [[f"{day.on:%Y-%m-%d}", f"{day.on:%d/%m/%Y}", day.count] for day in self.days],
            "all_plans_url": self.query(au=on, plan=None) if self.plan_id else "",
        }


def places_of(state: UnitState) -> list[Place]:
    """Each finding with its plan, and each plan without finding."""
    return [(plan, finding) for plan in state.plans for finding in plan.findings or (None,)]


def narrowed(places: Page | Iterable[Place]) -> list[PlanState]:
    """The plans of those places with these findings only."""
    groups = groupby(places, key=lambda place: place[0].id)
    rows = [list(group) for _pk, group in groups]
    return [replace(group[0][0], findings=tuple(filter(None, map(itemgetter(1), group)))) for group in rows]


def tiles_of(state: UnitState) -> list[dict]:
    """The figures of that day."""
    counts = Counter(action.status for action in state.actions)
    late = sum(action.is_late(state.on) for action in state.actions)
    waiting = counts[Status.TODO] + counts[Status.POSTPONED]
    figures = (
        ("Plans", len(state.plans)),
        ("Actions", counts.total()),
        ("Réalisées", counts[Status.DONE]),
        ("En cours", counts[Status.ONGOING]),
        ("À faire ou reportées", waiting),
        ("Abandonnées", counts[Status.ABANDONED]),
        ("En retard ce jour-là", late),
    )
    return [{"label": label, "value": value, "detail": "", "url": ""} for label, value in figures]
