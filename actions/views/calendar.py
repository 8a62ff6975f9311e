"""The deadlines of a month on a calendar."""

from collections import defaultdict
from datetime import date

from django.http import Http404
from django.utils import timezone
from django.utils.functional import cached_property

from actions.filters import PENDING_KEY, UNKNOWN
from actions.models import Action
from actions.rules import months
from actions.views.board import FilteredActions
from actions.views.scope import REPORT
from core.base.months import month_title
from core.pages.page import link

SHOWN_A_DAY = 4


class CalendarPage(FilteredActions):
    """Each action on the latest day of its deadline; what has no known day is counted under the month."""

    template_name = "actions/action/calendar.html"
    tab = "actions:calendar"

    @cached_property
    def month(self) -> tuple[int, int]:
        today = timezone.localdate()
        asked = self.kwargs.get("year", today.year), self.kwargs.get("month", today.month)
        if not months.is_shown(*asked):
            raise Http404
        return asked

    def get_title(self) -> str:
        return f"Échéances – {month_title(*self.month)}"

    def get(self, request, **kwargs):
        weeks = months.weeks_of(*self.month)
        filterset, rows = self.filtered()
        shown = rows.filter(deadline_latest__range=(weeks[0][0], weeks[-1][-1]))
        by_day = self.by_day(shown.values("pk"))
        before, after = months.neighbours(*self.month)
        return self.render(
            filter=filterset,
            is_filtered=filterset.is_active,
            reset_url=request.path,
            days=months.DAYS,
            weeks=[[self.cell(day, by_day[day]) for day in week] for week in weeks],
            has_any=any(by_day[day] for week in weeks for day in week if day.month == self.month[1]),
            months_around=[(month_title(*month), self.month_url(month)) for month in (before, after)],
            without_day=rows.pending().filter(deadline_latest=None).count(),
            unknown_url=self.unknown_url(),
            can_subscribe=request.user.can(REPORT),
        )

    def by_day(self, keys) -> dict[date, list[Action]]:
        found: dict[date, list[Action]] = defaultdict(list)
        for action in Action.objects.for_list().filter(pk__in=keys).pending_first():
            found[action.deadline_latest].append(action)
        return found

    def cell(self, day: date, actions: list[Action]) -> dict:
        today = timezone.localdate()
        return {
            "day": day,
            "is_other": day.month != self.month[1],
            "is_today": day == today,
            "first": actions[:SHOWN_A_DAY],
            "rest": actions[SHOWN_A_DAY:],
        }

    def unknown_url(self) -> str:
        query = self.request.GET.copy()
        query["quarter"], query["status"] = UNKNOWN, PENDING_KEY
        return f"{link('actions:actions')}?{query.urlencode()}"

    def month_url(self, month: tuple[int, int]) -> str:
        return link("actions:calendar", *month) + self.get_filter_query() if months.is_shown(*month) else ""
